"""Cells that say something else to a program than to a reader."""

import io
import re
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from domain.errors import RegistryError
from domain.workbook_days import counts_from_1904, whole_day
from registry import read_file
from registry.addresses import same_place, web_address
from registry.text import cell_text, identifier

HEAD = "网站标识码,网站名称,主办单位,首页网址,网站类型\n"


@pytest.mark.parametrize(
    ("cell", "address", "told"),
    [
        ("http://jyj.pingshan.gov.cn/。", "http://jyj.pingshan.gov.cn/", True),
        ("http://jyj.pingshan.gov.cn，", "http://jyj.pingshan.gov.cn", True),
        ("“http://jyj.pingshan.gov.cn/”", "http://jyj.pingshan.gov.cn/", True),
        ("http://jyj.pingshan.gov.cn/index.html（试运行）", "http://jyj.pingshan.gov.cn/index.html", True),
        ("（http://jyj.pingshan.gov.cn/）。", "http://jyj.pingshan.gov.cn/", True),
        ("《http://jyj.pingshan.gov.cn/》", "http://jyj.pingshan.gov.cn/", True),
        ("http://jyj.pingshan.gov.cn./a", "http://jyj.pingshan.gov.cn/a", False),
        ("http://jyj.pingshan.gov.cn.:8080/", "http://jyj.pingshan.gov.cn:8080/", False),
        ("http://jyj.pingshan.gov.cn/a_(1)", "http://jyj.pingshan.gov.cn/a_(1)", False),
        ("http://jyj.pingshan.gov.cn/?a=1", "http://jyj.pingshan.gov.cn/?a=1", False),
    ],
)
def test_what_stands_around_an_address_is_no_part_of_it(cell: str, address: str, told: bool) -> None:
    said: list[str] = []
    assert web_address(cell, said.append) == address
    assert bool(said) is told


def test_a_closing_dot_is_the_same_host() -> None:
    one, two = (web_address(f"http://jyj.pingshan.gov.cn{dot}/", print) for dot in ("", "."))
    assert same_place(one) == same_place(two)


@pytest.mark.parametrize("cell", ['="2101000017"', "'2101000017", "2101000017\t", "２１０１００００１７", '" = ""2101000017"""', "\u200b2101000017"])  # fmt: skip
def test_numbers_that_exports_wrap_are_the_numbers(load, cell: str) -> None:
    quoted = cell if cell.startswith('" =') else '"' + cell.replace('"', '""') + '"'
    result = load(f"{HEAD}{quoted},平山县教育局,平山县教育局,http://jyj.pingshan.gov.cn/,部门\n")
    assert [site.id for site in result.registry.sites] == ["2101000017"]


def test_an_apostrophe_inside_stays() -> None:
    assert identifier("O'Neill's") == "O'Neill's"


def formulas(stored: str) -> bytes:
    """A site list whose 状态 is a formula; `stored`: what the file holds as its result."""
    book, out, copy = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.title = "网站"
    for row in ((*HEAD.strip().split(","), "状态"), ("2101000017", "平山县教育局", "平山县教育局", "http://jyj.pingshan.gov.cn/", "部门", '=IF(1,"正常","")')):  # fmt: skip
        book.active.append(row)
    book.save(out)
    with zipfile.ZipFile(out) as package, zipfile.ZipFile(copy, "w") as written:
        for name in package.namelist():
            text = package.read(name).decode()
            if "sheet1.xml" in name and ".rels" not in name:
                text = re.sub(r'<c r="F2"[^>]*>(<f>.*?</f>).*?</c>', lambda m: stored.format(f=m[1]), text)
            written.writestr(name, text)
    return copy.getvalue()


@pytest.mark.parametrize(
    ("stored", "refused"),
    [
        ('<c r="F2">{f}</c>', True),
        ('<c r="F2">{f}<v></v></c>', True),
        ('<c r="F2">{f}<v/></c>', True),
        ('<c r="F2" t="str">{f}<v>正常</v></c>', False),
        ('<c r="F2" t="str">{f}<v></v></c>', False),  # worked out, and empty
        ('<c r="F2" t="inlineStr"><is><t>正常</t></is></c>', False),
    ],
)
def test_formulas_that_nobody_worked_out_are_refused(tmp_path, stored: str, refused: bool) -> None:
    (tmp_path / "a.xlsx").write_bytes(formulas(stored))
    if refused:
        with pytest.raises(RegistryError, match=r"“网站”的 F2 单元格公式没有结果"):
            read_file(tmp_path / "a.xlsx")
    else:
        assert read_file(tmp_path / "a.xlsx").rows["sites"][0].text("state") in ("正常", "")


@pytest.mark.parametrize("formatted", [True, False])
@pytest.mark.parametrize("from_1904", [True, False])
def test_workbooks_that_count_from_1904(tmp_path, load, formatted: bool, from_1904: bool) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    book.active.title = "网站"
    serial = (date(2023, 4, 12) - book.epoch.date()).days
    book.active.append((*HEAD.strip().split(","), "状态", "关停日期"))
    book.active.append(("2101000017", "平山县教育局", "平山县教育局", "http://jyj.pingshan.gov.cn/", "部门", "已关停", date(2023, 4, 12) if formatted else serial))  # fmt: skip
    book.save(out)
    assert counts_from_1904(out.getvalue()) is from_1904
    result = load(out.getvalue(), name="a.xlsx")
    assert [site.valid_to for site in result.registry.sites] == [date(2023, 4, 12)]


@pytest.mark.parametrize(
    ("stored", "day"),
    [
        (datetime(2023, 4, 11, 23, 59, 17), "2023-04-12"),
        (datetime(2022, 12, 31, 23, 59, 59), "2023-01-01"),
        (datetime(2023, 4, 11, 23, 50), "2023-04-11"),
        (datetime(2023, 4, 12), "2023-04-12"),
    ],
)
def test_days_that_were_stored_some_seconds_short(stored: datetime, day: str) -> None:
    assert cell_text(stored) == day
    assert whole_day(stored).date().isoformat() == day
