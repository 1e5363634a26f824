"""Whose report it is and for which year, from its title; what had to be concluded from usage is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gkdesk.extraction.labels import rules, simplify
from gkdesk.model.content import Content, Line, Note
from gkdesk.model.place import TextPlace
from gkdesk.model.spec import FormSpec

TITLE_LINES = 40
"""Lines and cells at the beginning among which the title is looked for."""

LONGEST_TITLE = 80

_SENTENCE = re.compile(r"[。；，：]")
_BLANKS = re.compile(r"[\s\u3000]+")
_MARKS = re.compile(r"\*\*")
"""What Markdown writes around words in bold; converters do so around the figures of a title."""

_SUBJECT = r"(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:情况)?(?:的)?"
_YEAR = r"(?P<year>20\d\d)(?:年度|年)?+"
_YEAR_LATER = re.compile(rf"(?P<body>[^《》。；：，]+?){_YEAR}{_SUBJECT}(?:年度)?(?:工作)?(?:报告|年报)")
_YEAR_FIRST = re.compile(
    rf"{_YEAR}(?!{_SUBJECT})(?P<body>[^《》。；：，\d]+?){_SUBJECT}(?:年度)?(?:工作)?(?:报告|年报)"
)
_NO_YEAR = re.compile(rf"(?P<body>[^《》。；：，]+?){_SUBJECT}(?:年度)(?:工作)?(?:报告|年报)(?:[（(]{_YEAR}[）)])?")
_NO_NAME = re.compile(r"\d{0,4}年?度?(?:政?[府务])?(?:信息)?")
"""What is left of a title before its subject where a line ends within the year or within 政府."""

_NO_PART = re.compile(r"报告|年报|[-—_=*]{3}")
"""In a line above a title: another report of a list, or what parts a mail from that which it quotes."""

_SHELF = re.compile(r"^.*(?:信息公开|政务公开)(?:工作)?(?:年报|年度报告|指南|目录|制度|专栏)(?=..)")
"""The part of a site under which a page stands, printed before its title: 某某县政府信息公开年报 某某局2024年…."""

_ANY_YEAR = re.compile(r"20\d\d(?=年)")
_LISTED_YEAR = re.compile(r"^20\d\d(?![年度\d])")
_PERIOD = re.compile(r"(20\d\d)年1月1日")
_CHINESE_YEAR = re.compile(r"二[〇○零0Oo][一二三四五六七八九〇○零]{2}(?=年)")
_PRINTED_AT = re.compile(
    r"^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?(?:[上下]午)?(?:\d{1,2}:\d{2}(?::\d{2})?)(?:[AP]M)?", re.IGNORECASE
)
"""Date and time that a browser prints in the page margin, on the line of the title."""

_MENU = re.compile(r"[^\s\d，。：；]{2,8} {4,}(?=\S{4})")
_MENU_GOES_ON = re.compile(r"[^\s\d，。：；]{2,8} {2,}(?=\S{4})")
"""A word of a menu left of other words, in a text that keeps the columns of a page by blanks."""

_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}


@dataclass(frozen=True, slots=True)
class Identity:
    """Body, year and title of a report, with notes on what was concluded rather than read."""

    organization: str | None
    year: int | None
    title: str
    notes: tuple[Note, ...]


def identify(content: Content, spec: FormSpec) -> Identity:
    """The body, year and title of the report; fields not found are None or empty, and a note says so."""
    found = _best_title(content, spec)
    body, year, title = found if found is not None else (None, None, "")
    if year is None:
        year = _year_of_period(content)
    notes: list[Note] = []
    organization = _full_name(body) if body else None
    if organization is None:
        notes.append(Note("organization-missing"))
    elif organization != body:
        notes.append(Note("organization-guessed", {"printed": body, "organization": organization}))
    if year is None:
        notes.append(Note("year-missing"))
    return Identity(organization, year, title, tuple(notes))


def body_and_year(text: str, before: str = "") -> tuple[str, int | None] | None:
    """The body (by its full name; empty if only the line ``before`` could have it and has not) and year that a line
    names if it is the title of a report, else None."""
    line = _compact(text) if "报告" in text or "报告" in simplify(text) or "年报" in text else ""
    if not _ends_like_title(line) or len(line) > LONGEST_TITLE or _SENTENCE.search(line):
        return None
    nameless: tuple[str, int | None] | None = None
    above = _compact(before)
    for candidate in (line, above + line if above and _is_title_part(above) else ""):
        for pattern in (_YEAR_LATER, _YEAR_FIRST, _NO_YEAR):
            match = pattern.search(candidate)
            if match is None:
                continue
            body = _strip_lead_in(match["body"])
            year = int(match["year"]) if match["year"] else None
            if not _NO_NAME.fullmatch(body):
                return _full_name(body.rpartition(":")[2]), year
            printed = _ANY_YEAR.search(line)
            nameless = nameless or ("", int(printed.group()) if printed is not None else None)
    return nameless


def _best_title(content: Content, spec: FormSpec) -> tuple[str, int | None, str] | None:
    nameless: tuple[str, int | None, str] | None = None
    for candidate in _candidates(content, spec):
        for pattern in (_YEAR_LATER, _YEAR_FIRST, _NO_YEAR):
            match = pattern.search(candidate)
            if match is None:
                continue
            body = _strip_lead_in(match["body"])
            year = int(match["year"]) if match["year"] else None
            if not _NO_NAME.fullmatch(body):
                return body, year, _title_text(match, body)
            nameless = nameless or ("", year, match.group())
    return nameless


def _title_text(match: re.Match[str], body: str) -> str:
    whole = match.group()
    start = whole.find(body)
    year_first = match["year"] and whole.find(match["year"]) < start
    return whole if year_first or start <= 0 else whole[start:]


def _candidates(content: Content, spec: FormSpec) -> Iterator[str]:
    """Texts that may be the title, likeliest first: a line of its own, a title broken over lines, a sentence that
    announces the report, the title the file itself carries."""
    lines = [_compact(text) for text in _first_texts(content, spec)]
    lines = [line for line in lines if line]
    for line in lines:
        if _ends_like_title(line) and len(line) <= LONGEST_TITLE and not _SENTENCE.search(line):
            yield line
    for index in range(len(lines)):
        for count in (2, 3):
            joined = "".join(lines[index : index + count])
            if len(joined) <= LONGEST_TITLE and _ends_like_title(joined) and _is_title_part(lines[index]):
                yield joined
    yield from (line for line in lines if "报告" in line or "年报" in line)
    if content.title:
        yield _compact(content.title)


def _ends_like_title(line: str) -> bool:
    return any(word in line[-8:] for word in ("报告", "年报"))


def _is_title_part(line: str) -> bool:
    """A first line of a broken title is short and no sentence."""
    return len(line) <= 40 and not _SENTENCE.search(line) and not _NO_PART.search(line)


def _first_texts(content: Content, spec: FormSpec) -> Iterator[str]:
    heading = spec.sections.get("overview", ())
    count = 0
    previous = ""
    for number, block in enumerate(content.blocks):
        if isinstance(block, Line) and isinstance(block.place, TextPlace):
            following = content.blocks[number + 1] if number + 1 < len(content.blocks) else block
            text = _beside_menu(block.text, previous, following.text if isinstance(following, Line) else "")
            previous = block.text
            texts = [text]
        else:
            texts = [block.text] if isinstance(block, Line) else [cell.text for cell in block.cells[:3]]
        for text in texts:
            compact = _compact(text)
            if any(compact.endswith(word) and len(compact) <= len(word) + 4 for word in heading):
                return
            yield text
            count += 1
        if count >= TITLE_LINES:
            return


def _beside_menu(text: str, above: str, below: str) -> str:
    """What stands right of a menu on a line of a text that keeps the columns of a page; else the line.

    The menu goes on in the line above or below: a short word, blanks, other words.
    """
    found = _MENU.match(text)
    if found is None or not any(_MENU_GOES_ON.match(line) for line in (above, below)):
        return text
    return text[found.end() :]


def _compact(text: str) -> str:
    plain = _PRINTED_AT.sub("", _MARKS.sub("", _BLANKS.sub("", simplify(text))))
    return _CHINESE_YEAR.sub(lambda match: "".join(_DIGITS.get(char, char) for char in "2" + match.group()[1:]), plain)


def _year_of_period(content: Content) -> int | None:
    for line in content.lines():
        match = _PERIOD.search(_compact(line.text))
        if match is not None:
            return int(match.group(1))
    return None


def _strip_lead_in(body: str) -> str:
    """The name without the words that announce it: ``现公布某某局`` is ``某某局``; nor a year of a list before it."""
    body = _SHELF.sub("", _LISTED_YEAR.sub("", body))
    for word in rules().bodies["lead_ins"]:
        _, found, behind = body.rpartition(word)
        if found and behind:
            body = behind
    for word in rules().bodies["lead_outs"]:
        body = body.removesuffix(word)
    return body.strip("的“”\"'*#-— ")


def _full_name(body: str) -> str:
    """The body's full name by usage: short names of departments written out, areas taken for their government."""
    bodies: dict[str, Any] = rules().bodies
    for short, full in sorted(bodies["abbreviations"].items(), key=lambda pair: -len(pair[0])):
        if body.endswith(short):
            return body[: -len(short)] + str(full)
    for zone in bodies["zones"]:
        if body.endswith(zone):
            return body + str(bodies["zone_body"])
    if body.endswith(bodies["street"]):
        return body + str(bodies["street_body"])
    if any(body.endswith(place) for place in bodies["places"]):
        return body + str(bodies["place_body"])
    return body
