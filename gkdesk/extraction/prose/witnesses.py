"""Finds the figures of the running text that repeat the tables; what is not certainly about them is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gkdesk.extraction.prose.phrases import Phrase, Phrases, cells_of, phrases
from gkdesk.extraction.prose.running_text import BREAK, RunningText, running_texts
from gkdesk.extraction.prose.stated_figures import MarkedSentence, StatedFigure, mark
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Content
from gkdesk.model.form import FilledForm
from gkdesk.model.spec import FormSpec
from gkdesk.model.witness import AND, Claim, Witness

LONGEST_SENTENCE = 1500
"""Longer ones are tables that lost their lines."""

_SENTENCE = re.compile(rf"[^。!?{BREAK}]+[。!?]?")
_ASIDE = re.compile(r"\([^()]*\)")
_CLAUSE = re.compile(r"[,;:()]")
_COMPARED = "(?<![较比与和同于从由到对自])(?<![^截]至)"
_TIME = re.compile(
    rf"{_COMPARED}(?P<year>20\d\d)年(?!度?(?:继续)?(?:办理|答复|结转|转结|转入|遗留|报告))"
    rf"|{_COMPARED}(?P<past>去年|前年|上一?年度?)(?!度?(?:结转|转结|转入|遗留|同期|相比|报告|问题|存在|底|末|以来))"
    r"|(?P<now>今年|本年)"
)
"""Words that say of which year the next figures are; comparisons (比去年) and carried-over requests do not."""
_PART = "其中"
_TOGETHER = ("合计", "总计", "共")
_ANY_YEAR = re.compile(r"20\d\d")
FEWEST_OF_OTHER_YEAR = 2
"""Figures of the year before, from which on a text without any of its own year is suspicious."""

_HEADING = 40
"""Characters from the start of a numbered part in which its heading says what it is about."""


@dataclass(frozen=True, slots=True)
class Prose:
    """What the running text says: its witnesses; and the other year of which alone it gives figures, or None.

    ``other_year`` is the year before the report's, where sentences name it and no figure of 表三 is of the report's own
    year: the text may be that of the last report.
    """

    witnesses: tuple[Witness, ...]
    other_year: int | None


def find_witnesses(
    content: Content,
    spec: FormSpec,
    form: FilledForm | None = None,
    year: int | None = None,
    organization: str | None = None,
) -> tuple[Witness, ...]:
    """The figures of the prose of all sections, and of the lines before them, that repeat the tables.

    ``form`` says which rows the report prints where there is a choice; a sentence about another year than ``year`` is
    passed over, and another body than ``organization`` is a scope of its own.
    """
    return read_prose(content, spec, form, year, organization).witnesses


def read_prose(
    content: Content, spec: FormSpec, form: FilledForm | None, year: int | None, organization: str | None
) -> Prose:
    """The witnesses of :func:`find_witnesses`, and whose year the text speaks of if not that of the report."""
    refs = spec.refs() if form is None else spec.refs_of(form)
    reader = _Reader(phrases(), {str(ref): ref for ref in refs}, year, organization)
    witnesses = tuple(witness for text in running_texts(content, spec) for witness in reader.read(text))
    passed_over = reader.passed_over
    is_of_before = year is not None and passed_over.count(year - 1) >= FEWEST_OF_OTHER_YEAR
    is_own = any(_is_about_requests(witness.claims) for witness in witnesses)
    return Prose(witnesses, year - 1 if year is not None and is_of_before and not is_own else None)


def _is_about_requests(claims: tuple[Claim, ...]) -> bool:
    return claims[0].cells[0].table == "t3"


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its figures marked, where it begins, and what was said before it in the same numbered part."""

    text: RunningText
    start: int
    marked: MarkedSentence
    before: str

    @property
    def heading(self) -> str:
        """What the numbered part says first."""
        return (self.before + self.marked.text)[:_HEADING]


@dataclass(frozen=True, slots=True)
class _Found:
    """A phrase at its place in a marked sentence: the figure, where its words begin, and what it may mean.

    ``dated`` is where the words end that say of which year it is.
    """

    figure: StatedFigure
    begins: int
    claims: tuple[Claim, ...]
    dated: int


