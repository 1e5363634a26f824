"""The shape of the workspace file, version by version: one function per step.

Version 1 (gkdesk 0.1): reports as JSON with their source, and the journal of edits.
Version 2: reports and edits also hold answers and the figures of the prose, which a program of version 1 would pass
over in silence, losing what a clerk decided; and what was recognised in pictures inside a document is kept.

A new version adds a function to ``STEPS`` and an old file to ``tests/workspaces``; nothing here is ever changed after
it was released.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from gkdesk.store.workspace_file import APPLICATION_ID as APPLICATION_ID

OBJECTS = frozenset(
    {
        ("table", "report"),
        ("table", "source"),
        ("table", "content"),
        ("table", "journal"),
        ("index", "journal_by_report"),
    }
)
"""Everything the schema of the current version holds; a file with more was not written by this program."""

_VERSION_1 = (
    """
    CREATE TABLE report (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sha256 TEXT NOT NULL UNIQUE,
        source_name TEXT NOT NULL,
        kind TEXT NOT NULL,
        organization TEXT,
        year INTEGER,
        edition TEXT,
        added_at TEXT NOT NULL,
        review TEXT NOT NULL,
        errors INTEGER NOT NULL,
        warnings INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        counted_by TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE source (
        report_id INTEGER PRIMARY KEY REFERENCES report (id) ON DELETE CASCADE,
        size INTEGER NOT NULL,
        packed BLOB NOT NULL
    )
    """,
    """
    CREATE TABLE journal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        report_id INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        edit TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL
    )
    """,
    "CREATE INDEX journal_by_report ON journal (report_id, id)",
)


_VERSION_2 = """
    CREATE TABLE content (
        report_id INTEGER PRIMARY KEY REFERENCES report (id) ON DELETE CASCADE,
        size INTEGER NOT NULL,
        packed BLOB NOT NULL
    )
"""


def _to_version_1(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _VERSION_1:
        connection.execute(statement)


def _to_version_2(connection: sqlite3.Connection) -> None:
    # The JSON of reports and edits is read in both shapes: a key that is not there stands for an empty list.
    connection.execute(_VERSION_2)


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (_to_version_1, _to_version_2)
"""``STEPS[n]`` takes a file of version n to version n + 1."""

CURRENT_VERSION = len(STEPS)


def upgrade(connection: sqlite3.Connection, version: int) -> None:
    """Bring a file of ``version`` (0: empty) to the current one, inside the transaction of the caller."""
    for step in STEPS[version:]:
        step(connection)
    if version < CURRENT_VERSION:
        connection.execute(f"PRAGMA user_version = {CURRENT_VERSION}")
