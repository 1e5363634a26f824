"""The quick reading of content streams gives what pypdf gives, and refuses what it does not understand."""

from __future__ import annotations

from typing import Any

import pytest
from pypdf.generic import ContentStream, DecodedStreamObject

from gkdesk.sources.pdf.content_tokens import OddContent, operations

PLAIN = rb"""q 1 0 0 -1 0 842 cm % a remark
/F1 9.5 Tf BT 1 0 0 1 -.5 +20 Tm (plain) Tj (a\(b\)\\ \101\n) Tj <0041 4> Tj [(3) -120 <31>] TJ T* (next) ' ET
0 0 10 10 re f 1 0 0 RG 2 w 0 0 m 10 0 l S /X1 Do Q"""
DRAWING = {b"re", b"f", b"RG", b"w", b"m", b"l", b"S"}


def plain(operand: Any) -> Any:
    if isinstance(operand, list):
        return [plain(one) for one in operand]
    if isinstance(operand, str) and hasattr(operand, "original_bytes"):
        return operand.original_bytes
    return float(operand) if isinstance(operand, (int, float)) else operand


def test_it_gives_what_pypdf_gives_but_for_drawing() -> None:
    stream = DecodedStreamObject()
    stream.set_data(PLAIN)
    theirs = [(operator, plain(operands)) for operands, operator in ContentStream(stream, None, "bytes").operations]
    assert [(operator, plain(operands)) for operator, operands in operations(PLAIN)] == [
        pair for pair in theirs if pair[0] not in DRAWING
    ]


@pytest.mark.parametrize(
    "data", [b"BI /W 1 ID x EI", b"/F#31 9 Tf", b"(((", b"[1 2", b"1 2 ] Tj", b"--5 Tf", b"<< /A 1", b"<zz> Tj"]
)
def test_what_is_out_of_the_ordinary_is_refused(data: bytes) -> None:
    with pytest.raises(OddContent):
        list(operations(data))
