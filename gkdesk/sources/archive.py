"""ZIP archives of reports, and mails with reports attached: what lies in them, and one of them at a time.

Nothing is ever unpacked to a disk.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gkdesk.errors import SourceError
from gkdesk.sources import mail
from gkdesk.sources.office_zip import OFD_MAIN

LARGEST = 2 << 30
LARGEST_MEMBER = 200 << 20
LARGEST_NESTED = 64 << 20
MOST_MEMBERS = 5_000
"""Bytes of an archive, of a file in it and of an archive in it, unpacked; files of an archive that are offered."""

_MOST_ENTRIES = 50_000
_LARGEST_TOTAL = 16 << 30
_MOST_NESTED = 512 << 20
"""Bytes of all archives in an archive that are looked into; what follows is given as files."""
_HIGHEST_RATIO = 200
_UNSUSPICIOUS = 4 << 20
_ENCRYPTED, _UTF_8 = 0x1, 0x800
_AES = 99
"""The way of packing that stands for an encryption which Python does not know."""
_LOOKED_INTO = (".zip", ".eml")
_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = re.compile(r"\[Content_Types\]\.xml|mimetype|word/document\d*\.xml|xl/workbook\.(?:xml|bin)")
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f]")
_FAILURES = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, OSError, ValueError, RuntimeError)
"""What zipfile raises on damaged archives; its own for unknown ways of packing is a ``RuntimeError``, too."""


Choose = Callable[[mail.Mail], list[tuple[str, int]]]
"""The names and numbers of what is a report in a mail; none if the mail itself is all there is."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: how it is called there, and where it is, a number for each archive or mail around it."""

    name: str
    where: tuple[int, ...]


def is_archive(path: Path) -> bool:
    """True for a ZIP file that is no document of a kind that is kept in one; False also if it cannot be looked at."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            if stream.read(4) not in _SIGNATURES:
                return False
        with _open(path) as container:
            return _is_plain(container)
    except (SourceError, OSError):
        return False


def is_mail(path: Path) -> bool:
    """True for a file that begins like a mail; False also if it cannot be looked at."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return mail.is_mail(stream.read(mail.HEAD_BYTES))
    except OSError:
        return False


def every_file(opened: mail.Mail) -> list[tuple[str, int]]:
    """All files attached to a mail."""
    return [(file.name, file.number) for file in opened.attachments]


def members(path: Path, choose: Choose = every_file) -> list[Member]:
    """The files in an archive and, in the archives and mails right in it, theirs, in the order of their names.

    Of a mail what is chosen of it, and what is in the archives attached to it. Raises ``SourceError`` for a damaged or
    dangerously inflated archive or mail. One inside that cannot be looked into is given as a file.
    """
    if is_mail(path):
        return list(_attached(_mail_at(path), choose))[:MOST_MEMBERS]
    with _open(path) as container:
        found = sorted(_members(container, choose), key=lambda member: (member.name.casefold(), member.where))
    return found[:MOST_MEMBERS]


def load(path: Path, where: tuple[int, ...], password: str | None = None) -> bytes:
    """The bytes of a file in an archive.

    Raises ``SourceError``: ``source.encrypted``, ``source.wrong-password``, ``source.broken``, ``source.inflated``,
    ``source.too-large``, ``source.empty``.
    """
    if is_mail(path):
        data = _out_of(_mail_at(path), where, password)
    else:
        with _open(path) as container:
            data = _load(container, where, password)
    if not data:
        raise SourceError("source.empty")
    return data


def _load(container: zipfile.ZipFile, where: tuple[int, ...], password: str | None) -> bytes:
    entries = container.infolist()
    if not where or where[0] >= len(entries):
        raise SourceError("source.broken")
    if len(where) == 1:
        return _unpacked(container, entries[where[0]], LARGEST_MEMBER, password)
    return _out_of(_unpacked(container, entries[where[0]], LARGEST_NESTED, password), where[1:], password)


def _out_of(data: bytes, where: tuple[int, ...], password: str | None) -> bytes:
    """The bytes of a file in a mail, or in an archive that is itself in one."""
    if mail.is_mail(data):
        if not where:
            raise SourceError("source.broken")
        found = mail.load(data, where[0])
        return found if len(where) == 1 else _out_of(found, where[1:], password)
    with _open(io.BytesIO(data)) as inner:
        return _load(inner, where, password)


def _mail_at(path: Path) -> bytes:
    try:
        if path.stat().st_size > mail.LARGEST:
            raise SourceError("source.too-large", limit=mail.LARGEST >> 20)
        return path.read_bytes()
    except OSError as error:
        raise SourceError("source.not-readable", name=path.name) from error


