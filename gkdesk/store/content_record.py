"""The content of a source as JSON text and back, exactly: kept for reports that take long to read again.

Text that does not have the shape written here raises :class:`RecordError`.
"""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk.model.content import Block, Content, Grid, GridCell, Line, Note, PageSize, SourceKind, Word
from gkdesk.model.place import Place
from gkdesk.store.json_shape import (
    Json,
    RecordError,
    as_object,
    dump,
    float_at,
    items_at,
    load,
    text_at,
    whole_at,
    whole_or_none_at,
)
from gkdesk.store.value_record import argument_from_json, argument_to_json, exact_place_to_json, place_from_record


def content_to_text(content: Content) -> str:
    """All of a content as JSON."""
    return dump(
        {
            "kind": str(content.kind),
            "sha256": content.sha256,
            "blocks": [_block_to_json(block) for block in content.blocks],
            "pages": [_page_to_json(page) for page in content.pages],
            "text": content.text,
            "title": content.title,
            "notes": [note_to_json(note) for note in content.notes],
        }
    )


def content_from_text(text: str) -> Content:
    """The inverse of :func:`content_to_text`; raises :class:`RecordError`."""
    data = load(text)
    try:
        kind = SourceKind(text_at(data, "kind"))
    except ValueError as error:
        raise RecordError("no such kind") from error
    return Content(
        kind,
        text_at(data, "sha256"),
        tuple(_block_from_json(as_object(block)) for block in items_at(data, "blocks")),
        tuple(_page_from_json(as_object(page)) for page in items_at(data, "pages")),
        text_at(data, "text"),
        text_at(data, "title"),
        tuple(note_from_json(as_object(note)) for note in items_at(data, "notes")),
    )


def note_to_json(note: Note) -> Json:
    """A note with its arguments."""
    return {"code": note.code, "arguments": argument_to_json(note.arguments)}


def note_from_json(data: Json) -> Note:
    """The inverse of :func:`note_to_json`; raises :class:`RecordError`."""
    arguments = {name: argument_from_json(value) for name, value in as_object(data.get("arguments")).items()}
    return Note(text_at(data, "code"), arguments)


def _block_to_json(block: Block) -> Json:
    if isinstance(block, Line):
        return {
            "text": block.text,
            "place": exact_place_to_json(block.place),
            "words": _words_to_json(block.words),
            **({"pieces": _words_to_json(block.pieces)} if block.pieces else {}),
            "page": block.page,
            "doubt": block.doubt,
        }
    return {
        "index": block.index,
        "rows": block.row_count,
        "columns": block.column_count,
        "cells": [_cell_to_json(cell) for cell in block.cells],
        "aligned": block.aligned,
        "page": block.page,
        "left": list(block.left_edges),
        "right": list(block.right_edges),
        **({"row_edges": list(block.row_edges)} if block.row_edges else {}),
    }


def _block_from_json(data: Json) -> Block:
    if "cells" not in data:
        page = whole_or_none_at(data, "page")
        words = _words(data, "words")
        pieces = _words(data, "pieces") if "pieces" in data else ()
        return Line(text_at(data, "text"), _place(data), words, page, text_at(data, "doubt"), pieces)
    return Grid(
        whole_at(data, "index"),
        whole_at(data, "rows"),
        whole_at(data, "columns"),
        tuple(_cell_from_json(as_object(cell)) for cell in items_at(data, "cells")),
        data.get("aligned") is True,
        whole_or_none_at(data, "page"),
        _edges(data, "left"),
        _edges(data, "right"),
        _edges(data, "row_edges") if "row_edges" in data else (),
    )


def _words_to_json(words: Sequence[Word]) -> list[Json]:
    return [
        {
            "text": word.text,
            "place": exact_place_to_json(word.place),
            **({"doubt": word.doubt} if word.doubt is not None else {}),
        }
        for word in words
    ]


def _words(data: Json, key: str) -> tuple[Word, ...]:
    return tuple(
        Word(text_at(word, "text"), _place(word), text_at(word, "doubt") if "doubt" in word else None)
        for word in map(as_object, items_at(data, key))
    )


def _cell_to_json(cell: GridCell) -> Json:
    return {
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "text": cell.text,
        "place": exact_place_to_json(cell.place),
        "doubt": cell.doubt,
    }


def _cell_from_json(data: Json) -> GridCell:
    return GridCell(
        whole_at(data, "row"),
        whole_at(data, "column"),
        whole_at(data, "row_span"),
        whole_at(data, "column_span"),
        text_at(data, "text"),
        _place(data),
        text_at(data, "doubt"),
    )


def _place(data: Json) -> Place:
    place = place_from_record(as_object(data.get("place")))
    if place is None:
        raise RecordError("a place was expected")
    return place


def _edges(data: Json, key: str) -> tuple[float, ...]:
    return tuple(float_at({key: edge}, key) for edge in items_at(data, key))


def _page_to_json(page: PageSize) -> Json:
    turned = {"turn": page.turn} if page.turn else {}
    return {"number": page.number, "width": page.width, "height": page.height, **turned}


def _page_from_json(data: Json) -> PageSize:
    turn = whole_at(data, "turn") % 4 if "turn" in data else 0
    return PageSize(whole_at(data, "number"), float_at(data, "width"), float_at(data, "height"), turn)
