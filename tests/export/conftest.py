"""Fixtures of the export tests."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gkdesk.export.workbook import write
from gkdesk.model.review import Review
from gkdesk.model.spec import FormSpec
from tests.export.reports import SPEC_2021


@pytest.fixture
def exported(tmp_path: Path) -> Callable[..., bytes]:
    """Writes the workbook of a review and gives its bytes."""

    def export(review: Review, spec: FormSpec = SPEC_2021, **options: object) -> bytes:
        path = tmp_path / "导出.xlsx"
        write(review, spec, path, **options)  # type: ignore[arg-type]
        return path.read_bytes()

    return export


@pytest.fixture(scope="session")
def office_profile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A private profile for LibreOffice; making one takes longer than using it."""
    return tmp_path_factory.mktemp("office").as_uri()


@pytest.fixture
def recalculated(tmp_path: Path, office_profile: str) -> Callable[[bytes], bytes]:
    """Opens a workbook in LibreOffice, as an office would, and saves it there; skips where LibreOffice is absent."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")

    def recalculate(data: bytes) -> bytes:
        source, folder = tmp_path / "opened.xlsx", tmp_path / "again"
        source.write_bytes(data)
        command = [soffice, f"-env:UserInstallation={office_profile}", "--headless", "--convert-to", "xlsx"]
        subprocess.run([*command, "--outdir", folder, source], check=True, capture_output=True, timeout=120)
        return (folder / "opened.xlsx").read_bytes()

    return recalculate
