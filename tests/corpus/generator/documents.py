"""The made documents that are kept: what each is, and how it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .report import Plan, Report


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus.

    Attributes:
        name: file name; the truth is beside it.
        family: folder, and line of the score.
        write: the report's bytes in this format.
        uncertain: cells that cannot be known from the file and must come out doubtful, blank or missing.
        tables, prose: False if the file has no form table, no prose sections.
        habits: of the writer, under which the large run counts it besides the twists of the report.
    """

    name: str
    family: str
    plan: Plan
    write: Callable[[Report], bytes]
    uncertain: Callable[[Report], tuple[str, ...]] = lambda _: ()
    tables: bool = True
    prose: bool = True
    habits: tuple[str, ...] = ()


def everything() -> tuple[Document, ...]:
    """All documents, by family."""
    from . import catalogue_office, catalogue_pages, catalogue_pictures, catalogue_text, catalogue_twists, catalogue_web

    return (
        *catalogue_text.DOCUMENTS,
        *catalogue_web.DOCUMENTS,
        *catalogue_office.DOCUMENTS,
        *catalogue_pages.DOCUMENTS,
        *catalogue_pictures.DOCUMENTS,
        *catalogue_twists.DOCUMENTS,
    )
