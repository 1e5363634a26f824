"""The workspace: one SQLite file (``.gkdesk``) that keeps many reports, their sources and every edit.

Each edit is one durable transaction, so there is nothing to save and nothing to lose; the journal is only ever added
to. While a workspace is open the file is locked exclusively by SQLite itself: a second program is told so at once, and
the lock ends with the process, however it ends. A file from elsewhere is data, never code: its schema must be exactly
ours, and every row is checked when it is read.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Self

from gkdesk.errors import WorkspaceError
from gkdesk.model.content import Content
from gkdesk.model.review import Review
from gkdesk.store.content_record import content_from_text, content_to_text
from gkdesk.store.journal import KINDS, History, JournalEntry, replay
from gkdesk.store.json_shape import RecordError, as_text, as_whole
from gkdesk.store.record import apply_edit, edit_from_text, edit_to_text, review_from_text, review_to_text
from gkdesk.store.upgrade import APPLICATION_ID, CURRENT_VERSION, OBJECTS, upgrade
from gkdesk.store.workspace_file import HEADER, file_key, header_of, open_files

_BUSY_SECONDS = 0.3
_LARGEST_SOURCE = 1 << 30

_SETTINGS = (
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "foreign_keys = ON",
    "temp_store = MEMORY",
    "synchronous = FULL",
    "locking_mode = EXCLUSIVE",
)

_MEANINGS = {
    sqlite3.SQLITE_BUSY: "workspace.in-use",
    sqlite3.SQLITE_LOCKED: "workspace.in-use",
    sqlite3.SQLITE_NOTADB: "workspace.not-a-workspace",
    sqlite3.SQLITE_READONLY: "workspace.not-writable",
    sqlite3.SQLITE_CANTOPEN: "workspace.not-writable",
    sqlite3.SQLITE_PERM: "workspace.not-writable",
    sqlite3.SQLITE_AUTH: "workspace.not-writable",
    sqlite3.SQLITE_FULL: "workspace.write-failed",
    sqlite3.SQLITE_IOERR: "workspace.write-failed",
    sqlite3.SQLITE_NOMEM: "workspace.write-failed",
    sqlite3.SQLITE_TOOBIG: "workspace.write-failed",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a report stood when it was last checked, kept so that a long list need not check every report again.

    ``counted_by`` names the rules that counted; with other rules the counts mean nothing.
    """

    errors: int = 0
    warnings: int = 0
    changed: int = 0
    counted_by: str = ""


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A line of the list of reports. ``added_at`` is ISO 8601 in UTC."""

    id: int
    source_name: str
    sha256: str
    kind: str
    organization: str | None
    year: int | None
    edition: str | None
    added_at: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class StoredReview:
    """A report with every journal entry applied, the journal itself, and what can be undone and redone."""

    review: Review
    journal: tuple[JournalEntry, ...]
    history: History


class Workspace:
    """An open workspace file. All methods may be called from any thread; they raise :class:`WorkspaceError`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = RLock()
        self._file = file_key(path)
        open_files.add(self._file)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the workspace at ``path``, made if there is no file.

        Raises:
            WorkspaceError: ``workspace.in-use``, ``workspace.not-a-workspace``, ``workspace.newer``,
                ``workspace.not-writable`` or ``workspace.damaged``.
        """
        path = path.absolute()
        _refuse_other_files(path)
        with _errors_of(path):
            connection = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=16
            )
            try:
                _prepare(connection, path)
                return cls(path, connection)
            except BaseException:
                connection.close()
                raise

    def close(self) -> None:
        """Release the file; a second call does nothing."""
        with self._lock:
            self._connection.close()
            open_files.discard(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def reports(self) -> list[StoredReport]:
        """The reports in the order in which they were added."""
        rows = self._rows(
            "SELECT id, source_name, sha256, kind, organization, year, edition, added_at,"
            " errors, warnings, changed, counted_by FROM report ORDER BY id"
        )
        return [self._stored_report(row) for row in rows]

    def add(
        self, review: Review, source: bytes, standing: Standing = Standing(), content: Content | None = None
    ) -> int:
        """Keep a report and its source; a source that is already here changes nothing. Returns the report's id.

        ``content`` is the source as read, where reading it again would take long.
        """
        with self._transaction() as connection:
            found = connection.execute("SELECT id FROM report WHERE sha256 = ?", (review.sha256,)).fetchone()
            if found is not None:
                return int(found[0])
            report_id = connection.execute(
                "INSERT INTO report (sha256, source_name, kind, organization, year, edition, added_at, review,"
                " errors, warnings, changed, counted_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    review.sha256,
                    _storable(review.source_name),
                    review.kind,
                    _storable(review.extracted.organization),
                    review.extracted.year,
                    review.extracted.edition,
                    datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                    review_to_text(review),
                    *_standing_row(standing),
                ),
            ).lastrowid
            assert report_id is not None
            packed = zlib.compress(source, 1)
            connection.execute("INSERT INTO source VALUES (?, ?, ?)", (report_id, len(source), packed))
            if content is not None:
                text = content_to_text(content).encode()
                values = (report_id, len(text), zlib.compress(text, 1))
                connection.execute("INSERT INTO content VALUES (?, ?, ?)", values)
            return report_id

    def load(self, report_id: int) -> StoredReview:
        """A report as it stands now; raises ``workspace.no-report`` or ``workspace.damaged``."""
        with self._lock:
            (text,) = self._one("SELECT review FROM report WHERE id = ?", report_id)
            rows = self._rows("SELECT kind, edit, who, at FROM journal WHERE report_id = ? ORDER BY id", report_id)
        try:
            review = review_from_text(as_text(text))
            journal = tuple(_journal_entry(row) for row in rows)
            for entry in journal:
                apply_edit(review, entry.edit)
            return StoredReview(review, journal, replay(journal))
        except ValueError as error:
            raise self._damaged() from error

    def source(self, report_id: int) -> bytes:
        """The bytes of the source as they were read; raises like :meth:`load`."""
        size, packed, sha256 = self._one(
            "SELECT size, packed, sha256 FROM source JOIN report ON report.id = report_id WHERE report_id = ?",
            report_id,
        )
        data = self._unpacked(size, packed)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise self._damaged()
        return data

    def content(self, report_id: int) -> Content | None:
        """The source as it was read; None if that was not kept. Raises like :meth:`load`."""
        self._one("SELECT id FROM report WHERE id = ?", report_id)
        query = "SELECT size, packed, sha256 FROM content JOIN report ON report.id = report_id WHERE report_id = ?"
        rows = self._rows(query, report_id)
        if not rows:
            return None
        ((size, packed, sha256),) = rows
        try:
            content = content_from_text(self._unpacked(size, packed).decode())
        except ValueError as error:
            raise self._damaged() from error
        if content.sha256 != sha256:
            raise self._damaged()
        return content

    def append(self, report_id: int, entry: JournalEntry, standing: Standing | None = None) -> None:
        """Add to the journal in one durable transaction, with how the report stands then."""
        with self._transaction() as connection:
            self._one("SELECT id FROM report WHERE id = ?", report_id)
            connection.execute(
                "INSERT INTO journal (report_id, kind, edit, who, at) VALUES (?, ?, ?, ?, ?)",
                (report_id, entry.kind, edit_to_text(entry.edit), _storable(entry.who), entry.when),
            )
            if standing is not None:
                _write_standing(connection, report_id, standing)

    def note_standing(self, standings: Sequence[tuple[int, Standing]]) -> None:
        """Keep how reports (by id) stand, in one transaction."""
        if standings:
            with self._transaction() as connection:
                for report_id, standing in standings:
                    _write_standing(connection, report_id, standing)

    def remove(self, report_id: int) -> None:
        """Take a report out, with its source and its journal; an unknown id changes nothing."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM report WHERE id = ?", (report_id,))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _errors_of(self.path), _transaction(self._connection, "BEGIN IMMEDIATE"):
            yield self._connection

    def _rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with self._lock, _errors_of(self.path):
            return self._connection.execute(query, values).fetchall()

    def _one(self, query: str, report_id: int) -> tuple[object, ...]:
        rows = self._rows(query, report_id)
        if not rows:
            raise WorkspaceError("workspace.no-report", name=self.path.name)
        return rows[0]

    def _unpacked(self, size: object, packed: object) -> bytes:
        if not isinstance(size, int) or not 0 <= size <= _LARGEST_SOURCE or not isinstance(packed, bytes):
            raise self._damaged()
        try:
            return zlib.decompressobj().decompress(packed, size + 1)
        except zlib.error as error:
            raise self._damaged() from error

    def _stored_report(self, row: tuple[object, ...]) -> StoredReport:
        try:
            return StoredReport(
                id=as_whole(row[0]),
                source_name=as_text(row[1]),
                sha256=as_text(row[2]),
                kind=as_text(row[3]),
                organization=None if row[4] is None else as_text(row[4]),
                year=None if row[5] is None else as_whole(row[5]),
                edition=None if row[6] is None else as_text(row[6]),
                added_at=as_text(row[7]),
                standing=Standing(as_whole(row[8]), as_whole(row[9]), as_whole(row[10]), as_text(row[11])),
            )
        except RecordError as error:
            raise self._damaged() from error

    def _damaged(self) -> WorkspaceError:
        return WorkspaceError("workspace.damaged", name=self.path.name)


