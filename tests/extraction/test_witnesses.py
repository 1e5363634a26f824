"""Figures of the running text: what each wording means, what is left alone, and where they stand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gkdesk.checks.prose import Bearing, judge
from gkdesk.checks.subject import Subject
from gkdesk.extraction.fill import extract
from gkdesk.extraction.prose.chinese_numerals import parse_number
from gkdesk.extraction.prose.witnesses import find_witnesses, read_prose
from gkdesk.model.place import ParagraphPlace, TextPlace
from gkdesk.model.reading import number_text
from gkdesk.model.spec import load_editions
from gkdesk.model.witness import Witness
from gkdesk.sources import opening, text
from gkdesk.sources.web import html

SPEC = load_editions()["2021"]


def witnesses_of(prose: str, year: int | None = 2024, heading: str = "（二）依申请公开情况。") -> tuple[Witness, ...]:
    content = text.read(f"一、总体情况\n{heading}{prose}".encode(), "")
    return find_witnesses(content, SPEC, None, year)


def said(prose: str, **about: str) -> list[str]:
    """Each witness as ``what: value``; ``~`` marks a rounded one; of several meanings the first is named."""
    return [
        f"{one.claims[0].name}{'%' if one.claims[0].share_of else ''}"
        f"{'~' if one.approximate else ''} {number_text(one.value)}"
        for one in witnesses_of(prose, **about)  # type: ignore[arg-type]
    ]


MEANT = [
    ("全市共受理政府信息公开申请3119件，答复3050件（含上年度结转申请34件，另有103件顺延到下年度答复）。",
     ["new 3119", "finished 3050", "carried-in 34", "carried-out 103"]),
    ("全区共收到70件申请，及时依法依规办结69件，1件结转下年度继续办理。", ["new 70", "finished 69", "carried-out 1"]),
    ("新收申请和上年结转申请共计3646件，转下年度办理125件。", ["new-and-carried-in 3646", "carried-out 125"]),
    ("我局受理并顺利办结1条政府信息公开申请。", ["new 1"]),
    ("共收到政府信息公开申请一百零三件，上年结转两件，办结3.5万件。", ["new 103", "carried-in 2", "finished~ 35000"]),
    ("收到政府信息公开申请３，１１９件。", ["new 3119"]),
    ("收到政府信息公开申请约300件。", ["new~ 300"]),
    ("收到政府信息公开申请310余件。", ["new~ 310"]),
    ("所有办结的申请中同意公开答复9件，部分公开答复0件，不予公开答复2件，无法提供的10件，不予处理0件，其他处理14件。",
     ["granted 9", "partial 0", "denied 2", "unable 10", "rejected 0", "closed 14"]),
    ("办结申请中，3件予以公开，2件部分公开，1件不予公开。", ["granted 3", "partial 2", "denied 1"]),
    ("予以公开及部分公开258件，占33.9%。", ["granted-and-partial 258", "granted-and-partial% 33.9"]),
    ("申请中予以公开、部分公开、不予公开分别为30件、20件、10件。", ["granted 30", "partial 20", "denied 10"]),
    ("收到申请3119件，其中自然人申请3001件，占96.2%，法人或其他组织申请118件。",
     ["new 3119", "new-by-natural 3001", "new-by-natural% 96.2", "new-by-organizations 118"]),
    ("行政复议351件，其中维持72件，纠正64件，其他结果178件，尚未审结37件。",
     ["review 351", "review-upheld 72", "review-corrected 64", "review-other 178", "review-pending 37"]),
    ("行政诉讼46件（未经复议直接起诉26件，复议后起诉20件），其中结果维持25件。",
     ["suit 46", "direct 26", "after-review 20", "suit-upheld 25"]),
    ("未经复议直接起诉26件，其中结果维持13件；复议后起诉20件，其中结果维持12件。",
     ["direct 26", "direct-upheld 13", "after-review 20", "after-upheld 12"]),
    ("有1件涉及政府信息公开工作的行政复议。", ["review 1"]),
    ("行政复议、行政诉讼均为0件。", ["review 0", "suit 0"]),
    ("收到9件政府信息公开申请，均按时答复，未引发行政复议、行政诉讼。", ["new 9", "review 0", "suit 0"]),
    ("没有收到公民、法人或其他组织提出的政府信息公开申请。", ["new 0"]),
    ("未收到依申请公开信息。", ["new 0"]),
    ("全年未收到政府信息公开申请，也没有上年结转的申请。", ["new 0", "carried-in 0"]),
    ("收到申请8件，均已按时办结。", ["new 8", "all-finished 0"]),
    ("属于国家秘密2件，重复申请25件，信访举报投诉类申请62件，没有现成信息需要另行制作769件。",
     ["row 2", "row 25", "row 62", "row 769"]),
    ("现行有效行政规范性文件66件，废止规范性文件八件。", ["row 66", "row 8"]),
    ("作出行政许可决定447228件，全年行政事业性收费96171.6万元。", ["row 447228", "row 96171.6"]),
    ("去年收到申请300件，今年收到政府信息公开申请310件。", ["new 310"]),
    ("2023年收到申请300件，2024年收到申请310件。", ["new 310"]),
]  # fmt: skip


@pytest.mark.parametrize(("prose", "meant"), MEANT, ids=[prose[:24] for prose, _ in MEANT])
def test_what_a_wording_means(prose: str, meant: list[str]) -> None:
    assert said(prose) == meant


LEFT_ALONE = [
    "主动公开政府信息1200条，公众号发布323条，全年发布政策解读9篇。",
    "通过12345热线收到市民来电3000件，办结2990件。",
    "收到人大建议25件、政协提案30件，均已办结。",
    "收到信访件5件，书记信箱37件，全部办结。",
    "公开行政许可、行政处罚信息300条，公示行政处罚决定25条。",
    "审查行政规范性文件30件，政府规章3件。",
    "不予公开、无法提供、不予处理等共计1234件。",
    "收到网络申请12件，信函申请4件，其中当面答复3件。",
    "没有收到涉及国家秘密的政府信息公开申请。",
    "没有因不予公开被申请行政复议。",
    "未发生因政府信息公开引起的行政复议和行政诉讼败诉情况。",
    "全年共办理行政复议案件300件，行政诉讼案件50件。",
    "近三年累计收到申请300件，2022年至2024年共收到申请310件。",
    "收到申请3至5件。",
    "申请人补正12件，延期答复3件，征求第三方意见2件。",
    "2025年，将进一步规范，力争办结申请12件。",
    "收到申请12 34件。",
    "申请量增加12件，达到128件，同比增长4.2%，办结率100%。",
    "其中市民政局5件，市司法局3件。",
    "收取政府信息公开信息处理费3940元。",
    "因涉及商业秘密不予公开的申请3件，因信息不存在无法提供5件。",
    "审查行政规范性文件12件、清理规范性文件30件。",
    "未经复议直接起诉26件，复议后起诉20件，维持25件。",
]


@pytest.mark.parametrize("prose", LEFT_ALONE[:-1])
def test_what_is_not_certainly_about_the_tables_is_left_alone(prose: str) -> None:
    assert said(prose) == []


def test_an_outcome_that_may_belong_to_either_group_is_left_alone() -> None:
    assert said(LEFT_ALONE[-1]) == ["direct 26", "after-review 20"]


def test_reports_elsewhere_in_the_text_need_words_about_requests() -> None:
    assert said("收到12件，办结12件。", heading="（一）政务服务。") == []
    assert said("行政复议3件，行政诉讼2件。", heading="（五）法治建设。") == []


def test_parts_of_another_figure_are_not_the_whole() -> None:
    assert said("上年结转申请34件，其中自然人30件，法人或其他组织4件。") == ["carried-in 34"]
    assert said("自然人申请3001件，其中予以公开1288件。") == ["new-by-natural 3001"]


def test_a_reason_goes_before_its_group() -> None:
    assert said("申请中因国家秘密不予公开2件，不予公开178件。") == ["row 2", "denied 178"]
    assert said("申请因本机关不掌握等原因无法提供265件。") == ["unable 265"]


def test_another_body_is_a_scope_and_a_short_name_is_none() -> None:
    content = text.read(
        "一、总体情况\n市公安局收到政府信息公开申请300件。市民政局收到政府信息公开申请20件。".encode(), ""
    )
    found = find_witnesses(content, SPEC, None, 2024, "某某市公安局")
    assert [(one.figure, one.scope) for one in found] == [("300", ""), ("20", "市民政局")]


def test_the_words_that_narrow_the_scope() -> None:
    found = witnesses_of("市本级收到政府信息公开申请215件。各县区收到政府信息公开申请900件。")
    assert [(one.figure, one.scope) for one in found] == [("215", "市本级"), ("900", "各县区")]


def test_a_sentence_and_its_figure_are_quoted_as_printed() -> None:
    (one,) = witnesses_of("共收到政府信息公开申请３，１１９件。此外无其他事项。")
    assert (one.sentence, one.figure, one.section) == ("共收到政府信息公开申请３，１１９件。", "３，１１９", "overview")


def test_a_figure_in_wrapped_lines_has_its_place_in_the_source() -> None:
    source = "一、总体情况\n（二）依申请公开情况。全年收到政府信息公\n开申请 17\n件，\n- 1 -\n办结十六件。\n"
    found = find_witnesses(text.read(source.encode(), ""), SPEC)
    places = [one.place for one in found]
    assert [source[place.start : place.end] for place in places if isinstance(place, TextPlace)] == ["17", "十六"]


def test_a_figure_of_a_web_page_has_its_place_in_the_paragraph() -> None:
    page = "<h2>一、总体情况</h2><p>全年收到政府信息公开申请 17 件。</p>"
    (one,) = find_witnesses(html.read(page.encode(), ""), SPEC)
    assert isinstance(one.place, ParagraphPlace)
    assert one.place.end - one.place.start == 2


def test_the_lines_before_the_first_heading_count_too() -> None:
    (one,) = find_witnesses(text.read("本年度收到政府信息公开申请3件。\n一、总体情况\n略。".encode(), ""), SPEC)
    assert one.section == ""


def test_a_group_of_the_older_edition_is_its_one_row() -> None:
    older = load_editions()["2019"]
    content = text.read("一、总体情况\n依申请公开情况：其他处理5件。".encode(), "")
    (one,) = find_witnesses(content, older)
    assert [str(ref) for ref in one.claims[0].cells] == ["t3.closed.total"]


@pytest.mark.parametrize(
    ("written", "magnitude", "value"),
    [
        ("3,119", "", 3119),
        ("3.5", "万", 35000),
        ("十二", "", 12),
        ("一百零三", "", 103),
        ("两", "", 2),
        ("一万二千零三", "", 12003),
        ("1.25", "", Decimal("1.25")),
        ("二〇二四", "", None),
        ("三五", "", None),
        ("", "", 0),
    ],
)
def test_numbers_as_prose_writes_them(written: str, magnitude: str, value: object) -> None:
    assert parse_number(written, magnitude) == (None if written == "" else value)


def test_every_witness_of_a_made_report_agrees_with_its_tables() -> None:
    path = Path(__file__).resolve().parents[1] / "corpus" / "documents" / "docx" / "official.docx"
    extracted = extract(opening.read(path.read_bytes()))
    subject = Subject.of(extracted, extracted.form, SPEC)
    assert len(extracted.witnesses) == 22
    assert {judge(subject, one).bearing for one in extracted.witnesses} == {Bearing.AGREES}


SAMPLES = {
    "real/huaian-2024.pdf": (14, []),
    "real/pingtan-2021.html": (3, []),
    "real/shanghai-office-2019.html": (15, ["258", "33.9%", "265", "32.9%"]),
    "seeds/dazhou-2024.txt": (5, []),
    "seeds/jinzhai-2024.txt": (4, []),
    "seeds/panan-2023.txt": (2, []),
    "seeds/ruzhou-2024.txt": (1, []),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_real_reports(samples: Path, name: str) -> None:
    extracted = extract(opening.read((samples / name).read_bytes()))
    subject = Subject.of(extracted, extracted.form, load_editions()[extracted.form.edition])
    judged = [judge(subject, one) for one in extracted.witnesses]
    differing = [one.witness.figure for one in judged if one.bearing is Bearing.DIFFERS]
    assert (len(judged), differing) == SAMPLES[name]


@pytest.mark.parametrize(
    ("prose", "other"),
    [
        ("2023年收到政府信息公开申请5件，予以公开4件。", 2023),
        ("2023年收到政府信息公开申请5件，予以公开4件。2024年收到政府信息公开申请7件。", None),
        ("2023年收到政府信息公开申请5件。2024年未收到政府信息公开申请。", None),
        ("与2023年相比，收到政府信息公开申请增加2件，予以公开4件。", None),
        ("去年收到政府信息公开申请5件，予以公开4件。", None),
        ("2022年收到政府信息公开申请5件，予以公开4件。", None),
        ("2023年制发行政规范性文件5件，废止4件。", None),
    ],
)
def test_a_text_about_the_year_before_alone_may_be_that_of_the_last_report(prose: str, other: int | None) -> None:
    content = text.read(f"一、总体情况\n{prose}".encode(), "")
    assert read_prose(content, SPEC, None, 2024, None).other_year == other
