"""A column that redirects is the column that the navigation names: its name, its place, its points."""

from pathlib import Path

import pytest
from faults import LATE, STALE
from town import Town, Watch, built, watched

from domain.findings import Finding
from domain.views import Column
from inspection.judging.run import Outcome


def only(watch: Watch, outcome: Outcome, key: str) -> Finding:
    return watch.records(outcome)[key].finding


def columns(outcome: Outcome) -> dict[str, Column]:
    (judged,) = outcome.judged.values()
    return {column.name: column for column in judged.columns}


def points(outcome: Outcome) -> set[str]:
    (judged,) = outcome.judged.values()
    return {row.indicator for row in judged.card.deductions}


def move(town: Town, *hops: str) -> None:
    """The policy column stands at the last address; the navigation goes on naming the first."""
    body = town.pages.pop("/zc/").replace("政策文件", "文件列表")
    town.pages[hops[-1]] = body.replace('href="/zc/"', f'href="{hops[-1]}"')
    for old, new in zip(("/zc/", *hops), hops, strict=False):
        town.moved[old] = new


@pytest.mark.parametrize("hops", [("/neu/zc/",), ("/zc/index.html",), ("/a/", "/b/", "/neu/zc/")])
def test_it_keeps_name_and_level(tmp_path: Path, hops: tuple[str, ...]) -> None:
    town = built()
    LATE[0](town)
    with watched(tmp_path, town) as watch:
        outcome = watch.inspect(0)
        before = points(outcome)
        assert only(watch, outcome, "column.stale /zc/").level == "1"
        move(town, *hops)
        for number in (1, 2):
            outcome = watch.inspect(number)
            found = only(watch, outcome, f"column.stale {hops[-1]}")
            assert (found.level, found.ref.label, found.kind) == ("1", "政策文件", "policy")
            assert points(outcome) == before
            assert "文件列表" not in columns(outcome)


def test_from_the_first_night_on(tmp_path: Path) -> None:
    town = built()
    LATE[0](town)
    move(town, "/neu/zc/")
    with watched(tmp_path, town) as watch:
        for number in range(3):
            column = columns(watch.inspect(number))["政策文件"]
            assert (column.level, column.url.endswith("/neu/zc/")) == (1, True)


def test_a_column_that_the_navigation_does_not_lead_to_stays_a_second_one(tmp_path: Path) -> None:
    town = built()
    town.column("/xia/", "下级文件", STALE)
    del town.nav["/xia/"]
    town.home_extra = '<p><a href="/alt/">下级文件</a></p>'
    town.moved["/alt/"] = "/xia/"
    with watched(tmp_path, town) as watch:
        assert only(watch, watch.inspect(0), "column.stale /xia/").level == "2"
