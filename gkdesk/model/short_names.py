"""Rows of the form under names so short that twenty of them fit into a sentence."""

from __future__ import annotations

import re

from gkdesk.model.cellref import CellRef
from gkdesk.model.spec import FormSpec

_REMARK = re.compile(r"(?<=.)（[^（）]{5,}）$")
_ORDINAL = re.compile(r"（.{1,2}）")
_FIRST_CLAUSE = re.compile(r"(.{6,}?)、.*")


def short_row_words(spec: FormSpec, ref: CellRef) -> str:
    """The row so short that twenty fit into a sentence: ``（三）1.属于国家秘密``, of a group only its number."""
    *groups, leaf = spec.row(ref).label or (spec.row_words(ref),)
    ordinal = _ORDINAL.match(groups[-1]) if groups else None
    return (ordinal.group() if ordinal else "") + _FIRST_CLAUSE.sub(r"\1", _REMARK.sub("", leaf))
