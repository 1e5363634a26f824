"""From what a person points at - files, folders, archives, mails - to the single sources in it, in a stable order."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from gkdesk.store.workspace_file import is_workspace

if TYPE_CHECKING:
    from gkdesk.sources.mail import Mail

SUFFIXES = frozenset(
    ".pdf .ofd .docx .doc .wps .rtf .odt .fodt .xlsx .xls .et .ods .fods .html .htm .mht .mhtml .txt .tsv .csv"
    " .md .markdown .zip .jpg .jpeg .png .tif .tiff .bmp .eml .msg .xml".split()
)
"""Files in folders and archives that are taken in; a file given by itself is always tried. Workspaces
in a folder are not sources: their reports were taken in before."""

MOST_FILES = 20_000
"""Sources of one folder that are taken in: more than a province has bodies."""

MOST_UNOPENED = 3
"""Archives in archives of an archive that are named one by one; of more the archive as a whole says so."""

_JUNK = re.compile(r"[.~]|thumbs\.db$|desktop\.ini$", re.IGNORECASE)
_JUNK_FOLDER = re.compile(r"\.|__macosx$|\$recycle\.bin$|.*(?:_files|\.files)$", re.IGNORECASE)
"""The last ones are what browsers put beside a saved page: its pictures and scripts."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source.

    Attributes:
        path: the file, or the archive it lies in.
        name: as shown: the file's name, within a folder the way to it, within an archive ``archive.zip/inner.pdf``.
        inside: where it lies in the archive or mail; empty for a file.
        refused: the code of what is said instead of opening it; empty for what is read.
    """

    path: Path
    name: str
    inside: tuple[int, ...] = ()
    refused: str = ""


def sources_in(paths: Iterable[Path]) -> Iterator[Source]:
    """The sources at these paths: files themselves, the reports in folders and in archives.

    Never raises: what cannot be looked into is given as it is, so that reading it says what is wrong.
    """
    for source in files_in(paths):
        yield from inside(source)


def files_in(paths: Iterable[Path]) -> Iterator[Source]:
    """The same without looking into archives, and so without opening any file. A folder with nothing gives itself."""
    for path in paths:
        if not path.is_dir():
            yield Source(path, path.name)
            continue
        names = sorted(_files(path), key=lambda name: [part.casefold() for part in PurePosixPath(name).parts])
        yield from (Source(path / name, name, refused=_refusal(path, name)) for name in names)
        if not names:
            yield Source(path, path.name)


def inside(source: Source) -> list[Source]:
    """The reports in an archive or mail; of anything else, and of one without any, the source itself."""
    # An open workspace would lose its lock if it were opened here once more.
    if (
        source.refused
        or source.inside
        or is_workspace(source.path)
        or not (is_archive(source.path) or is_mail(source.path))
    ):
        return [source]
    from gkdesk.sources import archive

    try:
        members = [member for member in archive.members(source.path, _reports_in) if may_be_report(member.name)]
    except SourceError:
        members = []
    found = [Source(source.path, f"{source.name}/{member.name}", member.where) for member in members]
    unopened = [each for each in found if len(each.inside) > 1 and each.name.lower().endswith(".zip")]
    if len(unopened) > MOST_UNOPENED:
        # An archive of archives of archives would say the same hundreds of times.
        found = [each for each in found if each not in unopened]
        found.append(Source(source.path, source.name, refused="source.nested-archive"))
    return found or [source]


def is_archive(path: Path) -> bool:
    """True for a ZIP file that is no document of a kind that is kept in one; False also if it cannot be looked at."""
    if not opening.is_zip(path):
        return False
    from gkdesk.sources import archive

    return archive.is_archive(path)


def is_mail(path: Path) -> bool:
    """True for a file that begins like a mail; False also if it cannot be looked at."""
    from gkdesk.sources import archive

    return archive.is_mail(path)


def _reports_in(mail: Mail) -> list[tuple[str, int]]:
    """What of a mail is to be read: its text if that holds the form, and the reports attached to it.

    Without either what is shown in its text, pictures of the pages of a report, say.
    """
    from gkdesk.extraction.locate import names_rows
    from gkdesk.sources.mail import text_of

    editions = load_editions()
    found = [
        ("正文.html" if body.is_page else "正文.txt", body.number)
        for body in mail.bodies
        if names_rows(text_of(body.source), editions)
    ]
    found += [(file.name, file.number) for file in mail.attachments if may_be_report(file.name)]
    return found or [(file.name, file.number) for file in mail.pictures if may_be_report(file.name)]


def may_be_report(name: str) -> bool:
    """True for a file of a folder or archive, by the way to it, that is to be read."""
    *folders, file = PurePosixPath(name).parts or ("",)
    if any(_JUNK_FOLDER.match(folder) for folder in folders):
        return False
    return not _JUNK.match(file) and PurePosixPath(file).suffix.lower() in SUFFIXES


def _refusal(folder: Path, name: str) -> str:
    """What is wrong with a file of a folder before it is opened: a link may lead to what was never chosen."""
    path = folder / name
    if not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        return ""
    return "source.link-outside"


def _files(folder: Path) -> Iterator[str]:
    """The ways from a folder to the files in it that may be reports; links to other folders are not followed."""
    count = 0
    for top, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not _JUNK_FOLDER.match(name)]
        for file in files:
            name = (Path(top) / file).relative_to(folder).as_posix()
            if may_be_report(name) and count < MOST_FILES:
                count += 1
                yield name
