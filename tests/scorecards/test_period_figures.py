"""Figures of a period: totals by scope, comparisons, streaks, ranks; order and repetition change nothing."""

import random
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.figure_kinds import kind_of
from domain.figures import CITY, Figure, Mode, Printing
from domain.findings import Severity
from domain.scores import Deduction, Verdict
from domain.standings import Item, Standing
from domain.times import BEIJING
from scorecards.comparisons import changes, compared, ranked, regions_in_full, streaks, verdict_changes
from scorecards.figures import FigureRules, build_figures

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
RULES = FigureRules({"sites.clean": Printing(digits=0), "default": Printing(Mode.TRUNCATE, 1)})
STALE = Item("column.stale", "栏目不更新", "栏目“动态”已 37 天未更新", Severity.DEDUCT, "f1")
CHARGE = Deduction("D1.8", "其他栏目", 1, 1, ("f1",))


def site(number: int, group: str = "部门", **changes: object) -> Standing:
    base = Standing(
        f"s{number}", f"网站{number}", "department", "部门", unit_id=f"u{number}", unit=f"单位{number}", group=group,
        verdict=Verdict.PASS, score=100.0, as_of=AS_OF, inspected=True, nights=26,
    )  # fmt: skip
    return replace(base, **changes)


def account(number: int, platform: str = "微信", **changes: object) -> Standing:
    return replace(
        site(number, target_id=f"a{number}", kind="account", level="", platform=platform, score=None), **changes
    )


CITY_OF_56 = [
    *(site(n, "区县", level="区县门户", kind="portal") for n in range(13)),
    site(13, "市本级", level="市门户", kind="portal"),
    *(site(n) for n in range(14, 54)),
    *(site(n, score=98.0, charges=(CHARGE,), items=(replace(STALE, fingerprint=f"f{n}"),)) for n in (54, 55)),
    *(account(n) for n in range(273)),
]


def values(figures: tuple[Figure, ...]) -> dict[tuple[str, str], Figure]:
    return {figure.key: figure for figure in figures}


def test_the_city_of_the_notice() -> None:
    figures = build_figures(CITY_OF_56, RULES, {"sites.opened": 1})
    found = values(figures)
    clean = found["sites.clean", CITY]
    assert (clean.n, clean.of, clean.rate) == (54, 56, "96")
    assert found["sites.passed", CITY].rate == found["sites.inspected", CITY].rate == "100"
    assert found["accounts.registered", CITY].n == found["accounts.passed", CITY].n == 273
    assert found["sites.clean", "level/区县门户"].n == 13
    assert (found["sites.clean", "level/部门"].n, found["sites.registered", "level/部门"].n) == (40, 42)
    assert found["found_units.column.stale", CITY].n == found["found.column.stale", CITY].n == 2
    assert found["found.column.stale", CITY].source == ("finding:f54", "finding:f55")
    assert found["visits.sites", CITY].n == 56 * 26
    assert found["sites.opened", CITY].source == ("registry",)
    assert (found["scores.min", CITY].printed, found["scores.mean", CITY].printed) == ("98", "99.9")
    assert all(figure.source for figure in figures), "every figure names its source"
    assert all(kind_of(figure.kind) for figure in figures)
    assert len(found) == len(figures)


def test_what_was_not_inspected_or_not_judged_is_no_pass_and_no_fail() -> None:
    standings = [
        site(1),
        site(2, inspected=False),
        site(3, verdict=Verdict.UNKNOWN),
        site(4, verdict=Verdict.FAIL, score=None),
    ]
    found = values(build_figures(standings, RULES))
    told = {
        kind: (found[f"sites.{kind}", CITY].n, found[f"sites.{kind}", CITY].of)
        for kind in ("registered", "inspected", "passed", "failed", "unknown", "clean")
    }
    assert told == {
        "registered": (4, None), "inspected": (3, 4), "passed": (1, 2), "failed": (1, 2), "unknown": (1, 3), "clean": (1, 3),
    }  # fmt: skip


def test_mended_items_and_candidates_count_nowhere() -> None:
    items = (replace(STALE, mended=True), replace(STALE, fingerprint="f2", candidate=True))
    found = values(build_figures([site(1, items=items)], RULES))
    assert ("found.column.stale", CITY) not in found
    assert (found["problems.mended", CITY].n, found["problems.open", CITY].n) == (1, 0)


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_targets_changes_no_figure(shuffler: random.Random) -> None:
    mixed = list(CITY_OF_56)
    shuffler.shuffle(mixed)
    assert build_figures(mixed, RULES) == build_figures(CITY_OF_56, RULES)


