"""The commands over files: each hands a :class:`Batch` what to do with a report."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from gkdesk import messages
from gkdesk.cli.arguments import Arguments, WrongUsage
from gkdesk.cli.batch import Batch
from gkdesk.cli.output_paths import OutputFolder, is_one_of
from gkdesk.cli.terminal import Terminal
from gkdesk.cli.together import Together
from gkdesk.errors import WorkspaceError
from gkdesk.workflow import tasks
from gkdesk.workflow.collection import Source, sources_in
from gkdesk.workflow.tasks import ReadReport

Action = Callable[[ReadReport], None]

_LISTS = (".docx", ".xlsx")


def execute(arguments: Arguments, terminal: Terminal, log: Path | None) -> int:
    """Run a command over its files; returns the exit code. Raises :class:`WrongUsage`."""
    if arguments.command == "summarize":
        raise WrongUsage(messages.text("cli.summarize-later"))
    if arguments.command == "demo":
        from gkdesk.cli import demo

        return demo.export_sample(demo.sample())
    batch = Batch(terminal, log, arguments.password)
    sources = list(sources_in(arguments.files))
    action = _ACTIONS[arguments.command](arguments, sources, terminal)
    together = Together()

    def do(read: ReadReport) -> None:
        action(read)
        together.add(read)

    work = do if arguments.command == "check" else action
    if arguments.workspace is None:
        batch.run(sources, work)
    else:
        _keep(arguments.workspace, batch, sources, work)
    for line in together.lines():
        terminal.put(line)
    return batch.exit_code


def _keep(workspace: Path, batch: Batch, sources: Sequence[Source], work: Action) -> None:
    """Do the work with every report taken into a workspace first."""
    from gkdesk.workflow.desk import Desk

    try:
        with Desk.open(workspace) as desk:
            batch.run(sources, work, desk)
    except WorkspaceError as error:
        batch.complain_about(workspace, error)


def _extract(arguments: Arguments, sources: Sequence[Source], terminal: Terminal) -> Action:
    from gkdesk.workflow.report_json import to_json

    def put_json(read: ReadReport) -> None:
        found = to_json(read.review, read.findings, tasks.proofs_of(read))
        terminal.put(json.dumps(found, ensure_ascii=False))

    return put_json


def _check(arguments: Arguments, sources: Sequence[Source], terminal: Terminal) -> Action:
    from gkdesk.cli import listing

    path_for = None if arguments.problems is None else _problem_paths(arguments, arguments.problems, sources)

    def put_lines(read: ReadReport) -> None:
        terminal.put("\n".join(listing.lines(read)))
        if path_for is not None:
            path = tasks.export_problems(tasks.problems_of(read), path_for(read.review.source_name))
            terminal.put("  " + messages.text("cli.check.problems", path=tasks.shown_name(str(path))))

    return put_lines


def _problem_paths(arguments: Arguments, output: Path, sources: Sequence[Source]) -> Callable[[str], Path]:
    """Where the list of each report goes: the file that was named, or one a report in a folder."""
    if output.suffix.lower() not in _LISTS or output.is_dir():
        if output.suffix and not output.is_dir():
            raise WrongUsage(messages.text("cli.no-such-list", name=output))
        _make_folder(output)
        return OutputFolder(output, _paths(sources), messages.text("cli.problems-ending")).path_for
    _refuse_one_file(output, arguments, sources)
    return lambda name: output


def _export(arguments: Arguments, sources: Sequence[Source], terminal: Terminal) -> Action:
    output = arguments.output
    assert output is not None
    if output.suffix.lower() != ".xlsx" or output.is_dir():
        return _export_into_folder(output, sources, terminal)
    _refuse_one_file(output, arguments, sources)
    return lambda read: _write(read, output, terminal)


def _refuse_one_file(output: Path, arguments: Arguments, sources: Sequence[Source]) -> None:
    """Raise :class:`WrongUsage` if one file cannot take what would be written."""
    if len(sources) > 1 or _holds_many(arguments.files[0]):
        raise WrongUsage(messages.text("cli.several-into-one"))
    if is_one_of(output, _paths(sources)):
        raise WrongUsage(messages.text("cli.would-overwrite", name=output))


def _holds_many(path: Path) -> bool:
    try:
        return tasks.count_reports(path) > 1
    except WorkspaceError:
        # Reading it will say what is wrong.
        return False


def _export_into_folder(folder: Path, sources: Sequence[Source], terminal: Terminal) -> Action:
    _make_folder(folder)
    outputs = OutputFolder(folder, _paths(sources))

    def write(read: ReadReport) -> None:
        _write(read, outputs.path_for(read.review.source_name), terminal)

    return write


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUsage(messages.text("cli.no-folder", name=folder)) from error


def _paths(sources: Sequence[Source]) -> list[Path]:
    return [source.path for source in sources]


def _write(read: ReadReport, path: Path, terminal: Terminal) -> None:
    from gkdesk.workflow.audit import audit_lines

    tasks.export_workbook(read.review, path, audit_lines(read.review), context=read.context)
    terminal.put(tasks.shown_name(str(path)))


_ACTIONS: dict[str, Callable[[Arguments, Sequence[Source], Terminal], Action]] = {
    "extract": _extract,
    "check": _check,
    "export": _export,
}
