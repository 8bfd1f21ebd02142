"""The trend over months: a picture drawn here, and the same numbers beside it."""

from dataclasses import replace

from bs4 import BeautifulSoup

from reports.dossier import write_city
from reports.trend import Point, trend_svg

MONTHS = (
    Point("2023-03", "2023年3月", 98.2, 90.0, 99.1, 12),
    Point("2023-04", "2023年4月", 100.0, 96.0, None, 8),
    Point("2023-05", "2023年5月", 100.0, 97.5, 100.0, 5),
)


def test_the_picture_has_every_share_and_leaves_out_what_is_not_known():
    drawn = BeautifulSoup(trend_svg(MONTHS), "lxml-xml")
    assert [len(drawn.select(f"circle.s{n}")) for n in range(3)] == [3, 3, 2]
    heights = [float(dot["cy"]) for dot in drawn.select("circle.s1")]
    assert heights == sorted(heights, reverse=True)  # better is higher
    assert all(0 <= float(dot["cy"]) <= 180 for dot in drawn.select("circle"))
    assert [text.get_text() for text in drawn.select("text")].count("23-04") == 1


def test_one_month_is_no_trend():
    assert trend_svg(MONTHS[:1]) == ""
    assert trend_svg([replace(MONTHS[0], sites_passed=None, sites_clean=None, accounts_passed=None)] * 2) == ""


def test_the_table_beside_it_says_the_same(report, tmp_path):
    page = BeautifulSoup(write_city(replace(report, trend=MONTHS), tmp_path).read_text(encoding="utf-8"), "lxml")
    (table,) = (part for part in page.select(".wide") if part["aria-label"] == "近期走势")
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert rows[0] == ["2023年5月", "100%", "97.5%", "100%", "5"]
    assert rows[1][3] == "—"
    assert page.select_one("svg.trend")["role"] == "img"
