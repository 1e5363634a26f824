"""What PyInstaller is told: it follows import statements, so whatever is asked for in another way is missing."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

import gkdesk

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(gkdesk.__file__).parent
SPEC = ROOT / "packaging" / "gkdesk.spec"


def modules() -> dict[str, Path]:
    """Every module of the program by its name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports(path: Path) -> frozenset[str]:
    """The modules that a file imports, anywhere in it; of ``from a import b`` both ``a`` and ``a.b``."""
    return frozenset(_named(ast.parse(path.read_text("utf-8"))))


def _named(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            assert node.level == 0, "relative imports are not followed here"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def told(name: str) -> list[str]:
    """A list of words that the spec gives ``Analysis``."""
    for node in ast.walk(ast.parse(SPEC.read_text("utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == name:
            return [str(word) for word in ast.literal_eval(node.value)]
    raise LookupError(name)


def test_every_module_is_reached_by_import_statements() -> None:
    known = modules()
    reached: set[str] = set()
    waiting = [name for name in imports(ROOT / "packaging" / "frozen_main.py") if name in known]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            parents = {name.rsplit(".", count)[0] for count in range(1, name.count(".") + 1)}
            waiting += [other for other in imports(known[name]) | parents if other in known]
    assert set(known) - reached == set()


def test_nothing_the_program_uses_is_left_out() -> None:
    left_out = told("excludes")
    used = {name for path in modules().values() for name in imports(path)}
    assert not [name for name in used for word in left_out if f"{name}.".startswith(f"{word}.")]


def test_what_is_asked_for_besides_is_what_is_imported_only_if_it_is_there() -> None:
    used = {name.split(".")[0] for path in modules().values() for name in imports(path)}
    assert set(told("hiddenimports")) <= used


@pytest.mark.parametrize("name", sorted(name for name in imports(SPEC) if name.startswith("gkdesk.")))
def test_the_spec_finds_what_it_takes_from_the_program(name: str) -> None:
    module, _, attribute = name.rpartition(".")
    assert find_spec(name) if name in modules() else hasattr(importlib.import_module(module), attribute)


def test_modules_only_some_systems_have_are_asked_for_where_they_are_needed() -> None:
    """One at the top of a module would end the program on Windows before it begins."""
    elsewhere = {"fcntl", "grp", "msvcrt", "pwd", "resource", "termios", "winreg"}
    for path in modules().values():
        top = ast.parse(path.read_text("utf-8"))
        top.body = [node for node in top.body if isinstance(node, ast.Import | ast.ImportFrom)]
        assert not elsewhere & {name.split(".")[0] for name in _named(top)}, path
