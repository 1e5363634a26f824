"""The sheet 校验: one line per totals identity with live formulas, so that a clerk who corrects a figure sees at once.

Formulas use plain addresses and SUM, which all spreadsheet programs count alike: blanks and marks add nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gkdesk import messages
from gkdesk.export.sheet_style import fit_height, head_sheet, set_up_page, style_rows
from gkdesk.export.template import Slot, Slots, column_letters, slot_of
from gkdesk.export.value_cells import as_printed_words
from gkdesk.model.answer import Answer
from gkdesk.model.cellref import CellRef
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import State
from gkdesk.model.spec import FormSpec, Identity

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (6, 58, 11, 11, 9, 14, 22)
HEADER_ROW = 4
NUMBER, WORDS, LEFT, RIGHT, DIFFERENCE, VERDICT, REMARK, ID = range(1, 9)
_HEADINGS = ("number", "identity", "left", "right", "difference", "verdict", "remark")
_REDDISH = "F8CBAD"

LONGEST_LITERAL = 200
"""Characters of a remark in a formula; spreadsheet programs take no literals of more than 255."""


def add_identity_sheet(
    workbook: Workbook,
    title: str,
    slots: Slots,
    spec: FormSpec,
    form: FilledForm,
    answers: Sequence[Answer] = (),
) -> None:
    """Add the sheet ``title`` with a line for every identity of the edition that applies to ``form``.

    An identity that the reviewer left as printed says so beside its verdict.
    """
    as_printed = {
        (one.finding.rule, one.finding.cells): as_printed_words(one)
        for one in answers
        if one.finding is not None and one.says_as_printed
    }
    identities = spec.identities_of(form)
    sheet = workbook.create_sheet(title)
    head_sheet(sheet, _word("title"), [_word(heading) for heading in _HEADINGS], WIDTHS, HEADER_ROW)
    totals = {ref: row for row, identity in _numbered(identities) if _is_row(identity) for ref in identity.right}
    for row, identity in _numbered(identities):
        answer = as_printed.get((identity.spec.rule, identity.cells), "")
        line = _Line(identity, row, slots, form, totals, answer)
        words = identity_words(spec, identity)
        texts = (row - HEADER_ROW, words, line.left(), line.right(), line.difference(), line.verdict(), line.remark())
        for column, text in enumerate((*texts, f"{identity.spec.rule} {identity.line}"), 1):
            sheet.cell(row, column, text)
        fit_height(sheet, row, WIDTHS, ["", words, "", "", "", "", answer])
    last = HEADER_ROW + len(identities)
    style_rows(sheet, range(HEADER_ROW + 1, last + 1), len(WIDTHS), left=(WORDS, REMARK))
    sheet.cell(2, 1).value = _summary(len(identities), last)
    sheet.cell(3, 1).value = _caution(spec, form)
    _mark_broken(sheet, last)
    sheet.column_dimensions[column_letters(ID)].hidden = True
    set_up_page(sheet, last, len(WIDTHS), HEADER_ROW)


def identity_words(spec: FormSpec, identity: Identity) -> str:
    """``表三 一、本年新收政府信息公开申请数量：各列之和 = 总计``."""
    ref = identity.left[0]
    line = spec.row_words(identity.right[0]) if _is_row(identity) else spec.column_words(ref)
    where = messages.text("workbook.identities.place", table=spec.table(ref.table).nickname, line=line)
    return messages.text(
        "workbook.identities.line", where=where, left=identity.spec.left_words, right=identity.spec.right_words
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """The formulas of one identity, judged as the screen judges it.

    ``totals`` says in which row of the sheet the identity stands that a total cell belongs to: a total that was left
    blank although its row is not empty was not filled in, and no other identity can be judged with it. ``answer`` is
    what the reviewer said about it.
    """

    identity: Identity
    row: int
    slots: Slots
    form: FilledForm
    totals: Mapping[CellRef, int]
    answer: str = ""

    def left(self) -> str:
        return f"=SUM({self._ranges(self.identity.left)})"

    def right(self) -> str:
        return f"=SUM({self._ranges(self.identity.right)})"

    def difference(self) -> str:
        # Sums of fractions must not differ by the rounding of the machine.
        return f"=ROUND({column_letters(LEFT)}{self.row}-{column_letters(RIGHT)}{self.row},6)"

    def verdict(self) -> str:
        difference = f"{column_letters(DIFFERENCE)}{self.row}"
        judged = f'IF({difference}=0,"{_word("holds")}","{_word("broken")}"&ABS({difference}))'
        if _is_row(self.identity):
            blank = f"AND({difference}<>0,COUNT({self._ranges(self.identity.right)})=0)"
            judged = f'IF({blank},"{_word("blank-total")}",{judged})'
        else:
            rows = [self.totals[ref] for ref in self.identity.cells if ref in self.totals]
            blanks = "+".join(f'COUNTIF({verdicts},"{_word("blank-total")}")' for verdicts in _verdicts(rows))
            judged = f'IF({blanks}>0,"{_word("undecided")}",{judged})' if blanks else judged
        unknown = self._with(lambda cell: cell.value is None and cell.state is not State.BLANK)
        if unknown:
            judged = f'IF(COUNT({self._ranges(unknown)})<{len(unknown)},"{_word("undecided")}",{judged})'
        return f"={judged}"

    def remark(self) -> str:
        lacking = f"{len(self.identity.cells)}-COUNT({self._ranges(self.identity.cells)})"
        doubtful = len(self._with(lambda cell: cell.state is State.DOUBTFUL))
        remark = f'IF({lacking}=0,"",{lacking}&"{_word("counted-as-zero")}")'
        if doubtful:
            remark += f'&"{_word("with-doubtful", count=doubtful)}"'
        if self.answer:
            remark += f'&"{_word("answered", answer=_literal(self.answer))}"'
        return f"={remark}"

    def _with(self, wanted: Callable[[Cell], bool]) -> list[CellRef]:
        return [ref for ref in self.identity.cells if wanted(self.form[ref])]

    def _ranges(self, refs: Sequence[CellRef]) -> str:
        found = [slot_of(self.slots, ref) for ref in refs]
        return ",".join(ranges([slot for slot in found if slot is not None]))


def _literal(text: str) -> str:
    """``text`` as it can stand between quotation marks in a formula."""
    words = " ".join(text.split())
    return (words if len(words) <= LONGEST_LITERAL else f"{words[:LONGEST_LITERAL]}…").replace('"', '""')


def ranges(slots: Sequence[Slot]) -> list[str]:
    """``'表三 申请办理'!D7:I7``: cells that follow each other along a row or column are written as one range."""
    runs: list[list[Slot]] = []
    for slot in slots:
        if runs and _continues(runs[-1], slot):
            runs[-1].append(slot)
        else:
            runs.append([slot])
    return [_range(run) for run in runs]


def _numbered(identities: Sequence[Identity]) -> Iterator[tuple[int, Identity]]:
    return enumerate(identities, HEADER_ROW + 1)


def _is_row(identity: Identity) -> bool:
    return identity.spec.each == "row"


def _verdicts(rows: Sequence[int]) -> list[str]:
    """The verdict cells of these rows, neighbours as one range."""
    letter = column_letters(VERDICT)
    runs: list[tuple[int, int]] = []
    for row in sorted(rows):
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return [f"{letter}{first}:{letter}{last}" for first, last in runs]


def _summary(count: int, last: int) -> str:
    verdicts = f"{column_letters(VERDICT)}{HEADER_ROW + 1}:{column_letters(VERDICT)}{last}"
    holds = f'COUNTIF({verdicts},"{_word("holds")}")'
    broken = f'SUMPRODUCT(--(LEFT({verdicts},{len(_word("broken"))})="{_word("broken")}"))'
    joint = messages.text("workbook.joint")
    return (
        f'=IF({holds}={count},"{_word("all-hold", count=count)}",'
        f'IF({broken}=0,"",{broken}&"{_word("some-broken")}{joint}")&{holds}&"{_word("some-hold")}"'
        f'&IF({holds}+{broken}={count},"","{joint}"&({count}-{holds}-{broken})&"{_word("some-undecided")}"))'
    )


def _caution(spec: FormSpec, form: FilledForm) -> str:
    states = [form[ref].state for ref in spec.refs_of(form)]
    return _word("caution", doubtful=states.count(State.DOUBTFUL), missing=states.count(State.MISSING))


def _mark_broken(sheet: Worksheet, last: int) -> None:
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill

    verdict, length = f"${column_letters(VERDICT)}{HEADER_ROW + 1}", len(_word("broken"))
    fill = PatternFill("solid", start_color=_REDDISH, end_color=_REDDISH)
    rule = FormulaRule(  # type: ignore[no-untyped-call]
        formula=[f'LEFT({verdict},{length})="{_word("broken")}"'], fill=fill
    )
    sheet.conditional_formatting.add(f"A{HEADER_ROW + 1}:{column_letters(len(WIDTHS))}{last}", rule)


def _continues(run: list[Slot], slot: Slot) -> bool:
    last = run[-1]
    step = (slot.row - last.row, slot.column - last.column)
    if slot.sheet != last.sheet or step not in ((0, 1), (1, 0)):
        return False
    return len(run) == 1 or step == (last.row - run[-2].row, last.column - run[-2].column)


def _range(run: list[Slot]) -> str:
    sheet = run[0].sheet.replace("'", "''")
    end = f":{run[-1].address}" if len(run) > 1 else ""
    return f"'{sheet}'!{run[0].address}{end}"


def _word(code: str, **arguments: object) -> str:
    return messages.text(f"workbook.identities.{code}", **arguments)
