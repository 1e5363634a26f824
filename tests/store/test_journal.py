"""What can be undone follows from the journal alone."""

from __future__ import annotations

import pytest

from gkdesk.store.journal import EDIT, REDO, UNDO, replay
from tests.store.reviews import NEW, TOTAL, entry, typed

A, B, C = typed(NEW, 1), typed(TOTAL, 2), typed(TOTAL, 3)


@pytest.mark.parametrize(
    ("entries", "done", "undone"),
    [
        ([], [], []),
        ([entry(EDIT, A), entry(EDIT, B)], [A, B], []),
        ([entry(EDIT, A), entry(EDIT, B), entry(UNDO, B.inverse())], [A], [B]),
        ([entry(EDIT, A), entry(UNDO, A.inverse()), entry(REDO, A)], [A], []),
        ([entry(EDIT, A), entry(EDIT, B), entry(UNDO, B.inverse()), entry(UNDO, A.inverse())], [], [B, A]),
        ([entry(EDIT, A), entry(EDIT, B), entry(UNDO, B.inverse()), entry(EDIT, C)], [A, C], []),
    ],
)
def test_replaying_gives_both_stacks(entries: list, done: list, undone: list) -> None:
    history = replay(entries)
    assert (history.done, history.undone) == (done, undone)


@pytest.mark.parametrize(
    "entries",
    [
        [entry(UNDO, A)],
        [entry(REDO, A)],
        [entry(EDIT, A), entry(UNDO, A)],
        [entry(EDIT, A), entry(EDIT, B), entry(UNDO, A.inverse())],
        [entry(EDIT, A), entry(UNDO, A.inverse()), entry(EDIT, B), entry(REDO, A)],
    ],
)
def test_a_journal_that_contradicts_itself_is_refused(entries: list) -> None:
    with pytest.raises(ValueError, match="does not follow"):
        replay(entries)
