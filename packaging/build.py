"""Builds the installable program: frozen folder, smoke test of it, and a package for the system it is built on.

Run ``python packaging/build.py`` with the optional parts ``[package]`` installed; results are in ``dist/``. On Linux
they are a .deb package, and an archive to be unpacked anywhere by who may not install packages; on Windows a setup
program, made by Inno Setup.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import notices

ROOT = Path(__file__).resolve().parent.parent
LINUX = ROOT / "packaging" / "linux"
WINDOWS = ROOT / "packaging" / "windows"
DIST = ROOT / "dist"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
_GLIBC = re.compile(rb"GLIBC_2\.(\d+)")


def main() -> int:
    """Freezes, tests and packs; stops at the first step that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-package", action="store_true", help="stop after the smoke test of the frozen program")
    arguments = parser.parse_args()
    folder = freeze()
    program = folder / ("gkdesk.exe" if sys.platform == "win32" else "gkdesk")
    subprocess.run([sys.executable, str(ROOT / "packaging" / "smoke_test.py"), str(program)], check=True)
    if not arguments.no_package:
        for package in [pack_setup(folder)] if sys.platform == "win32" else [pack(folder), pack_archive(folder)]:
            print(f"{package}: {package.stat().st_size / 1e6:.0f} MB")
    return 0


def freeze() -> Path:
    """Runs PyInstaller; the folder with the program."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", str(DIST), "--workpath", str(ROOT / "build"), str(ROOT / "packaging" / "gkdesk.spec")]
    subprocess.run(command, check=True, cwd=ROOT)
    folder = DIST / "gkdesk"
    _copy(ROOT / "build" / "gkdesk" / notices.NAME, folder / notices.NAME)
    _copy(ROOT / "LICENSE", folder / "LICENSE")
    return folder


def pack(program: Path) -> Path:
    """Makes the .deb of a frozen program; needs ``dpkg-deb``."""
    version, architecture = _version(), ARCHITECTURES[platform.machine()]
    tree = ROOT / "build" / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(program, tree / "opt" / "gkdesk", symlinks=True)
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / "gkdesk").symlink_to("/opt/gkdesk/gkdesk")
    _copy(LINUX / "gkdesk.desktop", tree / "usr" / "share" / "applications" / "gkdesk.desktop")
    _copy(LINUX / "gkdesk-mime.xml", tree / "usr" / "share" / "mime" / "packages" / "gkdesk.xml")
    icon = ROOT / "resources" / "icons" / "gkdesk.svg"
    _copy(icon, tree / "usr" / "share" / "icons" / "hicolor" / "scalable" / "apps" / "gkdesk.svg")
    papers = tree / "usr" / "share" / "doc" / "gkdesk"
    _copy(ROOT / "LICENSE", papers / "copyright")
    (papers / notices.NAME).symlink_to(f"/opt/gkdesk/{notices.NAME}")
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    control = (LINUX / "control.txt").read_text("utf-8")
    control = control.format(
        version=version, architecture=architecture, kilobytes=size // 1024, glibc=f"2.{_newest_glibc(program)}"
    )
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(control, "utf-8")
    package = DIST / f"gkdesk_{version}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(package)], check=True)
    return package


def pack_archive(program: Path) -> Path:
    """Makes an archive of a frozen program, for users who may not install packages."""
    name = f"gkdesk_{_version()}_linux_{ARCHITECTURES[platform.machine()]}"
    return Path(shutil.make_archive(str(DIST / name), "gztar", program.parent, program.name))


def pack_setup(program: Path) -> Path:
    """Makes the setup program for Windows of a frozen program; needs Inno Setup 6.3 or newer."""
    name = f"gkdesk_{_version()}_windows_x64"
    settings = {"Program": program, "Version": _version(), "OutputFolder": DIST, "OutputName": name}
    defined = [f"/D{key}={value}" for key, value in settings.items()]
    subprocess.run([_compiler(), "/Q", *defined, str(WINDOWS / "gkdesk.iss")], check=True)
    return DIST / f"{name}.exe"


def _compiler() -> str:
    """Inno Setup's compiler: in the search path, or where its own setup program puts it, for all users or for one."""
    roots = (os.environ.get(name) for name in ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA"))
    places = [
        Path(root) / between / "Inno Setup 6" / "ISCC.exe" for root in roots if root for between in ("", "Programs")
    ]
    found = shutil.which("iscc") or next((str(place) for place in places if place.is_file()), None)
    if found is None:
        raise SystemExit("Inno Setup 6 is not installed; the frozen program is in dist, without a setup program")
    return found


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _version() -> str:
    text = (ROOT / "gkdesk" / "__init__.py").read_text("utf-8")
    match = re.search(r'__version__ = "([^"]+)"', text)
    assert match is not None, "gkdesk/__init__.py names no version"
    return match.group(1)


def _newest_glibc(program: Path) -> int:
    """The newest version of the C library that any binary of the program asks for, as the number behind ``2.``."""
    wanted = {int(found) for binary in _binaries(program) for found in _GLIBC.findall(binary.read_bytes())}
    return max(wanted, default=28)


def _binaries(program: Path) -> Iterator[Path]:
    for path in program.rglob("*"):
        if path.is_file() and not path.is_symlink() and (".so" in path.name or os.access(path, os.X_OK)):
            yield path


if __name__ == "__main__":
    sys.exit(main())
