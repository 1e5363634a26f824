"""The slow steps as pure functions of immutable inputs: for the job runner, the command line, and any pool or cluster.

Nothing here touches an open review or a workspace that somebody edits. What only some tasks need is imported where it
is used: reading a text file loads no PDF or Excel library, and a command that waits for a reading process no reader.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError, WorkspaceError
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Content, SourceKind
from gkdesk.model.context import ALONE, Context
from gkdesk.model.decision import Decision
from gkdesk.model.finding import Finding
from gkdesk.model.proof import Proof
from gkdesk.model.review import AuditLine, Review
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from gkdesk.store.workspace_file import is_workspace
from gkdesk.workflow.checking import find, spec_of
from gkdesk.workflow.collection import Source, is_archive, sources_in
from gkdesk.workflow.diagnosing import case_of, explain, weigh
from gkdesk.workflow.progress import NO_PROGRESS, Progress
from gkdesk.workflow.second_reading import look_again, suspects_of, with_second

if TYPE_CHECKING:
    from gkdesk.export.read_back import Exported
    from gkdesk.model.answer import Answer
    from gkdesk.model.problem import ProblemList

    # Named again for the front ends, which reach sources only through here.
    from gkdesk.sources.page_image import PageImage as PageImage
    from gkdesk.sources.page_image import Pages as Pages
    from gkdesk.workflow.isolated import Runner

_STEPS = 4
_WITHOUT_PASSWORD = (SourceKind.DOCX, SourceKind.HTML, SourceKind.RTF, SourceKind.ODT, SourceKind.ODS)


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report as read and checked.

    Attributes:
        review: what was read; its form is the report's own and may be edited.
        source: the bytes that were read.
        content: the source for the eye; None for an exported workbook and for a report from a workspace.
        findings: all findings, worst first.
        context: the other reports of its workspace it was checked beside, and second readings of single cells.
    """

    review: Review
    source: bytes
    content: Content | None
    findings: tuple[Finding, ...]
    context: Context = ALONE


def read_report(path: Path | Source, password: str | None = None, progress: Progress = NO_PROGRESS) -> ReadReport:
    """Read and check one source or exported workbook: a file, or one found by :func:`gkdesk.workflow.collection`.

    Raises:
        SourceError: it cannot be read.
        WorkspaceError: ``workspace.not-a-report``: it is a workspace, which holds many.
        Cancelled: by ``progress``.
    """
    source = path if isinstance(path, Source) else Source(path, path.name)
    progress.step(0, _STEPS, "progress.opening")
    _refuse(source)
    _refuse_workspace(source.path)
    return read_bytes(source.name, _load(source, password), password, progress)


def read_bytes(name: str, data: bytes, password: str | None = None, progress: Progress = NO_PROGRESS) -> ReadReport:
    """The same for bytes that are already here; ``name`` is the file name to show."""
    started = time.perf_counter()
    progress.step(1, _STEPS, "progress.reading")
    kind = opening.recognise(data)
    if kind is SourceKind.WORKSPACE:
        raise WorkspaceError("workspace.not-a-report", name=name)
    content: Content | None = None
    decisions: dict[str, Decision] = {}
    if kind is SourceKind.WORKBOOK:
        exported = _read_exported(data)
        extracted, decisions = exported.extracted, exported.decisions
    else:
        from gkdesk.extraction.fill import extract

        content = opening.read(data, password, _told_to(progress), kind=kind)
        kind = content.kind
        progress.step(2, _STEPS, "progress.extracting")
        extracted = extract(content)
    progress.step(3, _STEPS, "progress.checking")
    sha256 = hashlib.sha256(data).hexdigest()
    review = Review(shown_name(name), sha256, str(kind), extracted, extracted.form.copy(), decisions=decisions)
    case = case_of(review, (spec := spec_of(review)), find(review, spec))
    findings, context = explain(case), ALONE
    suspects = suspects_of(replace(case, findings=findings))
    if suspects:
        context = with_second(context, look_again(data, suspects, password, progress))
        findings = explain(replace(case, context=context)) if context is not ALONE else findings
    review = replace(review, seconds=round(time.perf_counter() - started, 3))
    progress.step(_STEPS, _STEPS)
    return ReadReport(review, data, content, findings, context)


def read_each(
    source: Source, password: str | None, progress: Progress, reading: Runner
) -> Generator[ReadReport, None, None]:
    """Every report of a file, without content: all of a workspace as they were reviewed, else the one it is.

    ``reading`` is where a file of others is read. Raises like :func:`read_report` and ``reading``, and
    ``WorkspaceError`` for a workspace that is in use or damaged.
    """
    _refuse(source)
    if not is_workspace(source.path):
        yield reading.run(read_figures, source, password, progress=progress)
        return
    from gkdesk.store.workspace import Workspace
    from gkdesk.workflow.neighbours import Neighbours

    with Workspace.open(source.path) as workspace:
        reports, neighbours = workspace.reports(), Neighbours(workspace)
        for number, report in enumerate(reports):
            progress.step(number, len(reports), "progress.reading")
            review = workspace.load(report.id).review
            context = neighbours.context_of(report.id)
            yield ReadReport(review, workspace.source(report.id), None, explained(review, context), context)


def explained(review: Review, context: Context = ALONE) -> tuple[Finding, ...]:
    """All findings about a review, worst first, with their proposals."""
    spec = spec_of(review)
    return explain(case_of(review, spec, find(review, spec, context=context), context))


