"""Makes small PDFs by hand: ruled tables, text in a standard font, Chinese in a font that is not embedded."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

LATIN = "F1"
CHINESE = "F2"


@dataclass
class Sheet:
    """One page. Coordinates are points from the top left of the unrotated page, ``y`` growing downwards."""

    width: float = 595
    height: float = 842
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    operators: list[str] = field(default_factory=list)
    forms: dict[str, tuple[str, str]] = field(default_factory=dict)

    def text(self, x: float, y: float, text: str, size: float = 10, matrix: str = "1 0 0 1") -> None:
        """Text with its baseline at ``y``; every change of script is a string of its own."""
        self.operators.append(f"BT {matrix} {x:g} {self.height - y:g} Tm")
        for chinese, run in runs(text):
            self.operators.append(f"/{CHINESE if chinese else LATIN} {size:g} Tf {shown(run, chinese)} Tj")
        self.operators.append("ET")

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        self.operators.append(f"{width:g} w {x0:g} {self.height - y0:g} m {x1:g} {self.height - y1:g} l S")

    def fill(self, left: float, top: float, right: float, bottom: float, grey: float = 0) -> None:
        self.operators.append(
            f"q {grey:g} g {left:g} {self.height - bottom:g} {right - left:g} {bottom - top:g} re f Q"
        )

    def table(
        self,
        left: float,
        top: float,
        widths: Sequence[float],
        height: float,
        rows: Sequence[Sequence[str]],
        top_rule: bool = True,
        bottom_rule: bool = True,
    ) -> None:
        """A fully ruled table with one line of text in each cell."""
        right, bottom = left + sum(widths), top + height * len(rows)
        for number in range(len(rows) + 1):
            if (number > 0 or top_rule) and (number < len(rows) or bottom_rule):
                self.line(left, top + number * height, right, top + number * height)
        x = left
        for column, width in enumerate(widths):
            self.line(x, top, x, bottom)
            for number, row in enumerate(rows):
                if row[column]:
                    self.text(x + 4, top + number * height + height / 2 + 4, row[column])
            x += width
        self.line(right, top, right, bottom)


def runs(text: str) -> list[tuple[bool, str]]:
    """The text cut where Chinese begins or ends."""
    found: list[tuple[bool, str]] = []
    for character in text:
        chinese = ord(character) > 0x2000
        if found and found[-1][0] == chinese:
            found[-1] = (chinese, found[-1][1] + character)
        else:
            found.append((chinese, character))
    return found


def shown(run: str, chinese: bool) -> str:
    if chinese:
        return f"<{run.encode('utf-16-be').hex()}>"
    return "(" + run.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"


def make_pdf(*sheets: Sheet, title: str = "") -> bytes:
    """The file: fonts first, then per page its forms, its content and itself."""
    objects: list[bytes] = [
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [3 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 4 0 R "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
        b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    fonts = f"/Font << /{LATIN} 1 0 R /{CHINESE} 2 0 R >>"
    pages = []
    for sheet in sheets:
        named = []
        for name, (entries, content) in sheet.forms.items():
            objects.append(_stream(f"/Type /XObject /Subtype /Form /Resources << {fonts} >> {entries}", content))
            named.append(f"/{name} {len(objects)} 0 R")
        objects.append(_stream("", "\n".join(sheet.operators)))
        crop = f"/CropBox [{' '.join(f'{edge:g}' for edge in sheet.crop)}]" if sheet.crop else ""
        objects.append(
            f"<< /Type /Page /Parent PAGES 0 R /MediaBox [0 0 {sheet.width:g} {sheet.height:g}] {crop} "
            f"/Rotate {sheet.rotate} /Contents {len(objects)} 0 R "
            f"/Resources << {fonts} /XObject << {' '.join(named)} >> >> >>".encode()
        )
        pages.append(len(objects))
    parent = len(objects) + 1
    kids = " ".join(f"{page} 0 R" for page in pages)
    objects.append(f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode())
    objects.append(f"<< /Type /Catalog /Pages {parent} 0 R >>".encode())
    objects.append(b"<< /Title <feff" + title.encode("utf-16-be").hex().encode() + b"> >>")
    return _assemble([item.replace(b"PAGES", str(parent).encode()) for item in objects])


def _stream(entries: str, content: str) -> bytes:
    packed = zlib.compress(content.encode("latin-1"))
    head = f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def _assemble(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + item + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for offset in offsets:
        out += f"{offset:010d} 00000 n \n".encode()
    out += (
        f"trailer\n<< /Size {len(objects) + 1} /Root {len(objects) - 1} 0 R /Info {len(objects)} 0 R >>\n"
        f"startxref\n{start}\n%%EOF\n"
    ).encode()
    return bytes(out)