@given(
    st.lists(st.tuples(st.sampled_from(Verdict), st.booleans(), st.sampled_from(["区县", "部门", "直属"])), max_size=30)
)
def test_scopes_add_up(rows: list[tuple[Verdict, bool, str]]) -> None:
    standings = [site(n, group, verdict=verdict, inspected=seen) for n, (verdict, seen, group) in enumerate(rows)]
    found = values(build_figures(standings, RULES))
    for kind in ("registered", "inspected", "passed", "failed", "unknown", "clean"):
        parts = sum(
            figure.n
            for (name, scope), figure in found.items()
            if name == f"sites.{kind}" and scope.startswith("group/")
        )
        assert parts == (found[f"sites.{kind}", CITY].n if rows else 0)
    if rows:
        judged = sum(found[f"sites.{kind}", CITY].n for kind in ("passed", "failed", "unknown"))
        assert judged == found["sites.inspected", CITY].n


def test_changes_against_another_period() -> None:
    now = build_figures([site(1), site(2, verdict=Verdict.FAIL)], FigureRules())
    then = build_figures([site(n) for n in range(4)], FigureRules())
    found = {figure.key: figure.printed for figure in compared(now, then, "before", FigureRules(), "period:2023-03")}
    assert found["sites.passed.before", CITY] == "-50"
    assert found["sites.registered.before", CITY] == "-50"
    assert found["sites.registered.before", "unit/u1"] == "0"
    assert not any(
        figure.key[0].startswith("sites.failed") for figure in compared(now, then, "year", FigureRules(), "x")
    )


def lasting(now: list[Standing], earlier: list[list[Standing]]) -> list[Figure]:
    briefs = [[each.brief for each in period] for period in (now, *earlier)]
    return list(streaks(briefs[0], briefs[1:]))


def test_streaks_end_with_the_first_period_that_is_clean_or_missing() -> None:
    late, clean = [site(1, items=(STALE,), verdict=Verdict.UNKNOWN)], [site(1)]
    found = lasting(late, [late, late, clean, late])
    assert [(figure.kind, figure.scope, figure.n) for figure in found] == [("streak.column.stale", "unit/u1", 3)]
    assert lasting(late, [clean, late]) == lasting(late, [[], late]) == []
    failed = [site(1, verdict=Verdict.FAIL)]
    assert [(figure.kind, figure.n) for figure in lasting(failed, [failed])] == [("streak.failed", 2)]
    assert [(figure.kind, figure.n) for figure in lasting(clean, [clean, clean, failed])] == [("streak.all_passed", 3)]


def test_another_closing_lists_what_it_says_differently() -> None:
    before, after = [site(1), site(2)], [site(1), replace(site(2), score=95.0, charges=(CHARGE,)), site(3)]
    told = {
        (kind, scope): (was, now)
        for kind, scope, was, now in changes(build_figures(before, RULES), build_figures(after, RULES))
    }
    assert told["sites.clean", CITY] == ("2/2", "2/3")
    assert told["sites.registered", "unit/u3"] == ("—", "1")
    assert changes(build_figures(after, RULES), build_figures(reversed(after), RULES)) == []
    assert [(item.what, item.was, item.now) for item in verdict_changes(before, after)] == [
        ("网站2", "合格 100 分", "合格 95 分"), ("网站3", "不在名录", "合格 100 分"),
    ]  # fmt: skip


def test_ranks_within_a_kind_of_unit() -> None:
    ranks = ranked([site(1), site(2, score=99.5), site(3), site(4, "区县"), site(5, score=None)], "部门")
    assert [(rank.label, rank.names) for rank in ranks] == [("并列第一", ("网站1", "网站3")), ("第二", ("网站2",))]


def test_regions_where_all_passed() -> None:
    standings = [site(1), replace(account(1), unit_id="u1"), site(2, verdict=Verdict.UNKNOWN), site(3, inspected=False)]
    assert regions_in_full(
        build_figures(standings, RULES), {"u1": "甲区", "u2": "乙区", "u3": "丙区", "u4": "丁区"}
    ) == ("甲区",)


@pytest.mark.parametrize("name", ["sites.nothing", "found.", "streak.", "fans.most", "sites.passed.ever"])
def test_kinds_nobody_knows(name: str) -> None:
    assert kind_of(name) is None
