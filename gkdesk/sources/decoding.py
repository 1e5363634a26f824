"""Bytes of a text file become characters, whatever encoding a municipal office saved them in."""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter
from functools import lru_cache

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5")
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力"
    "里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但"
    "质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手"
    "信息公开政府报告申请处理項報開門經過書機關務會發對時，。、；：（）《》“”"
)
_LEAST_FAMILIAR = 0.35
_FEWEST_LOST = 60
_RUBBISH = "锟斤拷"
_SAMPLE_BYTES = 1 << 16
_SAMPLE_CHARACTERS = 20_000
_LAYOUT = frozenset("\t\n\r\f\v\x1b\x85")
_ODD = frozenset({"Cc", "Co", "Cn", "Cs"})


def decode(data: bytes) -> str:
    """The characters of ``data``, never failing; a byte order mark is left out, NUL characters become blanks."""
    return _decode(data).replace("\0", " ")


def is_utf8(data: bytes) -> bool:
    """True if ``data`` is UTF-8 without a fault; NUL bytes speak for UTF-16 and make it False."""
    if b"\0" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def byte_order_mark(data: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark names, and the length of the mark; None without one."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    return None


def odd_share(text: str) -> float:
    """The share of characters that do not occur in text people write: 0 for prose, more than 0.05 for binary data."""
    sample = text[:_SAMPLE_CHARACTERS]
    # A text has few different characters, and counting equal ones costs next to nothing.
    counts = Counter(sample)
    odd = sum(count for character, count in counts.items() if character == "\ufffd" or _is_odd(character))
    return odd / max(1, len(sample))


def has_lost_characters(text: str) -> bool:
    """True for a text of some length that has question marks, or what UTF-8 read as GBK leaves of them, for its words.

    Programs write a question mark for each character that the encoding chosen for saving does not have. A report has
    Chinese characters everywhere, so that one without any, and with more question marks than letters, has lost them.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    lost = sample.count("?") + sample.count("\ufffd")
    letters = sum(1 for character in sample if character.isalpha())
    if lost >= _FEWEST_LOST and lost > letters:
        return not any("\u4e00" <= character <= "\u9fff" for character in sample)
    return 3 * sample.count(_RUBBISH) >= max(_FEWEST_LOST, letters // 2)


def _decode(data: bytes) -> str:
    mark = byte_order_mark(data)
    if mark is not None:
        encoding, length = mark
        return data[length:].decode(encoding, "replace")
    if is_utf8(data):
        return data.decode("utf-8")
    return data.decode(_likeliest(data[:_SAMPLE_BYTES]), "replace")


# A file is decoded once to be recognised and once to be read.
@lru_cache(maxsize=2)
def _likeliest(sample: bytes) -> str:
    """The encoding in which the sample looks most like a Chinese report."""
    scores = {encoding: _familiarity(sample.decode(encoding, "replace")) for encoding in _CANDIDATES}
    best = max(_CANDIDATES, key=scores.__getitem__)
    if scores[best] < _LEAST_FAMILIAR:
        return _guess_other(sample) or best
    return best


def _guess_other(sample: bytes) -> str | None:
    """Texts in no encoding of our own list: a general guesser, whose answers for short Chinese texts are worse."""
    from charset_normalizer import from_bytes

    match = from_bytes(sample).best()
    # GB18030 holds all of GB2312 and GBK, and pages that name the smaller ones use the larger.
    encoding = match.encoding if match is not None else None
    return "gb18030" if encoding in ("gb2312", "gbk") else encoding


def _familiarity(text: str) -> float:
    """Higher for what looks like a Chinese report; a wrong encoding gives rare characters or none at all."""
    score = 0
    for character in text:
        if character in _FREQUENT:
            score += 2
        elif " " <= character <= "~" or character in _LAYOUT:
            score += 1
        elif character == "\ufffd" or _is_odd(character):
            score -= 4
    return score / max(1, len(text))


def _is_odd(character: str) -> bool:
    return character not in _LAYOUT and unicodedata.category(character) in _ODD
