"""Where the program's own files and the user's folders are; the only module that knows which way it was installed."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

APPLICATION = "gkdesk"


def resources() -> Path:
    """Folder of the program's resources: frozen program, wheel or source tree, whichever this is."""
    package = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "resources"
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def forms() -> Path:
    """Folder of the editions of the official form."""
    return resources() / "forms"


def user_data() -> Path:
    """Folder for workspaces the user did not place elsewhere; made when asked for."""
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False, ensure_exists=True))


def user_logs() -> Path:
    """Folder for log files; made when asked for."""
    return Path(platformdirs.user_log_dir(APPLICATION, appauthor=False, ensure_exists=True))


def user_settings() -> Path:
    """Folder for settings; made when asked for."""
    return Path(platformdirs.user_config_dir(APPLICATION, appauthor=False, ensure_exists=True))
