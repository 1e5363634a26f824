"""Scans and photographs of pages: drawn by PDFium, laid askew, blurred, stained, sealed and packed as pictures."""

from __future__ import annotations

import io
import math
import random
from dataclasses import dataclass
from typing import Any

from .ofd_package import Sheet, make_ofd
from .office import FIXED_TIME


@dataclass(frozen=True, slots=True)
class ScanStyle:
    """What happens to a page on its way.

    Attributes:
        dpi: of the picture.
        skew: degrees the page lies askew, at most, to either side.
        noise: standard deviation in steps of brightness; ``blur``: radius in pixels at 200 dpi.
        quality: of JPEG; 0 for black and white without loss.
        gray: no colour (a seal is gray then).
        seal: a red seal on the page of the first table and the last.
        shadow: how much darker the darkest corner is, 0 to 1, as on a photograph.
        paper: the brightness of the paper.
        container: ``pdf`` or ``ofd`` (pictures and nothing else), ``tiff`` (all pages), ``png`` or ``jpeg`` (the first
            page).
        aside: by how much of its width the far edge of a page photographed on a desk is shorter.
        bend: by how much of its height the middle of a page that is not flat is lower than its sides.
        toner: how much of the print's darkness there is.
        streak: a dirty feeder drew a line down every page.
        two_up: two pages beside each other in one picture.
    """

    dpi: int = 200
    skew: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    quality: int = 75
    gray: bool = True
    seal: bool = False
    shadow: float = 0.0
    paper: int = 255
    container: str = "pdf"
    aside: float = 0.0
    bend: float = 0.0
    toner: float = 1.0
    streak: bool = False
    two_up: bool = False


def scan(pdf: bytes, style: ScanStyle, seed: int) -> bytes:
    """The pages of a PDF as somebody's machine took them; the same for the same seed."""
    rng = random.Random(seed)
    pages = draw_pages(pdf, style.dpi)
    sealed = {0, len(pages) - 1} | {len(pages) // 2}
    taken = [take(page, style, rng, seal=style.seal and number in sealed) for number, page in enumerate(pages)]
    return pack(_in_pairs(taken) if style.two_up else taken, style)


def _in_pairs(pages: list[Any]) -> list[Any]:
    from PIL import Image

    pairs = []
    for left, right in zip(pages[::2], [*pages[1::2], None], strict=False):
        pair = Image.new(left.mode, (2 * left.width, left.height), left.getpixel((2, 2)))
        pair.paste(left, (0, 0))
        if right is not None:
            pair.paste(right, (left.width, 0))
        pairs.append(pair)
    return pairs


def draw_pages(pdf: bytes, dpi: int) -> list[Any]:
    """The pages as Pillow's pictures."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def take(page: Any, style: ScanStyle, rng: random.Random, seal: bool) -> Any:
    """One page as it comes out."""
    import numpy as np
    from PIL import Image, ImageFilter

    if seal:
        page = _sealed(page, style.dpi, rng)
    angle = rng.uniform(-style.skew, style.skew)
    if style.skew:
        page = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    if style.blur:
        page = page.filter(ImageFilter.GaussianBlur(style.blur * style.dpi / 200))
    if style.bend:
        page = _bent(page, style.bend)
    pixels = np.asarray(page.convert("L") if style.gray else page).astype(np.float32)
    pixels = (255 - style.toner * (255 - pixels)) * (style.paper / 255)
    if style.streak:
        at = round(pixels.shape[1] * rng.uniform(0.05, 0.95))
        pixels[:, at : at + max(1, style.dpi // 150)] *= 0.4
    if style.aside:
        pixels = _from_aside(pixels, style.aside, rng)
    if style.shadow:
        pixels *= _shadow(pixels.shape, style.shadow, rng)
    if style.noise:
        pixels += np.random.default_rng(rng.randrange(2**32)).normal(0, style.noise, pixels.shape)
    made = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    return made if style.quality else made.convert("L").point(lambda value: 255 * (value > 150)).convert("1")


def _bent(page: Any, share: float) -> Any:
    import numpy as np
    from PIL import Image

    pixels, columns = np.asarray(page), np.arange(page.width)
    rows = np.arange(page.height)[:, None] - share * page.height * np.sin(np.pi * columns / page.width)
    return Image.fromarray(pixels[np.clip(rows.round().astype(int), 0, page.height - 1), columns])


def _from_aside(pixels: Any, share: float, rng: random.Random) -> Any:
    """The page as a camera sees it that was held over its near edge, on a desk that is darker than paper."""
    import numpy as np
    from PIL import Image

    height, width = pixels.shape[:2]
    slant = rng.uniform(-0.03, 0.03)
    far = ((0.04 + share / 2, 0.05 - slant), (0.96 - share / 2, 0.05 + slant))
    rows, right = [], []
    for (u, v), (x, y) in zip((*far, (0.97, 0.96), (0.03, 0.96)), ((0, 0), (1, 0), (1, 1), (0, 1)), strict=True):
        rows += [[u, v, 1, 0, 0, 0, -x * u, -x * v], [0, 0, 0, u, v, 1, -y * u, -y * v]]
        right += [x, y]
    a, b, c, d, e, f, g, h = np.linalg.solve(np.array(rows), np.array(right, dtype=float))
    view = (a, b * width / height, c * width, d * height / width, e, f * height, g / width, h / height)
    desk = (70, 56, 44) if pixels.ndim == 3 else 60
    seen = Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).transform(
        (width, height), Image.Transform.PERSPECTIVE, view, Image.Resampling.BICUBIC, fillcolor=desk
    )
    return np.asarray(seen).astype(np.float32)


def _shadow(shape: tuple[int, ...], depth: float, rng: random.Random) -> Any:
    """Brightness that falls off towards one side of the sheet."""
    import numpy as np

    down, across = np.mgrid[0 : shape[0], 0 : shape[1]]
    angle = rng.uniform(0, 2 * math.pi)
    along = math.cos(angle) * (across / shape[1] - 0.5) + math.sin(angle) * (down / shape[0] - 0.5)
    fall = (1 - depth * (along + 0.7) / 1.4).astype(np.float32)
    return fall if len(shape) == 2 else fall[:, :, None]


def _sealed(page: Any, dpi: int, rng: random.Random) -> Any:
    """A translucent red ring with a star, somewhere over the middle of the page."""
    from PIL import Image, ImageDraw

    radius = round(20 / 25.4 * dpi)
    x = round(page.width * rng.uniform(0.35, 0.75))
    y = round(page.height * rng.uniform(0.3, 0.75))
    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    ink = (220, 30, 40, rng.randint(110, 170))
    drawing = ImageDraw.Draw(layer)
    drawing.ellipse((x - radius, y - radius, x + radius, y + radius), outline=ink, width=max(2, round(dpi / 50)))
    points = []
    for corner in range(10):
        reach = radius * (0.38 if corner % 2 == 0 else 0.15)
        turn = math.pi / 5 * corner - math.pi / 2
        points.append((x + reach * math.cos(turn), y + reach * math.sin(turn)))
    drawing.polygon(points, fill=ink)
    return Image.alpha_composite(page.convert("RGBA"), layer).convert("RGB")


def pack(pages: list[Any], style: ScanStyle) -> bytes:
    """The pictures as one file."""
    made = io.BytesIO()
    first, rest = pages[0], pages[1:]
    resolution = (style.dpi, style.dpi)
    if style.container == "pdf":
        first.save(
            made,
            "PDF",
            save_all=True,
            append_images=rest,
            resolution=style.dpi,
            **({"quality": style.quality} if style.quality else {}),
            creationDate=FIXED_TIME.timetuple(),
            modDate=FIXED_TIME.timetuple(),
        )
    elif style.container == "tiff":
        compression = "jpeg" if style.quality else "group4"
        first.save(made, "TIFF", save_all=True, append_images=rest, dpi=resolution, compression=compression)
    elif style.container == "ofd":
        return _as_ofd(pages, style)
    elif style.container == "png":
        first.save(made, "PNG", dpi=resolution)
    else:
        first.save(made, "JPEG", dpi=resolution, quality=style.quality)
    return made.getvalue()


def _as_ofd(pages: list[Any], style: ScanStyle) -> bytes:
    sheets, media = [], {}
    for number, page in enumerate(pages, 1):
        sheet = Sheet(page.width / style.dpi * 25.4, page.height / style.dpi * 25.4)
        sheet.picture(0, 0, sheet.width, sheet.height, str(number))
        sheets.append(sheet)
        made = io.BytesIO()
        if style.quality:
            page.save(made, "JPEG", quality=style.quality)
        else:
            page.save(made, "PNG")
        media[str(number)] = made.getvalue()
    return make_ofd(*sheets, media=media)
