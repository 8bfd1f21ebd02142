"""Exports of posts whose cells or quotes say something else to a program."""

import io
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest

from crawler.platforms.values import Parsed
from domain.times import beijing_date

Reader = Callable[..., Parsed]
HEAD = "标题,发布时间,链接\n"
NEWEST = date(2023, 4, 20)


def days(parsed: Parsed) -> list[date]:
    return [beijing_date(post.time_low) for post in parsed.posts if post.time_low]


@pytest.mark.parametrize(
    "rows",
    [
        '平山"发布,2023-04-20,https://a.cn/1\n平山旧闻,2023-04-10,https://a.cn/2\n平山旧闻,2023-04-01,https://a.cn/3\n',
        '"平山发布,2023-04-20,https://a.cn/1\n平山旧闻,2023-04-10,https://a.cn/2\n平山旧闻,2023-04-01,https://a.cn/3\n',
        '"平山发布,2023-04-20,https://a.cn/1\n平山旧闻,2023-04-10,https://a.cn/2\n平山"旧闻",2023-04-01,https://a.cn/3\n',
        '平山发布,2023-04-20,https://a.cn/1\n"平山旧闻,2023-04-10,https://a.cn/2\n"平山旧闻,2023-04-01,https://a.cn/3\n',
    ],
)
def test_a_lone_quote_swallows_no_post(answer: Reader, rows: str) -> None:
    parsed = answer(HEAD + rows, "import a.csv", options={"as_of": "2023-04-26"}, url="file:a.csv")
    assert days(parsed) == [NEWEST, date(2023, 4, 10), date(2023, 4, 1)]


def test_a_title_of_two_lines_stays_one(answer: Reader) -> None:
    rows = '"平山发布\n第二行, 带逗号",2023-04-20,https://a.cn/1\n"说""你好""",="2023-04-10",\'7\n'
    parsed = answer(HEAD + rows, "import a.csv", options={"as_of": "2023-04-26"}, url="file:a.csv")
    assert [(post.title, beijing_date(post.time_low)) for post in parsed.posts if post.time_low] == [("平山发布\n第二行, 带逗号", NEWEST), ('说"你好"', date(2023, 4, 10))]  # fmt: skip


@pytest.mark.parametrize("epoch", [datetime(1899, 12, 30), datetime(1904, 1, 1)])
@pytest.mark.parametrize("cell", ["general", "day", "short", "text"])
def test_days_of_a_workbook(answer: Reader, epoch: datetime, cell: str) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.epoch = epoch
    stored = {"general": (NEWEST - epoch.date()).days, "day": NEWEST, "short": datetime(2023, 4, 19, 23, 59, 17), "text": "2023-04-20"}[cell]  # fmt: skip
    book.active.append(("标题", "发布时间", "阅读数"))
    book.active.append(("平山发布", stored, 43210))
    book.save(out)
    parsed = answer(out.getvalue(), "import a.xlsx", options={"as_of": "2023-04-26"}, url="file:a.xlsx")
    assert days(parsed) == [NEWEST]
