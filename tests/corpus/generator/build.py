"""Writes the made documents and their truths: ``python -m tests.corpus.generator.build [FAMILY…]``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .documents import Document, everything
from .report import make_report, truth

FOLDER = Path(__file__).parents[1] / "documents"


def truth_path(document: Path) -> Path:
    """The truth beside a document."""
    return document.with_name(f"{document.name}.truth.json")


def write(document: Document, folder: Path) -> Path:
    """Write one document and its truth below ``folder``; returns the document's path."""
    report = make_report(document.plan)
    path = folder / document.family / document.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document.write(report))
    known = truth(report, document.uncertain(report), document.tables, document.prose)
    truth_path(path).write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def main(families: list[str]) -> None:
    """Write all documents, or those of some families."""
    for document in everything():
        if not families or document.family in families:
            path = write(document, FOLDER)
            print(f"{path.stat().st_size:9d}  {path.relative_to(FOLDER)}")


if __name__ == "__main__":
    main(sys.argv[1:])
