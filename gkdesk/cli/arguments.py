"""What can be typed after ``gkdesk``: commands and options, with their help."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Never

from gkdesk import __version__, messages

COMMANDS = ("extract", "check", "export", "demo", "summarize")

WRONG_USAGE = 2


class WrongUsage(Exception):
    """What was typed makes no sense; ``str()`` is the sentence to print."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was asked for. ``files`` are as typed, in order."""

    command: str
    files: tuple[Path, ...] = ()
    output: Path | None = None
    problems: Path | None = None
    password: str | None = None
    workspace: Path | None = None
    quiet: bool = False


def parse(words: Sequence[str]) -> Arguments:
    """The arguments; raises :class:`WrongUsage`, or ``SystemExit`` after printing help or version."""
    found = _parser().parse_args(words)
    return Arguments(
        command=found.command,
        files=_matching(getattr(found, "files", ())),
        output=getattr(found, "output", None),
        problems=getattr(found, "problems", None),
        password=getattr(found, "password", None),
        workspace=getattr(found, "workspace", None),
        quiet=getattr(found, "quiet", False),
    )


class _Parser(argparse.ArgumentParser):
    """argparse with the words of the catalogue."""

    def __init__(self, **settings: object) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, allow_abbrev=False, **settings)  # type: ignore[arg-type]
        self.add_argument("-h", "--help", action="help", help=_help("help"))
        self._positionals.title = _help("arguments")
        self._optionals.title = _help("options")

    def error(self, message: str) -> Never:
        raise WrongUsage(messages.text("cli.wrong-usage", reason=message, program=self.prog))


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, _help("usage") if prefix is None else prefix)


def _parser() -> _Parser:
    parser = _Parser(prog="gkdesk", description=_help("description"), epilog=_help("epilog"))
    parser.add_argument("--version", action="version", version=f"gkdesk {__version__}", help=_help("version"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title=_help("commands"), required=True)
    for name in COMMANDS:
        command = commands.add_parser(name, help=_help(name), description=_help(name))
        if name == "demo":
            continue
        command.add_argument("files", nargs="+", metavar="FILE", help=_help("file"))
        if name in ("export", "summarize"):
            command.add_argument("-o", "--output", required=True, type=Path, metavar="OUT", help=_help("output"))
        if name == "check":
            command.add_argument("--problems", type=Path, metavar="OUT", help=_help("problems"))
        command.add_argument("--password", metavar="WORD", help=_help("password"))
        command.add_argument("--workspace", type=Path, metavar="FILE", help=_help("workspace"))
        command.add_argument("--quiet", action="store_true", help=_help("quiet"))
    return parser


def _help(name: str) -> str:
    return messages.text(f"cli.help.{name}")


def _matching(files: Sequence[str]) -> tuple[Path, ...]:
    """The files as typed; the shell of Windows leaves it to the program to find what ``*`` stands for."""
    found: list[Path] = []
    for name in files:
        if not name.strip():
            # An empty name would be the folder one is in, with everything below it.
            raise WrongUsage(messages.text("cli.wrong-usage", reason=messages.text("cli.empty-name"), program="gkdesk"))
        path = Path(name)
        if any(mark in name for mark in "*?") and not path.exists():
            found.extend(sorted(path.parent.glob(path.name)) or [path])
        else:
            found.append(path)
    return tuple(found)
