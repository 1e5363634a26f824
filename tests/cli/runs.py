"""Runs the command line the way a script does: as a process of its own, with folders of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    code: int
    out: str
    err: str


class Office:
    """A folder to work in, and a user whose settings, data and logs lie in there too."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            kept.pop(name, None)
        homes = {name: str(self.home / name.lower()) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
        self.environment = {**kept, **homes, "HOME": str(self.home), "PYTHONPATH": str(ROOT)}
        self.home.mkdir()

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def gkdesk(self, *words: str | Path, **environment: str) -> Run:
        return self._run(["-m", "gkdesk", *map(str, words)], environment)

    def python(self, script: str, *words: str | Path) -> Run:
        return self._run(["-c", script, *map(str, words)], {})

    def log(self) -> str:
        return "".join(path.read_text("utf-8") for path in self.home.rglob("gkdesk.log"))

    def _run(self, words: list[str], environment: dict[str, str]) -> Run:
        done = subprocess.run(
            [sys.executable, *words],
            capture_output=True,
            cwd=self.folder,
            env={**self.environment, **environment},
            check=False,
        )
        return Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