def _attached(data: bytes, choose: Choose) -> Iterator[Member]:
    """What is chosen of a mail; archives and mails attached to it are looked into."""
    for name, number in choose(mail.open_mail(data)):
        inside = None
        if name.lower().endswith(_LOOKED_INTO):
            with suppress(SourceError):
                inside = _inside(mail.load(data, number), choose)
        if inside is None:
            yield Member(name, (number,))
        else:
            yield from (Member(f"{name}/{inner}", (number, place)) for inner, place in inside)


def _open(file: Path | io.BytesIO) -> zipfile.ZipFile:
    try:
        if isinstance(file, Path) and file.stat().st_size > LARGEST:
            raise SourceError("source.too-large", limit=LARGEST >> 20)
        container = zipfile.ZipFile(file)
    except FileNotFoundError as error:
        raise SourceError("source.not-found", name=str(file)) from error
    except _FAILURES as error:
        raise SourceError("source.broken") from error
    entries = container.infolist()
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _LARGEST_TOTAL:
        container.close()
        raise SourceError("source.inflated")
    return container


def _members(container: zipfile.ZipFile, choose: Choose) -> Iterator[Member]:
    room = _MOST_NESTED
    for name, number, entry in _files(container):
        inside = None
        if name.lower().endswith(_LOOKED_INTO):
            room -= entry.file_size
            inside = _nested(container, entry, choose) if room >= 0 else None
        if inside is None:
            yield Member(name, (number,))
        else:
            yield from (Member(f"{name}/{inner}", (number, place)) for inner, place in inside)


def _nested(container: zipfile.ZipFile, entry: zipfile.ZipInfo, choose: Choose) -> list[tuple[str, int]] | None:
    """The files of an archive or mail in an archive; None if it is none, or cannot be looked into."""
    try:
        return _inside(_unpacked(container, entry, LARGEST_NESTED, None), choose)
    except SourceError:
        return None


def _inside(data: bytes, choose: Choose) -> list[tuple[str, int]] | None:
    """The names and numbers of the files in an archive or mail; None for anything else. Raises ``SourceError``."""
    if mail.is_mail(data):
        return choose(mail.open_mail(data)) or None
    with _open(io.BytesIO(data)) as inner:
        return [(name, number) for name, number, _ in _files(inner)] if _is_plain(inner) else None


def _files(container: zipfile.ZipFile) -> Iterator[tuple[str, int, zipfile.ZipInfo]]:
    for number, entry in enumerate(container.infolist()):
        name = _name(entry)
        if name and not entry.is_dir():
            yield name, number, entry


def _is_plain(container: zipfile.ZipFile) -> bool:
    return not any(_OFFICE.fullmatch(name) or OFD_MAIN.fullmatch(name) for name in container.namelist())


def _unpacked(container: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, password: str | None) -> bytes:
    if entry.flag_bits & _ENCRYPTED and password is None:
        raise SourceError("source.encrypted")
    if entry.file_size > most:
        raise SourceError("source.too-large", limit=most >> 20)
    if entry.file_size > _UNSUSPICIOUS and entry.file_size > _HIGHEST_RATIO * max(1, entry.compress_size):
        raise SourceError("source.inflated")
    if entry.compress_type == _AES:
        raise SourceError("source.archive")
    if not entry.flag_bits & _ENCRYPTED:
        return _bytes_of(container, entry, most, None)
    words = dict.fromkeys((password or "").encode(code, "replace") for code in ("utf-8", "gb18030"))
    for word in words:
        try:
            return _bytes_of(container, entry, most, word)
        except SourceError as error:
            wrong = error
    # A wrong password is found out by the first bytes or by the checksum at the end.
    raise SourceError("source.wrong-password") from wrong


def _bytes_of(container: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, word: bytes | None) -> bytes:
    try:
        with container.open(entry, pwd=word) as stream:
            data = stream.read(most + 1)
    except NotImplementedError as error:
        raise SourceError("source.archive") from error
    except _FAILURES as error:
        raise SourceError("source.broken") from error
    if len(data) > most:
        raise SourceError("source.inflated")
    return data


def _name(entry: zipfile.ZipInfo) -> str:
    """The name to show: decoded as its maker meant it, without steps that lead out of the archive."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF_8:
        # zipfile takes names without that mark for the letters of the first PCs; Chinese makers mean GBK or UTF-8.
        raw = name.encode("cp437", "replace")
        for code in ("utf-8", "gb18030"):
            try:
                name = raw.decode(code)
                break
            except UnicodeDecodeError:
                continue
    steps = _UNSHOWN.sub("", name.replace("\\", "/")).split("/")
    return "/".join(step for step in steps if step not in ("", ".", ".."))
