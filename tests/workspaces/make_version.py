"""Writes the old file of the current version: ``python -m tests.workspaces.make_version``, once before each release."""

from __future__ import annotations

from pathlib import Path

from gkdesk.store.journal import EDIT, REDO, UNDO
from gkdesk.store.upgrade import CURRENT_VERSION
from gkdesk.store.workspace import Workspace
from tests.store.reviews import NEW, SOURCE, TOTAL, entry, made_review, typed

FOLDER = Path(__file__).parent


def main() -> None:
    path = FOLDER / f"version-{CURRENT_VERSION}.gkdesk"
    if path.exists():
        raise SystemExit(f"{path.name} is there already; a file of a released version is never written again")
    first, second = typed(NEW, 10), typed(TOTAL, 10)
    with Workspace.open(path) as workspace:
        report_id = workspace.add(made_review(), SOURCE)
        for item in (
            entry(EDIT, first), entry(UNDO, first.inverse()), entry(REDO, first),
            entry(EDIT, second), entry(UNDO, second.inverse()),
        ):  # fmt: skip
            workspace.append(report_id, item)


if __name__ == "__main__":
    main()
