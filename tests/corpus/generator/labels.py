"""How the labels of the form are written in the wild: brackets, numbering, blanks, other words."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TRADITIONAL = str.maketrans(
    "项条内规范废数现处决许罚强费业构机关结转继续办审诉讼议开区属国权获类务执查询补确复无当闭离总计众单会组织举报书请释签责类过组没续见况维纠后访额万纳稳护",
    "項條內規範廢數現處決許罰強費業構機關結轉繼續辦審訴訟議開區屬國權獲類務執查詢補確複無當閉離總計眾單會組織舉報書請釋簽責類過組沒續見況維糾後訪額萬納穩護",
)
_HALF_WIDTH = str.maketrans("（）：", "():")


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """Habits of one report.

    Attributes:
        half_brackets: ``(一)`` for ``（一）``.
        dot: what stands behind the number of a sub-item (``.``, ``、``, ``．`` or ``. ``).
        straight_quotes: ``"三安全一稳定"`` with typewriter quotes.
        spaced_headers: blanks inside narrow column headings (``商业 企业``) and before ``第（一）项``.
        no_note: （二）部分公开 without its bracketed note.
        short_closed: the long sub-items of （六）其他处理 shortened.
        local: wordings changed by the reporting body.
        traditional: traditional characters, with the artefacts of converters (檔案 for 文件).
    """

    half_brackets: bool = False
    dot: str = "."
    straight_quotes: bool = False
    spaced_headers: bool = False
    no_note: bool = False
    short_closed: bool = False
    local: bool = False
    traditional: bool = False


_FEE_UNPAID = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
_SPACED = {
    "商业企业": "商业 企业",
    "科研机构": "科研 机构",
    "社会公益组织": "社会公益 组织",
    "法律服务机构": "法律服务 机构",
    "结果维持": "结果 维持",
    "结果纠正": "结果 纠正",
    "其他结果": "其他 结果",
    "尚未审结": "尚未 审结",
    "信息内容": "信息 内容",
    "总计": "总 计",
}
_SHORT = {
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.逾期不补正",
    _FEE_UNPAID: "2.逾期不缴费",
}
_LOCAL = {
    "社会公益组织": "社会组织",
    "2.其他法律行政法规禁止公开": "2.其他法律法规禁止公开",
    _FEE_UNPAID: "2.申请人逾期不按要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "二、上年结转政府信息公开申请数量": "二、上年度结转政府信息公开申请数量",
    "本年收费金额（单位：万元）": "本年收费金额（万元）",
}
_NUMBERED = re.compile(r"^(\d)\.")


def vary(text: str, style: LabelStyle) -> str:
    """The printed label as this report writes it."""
    if style.short_closed:
        text = _SHORT.get(text, text)
    if style.local:
        text = _LOCAL.get(text, text)
    if style.no_note and text.startswith("（二）部分公开"):
        text = "（二）部分公开"
    if style.spaced_headers:
        text = _SPACED.get(text, text.replace("条第（", "条 第（"))
    text = _NUMBERED.sub(rf"\g<1>{style.dot}", text)
    if style.straight_quotes:
        text = text.replace("“", '"').replace("”", '"')
    if style.half_brackets:
        text = text.translate(_HALF_WIDTH)
    if style.traditional:
        text = text.replace("文件", "檔案").translate(_TRADITIONAL)
    return text
