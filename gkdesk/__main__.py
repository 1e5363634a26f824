"""Chooses the window or the command line by the arguments; the window is imported only when it is wanted."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main() -> int:
    """Run the program; returns the exit code."""
    arguments = sys.argv[1:]
    if arguments == ["demo"]:
        return _demo()
    if _is_for_window(arguments):
        return _open_window([Path(argument) for argument in arguments])
    from gkdesk.cli.main import run

    return run(arguments)


def has_screen() -> bool:
    """False where no window can ever open: a Linux system without a graphical desktop."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _is_for_window(arguments: Sequence[str]) -> bool:
    from gkdesk.cli.arguments import COMMANDS

    return not arguments or not (arguments[0] in COMMANDS or any(word.startswith("-") for word in arguments))


def _open_window(files: list[Path]) -> int:
    from gkdesk import logs
    from gkdesk.cli import terminal

    if not has_screen():
        return terminal.say_no_screen()
    try:
        from gkdesk.ui.application import run
    except ImportError as error:
        return terminal.say_no_window(error)
    logs.configure()
    return run(files)


def _demo() -> int:
    from gkdesk import logs
    from gkdesk.cli import demo

    sample = demo.sample()
    if sample is not None and has_screen():
        try:
            from gkdesk.ui.application import run
        except ImportError as error:
            return demo.export_sample(sample, str(error))
        logs.configure()
        run([sample])
        return 0
    return demo.export_sample(sample)


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
