"""The sample report that ships with the program, where no window can show it."""

from __future__ import annotations

from pathlib import Path

from gkdesk import logs, messages, paths
from gkdesk.cli import listing
from gkdesk.cli.batch import UNREADABLE, Batch
from gkdesk.cli.output_paths import free_path
from gkdesk.cli.terminal import Terminal, prepare
from gkdesk.workflow import tasks
from gkdesk.workflow.collection import Source
from gkdesk.workflow.tasks import ReadReport


def sample() -> Path | None:
    """The sample report, a PDF if there is one."""
    found = sorted(path for path in (paths.resources() / "samples").glob("*.*") if path.suffix != ".md")
    return next((path for path in found if path.suffix == ".pdf"), next(iter(found), None))


def export_sample(source: Path | None, missing: str = "") -> int:
    """Say that no window can be opened, print what is found in the sample and export it into the current folder.

    ``missing`` says what the window lacks; empty: there is no screen. Returns the exit code.
    """
    prepare()
    terminal = Terminal(quiet=True)
    if source is None:
        terminal.complain(messages.text("cli.no-sample"))
        return UNREADABLE
    reason = messages.text("cli.no-window", reason=missing) if missing else messages.text("cli.no-screen")
    terminal.put(f"{reason} {messages.text('cli.demo')}")
    batch = Batch(terminal, logs.configure())

    def show_and_export(read: ReadReport) -> None:
        terminal.put("\n".join(listing.lines(read)))
        path = tasks.export_workbook(read.review, free_path(Path.cwd() / f"{messages.text('cli.demo-name')}.xlsx"))
        terminal.put(messages.text("cli.written", path=path.name))

    batch.run([Source(source, source.name)], show_and_export)
    # The sample is there to show findings; having some is no failure.
    return UNREADABLE if batch.exit_code == UNREADABLE else 0