class _Reader:
    def __init__(self, known: Phrases, refs: dict[str, CellRef], year: int | None, organization: str | None) -> None:
        self._known = known
        self._claims = {name: cells_of(claims, refs) for name, claims in known.claims.items()}
        self._bases = {name: cells_of(claims, refs) for name, claims in known.bases.items()}
        self._year = year
        self._organization = organization
        self.passed_over: list[int] = []

    def read(self, text: RunningText) -> list[Witness]:
        """The witnesses of one section, in the order of the text."""
        found: list[Witness] = []
        for match in _SENTENCE.finditer(text.plain):
            sentence = match.group()
            if len(sentence) > LONGEST_SENTENCE or not self._known.spoken.search(sentence):
                continue
            before = text.plain[text.chapter_of(match.start()) : match.start()]
            found.extend(self._read_sentence(_Sentence(text, match.start(), mark(sentence), before)))
        return _without_contradiction(found)

    def _read_sentence(self, sentence: _Sentence) -> list[Witness]:
        found: dict[int, list[_Found]] = {}
        taken = [False] * (len(sentence.marked.text) + 1)
        for start, end, hits in self._hits(sentence):
            figures = [position for position in sentence.marked.figures if start <= position < end]
            positions = figures or range(start, end)
            if any(taken[position] for position in positions):
                continue
            for position in positions:
                taken[position] = True
            for hit in hits:
                if hit.claims and self._is_ours(sentence, hit.begins, hit.dated):
                    found.setdefault(hit.figure.start, []).append(hit)
                elif hit.claims and _is_about_requests(hit.claims):
                    self.passed_over.extend(self._other_year(sentence.marked.text[: hit.dated]))
        self._add_shares(sentence, found)
        return [self._witness(sentence, hit) for start in sorted(found) for hit in found[start]]

    def _hits(self, sentence: _Sentence) -> Iterator[tuple[int, int, list[_Found]]]:
        marked = sentence.marked
        for match in self._known.lists.finditer(marked.text) if marked.figures else ():
            yield match.start("figures"), match.end("figures"), list(self._list(sentence, match))
        for phrase in self._known.phrases:
            if not (phrase.zero or marked.figures):
                continue
            for match in phrase.pattern.finditer(marked.text):
                if self._is_about(phrase, sentence, match):
                    yield match.start(), match.end(), list(self._phrase(phrase, sentence, match))

    def _phrase(self, phrase: Phrase, sentence: _Sentence, match: re.Match[str]) -> Iterator[_Found]:
        marked = sentence.marked
        at = next((at for at in range(match.start(), match.end()) if at in marked.figures), None)
        figure = None if at is None else marked.figures[at]
        if phrase.zero:
            figure = StatedFigure(marked.source(match.start()), marked.source(match.end()), 0, approximate=False)
        for name in phrase.says:
            said = self._with_parent(name, sentence, match.end()) if phrase.parent else name
            if figure is not None:
                dated = match.start() if at is None or phrase.year is not None else at
                yield _Found(figure, match.start(), self._claims.get(said, ()), dated)

    def _list(self, sentence: _Sentence, match: re.Match[str]) -> Iterator[_Found]:
        """``甲、乙分别为3件、2件`` in pairs, and ``甲、乙均为0件``; lists of different lengths say nothing certain."""
        marked = sentence.marked
        figures = [marked.figures[at] for at in range(*match.span("figures")) if at in marked.figures]
        names = [name for _, name in sorted(self._labels(match["labels"]))]
        if match["how"].startswith(_TOGETHER):
            yield from self._together(sentence, match, names, figures)
            return
        if not match["how"].startswith("分别"):
            figures = figures * len(names) if len(figures) == 1 and figures[0].value == 0 else []
        if len(figures) != len(names):
            return
        for name, figure in zip(names, figures, strict=True):
            said = name if name in self._claims else self._with_parent(name, sentence, match.start())
            yield _Found(figure, match.start(), self._claims.get(said, ()), match.start())

    def _together(
        self, sentence: _Sentence, match: re.Match[str], names: list[str], figures: list[StatedFigure]
    ) -> Iterator[_Found]:
        """``不予公开和不予处理合计39件``: one figure for the cells of all; only where each label means one thing."""
        parts = [self._claims.get(name, ()) for name in names]
        if len(figures) == 1 and all(len(claims) == 1 for claims in parts):
            cells = tuple(ref for (claim,) in parts for ref in claim.cells)
            together = Claim(AND.join(claim.name for (claim,) in parts), cells)
            yield _Found(figures[0], match.start(), (together,), match.start())

    def _labels(self, text: str) -> Iterator[tuple[int, str]]:
        for name, pattern in self._known.labels:
            for match in pattern.finditer(text):
                yield match.start(), name

    def _with_parent(self, name: str, sentence: _Sentence, position: int) -> str:
        """The outcome with the group of 表四 that was named last before it; what stands in brackets is only aside."""
        text = _ASIDE.sub(lambda aside: " " * len(aside.group()), sentence.marked.text[:position])
        named = [
            (match.end(), match.end() - match.start(), parent)
            for parent, pattern in self._known.parents
            for match in pattern.finditer(text)
        ]
        if not named:
            return ""
        last = max(named)
        other = max((one for one in named if {one[2], last[2]} == {"direct", "after"}), default=None)
        if other is not None and not self._known.outcome.search(sentence.marked.text, other[0], last[0]):
            return ""
        return f"{last[2]}_{name}"

    def _is_about(self, phrase: Phrase, sentence: _Sentence, match: re.Match[str]) -> bool:
        text = sentence.marked.text
        needed = phrase.sentence
        if needed is not None and not needed.search(text) and not needed.search(sentence.heading):
            return False
        if phrase.unless is not None and phrase.unless.search(text, 0, match.end()):
            return False
        if phrase.after is not None and not phrase.after.search(text, 0, match.start()):
            return False
        if phrase.year is not None and not self._is_year(match.group(), phrase.year):
            return False
        if not phrase.topic:
            return True
        spoken = text[: match.end()]
        explicit = [found.end() for found in self._known.explicit.finditer(spoken)]
        if explicit:
            return not self._known.foreign.search(spoken, explicit[-1], max(explicit[-1], match.start()))
        is_spoken_of = self._known.request.search(spoken) or self._known.request.search(sentence.before)
        return is_spoken_of is not None and not self._known.foreign.search(spoken)

    def _is_year(self, words: str, distance: int) -> bool:
        """False if the words name another year than the one at this distance from that of the report."""
        named = {int(year) for year in _ANY_YEAR.findall(words)}
        return self._year is None or named <= {self._year + distance}

    def _is_ours(self, sentence: _Sentence, begins: int, figure: int) -> bool:
        """False where the words before speak of another year, of growth, or of what was published."""
        text = sentence.marked.text
        clause = _clause(text, begins)
        if self._known.blocked.search(text, clause, begins):
            return False
        spoken = _ASIDE.sub("", text[:figure])
        if not self._is_of_the_year(spoken):
            return False
        said = _last_time(spoken)
        return (said is None or not said["past"]) and not self._other_year(spoken)

    def _other_year(self, spoken: str) -> list[int]:
        """The year that was named last, if it is another one than that of the report."""
        said = _last_time(spoken)
        year = None if said is None or not said["year"] else int(said["year"])
        return [] if year is None or self._year in (None, year) else [year]

    def _is_of_the_year(self, text: str) -> bool:
        """False behind words for a part of the year (上半年) or more than one, until the whole year is named."""
        parts, wholes = (
            [found.end() for found in words.finditer(text)] for words in (self._known.part, self._known.whole)
        )
        return max(parts, default=-1) <= max(wholes, default=-1)

    def _add_shares(self, sentence: _Sentence, found: dict[int, list[_Found]]) -> None:
        """``占 34%`` behind a figure that was understood is the share of that figure's cells."""
        marked = sentence.marked
        for match in self._known.share.finditer(marked.text):
            figure = marked.figures[match.end() - 1]
            named = self._sharers(sentence, found, match.start())
            for hit in named[:1]:
                claims = tuple(_shares(hit.claims, self._bases))
                if claims:
                    found.setdefault(figure.start, []).append(_Found(figure, match.start(), claims, match.start()))

    def _sharers(self, sentence: _Sentence, found: dict[int, list[_Found]], position: int) -> list[_Found]:
        """Whose share begins at ``position``: of the figure before it in its clause or of the last clause, or of what
        its clause names and nothing else: ``自然人申请占91.3%``."""
        marked = sentence.marked
        clause = _clause(marked.text, position)
        before = [at for at in marked.figures if at < position]
        named = self._known.named.fullmatch(marked.text, clause, position)
        if named is not None:
            names = [name for _, name in self._labels(named["label"])]
            claims = self._claims.get(names[0], ()) if len(names) == 1 else ()
            hit = _Found(marked.figures[min(at for at in marked.figures if at >= position)], clause, claims, clause)
            is_ours = self._is_ours(sentence, clause, position)
            return [hit] if claims and is_ours and not self._known.foreign.search(marked.text, 0, clause) else []
        return found.get(marked.figures[max(before)].start, []) if before else []

    def _scope(self, text: str, begins: int) -> str:
        """Whose figure it is: the body or the words of scope named last, in the part of the sentence that ends there.

        A body holds for the clauses that follow it (``市司法局收到41件，答复40件``) until another scope is named.
        """
        start = text.rfind(";", 0, begins) + 1
        named = [(match.span(), match.group()) for match in self._known.scope.finditer(text, 0, begins)]
        if self._organization is not None:
            for body in self._known.bodies.finditer(text, start, begins):
                is_own = _is_short_for(body.group().lstrip("我本"), self._organization)
                named.append((body.span(), "" if is_own else body.group()))
        return max(named, key=lambda one: (one[0][1], -one[0][0]), default=((0, 0), ""))[1]

    def _scope_before(self, sentence: _Sentence) -> str:
        """The scope in which the sentence before ended, where this one goes on with a part of it (``其中…``)."""
        if not sentence.marked.text.startswith(_PART):
            return ""
        before = next((match.group() for match in [*_SENTENCE.finditer(sentence.before)][-1:]), "")
        return self._scope(before, len(before))

    def _witness(self, sentence: _Sentence, hit: _Found) -> Witness:
        text, figure = sentence.text, hit.figure
        start, end = sentence.start + figure.start, sentence.start + figure.end
        whole = _SENTENCE.match(text.plain, sentence.start)
        return Witness(
            section=text.section,
            sentence=text.printed[sentence.start : whole.end() if whole is not None else end],
            figure=text.printed[start:end],
            value=figure.value,
            claims=hit.claims,
            approximate=figure.approximate,
            scope=self._scope(sentence.marked.text, hit.begins) or self._scope_before(sentence),
            place=text.place(start, end),
            doubt=text.doubt(start, end),
        )


