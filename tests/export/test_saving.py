"""A workbook is wholly there or not at all, and the sentence says what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from gkdesk import messages
from gkdesk.errors import ExportError
from gkdesk.export import saving
from gkdesk.export.workbook import write
from tests.export.reports import SPEC_2021, closing_review, opened, ref, visible


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_an_older_export_is_replaced_and_nothing_left_over(tmp_path: Path) -> None:
    path = tmp_path / "云溪市 2024.xlsx"
    path.write_bytes(b"older")
    write(closing_review(), SPEC_2021, path)
    assert visible(opened(path.read_bytes()), "t3.new.natural").value is not None
    assert names(tmp_path) == [path.name]


def test_a_file_in_use_keeps_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"older")

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ExportError) as caught:
        write(closing_review(), SPEC_2021, path)
    assert caught.value.code == "export.not-writable"
    assert path.read_bytes() == b"older"
    assert names(tmp_path) == ["a.xlsx"]


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError) as caught:
        write(closing_review(), SPEC_2021, tmp_path / "a.xlsx")
    assert caught.value.code == "export.disk-full"
    assert names(tmp_path) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        write(closing_review(), SPEC_2021, tmp_path / "nowhere" / "a.xlsx")
    assert caught.value.code == "export.no-folder"


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(ExportError) as caught:
        write(closing_review(), SPEC_2021, tmp_path / "a.xlsx")
    assert caught.value.code == "export.not-writable"
    assert names(tmp_path) == ["a.xlsx"]


@pytest.mark.parametrize("damage", ["value", "style", "merge", "name"])
def test_what_was_not_meant_is_never_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    load = saving.load_workbook

    def load_other(data: bytes) -> object:
        workbook = load(data)
        cell = visible(workbook, "t3.new.natural")
        if damage == "value":
            cell.value = 987654
        elif damage == "style":
            cell.number_format = "0.00"
        elif damage == "merge":
            cell.parent.unmerge_cells("D4:J4")
        else:
            del workbook.defined_names[str(ref("t3.new.natural"))]
        return workbook

    monkeypatch.setattr(saving, "load_workbook", load_other)
    with pytest.raises(ExportError) as caught:
        write(closing_review(), SPEC_2021, tmp_path / "a.xlsx")
    assert caught.value.code == "export.verification-failed"
    assert names(tmp_path) == []


def test_every_refusal_has_its_sentence() -> None:
    arguments = {"path": "a", "folder": "b", "name": "c", "count": 1, "cells": "d", "where": "e", "edition": "f"}
    for language in (messages.CHINESE, messages.ENGLISH):
        codes = [code for code in messages.catalogue(language) if code.startswith("error.export.")]
        assert len(codes) == 10
        for code in codes:
            assert messages.text(code, language, **arguments)
