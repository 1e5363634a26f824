"""The prose of a report in the words such reports use, with figures that (mostly) agree with the tables."""

from __future__ import annotations

import random
from dataclasses import dataclass

from gkdesk.model.cellref import CellRef

from .figures import OUTCOMES, Figures, detail_rows

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
OTHER_HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    "五、政府信息公开工作存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs of the three prose sections and of the lines before the first."""

    lead: tuple[str, ...]
    overview: tuple[str, ...]
    problems: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the prose is about. ``figures`` are those the tables were meant to show."""

    organization: str
    year: int
    edition: str
    government: bool
    single_closed: bool
    figures: Figures

    def t3(self, row: str, column: str = "total") -> int:
        """A count of 表三."""
        return int(self.figures[CellRef("t3", row, column)])

    def group(self, prefix: str) -> int:
        """The sum of a group of 表三 in the 总计 column."""
        rows = detail_rows(self.edition, self.single_closed)
        return sum(self.t3(row) for row in rows if row.startswith(prefix))

    def t4(self, group: str, outcome: str) -> int:
        """A count of 表四."""
        return int(self.figures[CellRef("t4", group, outcome)])


def write_prose(facts: Facts, seed: int, disagreement: int = 0) -> Prose:
    """The prose; ``disagreement`` is added to the number of new requests that it states."""
    rng = random.Random(seed)
    return Prose(_lead(facts, rng), _overview(facts, rng, disagreement), _problems(rng), _other(facts, rng))


def _we(facts: Facts, rng: random.Random) -> str:
    if facts.government:
        return rng.choice(("全市", "我市", "市政府")) if "市" in facts.organization else "我县"
    return rng.choice(("本机关", "我单位", "我局")) if facts.organization.endswith("局") else "本机关"


def _lead(facts: Facts, rng: random.Random) -> tuple[str, ...]:
    act = "《中华人民共和国政府信息公开条例》（国令第711号）"
    period = f"所列数据的统计期限自{facts.year}年1月1日起至{facts.year}年12月31日止。"
    phone = f"0{rng.randint(901, 999)}-{rng.randint(2000000, 8999999)}"
    return (
        rng.choice(
            (
                f"依照{act}第五十条的要求，{facts.organization}编制本报告，{period}",
                f"本报告由{facts.organization}按照{act}和统一格式编制，{period}如有疑问，请致电{phone}。",
                f"根据{act}有关规定，现向社会公布本年度报告，{period}",
                f"现公布{facts.organization}{facts.year}年度报告。全文由总体情况、主动公开政府信息情况、"
                "收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、"
                f"其他需要报告的事项六部分组成，{period}",
            )
        ),
    )


def _overview(facts: Facts, rng: random.Random, disagreement: int) -> tuple[str, ...]:
    we, year = _we(facts, rng), facts.year
    sites, pages = rng.randint(30, 900), rng.randint(20, 600)
    opened = rng.choice(
        (
            f"{year}年，{we}把公开透明贯穿于决策、执行、管理、服务和结果各环节，较好完成了全年任务。",
            f"{year}年，{we}对照年度要点逐项落实责任，政府信息公开工作总体平稳有序。",
        )
    )
    return (
        opened,
        f"（一）主动公开情况。全年在门户网站发布各类信息{sites}条，在政务新媒体推送{pages}篇，"
        f"举办新闻发布会{rng.randint(1, 12)}场，制作图文解读{rng.randint(2, 40)}件。",
        f"（二）依申请公开情况。{_requests(facts, disagreement)}{_appeals(facts)}",
        f"（三）政府信息管理情况。梳理历年文件{rng.randint(40, 700)}份，逐件核对有效性，"
        "对公开属性的确定、审核和调整作出记录，防止一公了之。",
        f"（四）政府信息公开平台建设情况。改版栏目{rng.randint(2, 16)}个，清理失效链接{rng.randint(5, 99)}处，"
        "方便群众按事项查找办事依据。",
        f"（五）监督保障情况。组织业务培训{rng.randint(1, 6)}次，参训{rng.randint(20, 320)}人次；"
        "全年没有因信息公开工作被追究责任的情形。",
    )


def _requests(facts: Facts, disagreement: int) -> str:
    new, carried_in, done = facts.t3("new"), facts.t3("carried_in"), facts.t3("total")
    if new + carried_in == 0:
        return "全年未收到政府信息公开申请，也没有上年结转的申请。"
    people = facts.t3("new", "natural")
    return (
        f"全年新收政府信息公开申请{new + disagreement}件，"
        f"其中自然人申请{people}件、法人或其他组织申请{new - people}件；"
        f"上年结转{carried_in}件。全年办结{done}件，其中予以公开{facts.t3('granted')}件，部分公开{facts.t3('partial')}件，"
        f"不予公开{facts.group('denied_')}件，无法提供{facts.group('unable_')}件，不予处理{facts.group('rejected_')}件，"
        f"其他处理{facts.group('closed')}件；结转下年度继续办理{facts.t3('carried_out')}件。"
    )


def _appeals(facts: Facts) -> str:
    reviews = facts.t4("review", "total")
    suits = {outcome: facts.t4("direct", outcome) + facts.t4("after_review", outcome) for outcome in OUTCOMES}
    if reviews + sum(suits.values()) == 0:
        return "未发生因政府信息公开引起的行政复议和行政诉讼。"
    words = dict(zip(OUTCOMES, ("结果维持", "结果纠正", "其他结果", "尚未审结"), strict=True))
    review_parts = "、".join(f"{words[outcome]}{facts.t4('review', outcome)}件" for outcome in OUTCOMES)
    suit_parts = "、".join(f"{words[outcome]}{count}件" for outcome, count in suits.items())
    return f"发生行政复议{reviews}件，其中{review_parts}；行政诉讼{sum(suits.values())}件，其中{suit_parts}。"


def _problems(rng: random.Random) -> tuple[str, ...]:
    first = (
        "部分栏目更新间隔偏长，群众查找信息需要多次点击",
        "对申请人真实需求的把握还不够准，补正环节耗时较多",
        "政策解读以文字为主，生动性不足",
    )
    second = (
        "基层经办人员变动频繁，业务熟悉程度不一",
        "各科室之间信息移交不够及时",
        "历史文件数字化进度偏慢",
    )
    return (
        f"（一）存在的主要问题。一是{rng.choice(first)}；二是{rng.choice(second)}。",
        f"（二）改进情况。建立栏目月度巡查表，全年督办整改{rng.randint(3, 28)}处；"
        f"修订答复文书范本{rng.randint(4, 12)}套，"
        "由业务科室与法制人员会商后发出；安排新进人员跟班学习，考核合格后再独立经办。",
    )


def _other(facts: Facts, rng: random.Random) -> tuple[str, ...]:
    fee = "t3.closed_fee_unpaid.total"
    if facts.edition == "2019" or facts.figures.get(CellRef.parse(fee), 0) == 0:
        return (rng.choice(("本年度未收取信息处理费，没有其他需要报告的事项。", "全年收取信息处理费0元。")),)
    count = facts.t3("closed_fee_unpaid")
    return (f"全年发出信息处理费收费通知{count + rng.randint(1, 4)}件，收取信息处理费{rng.randint(1, 30) * 100}元。",)
