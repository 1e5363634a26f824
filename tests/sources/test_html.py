"""Web pages: tables as a browser lays them out, text as it shows it, and pages nobody should trust."""

from __future__ import annotations

import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, Grid, Line
from gkdesk.model.place import ParagraphPlace, TablePlace
from gkdesk.sources import opening
from gkdesk.sources.web import html


def read(source: str | bytes) -> Content:
    return html.read(source if isinstance(source, bytes) else source.encode(), "")


def only_grid(source: str) -> Grid:
    (grid,) = read(source).grids()
    return grid


def slots(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    return {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells}


def lines(content: Content) -> list[str]:
    return [line.text for line in content.lines()]


def test_spans_place_cells_as_a_browser_does() -> None:
    grid = only_grid(
        "<table><tr><th rowspan=2 colspan=2>项目<th colspan=3>申请人情况"
        "<tr><td>自然人<td>法人<td>总计<tr><td rowspan=0>三<td>公开<td>9<td>0<td>8"
        "<tr><td>不予公开<td>1<td>2<td>3</table>"
    )
    placed = slots(grid)
    assert (grid.row_count, grid.column_count, grid.aligned) == (4, 5, True)
    assert placed["项目"] == (0, 0, 2, 2)
    assert placed["申请人情况"] == (0, 2, 1, 3)
    assert placed["总计"] == (1, 4, 1, 1)
    assert placed["三"] == (2, 0, 2, 1)
    assert placed["不予公开"] == (3, 1, 1, 1)
    assert all(cell.place == TablePlace(0, cell.row, cell.column) for cell in grid.cells)


def test_footer_rows_come_last_and_spans_end_with_their_group() -> None:
    grid = only_grid(
        "<table><tfoot><tr><td>总计<td>9</tfoot><tbody><tr><td>规章<td rowspan=9>0</tbody>"
        "<thead><tr><td>名称<td>件数</thead></table>"
    )
    assert [row[0].text for row in grid.rows()] == ["名称", "规章", "总计"]
    assert slots(grid)["0"] == (1, 1, 1, 1)


def test_unclosed_cells_and_rows() -> None:
    grid = only_grid("<table><tr><td>规章<td>1<tr><td>规范性文件<td>2</table>")
    assert [[cell.text for cell in row] for row in grid.rows()] == [["规章", "1"], ["规范性文件", "2"]]


def test_absurd_spans_are_bounded() -> None:
    start = time.monotonic()
    grid = only_grid("<table><tr><td rowspan=1000000000 colspan=1e9>甲<td colspan=999999999>乙<td>丙<tr><td>丁</table>")
    assert (grid.row_count, grid.column_count) == (2, 102)
    assert slots(grid)["甲"] == (0, 0, 2, 1)
    rows = "<tr>" + "<td rowspan=1000000000 colspan=1000000000>1<td rowspan=0>2" * 3
    assert only_grid("<table>" + rows * 3000 + "</table>").row_count == 3000
    assert time.monotonic() - start < 60


def test_text_in_cells_is_joined_as_it_is_read() -> None:
    grid = only_grid(
        "<table><tr><td><p>三、本年度</p>\n<p>办理<br>结果</p><td>&nbsp;1\n 2&nbsp;"
        "<td>第<span>二</span>十条<td>3<br>4</table>"
    )
    assert [cell.text for cell in grid.cells] == ["三、本年度办理结果", "1 2", "第二十条", "3 4"]


def test_empty_cells_are_kept() -> None:
    grid = only_grid("<table><tr><td>规章<td>&nbsp;<td></table>")
    assert [cell.text for cell in grid.cells] == ["规章", "", ""]


def test_inner_tables_of_a_page_layout() -> None:
    content = read(
        "<table><tr><td>首页<td><h1>年度报告</h1><table><tr><td>规章<td>0</table>文后</td></tr>"
        "<tr><td><table><tr><td>许可<td>7</table></table>"
    )
    assert lines(content) == ["首页", "年度报告", "文后"]
    assert [[cell.text for cell in grid.cells] for grid in content.grids()] == [["规章", "0"], ["许可", "7"]]
    assert [type(block) for block in content.blocks] == [Line, Line, Grid, Line, Grid]


def test_table_of_figures_with_a_table_in_one_cell_stays_a_grid() -> None:
    rows = "".join(f"<tr><td>第{number}行<td>{number}<td>0<td>1" for number in range(4))
    content = read(f"<table>{rows}<tr><td>注<table><tr><td>甲<td>乙</table></table>")
    outer, inner = content.grids()
    assert (outer.row_count, outer.column_count, outer.rows()[4][0].text) == (5, 4, "注")
    assert [cell.text for cell in inner.cells] == ["甲", "乙"]


def test_frame_of_a_single_cell_is_no_table() -> None:
    content = read("<table><tr><td><p>一、总体情况</p><table><tr><td>规章<td>0</table></table>")
    assert lines(content) == ["一、总体情况"]
    assert [grid.column_count for grid in content.grids()] == [2]
    frame = only_grid("<table><tr><td>规章<td><table><tr><td>13</table></table>")
    assert [cell.text for cell in frame.cells] == ["规章", "13"]


def test_article_in_a_layout_cell_becomes_lines() -> None:
    content = read(f"<table><tr><td>栏目<td><p>一、总体情况</p><p>{'全年公开信息。' * 100}</p></table>")
    assert not list(content.grids())
    assert lines(content)[:2] == ["栏目", "一、总体情况"]


def test_hidden_and_technical_content_is_left_out() -> None:
    content = read(
        "<html><head><title>年报</title><style>p{}</style></head><body><script>var a=1</script>"
        "<noscript>启用脚本</noscript>"
        "<p style='color:red; DISPLAY : none'>暗</p><p hidden>藏</p><template>板</template><p>明<del>旧</del></p>尾"
        "<table><tr style='display:none'><td>隐<td>9<tr><td>规章<td>0<td style='display:none'>1</table>"
    )
    assert lines(content) == ["明", "尾"]
    assert [[cell.text for cell in grid.cells] for grid in content.grids()] == [["规章", "0"]]
    assert content.title == "年报"


def test_paragraphs_and_figures_point_into_their_line() -> None:
    content = read("<p>一、总体情况<p>全年公开\n 信息 2,139 条，<b>占</b>34.5%；<br>结转２件</p>")
    first, second, third = content.lines()
    assert first.place == ParagraphPlace(0, 0, 6)
    assert second.text == "全年公开 信息 2,139 条，占34.5%；"
    assert [word.text for word in second.words] == ["2,139", "34.5%"]
    for line in (second, third):
        for word in line.words:
            place = word.place
            assert isinstance(place, ParagraphPlace)
            assert line.text[place.start : place.end] == word.text
            assert place.paragraph == (1 if line is second else 2)


def test_title_from_meta_where_the_title_is_empty() -> None:
    assert read("<title> </title><meta name='ArticleTitle' content='某局 2024年报'><p>1").title == "某局 2024年报"
    assert read("<meta property='og:title' content='年报'><p>1").title == "年报"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-8", "utf-8"),
        ("gb2312", "utf-8"),
        ("utf-8", "gb18030"),
        ("iso-8859-1", "gb18030"),
        ("no-such-code", "gb18030"),
        ("big5", "big5"),
        ("", "gb18030"),
        ("", "utf-8"),
        ("utf-8", "utf-16"),
        ("", "utf-16-le"),
    ],
)
def test_encodings(declared: str, encoding: str) -> None:
    words = "政府信息公開：年度報告" if encoding == "big5" else "镕堃市政府信息公开：“三安全一稳定”"
    page = f"<html><head><meta http-equiv=Content-Type content='text/html; charset={declared}'></head><p>{words}</p>"
    content = opening.read(page.encode(encoding))
    assert lines(content) == [words]


