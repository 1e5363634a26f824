"""Characters from pixels: two recognisers of different make, so that each figure can be read twice.

The page reader finds and reads all text of a page (PP-OCRv6 tiny, from the package ``faster-paddle``). The line reader
reads pieces cut out by us (PP-OCRv6 small, whose file comes inside the package ``rapidocr``). Nothing is fetched.
Both come with the extra ``ocr``; this module is imported only when there is a picture to read.
"""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from gkdesk.errors import SourceError
from gkdesk.model.place import Box
from gkdesk.sources.pictures.paper import Gray
from gkdesk.sources.pictures.recognition import line_model

if TYPE_CHECKING:
    import faster_paddle
    import onnxruntime

_LINE_HEIGHT = 48
_NARROWEST = 48
_WIDEST = 2400
_STRIP = 800
"""Pixels of width that are read at once; pieces of like width go together. Longer strips take more memory and time."""
_THREADS = 2


class TextBox(NamedTuple):
    """A run of text found on a page: its characters, a confidence from 0 to 1, its box in pixels."""

    text: str
    confidence: float
    box: Box


class LineText(NamedTuple):
    """A line as read; ``confidence`` is that of its weakest character, and 1 for an empty line."""

    text: str
    confidence: float


class TextReader:
    """The two recognisers; safe to use from any thread."""

    def __init__(self, page_engine: faster_paddle.OcrEngine, session: onnxruntime.InferenceSession) -> None:
        self._page_engine = page_engine
        self._session = session
        listed = session.get_modelmeta().custom_metadata_map["character"].splitlines()
        # The first class is "nothing here", the last a blank.
        self._characters = ["", *listed, " "]
        self._input = session.get_inputs()[0].name
        self._lock = threading.Lock()

    def read_page(self, gray: Gray) -> list[TextBox]:
        """All text of a page of dark print on white paper, in no certain order."""
        stream = io.BytesIO()
        Image.fromarray(gray).save(stream, "BMP")
        with self._lock, _guarded():
            found = self._page_engine.ocr(stream.getvalue())["bounds"].values()
        boxes = []
        for entry in found:
            left, top = entry["topLeftCoord"]
            right, bottom = entry["bottomRightCoord"]
            if entry["text"].strip() and right > left and bottom > top:
                boxes.append(TextBox(entry["text"], float(entry["confidence"]), Box(left, top, right, bottom)))
        return boxes

    def read_lines(self, pieces: Sequence[Gray]) -> list[LineText]:
        """The text of pictures that hold one line each, dark on white."""
        lines = [_at_line_height(piece) for piece in pieces]
        found = [LineText("", 1.0)] * len(lines)
        for batch in _batches([line.shape[1] for line in lines]):
            width = max(_NARROWEST, *(lines[index].shape[1] for index in batch))
            block = np.zeros((len(batch), 3, _LINE_HEIGHT, width), dtype=np.float32)
            for number, index in enumerate(batch):
                block[number, :, :, : lines[index].shape[1]] = lines[index] / 127.5 - 1.0
            with _guarded():
                scores = self._session.run(None, {self._input: block})[0]
            for number, index in enumerate(batch):
                found[index] = self._decoded(scores[number])
        return found

    def _decoded(self, scores: npt.NDArray[np.float32]) -> LineText:
        """One class a step: repetitions are one character, unless nothing stands between them."""
        best, sure = scores.argmax(axis=1), scores.max(axis=1)
        kept = (best != 0) & np.concatenate([[True], best[1:] != best[:-1]])
        text = "".join(self._characters[index] for index in best[kept])
        return LineText(text.strip(), float(sure[kept].min()) if kept.any() else 1.0)


@cache
def open_reader() -> TextReader:
    """The recognisers, loaded once; raises ``SourceError`` ``source.no-recognition`` if they are not installed."""
    model = line_model()
    if model is None:
        raise SourceError("source.no-recognition")
    # Official builds of onnxruntime report to its maker, with a number they give the computer, unless told before they
    # load. Nothing here may leave the computer.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import faster_paddle
        import onnxruntime
    except ImportError as error:
        raise SourceError("source.no-recognition") from error
    # What older builds for Windows hand to the system, which looks at no variable.
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    # A thread that spins while it waits takes its core from all others.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    with _guarded():
        session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        return TextReader(faster_paddle.OcrEngine("tiny", threads=_THREADS), session)


@contextmanager
def _guarded() -> Iterator[None]:
    """Failures of the recognisers in our own words; what one of them raises has no other ancestor than Exception."""
    from onnxruntime.capi import onnxruntime_pybind11_state as native

    try:
        yield
    except (native.Fail, native.InvalidArgument, native.RuntimeException, RuntimeError, ValueError) as error:
        raise SourceError("source.recognition-failed") from error


def _at_line_height(piece: Gray) -> npt.NDArray[np.float32]:
    height, width = piece.shape
    wished = min(max(round(width * _LINE_HEIGHT / height), 8), _WIDEST)
    image = Image.fromarray(piece).resize((wished, _LINE_HEIGHT), Image.Resampling.BILINEAR)
    return np.asarray(image, dtype=np.float32)


def _batches(widths: Sequence[int]) -> list[list[int]]:
    """Indices of pieces of like width, so that little is padded."""
    batches: list[list[int]] = []
    for index in sorted(range(len(widths)), key=lambda index: widths[index]):
        if batches and (len(batches[-1]) + 1) * max(widths[index], _NARROWEST) <= _STRIP:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches
