"""What Word files and workbooks share: fixed dates, so that files do not change; conversion by LibreOffice."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from .tools import need

FIXED_TIME = datetime(2025, 1, 15, 9, 30)


def with_fixed_dates(data: bytes) -> bytes:
    """The same zip archive, every member and the properties dated :data:`FIXED_TIME`."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, FIXED_TIME.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT[\d:.]+Z?(?=</dcterms)", FIXED_TIME.isoformat().encode() + b"Z", content
                )
            target.writestr(member, content)
    return made.getvalue()


_cache: Path | None = None


def keep_conversions(folder: Path) -> None:
    """Keep what programs make of files, and the profiles of LibreOffice, in a folder: makes many documents faster."""
    global _cache
    _cache = folder
    folder.mkdir(parents=True, exist_ok=True)


def remembered(data: bytes, how: str, make: Callable[[], bytes]) -> bytes:
    """What ``make`` makes of ``data``, or made of the same bytes before; ``how`` tells it from other conversions."""
    if _cache is None:
        return make()
    path = _cache / f"{hashlib.sha256(data).hexdigest()}.{how}"
    if not path.exists():
        path.write_bytes(make())
    return path.read_bytes()


def convert(data: bytes, suffix: str, to: str) -> bytes:
    """``data`` (a file ending in ``suffix``) converted by LibreOffice, with a profile of its own."""
    return remembered(data, to, lambda: _convert(data, suffix, to))


def _convert(data: bytes, suffix: str, to: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gkdesk-") as name:
        folder = Path(name)
        source = folder / f"report.{suffix}"
        source.write_bytes(data)
        # A profile serves one LibreOffice at a time, so each process has its own.
        profile = (folder / "profile" if _cache is None else _cache / f"profile-{os.getpid()}").as_uri()
        options = [f"-env:UserInstallation={profile}", "--headless", "--convert-to", to]
        arguments = [*options, "--outdir", str(folder / "made"), str(source)]
        subprocess.run([need("LibreOffice"), *arguments], check=True, capture_output=True, timeout=180)
        made = (folder / "made" / f"report.{to}").read_bytes()
    return _without_time_of_making(made) if to == "pdf" else made


def _without_time_of_making(pdf: bytes) -> bytes:
    """The PDF with a fixed date and identifier; nothing changes its place, so the file stays valid."""
    pdf = re.sub(rb"/CreationDate\(D:\d{14}", b"/CreationDate(D:" + FIXED_TIME.strftime("%Y%m%d%H%M%S").encode(), pdf)
    return re.sub(
        rb"<[0-9A-F]{32}>|(?<=/DocChecksum /)[0-9A-F]{32}", lambda found: re.sub(rb"[0-9A-F]", b"0", found[0]), pdf
    )
