"""What a person types or pastes becomes a reading, or is refused with a sentence: doubtful input is never kept."""

from __future__ import annotations

from gkdesk.model.reading import NumberKind, Reading, State, number, parse_reading
from gkdesk.ui.language import tr


class RefusedError(Exception):
    """Input that is not taken over; ``sentence`` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def typed_reading(text: str, kind: NumberKind) -> Reading:
    """The reading of typed text: a certain number or a blank; raises :class:`RefusedError` for anything else."""
    reading = parse_reading(text, kind)
    if reading.state is State.READ and reading.value is not None:
        return number(reading.value)
    if reading.state is State.BLANK:
        return reading
    raise RefusedError(_refusal(reading).format(text=reading.raw))


def _refusal(reading: Reading) -> str:
    match reading.doubts[0]:
        case "fraction":
            return tr("“{text}”带小数，这里应填整数，没有改动。")
        case "leading-zero":
            return tr("“{text}”以 0 开头，不知少打还是多打了数字，没有改动。")
        case "split-digits":
            return tr("“{text}”中间有空格，没有改动。请填一个完整的数字。")
        case "ran-together":
            return tr("“{text}”太长，不像一个数字，没有改动。")
        case "unit" | "remark":
            return tr("“{text}”除数字外还有别的字，没有改动。请只填数字。")
        case _:
            return tr("“{text}”不是数字，没有改动。请只填数字；要清空请按删除键。")
