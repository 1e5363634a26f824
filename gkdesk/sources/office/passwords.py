"""Office documents behind a password, opened with it through msoffcrypto, which is an optional part of the program."""

from __future__ import annotations

import io
import re
from typing import Any

from gkdesk.errors import SourceError

_SPINS = re.compile(rb'spinCount="(\d+)"')
_MOST_SPINS = 1_000_000
"""How often a password may have to be hashed; Office does it 100,000 times, and a forged number would take hours."""

_FOR_EVERYBODY = "VelvetSweatshop"
"""Excel encrypts with this word, which it never asks for, what is only protected against changes."""

_FAILURES = (ArithmeticError, AttributeError, EOFError, LookupError, OSError, TypeError, ValueError)
"""What msoffcrypto and the libraries under it raise on damaged files, besides its own errors."""


def unlock(data: bytes, password: str | None) -> bytes:
    """The document without its password.

    Raises ``SourceError``: ``source.encrypted`` without a password, ``source.wrong-password``, ``source.broken``, or
    ``source.encrypted-office`` where msoffcrypto is not installed or does not know the way it was encrypted.
    """
    try:
        import msoffcrypto
        from msoffcrypto import exceptions
    except ImportError as error:
        raise SourceError("source.encrypted-office") from error
    if any(len(count) > 9 or int(count) > _MOST_SPINS for count in _SPINS.findall(data)):
        raise SourceError("source.broken")
    try:
        document = msoffcrypto.OfficeFile(io.BytesIO(data))
        _load_key(document, _FOR_EVERYBODY if password is None else password)
        plain = io.BytesIO()
        document.decrypt(plain)
        return plain.getvalue()
    except exceptions.InvalidKeyError as error:
        raise SourceError("source.encrypted" if password is None else "source.wrong-password") from error
    except exceptions.DecryptionError as error:
        raise SourceError("source.encrypted-office") from error
    except (exceptions.FileFormatError, exceptions.ParseError, *_FAILURES) as error:
        raise SourceError("source.broken") from error


def _load_key(document: Any, password: str) -> None:
    """Give the password; where the format allows it, make sure that it is right before anything is decrypted."""
    try:
        document.load_key(password=password, verify_password=True)
    except TypeError:
        document.load_key(password=password)