def _refuse_other_files(path: Path) -> None:
    """Refuse what is no database at all before SQLite sees it: it takes a file of a few bytes for an empty one."""
    try:
        if file_key(path) in open_files:
            raise WorkspaceError("workspace.in-use", name=path.name)
        if path.exists() and not path.is_file():
            # A folder; or a pipe, which would keep whoever opens it waiting.
            raise WorkspaceError("workspace.not-a-workspace", name=path.name)
        header = header_of(path)
    except FileNotFoundError:
        return
    except (IsADirectoryError, PermissionError) as error:
        # Windows says of folders that they may not be opened.
        code = "workspace.not-a-workspace" if path.is_dir() else "workspace.not-writable"
        raise WorkspaceError(code, name=path.name) from error
    except OSError as error:
        raise WorkspaceError("workspace.not-writable", name=path.name) from error
    if header and not header.startswith(HEADER):
        raise WorkspaceError("workspace.not-a-workspace", name=path.name)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Lock the file for good, make sure that it is a workspace, and bring it to the current version."""
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    with _transaction(connection, "BEGIN EXCLUSIVE"):
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        empty = not connection.execute("SELECT 1 FROM sqlite_master").fetchall()
        is_new = empty and application_id == 0 and version == 0
        if not is_new and application_id != APPLICATION_ID:
            raise WorkspaceError("workspace.not-a-workspace", name=path.name)
        if version > CURRENT_VERSION:
            raise WorkspaceError("workspace.newer", name=path.name)
        upgrade(connection, version)
        objects = connection.execute(r"SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\'")
        if set(objects) != OBJECTS:
            raise WorkspaceError("workspace.damaged", name=path.name)
    # Only now, so that a new file is born whole in one transaction.
    connection.execute("PRAGMA journal_mode = WAL")
    # After every commit the main file holds everything: whoever copies it alone after a power cut has all edits.
    connection.execute("PRAGMA wal_autocheckpoint = 1")


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite has rolled back by itself after some failures, such as a full disk.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _errors_of(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences about ``path``; using a closed workspace stays a bug."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except UnicodeDecodeError as error:
        # SQLite quotes damaged names in its own messages.
        raise WorkspaceError("workspace.damaged", name=path.name) from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        raise WorkspaceError(_MEANINGS.get(code, "workspace.damaged"), name=path.name) from error


def _journal_entry(row: tuple[object, ...]) -> JournalEntry:
    kind, edit, who, when = (as_text(value) for value in row)
    if kind not in KINDS:
        raise RecordError("no such kind of journal entry")
    return JournalEntry(kind, edit_from_text(edit), who, when)


def _write_standing(connection: sqlite3.Connection, report_id: int, standing: Standing) -> None:
    connection.execute(
        "UPDATE report SET errors = ?, warnings = ?, changed = ?, counted_by = ? WHERE id = ?",
        (*_standing_row(standing), report_id),
    )


def _standing_row(standing: Standing) -> tuple[int, int, int, str]:
    return standing.errors, standing.warnings, standing.changed, standing.counted_by


def _storable(text: str | None) -> str | None:
    """``text`` without half characters (from odd file names and web pages), which SQLite cannot keep."""
    return None if text is None else text.encode("utf-8", "replace").decode()
