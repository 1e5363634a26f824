"""Who is at the desk, and what time it is: what every decision is signed with."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime


def who() -> str:
    """The login name, or an empty text where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def now() -> str:
    """The time as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
