"""The programs and libraries that some writers need; where one is absent, the families made with it are left out."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
_PROGRAMS = {
    "LibreOffice": ("soffice", "libreoffice"),
    "Chromium": CHROMIUM,
    "pdftotext (poppler)": ("pdftotext",),
}
_MODULES = {"python-docx": "docx", "Pillow": "PIL", "numpy": "numpy", "pdfminer.six": "pdfminer"}

OFFICE = ("LibreOffice", "python-docx")
PIXELS = ("LibreOffice", "python-docx", "Pillow", "numpy")
NEEDED = {
    "docx": ("python-docx",),
    "pdf": OFFICE,
    "chromium": ("Chromium",),
    "extractor": (*OFFICE, "Chromium", "pdftotext (poppler)", "pdfminer.six"),
    "doc": OFFICE,
    "rtf": OFFICE,
    "xls": ("LibreOffice",),
    "scan": PIXELS,
    "picture": PIXELS,
}
"""What the writer of a family needs, for those that need anything."""


def program(name: str) -> str | None:
    """The path of a program by its common name, or None."""
    return next(filter(None, map(shutil.which, _PROGRAMS[name])), None)


def need(name: str) -> str:
    """The path of a program; raises ``RuntimeError`` if it is not installed."""
    found = program(name)
    if found is None:
        raise RuntimeError(f"{name} is needed to make this document")
    return found


def missing(family: str) -> tuple[str, ...]:
    """What is not installed of that which making a family needs."""
    return tuple(name for name in NEEDED.get(family, ()) if not _is_there(name))


def _is_there(name: str) -> bool:
    return program(name) is not None if name in _PROGRAMS else find_spec(_MODULES[name]) is not None
