"""Which edition of the form a source is written in, decided by its labels and never by the year alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from statistics import fmean

from gkdesk.extraction.labels import key, spoken_of
from gkdesk.model.content import Content, Grid
from gkdesk.model.spec import FormSpec, TableSpec

LONGEST_LABEL_LINE = 60
"""Spoken characters a line of a table can have; longer lines are prose, which may name any label."""

FEWEST_SIGNS = 2
"""Labels of an edition that must be found; one alone may stand in prose."""

WHOLE_FORM = 0.8
"""Share of an edition's own labels from which on its form stands in the source whole: two editions are two reports."""

_SHORT_NAME = 6
"""Names of rows up to this length are words of any letter; the first character of a longer one is its number."""


def find_edition(content: Content, editions: Mapping[str, FormSpec]) -> str | None:
    """The edition whose own labels are found most completely; None if the source has no form table.

    Where the forms of two editions stand whole in the source there are two reports in it, and it is the first one's.
    """
    texts = list(_short_texts(content))
    joined = "\n".join(texts)
    run_on = "".join(texts)
    shares: dict[str, float] = {}
    for edition, spec in editions.items():
        signs = _own_labels(spec, editions)
        found = sum(1 for sign in signs if sign in joined or (len(sign) > 5 and sign in run_on))
        if found >= FEWEST_SIGNS:
            shares[edition] = found / len(signs)
    whole = [edition for edition, share in shares.items() if share >= WHOLE_FORM]
    if len(whole) > 1:
        return min(whole, key=lambda edition: _mean_place(_own_labels(editions[edition], editions), run_on))
    if shares:
        return max(shares, key=lambda edition: shares[edition])
    return _edition_of_common_labels(joined, editions)


def _mean_place(signs: Set[str], texts: str) -> float:
    """Where the labels first stand, on average: of two forms, the one with the lower place comes first."""
    return fmean(texts.find(sign) for sign in signs if sign in texts)


def _edition_of_common_labels(joined: str, editions: Mapping[str, FormSpec]) -> str | None:
    """With no label of one edition alone (only 表三 is there, say): the edition with most of its rows found."""
    best: tuple[int, str] | None = None
    for edition, spec in editions.items():
        found = sum(1 for label in _row_labels(spec) if label in joined)
        if found >= 5 and (best is None or found > best[0]):
            best = (found, edition)
    return best[1] if best is not None else None


def names_rows(text: str, editions: Mapping[str, FormSpec]) -> bool:
    """True if a text without its layout holds the names of most rows of a form, as a report does and a letter about
    one does not."""
    spoken = spoken_of(text)
    for spec in editions.values():
        labels = [label for label in _row_labels(spec) if len(label) > _SHORT_NAME]
        if sum(label[1:] in spoken for label in labels) * 2 > len(labels):
            return True
    return False


def _own_labels(spec: FormSpec, editions: Mapping[str, FormSpec]) -> set[str]:
    others = "\n".join(
        text for other in editions.values() if other.edition != spec.edition for text in _printed_labels(other)
    )
    return {label for label in _printed_labels(spec) if len(label) > 3 and label not in others}


def _printed_labels(spec: FormSpec) -> set[str]:
    return {key(printed.text) for table in spec.tables for printed in table.printed}


def _row_labels(spec: FormSpec) -> set[str]:
    return {
        key(row.label[-1])
        for table in spec.tables
        for block in table.blocks
        for row in block.rows
        if row.label and len(key(row.label[-1])) > 3
    }


def _short_texts(content: Content) -> Iterator[str]:
    for block in content.blocks:
        texts = (cell.text for cell in block.cells) if isinstance(block, Grid) else (block.text,)
        for text in texts:
            spoken = key(text)
            if spoken and len(spoken) <= LONGEST_LABEL_LINE:
                yield spoken


def is_wide(table: TableSpec) -> bool:
    """True if the table's blocks stand side by side over the same printed row."""
    return len(table.blocks) > 1 and len({row.at for block in table.blocks for row in block.rows}) == 1


def is_tall(table: TableSpec) -> bool:
    """True if the table is one block of many rows."""
    return len(table.blocks) == 1
