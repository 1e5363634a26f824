"""Recognition keeps to itself: nothing is reported to the makers of its libraries."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")
pytest.importorskip("onnxruntime")
pytest.importorskip("faster_paddle")

READ_A_PAGE = """
import numpy as np
from gkdesk.sources.pictures.characters.text_recognition import open_reader

white = np.full((200, 300), 255, np.uint8)
open_reader().read_page(white)
open_reader().read_lines([white])
"""


def test_reading_a_page_leaves_no_number_of_the_computer_behind(tmp_path: Path) -> None:
    """onnxruntime gives the computer a number before it reports to its maker, and keeps it in the user's folders."""
    places = ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "TMPDIR")
    own = {name: str(tmp_path) for name in places}
    own |= {name: str(tmp_path / name) for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    # As on a computer where somebody has switched it on.
    own |= {"ORT_DISABLE_TELEMETRY": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", READ_A_PAGE], check=True, env=os.environ | own)
    assert list(tmp_path.rglob("*")) == []
