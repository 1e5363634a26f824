"""The installers, as far as they can be tried without freezing the program and without Windows."""

from __future__ import annotations

import configparser
import importlib
import io
import os
import re
import shutil
import subprocess
import tarfile
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

import gkdesk

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
INNO = (PACKAGING / "windows" / "gkdesk.iss").read_bytes()

needs_dpkg = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is not here")


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    return importlib.import_module("build")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Stands for a frozen program: something to run, a library, a link between two files."""
    folder = tmp_path / "frozen" / "gkdesk"
    (folder / "_internal").mkdir(parents=True)
    (folder / "gkdesk").write_text("#!/bin/sh\necho 好\n", encoding="utf-8")
    (folder / "gkdesk").chmod(0o755)
    (folder / "_internal" / "libone.so.1").write_bytes(b"\x7fELF GLIBC_2.4 GLIBC_2.35 GLIBC_2.17")
    (folder / "_internal" / "libone.so").symlink_to("libone.so.1")
    (folder / "THIRD-PARTY-NOTICES.txt").write_text("notices", encoding="utf-8")
    return folder


@needs_dpkg
def test_the_package_says_what_it_is(build: ModuleType, program: Path, tmp_path: Path) -> None:
    package = build.pack(program, tmp_path)
    told = subprocess.run(["dpkg-deb", "--field", str(package)], capture_output=True, encoding="utf-8", check=True)
    fields = dict(line.split(": ", 1) for line in told.stdout.splitlines() if not line.startswith(" "))
    assert (fields["Package"], fields["Version"]) == ("gkdesk", gkdesk.__version__)
    assert fields["Depends"].startswith("libc6 (>= 2.35), ")
    assert package.name == f"gkdesk_{fields['Version']}_{fields['Architecture']}.deb"
    assert "{" not in told.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["frozen", package.name]


@needs_dpkg
def test_the_package_unpacks_into_a_system(build: ModuleType, program: Path, tmp_path: Path) -> None:
    system = tmp_path / "system"
    subprocess.run(["dpkg-deb", "--extract", str(build.pack(program, tmp_path)), str(system)], check=True)
    assert os.access(system / "opt" / "gkdesk" / "gkdesk", os.X_OK)
    assert (system / "opt" / "gkdesk" / "_internal" / "libone.so").readlink() == Path("libone.so.1")
    for link in ("usr/bin/gkdesk", "usr/share/doc/gkdesk/THIRD-PARTY-NOTICES.txt"):
        assert (system / (system / link).readlink().relative_to("/")).is_file()
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(system / "usr" / "share" / "applications" / "gkdesk.desktop", "utf-8")
    desktop = dict(entry["Desktop Entry"])
    assert (system / "usr" / "bin" / desktop["Exec"].split()[0]).is_symlink()
    assert list((system / "usr" / "share" / "icons").rglob(f"{desktop['Icon']}.svg"))
    kinds = (system / "usr" / "share" / "mime" / "packages" / "gkdesk.xml").read_text("utf-8")
    own = [kind for kind in desktop["MimeType"].split(";") if "gkdesk" in kind]
    assert own == re.findall(r'mime-type type="([^"]+)"', kinds)


def test_the_archive_names_nobody(build: ModuleType, program: Path, tmp_path: Path) -> None:
    archive = build.pack_archive(program, tmp_path)
    with tarfile.open(fileobj=io.BytesIO(archive.read_bytes())) as tar:
        members = {member.name: member for member in tar.getmembers()}
    assert {(member.uname, member.uid) for member in members.values()} == {("root", 0)}
    assert members["gkdesk/gkdesk"].mode & 0o111 == 0o111
    assert members["gkdesk/_internal/libone.so"].issym()


def inno() -> dict[str, list[str]]:
    """The lines of the script for Inno Setup by section, without its remarks."""
    assert INNO.startswith(b"\xef\xbb\xbf"), "without this mark it is read in the system's code page"
    sections: dict[str, list[str]] = {}
    for line in INNO.decode("utf-8-sig").splitlines():
        if line.startswith("["):
            sections[line.strip("[]")] = lines = []
        elif line and not line.startswith(";"):
            lines.append(line)
    return sections


PARAMETERS = {
    "Languages": {"Name", "MessagesFile"},
    "InstallDelete": {"Type", "Name"},
    "Files": {"Source", "DestDir", "Flags"},
    "Icons": {"Name", "Filename", "WorkingDir"},
    "Registry": {"Root", "Subkey", "ValueType", "ValueName", "ValueData", "Flags"},
}
"""Of the documentation of Inno Setup, those in use."""


def parameters(line: str) -> dict[str, str]:
    """``Name: value; Name: "value"`` taken apart; a quotation mark within a value is doubled."""
    shape = re.compile(r'(\w+): ("(?:[^"]|"")*"|[^";]+)(?:; |$)')
    found = list(shape.finditer(line))
    assert "".join(match[0] for match in found) == line, line
    return {match[1]: match[2].strip('"').replace('""', '"') for match in found}


def test_the_windows_script_keeps_to_the_words_of_inno_setup() -> None:
    sections = inno()
    assert set(sections) == {"Setup", *PARAMETERS}
    assert all("=" in line for line in sections["Setup"])
    for name, known in PARAMETERS.items():
        for line in sections[name]:
            assert set(parameters(line)) <= known, line
    settings = dict(line.split("=", 1) for line in sections["Setup"])
    # The first brace is doubled, for a single one begins a constant.
    assert re.fullmatch(r"\{\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", settings["AppId"])
    assert settings["PrivilegesRequired"] == "lowest"


def test_the_windows_script_is_given_what_it_asks_for(build: ModuleType, tmp_path: Path) -> None:
    text = INNO.decode("utf-8-sig")
    settings = build.setup_settings(tmp_path)
    assert set(re.findall(r"\{#(\w+)\}", text)) == set(settings)
    assert settings["Version"] == gkdesk.__version__


def test_the_windows_script_names_what_is_frozen() -> None:
    text = INNO.decode("utf-8-sig")
    named = set(re.findall(r"\{(?:app|#Program)\}\\([\w.*]+)", text))
    spec = (PACKAGING / "gkdesk.spec").read_text("utf-8")
    (program,) = re.findall(r'EXE\(.*?name="(\w+)"', spec, re.DOTALL)
    # PyInstaller's name for the folder beside the program, unless the spec gives it another.
    assert "contents_directory" not in spec
    assert named == {f"{program}.exe", "_internal", "LICENSE", "*"}
    assert (ROOT / "LICENSE").is_file()


def test_the_documents_of_the_smoke_test_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    smoke_test = importlib.import_module("smoke_test")
    text = (PACKAGING / "smoke_test.py").read_text("utf-8")
    named = [*re.findall(r'_(?:reads|recognises|opens_protected)\("([^"]+)"', text)]
    named += ["/".join(parts) for parts in re.findall(r'DOCUMENTS / "([^"]+)" / "([^"]+)"', text)]
    assert len(named) >= 10
    for document in named:
        assert (smoke_test.DOCUMENTS / document).is_file()
        assert (smoke_test.DOCUMENTS / f"{document}.truth.json").is_file()


@pytest.mark.parametrize("script", ["packaging/try.sh", "packaging/prepare.sh", "tests/run.sh"])
def test_the_shell_scripts_name_what_is_there(script: str) -> None:
    text = (ROOT / script).read_text("utf-8")
    with (ROOT / "pyproject.toml").open("rb") as stream:
        parts = set(tomllib.load(stream)["project"]["optional-dependencies"])
    for named in re.findall(r'^prepare "\[(.*)\]"', text, re.MULTILINE):
        assert set(named.split(",")) <= parts
    for sourced in re.findall(r"^\. (\S+)", text, re.MULTILINE):
        assert (ROOT / sourced).is_file()
    if bash := shutil.which("bash"):
        subprocess.run([bash, "-n", str(ROOT / script)], check=True)
