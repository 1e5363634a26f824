"""Writes the notices about the works of others that a frozen program carries: names, versions, licences, their texts.

Which works those are follows from the files that were frozen, so the list cannot fall behind. Used by ``gkdesk.spec``.
"""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

NAME = "THIRD-PARTY-NOTICES.txt"
_OWN = "gkdesk"
_ALWAYS = ("pyinstaller",)
"""Its start code is the program's own first file."""
_QT = ("pyside6", "shiboken6")
_LICENCES = Path(__file__).resolve().parent / "licences"
_WORDS = ("licen", "copying", "notice", "thirdparty")
_RULE = "=" * 100
_HEAD = """gkdesk contains the works listed here. Each is used under its own licence; the texts follow the list.

Qt, PySide6 and Shiboken are used under the GNU Lesser General Public License, version 3. They are not changed, and lie
beside the program as shared libraries of their own, in the folders PySide6 and shiboken6: they may be replaced by
other builds of the same interface. Their source: https://download.qt.io and https://code.qt.io. The works inside Qt
and their licences: https://doc.qt.io/qt-6/licenses-used-in-qt.html
"""

Entry = tuple[str, str, str]
"""What PyInstaller says of a file: its name in the program, where it came from, its kind."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work of others with the texts that have to go with it."""

    name: str
    version: str
    licence: str
    texts: tuple[tuple[str, str], ...]
    parts: tuple[str, ...] = ()


def text(entries: Iterable[Entry]) -> str:
    """The notices for the files of a frozen program."""
    sources = {Path(source).resolve() for _, source, _ in entries if source and source != "-"}
    works = [_python(), *_packages(sources), *_system_libraries(sources)]
    lines = [_HEAD, *(f"{work.name} {work.version}: {work.licence}" for work in works)]
    for work in works:
        lines += [f"\n{_RULE}\n{work.name} {work.version}: {work.licence}"]
        if work.parts:
            lines += ["\nBuilt into it:", *(f"  {part}" for part in work.parts)]
        for title, body in work.texts:
            lines += [f"\n--- {title}\n", body.strip()]
    return "\n".join(lines) + "\n"


def _python() -> Work:
    # Beside its modules, or, on Windows, beside its program.
    places = [Path(folder) / "LICENSE.txt" for folder in (sysconfig.get_path("stdlib"), sys.base_prefix)]
    found = (place.read_text("utf-8") for place in places if place.is_file())
    body = next(found, "https://docs.python.org/3/license.html")
    return Work("Python", platform.python_version(), "PSF-2.0", (("LICENSE", body),))


def _packages(sources: set[Path]) -> list[Work]:
    """The Python packages that one of the files comes from."""
    found = {}
    for package in distributions():
        name = package.metadata["Name"]
        if name != _OWN and (name in _ALWAYS or _has_part_in(package, sources)):
            found[name.lower()] = package
    return [_package(found[name]) for name in sorted(found)]


def _has_part_in(package: Distribution, sources: set[Path]) -> bool:
    folder = Path(str(package.locate_file(""))).resolve()
    inside = {path.relative_to(folder).as_posix() for path in sources if path.is_relative_to(folder)}
    return any(file.as_posix() in inside for file in package.files or ())


def _package(package: Distribution) -> Work:
    about = package.metadata
    kinds = [word.rsplit(" :: ", 1)[-1] for word in about.get_all("Classifier") or () if word.startswith("License")]
    stated = [about[field].strip() for field in ("License-Expression", "License") if about[field]]
    licence = next((line.split("\n")[0] for line in stated if line), ", ".join(kinds) or "see the text")
    texts = [*_own_texts(package)]
    if about["Name"].lower().startswith(_QT):
        texts += [(path.name, path.read_text("utf-8")) for path in sorted(_LICENCES.glob("*.txt"))]
    return Work(about["Name"], package.version, licence, tuple(texts), tuple(_parts(package)))


def _own_texts(package: Distribution) -> list[tuple[str, str]]:
    """The licences among the files of a package; the same text counts once."""
    bodies: dict[str, str] = {}
    for file in package.files or ():
        fits = file.name.lower().startswith(_WORDS) or {"licenses", "LICENSES"} & set(file.parts)
        path = Path(str(package.locate_file(file)))
        if fits and file.suffix in ("", ".txt", ".md", ".rst", ".APACHE", ".BSD", ".python", ".ijg") and path.is_file():
            bodies.setdefault(path.read_text("utf-8", "replace"), file.as_posix().split(".dist-info/")[-1])
    return [(title, body) for body, title in bodies.items()]


def _parts(package: Distribution) -> list[str]:
    """What a package says was compiled into it (CycloneDX lists)."""
    found = set()
    for file in package.files or ():
        if "sboms" in file.parts and file.suffix == ".json":
            for part in json.loads(file.read_text("utf-8")).get("components", ()):
                licences = [entry.get("expression") or _named(entry) for entry in part.get("licenses", ())]
                found.add(f"{part['name']} {part.get('version', '')}: {', '.join(licences) or 'licence not stated'}")
    return sorted(found - {f"{package.metadata['Name']} {package.version}: licence not stated"})


def _named(entry: dict[str, dict[str, str]]) -> str:
    licence = entry.get("license", {})
    return licence.get("id") or licence.get("name") or "licence not stated"


def _system_libraries(sources: set[Path]) -> list[Work]:
    """The libraries of the building system, with what Debian says of their licences."""
    if shutil.which("dpkg-query") is None:
        return []
    system = [path for path in sorted(sources) if path.is_relative_to("/lib") or path.is_relative_to("/usr/lib")]
    names = sorted({name for path in system if ".so" in path.name for name in _debian_packages(path)})
    return [_debian_work(name) for name in names]


def _debian_packages(library: Path) -> Sequence[str]:
    found = _said("dpkg-query", "--search", f"*/{library.name}")
    return [line.split(":")[0] for line in found.splitlines() if line.endswith(f"/{library.name}")][:1]


def _debian_work(name: str) -> Work:
    version = _said("dpkg-query", "--show", "--showformat=${Version}\n", name).splitlines()[0]
    body = Path("/usr/share/doc", name, "copyright").read_text("utf-8", "replace")
    return Work(name, version, "see the text", (("copyright", body),))


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout
