"""What Word files and workbooks share: fixed dates, so that files do not change; conversion by LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

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


def convert(data: bytes, suffix: str, to: str) -> bytes:
    """``data`` (a file ending in ``suffix``) converted by LibreOffice, with a profile of its own."""
    program = shutil.which("soffice")
    if program is None:
        raise RuntimeError("LibreOffice (soffice) is needed to make this document")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / f"report.{suffix}"
        source.write_bytes(data)
        profile = (folder / "profile").as_uri()
        arguments = [
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(folder / "made"),
        ]
        subprocess.run([program, *arguments, str(source)], check=True, capture_output=True, timeout=180)
        made = (folder / "made" / f"report.{to}").read_bytes()
    return _without_time_of_making(made) if to == "pdf" else made


def _without_time_of_making(pdf: bytes) -> bytes:
    """The PDF with a fixed date and identifier; nothing changes its place, so the file stays valid."""
    pdf = re.sub(rb"/CreationDate\(D:\d{14}", b"/CreationDate(D:" + FIXED_TIME.strftime("%Y%m%d%H%M%S").encode(), pdf)
    return re.sub(
        rb"<[0-9A-F]{32}>|(?<=/DocChecksum /)[0-9A-F]{32}", lambda found: re.sub(rb"[0-9A-F]", b"0", found[0]), pdf
    )
