"""The XLSX attachments: sheets, figures, and cells that can never run."""

from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import load_workbook

from reports.spreadsheets import safe
from reports.workbook import write_workbook


@pytest.fixture
def book(report, tmp_path):
    return load_workbook(write_workbook(report, tmp_path / "new" / "report.xlsx"))


def rows(book, name):
    return [list(row) for row in book[name].iter_rows(values_only=True)]


def test_sheets_and_heads(book):
    assert book.sheetnames == ["汇总", "问题清单", "网站扣分明细", "新媒体问题清单", "未能判定清单"]
    assert rows(book, "网站扣分明细")[0] == ["序号", "网站名称", "标识码", "主办单位", "指标", "问题描述", "页面地址", "最后更新", "应不晚于", "扣分", "得分"]  # fmt: skip
    assert rows(book, "新媒体问题清单")[0] == [
        "序号",
        "账号名称",
        "平台",
        "主办单位",
        "问题类别",
        "检查时更新日期",
        "结果",
    ]


def test_summary_has_the_city_the_kinds_and_the_units(book):
    table = rows(book, "汇总")
    assert table[1][:8] == ["云川市", 5, 4, 0, 1, 1, 2, 0.4]
    assert [row[0] for row in table[2:6]] == ["市本级", "区县", "部门", "直属"]
    assert len(table) == 1 + 1 + 4 + 5


def test_deductions_add_up_and_carry_dates_and_addresses(book):
    table = rows(book, "网站扣分明细")[1:]
    assert table[0] == [
        1, "云川市民政局网站", "5399000012", "云川市民政局", "D1.5 政策文件",
        "栏目“政策文件”已 201 天未更新，更新期限为 182 天", "http://mzj.yunchuan.gov.cn/zwgk/zcwj/",
        datetime(2022, 10, 7), datetime(2023, 4, 7), 5, 93,
    ]  # fmt: skip
    assert table[1][4] == "D1.8 其他栏目（待核）"
    assert sum(row[9] for row in table if row[2] == "5399000012") == 7
    assert [row[0] for row in table] == [1, 2, 3, 4]


def test_points_of_a_capped_row_stand_once(report, tmp_path):
    card = report.cards["5399000012"]
    prints = tuple(record.fingerprint for record in report.records["5399000012"][:2])
    merged = replace(card.deductions[0], points=5.0, count=2, fingerprints=prints)
    report = replace(report, cards=report.cards | {card.target_id: replace(card, deductions=(merged,))})
    table = rows(load_workbook(write_workbook(report, tmp_path / "x.xlsx")), "网站扣分明细")[1:]
    assert [row[9] for row in table if row[2] == "5399000012"] == [5, 0]


def test_a_vetoed_site_is_listed_with_its_veto(report, tmp_path):
    card = report.cards["5399000012"]
    veto = report.cards["weibo:minzheng"].vetoes[0]
    vetoed = replace(card, score=None, deductions=(), vetoes=(replace(veto, indicator="W-V3", fingerprints=()),))
    report = replace(report, cards=report.cards | {card.target_id: vetoed})
    row = rows(load_workbook(write_workbook(report, tmp_path / "x.xlsx")), "网站扣分明细")[1]
    assert (row[4], row[6], row[9], row[10]) == ("W-V3 内容不更新", "http://mzj.yunchuan.gov.cn/", "否决", "单项否决")


def test_accounts(book):
    table = rows(book, "新媒体问题清单")[1:]
    assert [row[6] for row in table] == ["合格", "不合格"]
    assert table[0][1:6] == [
        "临江政务服务",
        "抖音",
        "临江区人民政府",
        "账号临期更新：账号已 12 天未更新，2 天后到期",
        datetime(2023, 4, 14),
    ]


def test_open_questions_and_candidates(book, report):
    table = rows(book, "未能判定清单")[1:]
    assert len(table) == 26 + 1 + 1
    assert any("疑似问题，待人工确认" in row[6] for row in table)


def test_a_target_without_a_card_is_an_open_question(report, tmp_path):
    cards = {key: card for key, card in report.cards.items() if key != "5399020001"}
    table = rows(load_workbook(write_workbook(replace(report, cards=cards), tmp_path / "x.xlsx")), "未能判定清单")
    assert [row[6] for row in table if row[4] == "—"] == ["首页未能打开：连接超时"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", " =1", "＝1", "\x00=1", "=cmd|' /C calc'!A0"]
)
def test_formula_starts_are_neutralised(text):
    assert safe(text).startswith("'")


@pytest.mark.parametrize("value", ["正常", "—", "2023-04-20", "http://a/?b=-1", "", 5, -5.5, None])
def test_other_values_stay(value):
    assert safe(value) == value


def test_control_characters_and_endless_text_do_not_break_the_file(report, tmp_path):
    wild = "坏\x00\x1b[31m\ud800" + "长" * 50_000
    question = replace(report.unjudged["5399020001"][0], reason=wild)
    path = write_workbook(replace(report, unjudged={"5399020001": (question,)}), tmp_path / "x.xlsx")
    cell = rows(load_workbook(path), "未能判定清单")[1][6]
    assert cell.startswith("坏[31m长")
    assert len(cell) == 32_000


def test_no_cell_of_the_book_is_a_formula(book):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell.value for cell in cells if str(cell.value).startswith("'=")]


def test_ready_to_read_and_print(book):
    for sheet in book:
        assert sheet.freeze_panes in {"B2", "C2"}
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.column_dimensions["B"].width > 5


def test_nothing_inspected_still_makes_a_book(empty_report, tmp_path):
    book = load_workbook(write_workbook(empty_report, tmp_path / "x.xlsx"))
    assert [sheet.max_row for sheet in book] == [1] * 5
