"""The sample report that ships with the program: ``python -m tests.corpus.generator.sample_report``.

A fictional bureau of a middle-sized city, with three things to find; ``resources/samples/README.md`` names them.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from .docx import DocxStyle, write_pdf
from .prose import Prose
from .report import Plan, Report, make_report

PATH = Path(__file__).parents[3] / "resources" / "samples" / "sample-report.pdf"

PLAN = Plan(
    seed=31,
    body="青禾市自然资源和规划局",
    year=2024,
    edition="2021",
    size="medium",
    title="{body}|{year}年政府信息公开工作年度报告",
    chosen={
        "t2.normative.made": 4,
        "t2.normative.repealed": 2,
        "t2.normative.valid": 23,
        "t2.permit.decisions": 6418,
        "t2.penalty.decisions": 157,
        "t2.coercion.decisions": 3,
        "t2.fee.amount": Decimal("2860.75"),
    },
    misprints={"t3.unable_not_held.natural": 27, "t4.after_review.total": 1},
)
STYLE = DocxStyle(line_breaks=True, body_size=16, row_height=23, whole_rows=True, new_page=("t2", "t4"))
WRONG_PARTIAL = 46
"""What the prose says instead of the 44 requests of 表三 that were disclosed in part."""


def _prose(report: Report) -> Prose:
    body = report.plan.body
    lead = (
        f"本报告由{body}根据《中华人民共和国政府信息公开条例》（国令第711号，以下简称《条例》）第五十条和国务院办公厅"
        "统一格式编制，由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、"
        "存在的主要问题及改进情况、其他需要报告的事项六部分组成。所列数据的统计期限自2024年1月1日起至2024年12月31日止。",
    )
    return Prose(lead, _overview(), _problems(), _other())


def _overview() -> tuple[str, ...]:
    return (
        "2024年，我局把政务公开作为规范权力运行、服务企业群众的一项基础工作，围绕土地供应、规划编制、不动产登记等群众最关心的"
        "事项，把该公开的公开到位，把该解读的解读清楚，各项任务按期完成。",
        "（一）主动公开情况。全年通过局门户网站公开各类信息1286条，其中土地供应信息212条、规划批前批后公示97条、"
        "工程建设项目审批信息318条。制发行政规范性文件4件，废止2件，现行有效23件，已在法规文件库中标注效力状态。"
        "组织“规划开放日”活动3场，发布图文和视频解读26件。",
        "（二）依申请公开情况。全年新收政府信息公开申请295件，其中自然人申请276件、法人或其他组织申请19件；上年结转6件。"
        f"全年办结292件，其中予以公开111件，部分公开{WRONG_PARTIAL}件，不予公开15件，无法提供76件，不予处理17件，其他处理29件；"
        "结转下年度继续办理9件。申请内容集中在征地批复、建设用地规划许可和历史登记档案三类。",
        "（三）政府信息管理情况。对2010年以来形成的规划、土地类文件逐件核定公开属性，完成电子目录5100余条；"
        "涉及个人隐私和商业秘密的内容，公开前由法规科会同业务科室书面审查，全年未发生泄密情形。",
        "（四）政府信息公开平台建设情况。网站“征地信息”“国土空间规划”两个专栏按镇街和年份重新编排，新增地图查询入口；"
        "政务新媒体只保留一个账号，全年推送信息342篇，回复留言408条，平均回复时间1.6个工作日。",
        "（五）监督保障情况。将信息公开纳入科室年度考核，按季度通报；举办培训4次，参训183人次。"
        "全年发生行政复议44件，其中结果维持21件、结果纠正4件、其他结果17件、尚未审结2件；行政诉讼32件。"
        "全年没有工作人员因信息公开受到责任追究。",
    )


def _problems() -> tuple[str, ...]:
    return (
        "（一）存在的主要问题。一是部分历史档案没有数字化，查找耗时较长，少数申请的答复接近法定期限；"
        "二是答复文书的说理不够充分，行政复议中仍有被纠正的情形；三是规划类解读专业术语偏多，群众不易读懂。",
        "（二）改进情况。针对上述问题，与市档案馆共建影像库，已扫描2005年以前的用地批复1.2万页；"
        "修订依申请公开答复范本16套，疑难件一律经法制审核后发出；聘请8名社区规划师参与解读稿试读，读不懂的退回重写。"
        "上一年度报告提出的征地信息查询不便问题，已通过专栏改版解决。",
    )


def _other() -> tuple[str, ...]:
    return (
        "按照《政府信息公开信息处理费管理办法》（国办函〔2020〕109号），2024年我局发出信息处理费收费通知2件，"
        "收取信息处理费1200元，已全额上缴国库。除此之外，没有其他需要报告的事项。",
    )


def sample() -> Report:
    """The sample as a report."""
    report = make_report(PLAN)
    return replace(report, prose=_prose(report))


def main() -> None:
    """Write the sample."""
    PATH.write_bytes(write_pdf(sample(), STYLE))
    print(PATH.stat().st_size)


if __name__ == "__main__":
    main()
