"""The notices of a frozen program: every work it carries is named with its licence, and no other."""

from __future__ import annotations

import importlib
import platform
from pathlib import Path
from types import ModuleType

import pypdf
import PySide6
import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def notices(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    return importlib.import_module("notices")


def test_names_the_works_that_files_come_from(notices: ModuleType) -> None:
    entries = [("pypdf", pypdf.__file__, "PYMODULE"), ("own", __file__, "DATA"), ("built-in", "-", "BUILTIN")]
    text = notices.text(entries)
    assert f"\npypdf {pypdf.__version__}: BSD" in text
    assert f"Python {platform.python_version()}" in text
    assert "openpyxl" not in text


def test_qt_comes_with_its_licence(notices: ModuleType) -> None:
    text = notices.text([("PySide6", PySide6.__file__, "PYMODULE")])
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "may be replaced" in text
