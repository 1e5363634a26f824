"""How slow work says how far it is, and how it is told to stop."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """The user cancelled; raised by :meth:`Progress.step` inside the task."""


class Progress(Protocol):
    """What a task reports to. ``what`` names the step: a key of the message catalogue (``progress.…``), or empty."""

    def step(self, done: int, total: int, what: str = "") -> None:
        """``done`` of ``total`` steps are over; raises :class:`Cancelled` if the user cancelled."""
        ...


class NoProgress:
    """For work that nobody watches."""

    def step(self, done: int, total: int, what: str = "") -> None:
        """Do nothing."""


NO_PROGRESS = NoProgress()
