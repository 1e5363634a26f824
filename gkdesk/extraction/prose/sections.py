"""The prose sections of a report, found by their headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gkdesk.extraction.identify import body_and_year
from gkdesk.extraction.labels import key
from gkdesk.model.content import Content, Line
from gkdesk.model.place import SheetPlace
from gkdesk.model.spec import FormSpec

LONGEST_HEADING = 14
"""Spoken characters a heading may have beyond its keyword: numbering and words around it."""

LONGEST_FOOT = 80
"""Characters of a line of a site's foot; longer ones are prose that begins with the same word."""

_PAGE_NUMBER = re.compile(
    r"[-—–－\s]*\d{1,3}[-—–－\s]*|第\s*\d{1,3}\s*页(?:\s*[/，,]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
_FOOT = re.compile(
    r"[【\[（(]?\s*(?:版权所有|版权声明|Copyright|©|主办(?:单位)?\s*[：:]|承办(?:单位)?\s*[：:]|网站标识码|网站地图|备案(?:序)?号|"
    r".{0,8}(?:公网安备|ICP备)|扫一扫|扫描二维码|打印(?:本页|此页|文章)?(?:[\s|｜/】\])）]|$)|关闭(?:本页|窗口|此页)?(?:[\s|｜/】\])）]|$)|"
    r"分享到|分享至|返回顶部|返回列表|上一篇|下一篇|上一条|下一条|相关链接|相关文章|相关附件|友情链接|责任编辑|信息来源|浏览次数|"
    r"联系我们|关于我们|您访问的链接)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。，；]")
_ADDRESS = re.compile(r"(?:file|ﬁle|https?)://\S+(?:\s+\d{1,3}\s*/\s*\d{1,3})?", re.IGNORECASE)
_PRINTED_AT = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s*(?:[上下]午)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?(?=\s|$)", re.IGNORECASE
)
"""What browsers print in the margins of a page: its address and number; date, time and the title of the page."""

_UNSEEN = frozenset({"hidden-content", "hidden-text"})
_NUMBERING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十]{1,2}[）)]?|0?\d{1,2})[、.．)）\s]*")


LEAD = ""
"""Stands for the lines before the first heading."""


def find_sections(content: Content, spec: FormSpec) -> dict[str, str]:
    """The text of each prose section that has a heading, paragraphs separated by line breaks."""
    found: dict[str, list[str]] = {}
    for name, _, text in prose_lines(content, spec):
        if name != LEAD:
            found.setdefault(name, []).append(text)
    return {name: "\n".join(lines).strip() for name, lines in found.items()}


def prose_lines(content: Content, spec: FormSpec) -> Iterator[tuple[str, Line, str]]:
    """Every line of prose: its section, the line, and what of it is no heading; first the lead, without a section."""
    names = {name: tuple(key(word) for word in words) for name, words in spec.sections.items()}
    stops = tuple(key(word) for table in spec.tables for word in table.keywords)
    seen: set[str] = set()
    current: str | None = LEAD
    sheet: str | None = None
    lines = list(content.lines())
    foreign = set(_titles_of_others(lines))
    margin = _titles_in_margins(lines)
    filled: set[str] = set()
    theirs: set[str] = set()
    for number, line in enumerate(lines):
        if number in foreign:
            # Below another report's title: sections that the first one has are its own, and end here.
            current, theirs = None, theirs | filled
        if _is_beside(line) or line.text.strip() in margin:
            continue
        # What stands on another sheet, or in the foot of a site, belongs to no section that began before.
        here = line.place.sheet if isinstance(line.place, SheetPlace) else ""
        if here != (here if sheet is None else sheet) or _is_foot(line.text):
            current = None
        sheet = here
        heading = _heading_of(line.text, names, stops)
        if heading is None:
            if current is not None:
                filled.add(current)
                yield current, line, line.text.strip()
            continue
        name, rest = heading
        current = name or None if name not in theirs else None
        if current is not None and current not in seen:
            seen.add(current)
            yield current, line, rest


def _titles_of_others(lines: Sequence[Line]) -> Iterator[int]:
    """The lines of titles with another body or year than the first title's, where another report begins."""
    own: tuple[str, int | None] | None = None
    before = ""
    for number, line in enumerate(lines):
        above, before = before, line.text
        named = body_and_year(line.text, above)
        if named is None:
            continue
        if own is None or not own[0]:
            own = named
        elif named[0] and (named[0] != own[0] or (None not in (named[1], own[1]) and named[1] != own[1])):
            alone = body_and_year(line.text)
            yield number - (alone is None or alone[0] != named[0])


def _is_beside(line: Line) -> bool:
    """True for what is no part of the running text: page numbers, margins of a printed web page, what nobody sees."""
    text = line.text.strip()
    if line.doubt in _UNSEEN or _PAGE_NUMBER.fullmatch(text) or _ADDRESS.fullmatch(text):
        return True
    return _PRINTED_AT.match(text) is not None


def _titles_in_margins(lines: Sequence[Line]) -> set[str]:
    """The lines that stand beside the date of printing on several pages: the title of a web page."""
    beside: Counter[str] = Counter()
    for number, line in enumerate(lines):
        if _PRINTED_AT.fullmatch(line.text.strip()):
            beside.update(
                {other.text.strip() for other in (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])}
            )
    return {text for text, times in beside.items() if times > 1}


def _is_foot(text: str) -> bool:
    line = text.strip()
    return len(line) <= LONGEST_FOOT and _FOOT.match(line) is not None and "。" not in line


def _heading_of(text: str, names: dict[str, tuple[str, ...]], stops: tuple[str, ...]) -> tuple[str, str] | None:
    """The section a line opens and the words behind its heading; an empty name for the heading of a table."""
    line = text.strip()
    numbered = _NUMBERING.match(line)
    bare = line[numbered.end() :] if numbered is not None else line
    for name, words in names.items():
        for word in words:
            if _is_heading(bare, word, numbered is not None):
                return name, ""
            if numbered is not None and bare.startswith(word):
                return name, bare[len(word) :].lstrip("：:。 ")
    if any(_is_heading(bare, word, numbered is not None) for word in stops):
        return "", ""
    return None


def _is_heading(bare: str, word: str, numbered: bool) -> bool:
    """True if a line without its number is the heading; with a number a few words more may stand around it.

    A line without a number must be the heading and nothing else: a lead paragraph lists all headings in a sentence.
    """
    spoken = key(bare)
    if not numbered:
        return spoken == word and not _SENTENCE.search(bare)
    return word in spoken and len(spoken) <= len(word) + LONGEST_HEADING and not _SENTENCE.search(bare)
