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
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import notices

ROOT = Path(__file__).resolve().parent.parent
LINUX = ROOT / "packaging" / "linux"
WINDOWS = ROOT / "packaging" / "windows"
DIST = ROOT / "dist"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
COMPRESSION = ("-Zzstd", "-z12")
"""Of the .deb. Half of the program is code and models that hardly shrink: what dpkg-deb does by itself, xz, is ten
times the work and saves a twelfth. Systems with a C library new enough for the program read zstd (Debian 12, Ubuntu
22.04).
"""
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


def pack(program: Path, results: Path = DIST) -> Path:
    """Makes the .deb of a frozen program in the folder ``results``; needs ``dpkg-deb``."""
    version, architecture = _version(), ARCHITECTURES[platform.machine()]
    package = results / f"gkdesk_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory(dir=results) as folder:
        tree = Path(folder) / "tree"
        _lay_out(program, tree)
        size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
        control = (LINUX / "control.txt").read_text("utf-8")
        control = control.format(
            version=version, architecture=architecture, kilobytes=size // 1024, glibc=f"2.{_newest_glibc(program)}"
        )
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN" / "control").write_text(control, "utf-8")
        command = ["dpkg-deb", "--root-owner-group", *COMPRESSION, "--build", str(tree), str(package)]
        subprocess.run(command, check=True)
    return package


def _lay_out(program: Path, tree: Path) -> None:
    """The files of the package as they will stand in the system."""
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


def pack_archive(program: Path, results: Path = DIST) -> Path:
    """Makes an archive of a frozen program, for users who may not install packages."""
    archive = results / f"gkdesk_{_version()}_linux_{ARCHITECTURES[platform.machine()]}.tar.gz"
    with tarfile.open(archive, "w:gz", compresslevel=6) as tar:
        tar.add(program, program.name, filter=_of_nobody)
    return archive


def _of_nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the names of who built it; whoever unpacks it owns it."""
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member


def pack_setup(program: Path) -> Path:
    """Makes the setup program for Windows of a frozen program; needs Inno Setup 6.3 or newer."""
    settings = setup_settings(program)
    defined = [f"/D{key}={value}" for key, value in settings.items()]
    subprocess.run([_compiler(), "/Q", *defined, str(WINDOWS / "gkdesk.iss")], check=True)
    return DIST / f"{settings['OutputName']}.exe"


def setup_settings(program: Path) -> dict[str, str]:
    """What the script for Inno Setup has to be told, by the names it uses."""
    name = f"gkdesk_{_version()}_windows_x64"
    return {"Program": str(program), "Version": _version(), "OutputFolder": str(DIST), "OutputName": name}


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