def test_page_saved_by_word() -> None:
    content = read(
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><!--[if gte mso 9]><xml><w:View>Normal</w:View>'
        "</xml><![endif]--><style><!-- p.MsoNormal {mso-style-parent:''} --></style></head><body lang=ZH-CN>"
        "<div class=WordSection1><p class=MsoNormal><span lang=EN-US>2024</span>年报<o:p></o:p></p>"
        "<table class=MsoTableGrid><![if !supportMisalignedColumns]><tr><td width=9>"
        "<p class=MsoNormal>规章<o:p></o:p></p>"
        "</td><td><p><span lang=EN-US>0<o:p>&nbsp;</o:p></span></p></td></tr><![endif]></table>"
        "<p><![if !supportEmptyParas]>&nbsp;<![endif]><span style='mso-hide:all'>批注</span></p></div></body></html>"
    )
    assert lines(content) == ["2024年报"]
    assert [[cell.text for cell in grid.cells] for grid in content.grids()] == [["规章", "0"]]


def test_web_archive() -> None:
    message = EmailMessage()
    message.set_content("占位")
    page = "<html><body><p>年报 32 条</p></body></html>"
    message.add_alternative(page, subtype="html", charset="gb2312", cte="base64")
    assert lines(opening.read(message.as_bytes())) == ["年报 32 条"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert lines(read("<pre>一行\n二行</pre>")) == ["一行", "二行"]


def test_lines_around_the_tables_of_a_text_stay_lines() -> None:
    table = "<html><body><table><tr><td>规章</td><td>1</td></tr></table></body></html>"
    page = f"年度报告\n\n一、总体情况\n\n全年平稳。\n\n{table}\n\n六、其他\n\n没有。\n"
    assert lines(read(page))[:3] == ["年度报告", "一、总体情况", "全年平稳。"]
    assert lines(read(page))[-2:] == ["六、其他", "没有。"]


def test_line_breaks_in_the_source_of_a_page_are_none() -> None:
    assert lines(read("<html><body>年度\n报告<table><tr><td>规章</td><td>1</td></tr></table></body></html>")) == [
        "年度 报告"
    ]


def test_nesting_beyond_reason_ends_soon_and_says_so() -> None:
    start = time.monotonic()
    for page in ("<p>前</p>" + "<div>" * 200_000 + "文", "<p>前</p>" + "<table><tr><td>1<td>" * 60_000):
        content = read("<html><body>" + page)
        assert lines(content)[0] == "前"
        assert [note.code for note in content.notes] == ["source-incomplete"]
    assert time.monotonic() - start < 60


def test_nesting_of_real_pages_is_read_whole() -> None:
    content = read("<html><body>" + "<font><span>" * 400 + "<table><tr><td>规章<td>0</table>")
    assert [cell.text for grid in content.grids() for cell in grid.cells] == ["规章", "0"]
    assert not content.notes


def test_more_cells_than_a_report_can_have() -> None:
    content = read("<table>" + "<tr><td>1<td>2" * 30_000 + "</table>")
    assert [note.code for note in content.notes] == ["source-incomplete"]


def test_empty_archive_is_broken() -> None:
    with pytest.raises(SourceError) as caught:
        read("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n")
    assert caught.value.code == "source.broken"


def test_real_page_of_a_site(samples: Path) -> None:
    content = opening.read((samples / "real" / "pingtan-2021.html").read_bytes())
    assert content.title == "平潭综合实验区2021年度政府信息公开工作年度报告"
    assert [(grid.row_count, grid.column_count) for grid in content.grids()] == [(14, 4), (28, 10), (4, 15)]
    assert lines(content)[:2] == ["当前位置：", "首页"]
    assert "24252.311082" in [cell.text for grid in content.grids() for cell in grid.cells]


def test_real_page_fragment(samples: Path) -> None:
    content = opening.read((samples / "real" / "shanghai-office-2019.html").read_bytes())
    assert [(grid.row_count, grid.column_count) for grid in content.grids()] == [(18, 5), (26, 10), (4, 15)]
    assert slots(next(content.grids()))["251000元"] == (17, 3, 1, 2)


def test_radicals_that_a_converter_took_from_a_font_are_ordinary_characters() -> None:
    assert lines(opening.read("<html><body><p>青禾市\u2f08\u2ea0政府</p></body></html>".encode())) == ["青禾市人民政府"]
