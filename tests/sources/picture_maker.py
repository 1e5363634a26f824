"""Small pictures of ruled tables, drawn with the font that comes with Pillow, and what is read back from them."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence

import pytest

pytest.importorskip("PIL")

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from gkdesk.model.content import Content, Grid

Rows = Sequence[Sequence[str]]

WIDTH, HEIGHT = 1654, 1100
LEFT, TOP, COLUMN, ROW = 160, 200, 240, 64


def table(rows: Rows, size: int = 30, line: int = 2, shade: int = 0) -> Image.Image:
    """A page of 200 dpi with one table, its upper left corner at ``LEFT``, ``TOP``."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size)
    columns = max(map(len, rows))
    ink = (shade, shade, shade)
    for row in range(len(rows) + 1):
        y = TOP + row * ROW
        draw.line((LEFT, y, LEFT + columns * COLUMN, y), ink, line)
    for column in range(columns + 1):
        x = LEFT + column * COLUMN
        draw.line((x, TOP, x, TOP + len(rows) * ROW), ink, line)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            x, y = LEFT + column * COLUMN + 24, TOP + row * ROW + ROW // 2
            draw.text((x, y), text, ink, font, anchor="lm")
    return image


def seal(image: Image.Image, x: int, y: int, radius: int = 150) -> Image.Image:
    """A red seal pressed over the page: what is printed stays visible under it."""
    mask = Image.new("L", image.size, 0)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=180, width=12)
    draw.regular_polygon((x, y, radius // 2), 5, fill=180)
    red = Image.composite(Image.new("RGB", image.size, (215, 30, 40)), image, mask)
    # The darker of both in every channel: ink under a seal does not become lighter.
    return Image.merge("RGB", [_darker(a, b) for a, b in zip(image.split(), red.split(), strict=True)])


def scanned(image: Image.Image, skew: float = 0.0, blur: float = 0.7, noise: int = 6, quality: int = 70) -> bytes:
    """The page as a scanner gives it, as JPEG."""
    chance = random.Random(5)
    turned = image.rotate(skew, Image.Resampling.BICUBIC, fillcolor="white").filter(ImageFilter.GaussianBlur(blur))
    grain = Image.frombytes("L", image.size, chance.randbytes(image.width * image.height))
    grain = grain.point([value * noise // 128 for value in range(256)])
    darker = [Image.eval(channel, lambda value: value - noise if value > noise else 0) for channel in turned.split()]
    noisy = Image.merge("RGB", [_sum(channel, grain) for channel in darker])
    return encoded(noisy, "JPEG", quality=quality)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """The picture as a file."""
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def _darker(first: Image.Image, second: Image.Image) -> Image.Image:
    from PIL import ImageChops

    return ImageChops.darker(first, second)


def _sum(first: Image.Image, second: Image.Image) -> Image.Image:
    from PIL import ImageChops

    return ImageChops.add(first, second)


def the_grid(content: Content) -> Grid:
    """The only table of a page."""
    (grid,) = content.grids()
    return grid


def figures(grid: Grid) -> list[tuple[str, ...]]:
    """The texts beside the labels, without the header."""
    return [tuple(cell.text for cell in row[1:]) for row in grid.rows()[1:]]


def doubts(grid: Grid) -> set[str]:
    """Those of them that are in doubt."""
    return {cell.text for row in grid.rows()[1:] for cell in row[1:] if cell.doubt}
