"""Errors meant for the person at the desk: a code and its arguments; the words are in ``resources/messages``."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can understand and act on; anything else that is raised is a bug.

    Attributes:
        code: key of the sentence in the message catalogue, e.g. ``"source.not-found"``.
        arguments: values for the placeholders of that sentence.
    """

    def __init__(self, code: str, **arguments: object) -> None:
        super().__init__(code)
        self.code = code
        self.arguments = arguments

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _rebuild, (type(self), self.code, self.arguments)


class SourceError(UserError):
    """A source file that cannot be read."""


class WorkspaceError(UserError):
    """A workspace file that cannot be opened or written."""


class ExportError(UserError):
    """A workbook that cannot be written, or a template that cannot be used."""


def _rebuild(kind: type[UserError], code: str, arguments: dict[str, object]) -> UserError:
    return kind(code, **arguments)