def _last_time(spoken: str) -> re.Match[str] | None:
    return next((match for match in [*_TIME.finditer(spoken)][-1:]), None)


def _clause(text: str, position: int) -> int:
    """Where the clause that holds ``position`` begins."""
    return max((match.end() for match in _CLAUSE.finditer(text, 0, position)), default=0)


def _is_short_for(name: str, full: str) -> bool:
    """True if the characters of ``name`` stand in ``full`` in the same order: 市医保局 in 某某市医疗保障局."""
    rest = iter(full)
    return all(character in rest for character in name)


def _shares(claims: Iterable[Claim], bases: dict[str, tuple[Claim, ...]]) -> Iterator[Claim]:
    """What the share may be of: of the same rows if there is such a base (自然人 of all 本年新收), else of any."""
    for claim in claims:
        of = "bases" if claim.cells[0].table == "t3" else claim.cells[0].row
        rows = {ref.row for ref in claim.cells}
        known = bases.get("suit" if of in ("direct", "after_review") else of, ())
        for base in [one for one in known if {ref.row for ref in one.cells} == rows] or known:
            if claim.cells != base.cells:
                yield replace(claim, share_of=base.cells)


def _without_contradiction(witnesses: list[Witness]) -> list[Witness]:
    """A report that says how many requests it carries on does not mean by "all finished" that there are none."""
    if not any(claim.name == "carried-out" for witness in witnesses for claim in witness.claims):
        return witnesses
    return [witness for witness in witnesses if witness.claims[0].name != "all-finished"]
