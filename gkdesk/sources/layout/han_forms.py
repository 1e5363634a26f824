"""Characters that PDFs give in the wrong one of two look-alike forms, and control characters.

Fonts often map one picture to two code points; printing then keeps the radical (⽇, ⺠) where the text had the
ordinary character (日, 民). NFKC mends the Kangxi block U+2F00 to U+2FDF, but not the supplement U+2E80 to U+2EFF.
"""

from __future__ import annotations

import re
import unicodedata

_RADICALS = (
    "⺁⺂⺃⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫"
    "⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓"
    "⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_CHARACTERS = (
    "厂乛乚亻冂几刀刂卜卩小小兀尣尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋目"
    "示礻竹糹纟罓罒网网网羊羊羊老聿聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长"
    "门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_SUPPLEMENT = dict(zip(_RADICALS, _CHARACTERS, strict=True))

_RADICAL = re.compile("[\u2e80-\u2fdf]")

_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE, 0xFFFF})
"""What engines give for a hyphen at the end of a line; in a table it may be the mark for nothing."""


def ordinary(character: str) -> str:
    """The ordinary form of one character: radicals and compatibility ideographs as plain ones, else unchanged."""
    code = ord(character)
    if code < 0x2E80:
        return character
    if code < 0x2F00:
        return _SUPPLEMENT.get(character, character)
    if code < 0x2FE0 or 0xF900 <= code < 0xFB00:
        return unicodedata.normalize("NFKC", character)
    return character


def ordinary_text(text: str) -> str:
    """``text`` with every character in its ordinary form; no longer and no shorter."""
    return _RADICAL.sub(lambda match: ordinary(match.group()), text)


def from_code(code: int) -> str:
    """The character of a code that a PDF engine gave; blanks become ``" "``, what is no character an empty string."""
    if code in _HYPHENS:
        return "-"
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return "�"
    character = chr(code)
    if character.isspace():
        return " "
    # Zero-width characters and direction marks are between the characters, not characters of their own.
    return "" if unicodedata.category(character) in {"Cc", "Cf"} else ordinary(character)


def is_wide(character: str) -> bool:
    """True for Chinese characters and full-width signs: no blank belongs before or after one."""
    return bool(character) and unicodedata.east_asian_width(character[0]) in {"W", "F"}