def found_together(reviews: Sequence[Review]) -> Iterator[tuple[Finding, ...]]:
    """For each of some reports all findings, now that the others are known; none where they make no difference.

    Without proposals: what the reports say of one another is about whole lines, not about single cells.
    """
    from gkdesk.workflow.neighbours import contexts_among

    for review, context in zip(reviews, contexts_among(reviews), strict=True):
        yield () if context == ALONE else find(review, spec_of(review), context=context)


def answers_to(read: ReadReport) -> tuple[Answer, ...]:
    """The reviewer's answers about a report, in words."""
    from gkdesk.workflow.answers import answers_of

    return answers_of(read.review, spec_of(read.review), read.findings)


def proofs_of(read: ReadReport) -> Mapping[CellRef, Proof]:
    """How far each cell of a report is proven."""
    review = read.review
    return weigh(case_of(review, spec_of(review), read.findings, read.context))


def problems_of(read: ReadReport) -> ProblemList:
    """What the reporting body is asked to put right."""
    from gkdesk.workflow.problems import problem_list

    return problem_list(read.review, spec_of(read.review), read.findings)


def read_figures(source: Source, password: str | None = None, progress: Progress = NO_PROGRESS) -> ReadReport:
    """Like :func:`read_report`, but without the content, which is for the eye and large."""
    return replace(read_report(source, password, progress), content=None)


def count_reports(path: Path) -> int:
    """How many reports a file, a folder or an archive holds; raises ``WorkspaceError``."""
    if not is_workspace(path):
        return sum(1 for _ in sources_in([path]))
    from gkdesk.store.workspace import Workspace

    with Workspace.open(path) as workspace:
        return len(workspace.reports())


def read_content(data: bytes, password: str | None = None, progress: Progress = NO_PROGRESS) -> Content | None:
    """A kept source for the eye; None for an exported workbook, which is a form and nothing else.

    Pages that are pictures are not recognised again: they are shown as they are, and what was read in them has its
    place on the page. Tables in pictures of a web page or a Word document have none, and are recognised again unless
    the content was kept (:func:`takes_long_to_read_again`).
    """
    kind = opening.recognise(data)
    if kind is SourceKind.WORKBOOK:
        return None
    return opening.read(data, password, _told_to(progress), recognise_pages=False, kind=kind)


def takes_long_to_read_again(read: ReadReport) -> bool:
    """True if a report's content is worth keeping: tables were recognised in pictures inside a document.

    Never for a file that may be behind a password: what it shows is not to be had without that.
    """
    notes = read.content.notes if read.content is not None else ()
    return any(note.code == "picture-tables" for note in notes) and opening.recognise(read.source) in _WITHOUT_PASSWORD


def open_pages(data: bytes, password: str | None = None) -> Pages:
    """The pages of a PDF, OFD or picture file as pictures, drawn on request in this process.

    For files of others there is :func:`gkdesk.workflow.drawing.open_pages`.
    """
    from gkdesk.sources.page_image import PageImages

    kind = opening.recognise(data)
    if kind is SourceKind.OFD:
        from gkdesk.sources.ofd import page_pictures

        return page_pictures.open_pages(data)
    if kind is SourceKind.PICTURE:
        from gkdesk.sources.pictures import picture_image

        return picture_image.PicturePages(data)
    return PageImages(data, password)


def export_workbook(
    review: Review,
    path: Path,
    journal: Sequence[AuditLine] = (),
    template: Path | None = None,
    context: Context = ALONE,
) -> Path:
    """Write the official workbook with the reviewer's answers; returns its path. Raises ``ExportError``.

    ``context`` is what the report is checked beside, so that answers about other reports are said in full.
    """
    from gkdesk.export import workbook
    from gkdesk.workflow.answers import answers_of

    spec = spec_of(review)
    # Answers are kept by the names of findings; only the findings say them in words.
    answers = answers_of(review, spec, explained(review, context)) if review.decisions else ()
    workbook.write(review, spec, path, journal, template, answers)
    return path


def export_problems(problems: ProblemList, path: Path) -> Path:
    """Write the list for the reporting body, as .docx or .xlsx; returns its path. Raises ``ExportError``."""
    from gkdesk.export import problem_list

    problem_list.write(problems, path)
    return path


def _told_to(progress: Progress) -> Callable[[int, int], None]:
    """Pages recognised from pixels, told to a progress that may cancel."""
    return lambda done, total: progress.step(done, total, "progress.recognising")


def _load(source: Source, password: str | None) -> bytes:
    if source.inside:
        from gkdesk.sources import archive

        return archive.load(source.path, source.inside, password)
    if source.path.is_dir() or is_archive(source.path):
        # Its reports would have been found one by one.
        raise SourceError("source.nothing-inside")
    return opening.load(source.path)


def _refuse(source: Source) -> None:
    if source.refused:
        raise SourceError(source.refused)


def _refuse_workspace(path: Path) -> None:
    # Asked before the file is opened: an open workspace would lose its lock (see gkdesk.store.workspace).
    if is_workspace(path):
        raise WorkspaceError("workspace.not-a-report", name=path.name)


def _read_exported(data: bytes) -> Exported:
    from gkdesk.export.read_back import read_exported

    return read_exported(data, load_editions())


def shown_name(name: str) -> str:
    """A file name as text to show: where the locale could not decode it, it is taken for UTF-8."""
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace").decode()
