"""Standard output and standard error: UTF-8 wherever they lead, results on one, everything else on the other."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import TextIO

from gkdesk import messages
from gkdesk.cli.arguments import WRONG_USAGE
from gkdesk.workflow.progress import Progress
from gkdesk.workflow.tasks import shown_name

_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""What a file name may hold, and would break the line or command the terminal."""

_CLEAR_LINE = "\r\x1b[K"


def prepare() -> None:
    """Make both streams UTF-8, whatever the locale says; characters that are none must not stop a result."""
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


class Terminal:
    """Where a command writes. Progress is one line of standard error, shown only to somebody who watches."""

    def __init__(self, quiet: bool = False) -> None:
        self._shows_progress = not quiet and _is_terminal(sys.stderr)
        self._has_progress = False

    def put(self, text: str) -> None:
        """A line of the result, at once."""
        self._clear()
        _write(sys.stdout, text)

    def complain(self, text: str) -> None:
        """One line on standard error."""
        self._clear()
        _write(sys.stderr, _UNPRINTED.sub(" ", text))

    def progress(self, number: int, count: int, path: Path) -> Progress:
        """Progress of file ``number`` (from 1) of ``count``."""
        return _FileProgress(self, f"[{number}/{count}] {shown_name(path.name)}")

    def show_step(self, text: str) -> None:
        """Show what is going on, in place of what was shown before."""
        if self._shows_progress:
            self._has_progress = True
            sys.stderr.write(f"{_CLEAR_LINE}{text}")
            sys.stderr.flush()

    def _clear(self) -> None:
        if self._has_progress:
            self._has_progress = False
            sys.stderr.write(_CLEAR_LINE)
            sys.stderr.flush()


class _FileProgress:
    def __init__(self, terminal: Terminal, name: str) -> None:
        self._terminal = terminal
        self._name = name

    def step(self, done: int, total: int, what: str = "") -> None:
        words = messages.text(what) if what else ""
        self._terminal.show_step(f"{self._name} {words}")


def say_no_screen() -> int:
    """Say that there is no desktop to open a window on, and what can be done; returns the exit code."""
    return _refuse(messages.text("cli.no-screen"))


def say_no_window(error: ImportError) -> int:
    """Say that the window's libraries are missing, and what can be done; returns the exit code."""
    return _refuse(messages.text("cli.no-window", reason=error))


def _refuse(reason: str) -> int:
    prepare()
    Terminal().complain(f"{reason} {messages.text('cli.use-commands')}")
    return WRONG_USAGE


def _write(stream: TextIO | None, text: str) -> None:
    # A program without a console, started from a desktop, has no streams.
    if stream is not None:
        stream.write(text + "\n")
        stream.flush()


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()
