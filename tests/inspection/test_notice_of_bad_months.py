"""Notices of months in which not all is well, from standings: failures, changes, streaks, what nobody judged."""

from dataclasses import replace
from datetime import datetime

import pytest

from domain.figures import CITY
from domain.findings import Severity
from domain.periods import period_named
from domain.scores import Deduction, Verdict
from domain.standings import Item, Standing
from domain.times import BEIJING
from inspection.periods.closing import Sums
from inspection.periods.notices import facts_of
from reports.notice.building import build_notice
from reports.notice.model import Notice
from reports.notice.settings import load_settings
from scorecards.comparisons import compared, streaks
from scorecards.figures import FigureRules, build_figures

SETTINGS = load_settings()
RULES = FigureRules(SETTINGS.printing, SETTINGS.bands)
AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
DEAD = Item("site.unreachable", "站点无法访问", "一周内访问失败率 30%", Severity.VETO, "f1", "http://s1/")
STALE = Item("column.stale", "栏目不更新", "栏目“动态”已 37 天未更新", Severity.DEDUCT, "f2", "http://s2/")


def site(number: int, **changes: object) -> Standing:
    base = Standing(
        f"s{number}", f"市{number}局网站", "department", "部门", unit_id=f"u{number}", unit=f"市{'甲乙丙丁戊'[number]}局", group="部门",
        order=number, verdict=Verdict.PASS, score=100.0, as_of=AS_OF, inspected=True, nights=1,
    )  # fmt: skip
    return replace(base, **changes)


def notice(*standings: Standing, before: tuple[Standing, ...] = ()) -> Notice:
    period = replace(period_named("2023-04"), ordinal=4)
    figures = list(build_figures(standings, RULES))
    if before:
        figures += compared(tuple(figures), build_figures(before, RULES), "before", RULES, "period:2023-03#1")
        figures += streaks([each.brief for each in standings], [[each.brief for each in before]])
    return build_notice(facts_of(Sums(period, tuple(figures), standings), SETTINGS), SETTINGS)


def text(made: Notice) -> str:
    return "".join(sentence.text for _, sentence in made.sentences())


FAILED = site(
    1,
    verdict=Verdict.FAIL,
    score=None,
    vetoes=(Deduction("W-V2", "站点无法访问", 0, 1, ("f1",), pending=True),),
    items=(DEAD,),
)


def test_who_failed_is_named_with_the_veto_and_the_rate_falls() -> None:
    made = notice(site(0), FAILED, site(2), before=(site(0), site(1), site(2)))
    said = text(made)
    assert "合格2家，不合格1家，合格率66.67%。" in said
    assert "合格率较上期下降33.33个百分点。" in said
    assert "市1局网站（站点无法访问）不合格。" in said
    assert "（一）网站可用性有待提高" in "".join(
        f"{part.number}{part.title}" for s in made.sections for part in s.walk()
    )
    assert any("待核指标“W-V2 站点无法访问”影响了 1 个对象的结论" in line for line in made.warnings)
    assert made.faults == ()


def test_a_problem_that_lasts_is_said_to_last() -> None:
    late = site(2, items=(STALE,), charges=(Deduction("D1.8", "其他栏目", 1, 1, ("f2",)),))
    assert "市丙局网站有个别栏目超期未更新。其中，市丙局已连续2期出现同类问题。" in text(
        notice(site(0), late, before=(site(0), late))
    )
    assert "连续" not in text(notice(site(0), late, before=(site(0), site(2))))


def test_what_was_mended_is_counted_and_names_nobody() -> None:
    made = notice(site(0), site(2, items=(replace(STALE, mended=True),)))
    assert "各单位已自行整改问题1个。" in text(made)
    assert "市丙局" not in text(made)
    assert [row[5] for row in made.tables[0].rows] == ["栏目“动态”已 37 天未更新（已整改，不扣分）"]


def test_nothing_is_all_right_while_something_was_not_looked_at() -> None:
    made = notice(site(0), site(1, verdict=Verdict.UNKNOWN, score=None), site(2, inspected=False))
    said = text(made)
    assert "本次检查2家，检查比例为66.67%" in said
    assert "另有1家未能判定" in said
    assert "全部合格" not in said
    assert any("1 个登记的对象本期未检查" in line for line in made.warnings)


def test_candidates_and_hints_are_not_named() -> None:
    hint = replace(STALE, check="column.near_due", severity=Severity.NOTICE, fingerprint="f3")
    made = notice(site(0), site(2, items=(replace(STALE, candidate=True), hint)))
    assert "二、主要问题" not in "".join(f"{section.number}{section.title}" for section in made.sections)
    assert any("1 个疑似问题待人工确认" in line for line in made.warnings)


@pytest.mark.parametrize("kind", ["sites.passed", "sites.clean"])
def test_a_full_city_is_full(kind: str) -> None:
    made = notice(*(site(n) for n in range(5)))
    assert "全部合格" in text(made)
    figure = next(f for f in build_figures([site(n) for n in range(5)], RULES) if f.key == (kind, CITY))
    assert figure.rate == "100"
