"""Writes the old file of the current version: ``python -m tests.workspaces.make_version``, once before each release."""

from __future__ import annotations

from pathlib import Path

from gkdesk.model.content import Content, Line, SourceKind
from gkdesk.model.decision import Decision, Outcome
from gkdesk.model.place import TextPlace
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
        review = made_review()
        answer = Decision(Outcome.AS_PRINTED, "王", "2025-01-20T08:00:02Z", "已电话告知")
        review.decisions["cell t3.new.natural"] = answer
        content = Content(SourceKind.DOCX, review.sha256, (Line("收到申请 9 件", TextPlace(0, 8)),))
        report_id = workspace.add(review, SOURCE, content=content)
        for item in (
            entry(EDIT, first), entry(UNDO, first.inverse()), entry(REDO, first),
            entry(EDIT, second), entry(UNDO, second.inverse()),
        ):  # fmt: skip
            workspace.append(report_id, item)


if __name__ == "__main__":
    main()
