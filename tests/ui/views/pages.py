"""A paged source that paints plain pages, for tests of views."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from gkdesk.errors import SourceError
from gkdesk.model.content import PageSize
from gkdesk.model.place import Box

WHITE = 0xFFFFFF


@dataclass(frozen=True)
class PlainPixels:
    width: int
    height: int
    stride: int
    pixels: bytes


@dataclass
class PlainPages:
    """Pages of one colour (0xRRGGBB), with a black spot if one is given, whose print lies turned by ``turn`` quarters.

    ``gate`` shut: drawing waits; ``broken``: pages that cannot be drawn.
    """

    count: int = 3
    colour: int = WHITE
    broken: tuple[int, ...] = ()
    width: float = 600.0
    height: float = 800.0
    turn: int = 0
    spot: Box | None = None
    gate: threading.Event = field(default_factory=threading.Event)
    drawn: list[tuple[int, float]] = field(default_factory=list)
    closed: bool = False

    def __post_init__(self) -> None:
        self.gate.set()

    @property
    def sizes(self) -> tuple[PageSize, ...]:
        return tuple(self.size(number + 1) for number in range(self.count))

    def size(self, page: int) -> PageSize:
        return PageSize(page, self.width, self.height, self.turn)

    def render(self, page: int, scale: float) -> PlainPixels:
        assert self.gate.wait(10)
        if self.closed:
            raise ValueError("closed")
        if page in self.broken:
            raise SourceError("source.broken")
        self.drawn.append((page, scale))
        width, height = round(self.width * scale), round(self.height * scale)
        pixel = self.colour.to_bytes(3, "little") + b"\xff"
        rows = [pixel * width] * height
        if self.spot is not None:
            left, top, right, bottom = (round(edge * scale) for edge in self.spot)
            spotted = pixel * left + bytes(4) * (right - left) + pixel * (width - right)
            rows[top:bottom] = [spotted] * (bottom - top)
        return PlainPixels(width, height, width * 4, b"".join(rows))

    def close(self) -> None:
        self.closed = True
