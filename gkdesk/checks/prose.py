"""The running text against the tables. Agreement is silent and raises trust; disagreement quotes the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from gkdesk import messages
from gkdesk.checks.form_words import LIST_MARK
from gkdesk.checks.registry import rule
from gkdesk.checks.subject import ROW, Subject
from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Evidence, Finding, Severity, Verdict
from gkdesk.model.reading import Number, NumberKind, State, number_text
from gkdesk.model.witness import AND, Claim, Witness

ALL_FINISHED = "all-finished"
"""Name of the claim that no request was left to the next year, said without a figure."""

NO_FEE_NOTICE = "no-fee-notice"
"""Name of the claim that nobody was charged, said without a figure."""

FINISHED = "finished"
"""Name of the claim about the requests that were answered."""

MOST_LISTED = 3
"""Figures that are named in the one finding about all that cannot be compared."""

MOST_DIFFERENCES = 4
"""Differences of one sentence that are written out; with many the table was filled in or read otherwise as a whole."""

LONGEST_ABOUT = 40
"""Characters of a sentence by which its finding is known again."""

LONGEST_ZERO = 2
"""Characters of a zero that is a figure; what is longer is words such as 未收到政府信息公开申请."""

_MORE = ("余", "餘", "多", "逾", "超")
_LESS = ("近", "将近")

_FEE_WORDS = "处理费"
_OTHER_USAGE = frozenset({"t2"})
_OF_OWN_RULES = frozenset({ALL_FINISHED, NO_FEE_NOTICE})


class Bearing(StrEnum):
    """How a figure of the prose stands to the tables."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judged:
    """A witness beside the tables: what each of its claims amounts to there, None where nobody can say."""

    witness: Witness
    bearing: Bearing
    figures: tuple[Number | None, ...]

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells of what it most likely means."""
        return self.witness.claims[0].cells


@rule("prose.tables")
def compare_prose(subject: Subject) -> Iterator[Finding]:
    """Sentences whose figures are not those of the tables, one finding for each; then what cannot be compared."""
    judged = [judge(subject, one) for one in subject.extracted.witnesses if one.claims[0].name not in _OF_OWN_RULES]
    sentences: dict[tuple[str, str], list[Judged]] = {}
    for one in judged:
        sentences.setdefault((one.witness.section, one.witness.sentence), []).append(one)
    for told in sentences.values():
        differing = list(_without_repeats(one for one in told if one.bearing is Bearing.DIFFERS))
        if differing:
            yield _differs(subject, differing)
    unknown = [one for one in judged if one.bearing is Bearing.UNKNOWN and not one.witness.claims[0].share_of]
    if unknown:
        yield _unknown(subject, unknown)


@rule("prose.all-finished")
def compare_all_finished(subject: Subject) -> Iterator[Finding]:
    """All requests are said to be finished, but some are carried on to the next year."""
    for witness in _contradicted(subject, ALL_FINISHED):
        yield _contradiction(subject, "prose.all-finished", "prose.not-all-finished", witness)


@rule("prose.fee")
def compare_fee(subject: Subject) -> Iterator[Finding]:
    """Applicants did not pay in time, so notices of charge went out; the last section must not deny or omit them."""
    for witness in _contradicted(subject, NO_FEE_NOTICE):
        yield _contradiction(subject, "prose.fee", "prose.fee-notice", witness)
    section = subject.extracted.sections.get("other", "")
    ref = CellRef("t3", "closed_fee_unpaid", "total")
    if not section.strip() or _FEE_WORDS in section or ref not in subject.form:
        return
    unpaid = _figure(subject, (ref,))
    if unpaid:
        arguments: dict[str, object] = {"cell": subject.spec.cell_words(ref), "value": number_text(unpaid)}
        yield _notice("prose.fee", "prose.fee-not-mentioned", (ref,), arguments, "section")


def judge(subject: Subject, witness: Witness) -> Judged:
    """The figure beside what it may mean; it agrees with the first claim that fits."""
    figures = tuple(_claimed(subject, claim) for claim in witness.claims)
    if any(
        figure is not None and _fits(subject, witness, claim, figure)
        for claim, figure in zip(witness.claims, figures, strict=True)
    ):
        return Judged(witness, Bearing.AGREES, figures)
    if _is_of_the_new(subject, witness):
        return Judged(witness, Bearing.AGREES, figures)
    return Judged(witness, Bearing.UNKNOWN if None in figures else Bearing.DIFFERS, figures)


def _fits(subject: Subject, witness: Witness, claim: Claim, figure: Number) -> bool:
    gap = Decimal(figure) - Decimal(witness.value)
    if claim.share_of:
        # Rounded or cut off, as people do, in the decimals that are printed.
        unit = Decimal(1).scaleb(-_decimals(witness.value, witness.figure))
        return -unit / 2 <= gap < unit
    if witness.approximate:
        return _is_about(witness, gap)
    if subject.spec.column(claim.cells[0]).kind is NumberKind.AMOUNT:
        return abs(gap) <= Decimal(1).scaleb(-_decimals(figure, number_text(figure))) / 2
    return gap == 0


def _is_of_the_new(subject: Subject, witness: Witness) -> bool:
    """True for ``收到184件，已答复180件，其余4件结转``: finished are those of this year that were not carried on."""
    if witness.claims[0].name != FINISHED or witness.claims[0].share_of:
        return False
    new, out = (_figure(subject, (CellRef("t3", row, "total"),)) for row in ("new", "carried_out"))
    return new is not None and out is not None and new - out == witness.value


def _is_about(witness: Witness, gap: Decimal) -> bool:
    """True if a rounded figure may be said of one that is larger by ``gap``: 余 and 多 are said of more, 近 of less."""
    digits = number_text(int(witness.value))
    unit = Decimal(10) ** (len(digits) - len(digits.rstrip("0")))
    if witness.figure.startswith(_MORE) or witness.figure.endswith(_MORE):
        return 0 <= gap < unit
    if witness.figure.startswith(_LESS):
        return -unit < gap <= 0
    return -unit < gap < unit


def _decimals(value: Number, text: str) -> int:
    return len(text.rstrip("%％余多万亿").partition(".")[2]) if isinstance(value, Decimal) or "." in text else 0


def _claimed(subject: Subject, claim: Claim) -> Number | None:
    figure = _figure(subject, claim.cells)
    if not claim.share_of or figure is None:
        return figure
    whole = _figure(subject, claim.share_of)
    return Decimal(100) * figure / whole if whole else None


def _figure(subject: Subject, refs: Iterable[CellRef]) -> Number | None:
    """The sum of cells; a total that was left blank is what its row adds up to. None if a cell is not known."""
    total: Number = 0
    for ref in refs:
        if ref not in subject.form or ref in subject.unknown:
            return None
        value = _unfilled_total(subject, ref) if ref in subject.unfilled else subject.values[ref]
        if value is None:
            return None
        total += value
    return total


def _unfilled_total(subject: Subject, ref: CellRef) -> Number | None:
    for identity in subject.identities:
        if identity.spec.each == ROW and identity.right == (ref,):
            return subject.total(identity.left) if subject.unknown.isdisjoint(identity.left) else None
    return None


def _without_repeats(differing: Iterable[Judged]) -> Iterator[Judged]:
    """All but the shares of figures that differ themselves."""
    told: set[tuple[CellRef, ...]] = set()
    for one in differing:
        if not (one.witness.claims[0].share_of and one.cells in told):
            told.add(one.cells)
            yield one


def _differs(subject: Subject, differing: Sequence[Judged]) -> Finding:
    witnesses = [one.witness for one in differing]
    cells = tuple(dict.fromkeys(ref for one in differing for ref in one.cells))
    is_doubtful = any(subject.form[ref].state is State.DOUBTFUL for ref in cells)
    scope = next((witness.scope for witness in witnesses if witness.scope), "")
    is_plain = any(map(_is_plain, witnesses))
    if is_doubtful:
        code = "prose.differs-doubtful"
    elif is_plain:
        code = "prose.differs"
    else:
        is_rounded = all(witness.approximate for witness in witnesses)
        is_recognised = any(witness.doubt for witness in witnesses)
        usage = "recognised" if is_recognised else "approximate" if is_rounded else "usage"
        code = f"prose.differs-{'scope' if scope else usage}"
    listed = messages.text("join.sentences").join(_difference(subject, one) for one in differing[:MOST_DIFFERENCES])
    if len(differing) > MOST_DIFFERENCES:
        listed = messages.text("witness.among", listed=listed, count=len(differing))
    arguments: dict[str, object] = {
        "differences": listed,
        "scope": scope,
        "sentence": witnesses[0].sentence,
        "parts": "quoted",
    }
    # One count against one figure of the tables: what the text says is what the table should have.
    is_pair = len(differing) == 1 and not witnesses[0].claims[0].share_of and not witnesses[0].approximate
    return Finding(
        "prose.tables",
        code,
        Verdict.UNDECIDED if is_doubtful else Verdict.NOTICE,
        Severity.WARNING if is_plain else Severity.INFO,
        cells,
        expected=witnesses[0].value if is_pair else None,
        actual=differing[0].figures[0] if is_pair else None,
        arguments=arguments,
        about=_about(witnesses[0]),
        evidence=_evidence(witnesses),
    )


def _is_plain(witness: Witness) -> bool:
    """True if the figure is exact and about the same bodies as the tables. Of documents many a text counts only its
    own where 表二 counts those of all."""
    if witness.doubt or witness.scope or witness.approximate:
        return False
    return witness.claims[0].cells[0].table not in _OTHER_USAGE


def _difference(subject: Subject, one: Judged) -> str:
    """``表三 一、本年新收申请总计 3118 ≠ 3119（一、二两项之和 3153）``: what is said, what the table has."""
    said = one.witness.figure
    decimals = _decimals(one.witness.value, said)
    words: dict[str, str] = {}
    for claim, figure in zip(one.witness.claims, one.figures, strict=True):
        shown = number_text(figure) if not claim.share_of or figure is None else f"{figure:.{decimals}f}%"
        words.setdefault(claim_words(subject, claim), shown)
    (first, value), *others = words.items()
    rest = "、".join(f"{name} {shown}" for name, shown in others)
    return f"{first} {_said(one.witness)} ≠ {value}" + (f"（{rest}）" if rest else "")


def _said(witness: Witness) -> str:
    """The figure as printed; words that say there is none in quotation marks."""
    return f"“{witness.figure}”" if witness.value == 0 and len(witness.figure) > LONGEST_ZERO else witness.figure


def claim_words(subject: Subject, claim: Claim) -> str:
    """What a claim is about in the words of the form, which are Chinese in every language."""
    cell = subject.spec.cell_words(claim.cells[0])
    names = [messages.text(f"witness.{name}", cell=cell) for name in claim.name.split(AND)]
    return names[0] if len(names) == 1 else messages.text("witness.together", names=LIST_MARK.join(names))


def _unknown(subject: Subject, unknown: Sequence[Judged]) -> Finding:
    words = (f"{claim_words(subject, one.witness.claims[0])} {_said(one.witness)}" for one in unknown)
    listed = list(dict.fromkeys(words))[:MOST_LISTED]
    cells = tuple(dict.fromkeys(ref for one in unknown for ref in one.cells if ref in subject.form))
    return Finding(
        "prose.tables",
        "prose.unknown",
        Verdict.UNDECIDED,
        Severity.INFO,
        cells,
        arguments={"count": len(unknown), "figures": messages.text("join.sentences").join(listed)},
        about="unknown",
        evidence=_evidence(one.witness for one in unknown),
    )


def _contradicted(subject: Subject, name: str) -> Iterator[Witness]:
    """Witnesses of one name that say there is none of what the tables have some of."""
    for witness in subject.extracted.witnesses:
        if witness.claims[0].name == name and judge(subject, witness).bearing is Bearing.DIFFERS:
            yield witness


def _contradiction(subject: Subject, rule_name: str, code: str, witness: Witness) -> Finding:
    ref = witness.claims[0].cells[0]
    arguments: dict[str, object] = {
        "cell": subject.spec.cell_words(ref),
        "value": number_text(_figure(subject, (ref,))),
        "sentence": witness.sentence,
        "parts": "quoted",
    }
    finding = _notice(rule_name, code, (ref,), arguments, _about(witness))
    severity = Severity.INFO if witness.scope or witness.doubt else finding.severity
    return replace(finding, severity=severity, evidence=_evidence([witness]))


def _notice(rule_name: str, code: str, cells: tuple[CellRef, ...], arguments: dict[str, object], about: str) -> Finding:
    return Finding(rule_name, code, Verdict.NOTICE, Severity.WARNING, cells, arguments=arguments, about=about)


def _about(witness: Witness) -> str:
    return f"{witness.section}:{witness.sentence[:LONGEST_ABOUT]}"


def _evidence(witnesses: Iterable[Witness]) -> tuple[Evidence, ...]:
    return tuple(Evidence(witness.sentence, witness.figure, witness.place) for witness in witnesses)
