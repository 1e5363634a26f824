"""The command line: reads the arguments, runs the command, ends with the exit code of the contract."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from gkdesk import logs, messages
from gkdesk.cli.arguments import WRONG_USAGE, WrongUsage, parse
from gkdesk.cli.terminal import Terminal, prepare

_INTERRUPTED = 130
_READER_GONE = 141
"""What a shell reports for a program ended by the signals SIGINT and SIGPIPE."""

_FAILED = 3

_log = logging.getLogger(__name__)


def run(words: Sequence[str]) -> int:
    """Run ``gkdesk`` with these arguments; returns the exit code."""
    prepare()
    log: Path | None = None
    try:
        arguments = parse(words)
        from gkdesk.cli.commands import execute

        log = logs.configure()
        return execute(arguments, Terminal(arguments.quiet), log)
    except WrongUsage as error:
        Terminal().complain(str(error))
        return WRONG_USAGE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _silence_output()
        return _READER_GONE
    except Exception:  # noqa: BLE001 - the last resort: no traceback is for the user
        _log.exception("the command line failed")
        Terminal().complain(messages.text("cli.failed", log=log or ""))
        return _FAILED


def _silence_output() -> None:
    """Whoever read the output is gone; Python must not complain about that when it flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
