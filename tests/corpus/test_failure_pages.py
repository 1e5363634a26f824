"""The pages on families of failure quote the sentences that the clerk really sees, and name documents that exist."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from gkdesk import paths

from .score import FOLDER

DOCS = Path(__file__).parents[2] / "docs" / "failures"
PAGES = sorted(DOCS.glob("*.md"))
LONGEST_PAGE = 60


def sentences(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for value in part.values():
            yield from sentences(value)
    else:
        yield str(part)


SENTENCES = set(sentences(tomllib.loads((paths.resources() / "messages" / "zh_CN.toml").read_text("utf-8"))))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_quotes_sentences_as_they_are(page: Path) -> None:
    quoted = [line[2:] for line in page.read_text("utf-8").splitlines() if line.startswith("> ")]
    assert not set(quoted) - SENTENCES
    assert quoted or page.stem == "README"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_names_documents_that_exist_and_stays_short(page: Path) -> None:
    text = page.read_text("utf-8")
    families = {path.name for path in FOLDER.iterdir()}
    named = [name for name in re.findall(r"`([a-z]+/[a-z0-9.-]+)`", text) if name.split("/")[0] in families]
    assert all((FOLDER / name).exists() for name in named)
    assert len(text.splitlines()) < LONGEST_PAGE


def test_the_index_names_every_page() -> None:
    assert {path.name for path in PAGES} == {
        "README.md",
        *re.findall(r"\(([a-z-]+\.md)\)", (DOCS / "README.md").read_text("utf-8")),
    }
