"""What recognition takes for what: ``python -m tests.bench.recognition [PAGES] [--first N]``.

Made pages full of figures are spoilt as bad scans are (coarse, blurred, noisy, packed hard), recognised, and compared
with what was drawn: how often a figure is wrong that was sure or in doubt, in which way, which digits are taken for
which, and how often a second look (:mod:`gkdesk.sources.second_look`) helps. The constants of
``gkdesk/checks/repair/misreading.py`` and ``weighing.py`` come from these counts. Needs the extra ``ocr``.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gkdesk.checks.repair.misreading import slip
from gkdesk.model.content import GridCell
from gkdesk.model.place import PagePlace
from gkdesk.model.reading import NumberKind, State, number_text, parse_reading
from gkdesk.sources import opening
from gkdesk.sources.second_look import SecondLook
from tests.corpus.generator.scan import ScanStyle, pack, take

PAGES = 20
WIDTH, HEIGHT, LEFT, TOP = 1654, 2339, 120, 150
FIRST_COLUMN, COLUMN, ROW, COLUMNS, ROWS = 300, 150, 62, 7, 32
FONTS = ("DejaVuSans.ttf", "DejaVuSerif.ttf", "NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "LiberationSerif")
SURE = 0.8


@dataclass
class Counts:
    """What was found.

    Attributes:
        figures: how many by state.
        wrong: how many of them are wrong, by state.
        slips: wrong ones by kind of slip.
        pairs: digits (printed, read) where one digit differs.
        second: wrong and right figures by what a second look says: right, as-read, other, unsure.
    """

    figures: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    slips: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    second: Counter[str] = field(default_factory=Counter)


def main(arguments: list[str]) -> int:
    """Recognise the pages and print the counts."""
    logging.disable()
    parser = argparse.ArgumentParser(prog="tests.bench.recognition")
    parser.add_argument("pages", nargs="?", type=int, default=PAGES)
    parser.add_argument("--first", type=int, default=100, help="the seed of the first page")
    options = parser.parse_args(arguments)
    counts = Counts()
    for seed in range(options.first, options.first + options.pages):
        measure(seed, counts)
        print(f"page {seed}: {sum(counts.wrong.values())} of {sum(counts.figures.values())} wrong", flush=True)
    for name in ("figures", "wrong", "slips", "pairs", "second"):
        print(name, ", ".join(f"{what} {count}" for what, count in getattr(counts, name).most_common()))
    return 0


def measure(seed: int, counts: Counts) -> None:
    """Make a page, recognise it and compare."""
    rng = random.Random(seed)
    style = ScanStyle(
        dpi=200,
        skew=rng.choice((0.0, 0.5, 1.0)),
        noise=rng.choice((4, 10, 18, 26)),
        blur=rng.choice((0.5, 1.0, 1.6, 2.0)),
        quality=rng.choice((20, 35, 60)),
        paper=rng.choice((255, 235)),
        container="jpeg",
    )
    figures = [[_figure(rng) for _ in range(COLUMNS)] for _ in range(ROWS)]
    page = take(_coarse(draw(figures, rng), rng), style, rng, seal=False)
    data = pack([page], style)
    with SecondLook(data) as look:
        for cell, printed in cells_of(data, figures):
            _compare(cell, printed, look, rng, counts)


def _compare(cell: GridCell, printed: str, look: SecondLook, rng: random.Random, counts: Counts) -> None:
    reading = parse_reading(cell.text, NumberKind.COUNT)
    state = "blank" if reading.state is State.BLANK else "doubted" if cell.doubt else "sure"
    text = number_text(reading.value)
    counts.figures[state] += 1
    is_wrong = text != printed
    if is_wrong:
        counts.wrong[state] += 1
        counts.slips[str(slip(text, printed)) if text or state == "blank" else "not-a-number"] += 1
        differing = [one for one in zip(printed, text, strict=False) if one[0] != one[1]]
        if len(printed) == len(text) and len(differing) == 1:
            counts.pairs["".join(differing[0])] += 1
    if is_wrong or rng.random() < 0.05:
        found = look.read(cell.place) if isinstance(cell.place, PagePlace) else None
        said = number_text(parse_reading(found.text, NumberKind.COUNT).value) if found is not None else ""
        sure = found is not None and found.confidence >= SURE
        verdict = "right" if said == printed else "as-read" if said == text else "other"
        counts.second[f"{'wrong' if is_wrong else 'right'} {state}: {verdict}, {'sure' if sure else 'unsure'}"] += 1


def draw(figures: list[list[str]], rng: random.Random) -> Any:
    """The page: a ruled table with a word in front of every row."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    drawing = ImageDraw.Draw(image)
    font = ImageFont.truetype(rng.choice(_fonts()), rng.choice((24, 27, 30)))
    right, bottom = LEFT + FIRST_COLUMN + COLUMNS * COLUMN, TOP + ROWS * ROW
    for row in range(ROWS + 1):
        drawing.line((LEFT, TOP + row * ROW, right, TOP + row * ROW), "black", 2)
    for x in (LEFT, *range(LEFT + FIRST_COLUMN, right + 1, COLUMN)):
        drawing.line((x, TOP, x, bottom), "black", 2)
    for row, texts in enumerate(figures):
        middle = TOP + row * ROW + ROW // 2
        drawing.text((LEFT + 20, middle), f"Item {row + 1} of the list", "black", font, anchor="lm")
        for column, text in enumerate(texts):
            x = LEFT + FIRST_COLUMN + column * COLUMN + COLUMN // 2
            drawing.text((x, middle), text, "black", font, anchor="mm")
    return image


def cells_of(data: bytes, figures: list[list[str]]) -> Iterator[tuple[GridCell, str]]:
    """The cells of figures as they were recognised, each with what was drawn in it."""
    for grid in opening.read(data).grids():
        rows = grid.rows()
        if len(rows) == ROWS and all(len(row) == COLUMNS + 1 for row in rows):
            for row, texts in zip(rows, figures, strict=True):
                yield from zip(row[1:], texts, strict=True)


def _figure(rng: random.Random) -> str:
    return str(rng.randrange(10 ** rng.choice((1, 1, 2, 2, 3, 3, 4, 5))))


def _coarse(image: Any, rng: random.Random) -> Any:
    """The page as taken with fewer dots, and enlarged again."""
    from PIL import Image

    share = rng.choice((1.0, 0.75, 0.6, 0.5))
    small = image.resize((round(image.width * share), round(image.height * share)), Image.Resampling.BOX)
    return small.resize(image.size, Image.Resampling.BICUBIC)


def _fonts() -> list[str]:
    """Those of the fonts that are here; the one of Pillow's own if none is."""
    from PIL import ImageFont

    found = []
    for name in FONTS:
        try:
            ImageFont.truetype(name, 20)
        except OSError:
            continue
        found.append(name)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
