"""Periods over a real store: what counts at the cut-off, what is fixed, what a later closing says differently."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from offices import store_of

from checks.rules.rulebook import load_rules
from domain.errors import NotJudged, UsageError
from domain.figures import CITY
from domain.findings import Finding, FindingRecord, FindingState, Ref, Review, Severity
from domain.periods import PeriodState
from domain.persons import Actor
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.scores import Blocked, Deduction, Scorecard, Verdict
from domain.targets import Account, Platform, Registry, Site, SiteKind, Unit, UnitKind
from domain.times import BEIJING
from inspection.periods.closing import Sums, close_period, open_period, reopen_period, sums_of
from inspection.periods.lines import age_lines
from inspection.periods.notices import notice_of_period
from reports.notice.settings import load_settings
from scorecards.figures import FigureRules

RULES = FigureRules()
NOW = datetime(2023, 7, 1, tzinfo=BEIJING)
SITES = tuple(
    Site(
        f"s{n}",
        f"网站{n}",
        f"http://s{n}.example/",
        f"u{n}",
        SiteKind.DISTRICT_PORTAL if n == 1 else SiteKind.DEPARTMENT,
    )
    for n in (1, 2, 3)
)
ACCOUNT = Account("douyin:a", "政务服务", Platform.DOUYIN, "u2", "a")
UNITS = (Unit("u1", "东区", "东区政府", UnitKind.DISTRICT, 1), Unit("u2", "乙局"), Unit("u3", "丙局"))


def at(day: int, month: int = 4) -> datetime:
    return datetime(2023, month, day, 2, tzinfo=BEIJING)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = store_of(tmp_path)
    made.save_registry(Registry(UNITS, SITES, (ACCOUNT,)))
    yield made
    made.close()


def card(target: str, run: str, moment: datetime, **changes: object) -> Scorecard:
    kind = "account" if target == ACCOUNT.id else "portal" if target == "s1" else "department"
    base = Scorecard(target, target, kind, "", run, moment, Verdict.PASS, None if kind == "account" else 100.0)
    return replace(base, **changes)


def night(store: Store, moment: datetime, *cards: Scorecard, kind: RunKind = RunKind.NIGHTLY) -> str:
    name = f"{kind.value}-{moment:%m%d}"
    store.save_run(Run(name, kind, moment, moment, RunState.COMPLETE, targets=("s1", "s2", "s3", ACCOUNT.id)))
    store.save_scorecards(replace(each, run_id=name, as_of=moment) for each in cards)
    return name


def all_pass(moment: datetime) -> list[Scorecard]:
    return [card(target, "", moment) for target in ("s1", "s2", "s3", ACCOUNT.id)]


def finding(key: str, target: str, seen: datetime, last: datetime, run: str, **changes: object) -> FindingRecord:
    made = Finding(
        "column.stale",
        Ref(f"http://{target}.example/{key}/", "动态"),
        key,
        {"age": 37, "newest": "2023-03-20", "label": "动态", "rule": "14 天"},
    )
    base = FindingRecord(key, target, made, FindingState.NEW, Severity.DEDUCT, "1", seen, last, run, run)
    return replace(base, **changes)


def closed(store: Store, name: str = "2023-04") -> Sums:
    if store.period(name) is None:
        open_period(store, name, Actor("王敏"), NOW)
    return close_period(store, load_rules(), RULES, name, Actor("王敏"), NOW).sums


def told(sums: Sums, kind: str, scope: str = CITY) -> tuple[int, int | None]:
    found = next(figure for figure in sums.figures if figure.key == (kind, scope))
    return found.n, found.of


def test_the_last_complete_judgement_before_the_cut_off_counts(store: Store) -> None:
    bad = card("s2", "", at(10), verdict=Verdict.FAIL, score=None)
    night(store, at(10), *[each if each.target_id != "s2" else bad for each in all_pass(at(10))])
    night(store, at(25), *all_pass(at(25)))
    night(store, at(28), card("s2", "", at(28), verdict=Verdict.UNKNOWN, complete=False))
    night(store, at(2, 5), card("s2", "", at(2, 5), verdict=Verdict.FAIL, score=None))
    sums = closed(store)
    assert (told(sums, "sites.passed"), told(sums, "sites.failed")) == ((3, 3), (0, 3))
    assert told(sums, "visits.sites") == (6, None), "家次 counts all complete nights"
    open_period(store, "2023-Q2", Actor("王敏"), NOW, cutoff=at(30), scoring="worst")
    worst = close_period(store, load_rules(), RULES, "2023-Q2", Actor("王敏"), NOW).sums
    assert told(worst, "sites.failed") == (1, 3)


def test_what_was_judged_before_the_period_only_is_not_inspected_and_its_age_is_said(store: Store) -> None:
    night(store, at(20, 3), *all_pass(at(20, 3)))
    night(store, at(25), *all_pass(at(25))[:2])
    sums = closed(store)
    assert told(sums, "sites.inspected") == (2, 3)
    assert told(sums, "sites.passed") == (2, 2)
    text = "\n".join(age_lines(sums))
    assert "网站登记 3 个，本期有判定 2 个，判定距监测时间点 5 至 5 天" in text
    assert "本期未检查：网站3（上次判定于 2023-03-20）" in text


def test_a_target_looked_at_only_in_part_is_not_inspected_rather_than_passed(store: Store) -> None:
    partial = card(
        "s3",
        "",
        at(25),
        verdict=Verdict.UNKNOWN,
        complete=False,
        blocked=(Blocked("W-V3", "首页不更新", "首页未取得"),),
    )
    night(store, at(25), *all_pass(at(25))[:2], partial)
    sums = closed(store)
    assert (told(sums, "sites.unknown"), told(sums, "sites.inspected")) == ((0, 2), (2, 3))
    assert (sums.standings[2].inspected, sums.standings[2].score) == (False, None)


@pytest.mark.parametrize("state", [RunState.UNKNOWN, RunState.PARTIAL])
def test_a_night_that_failed_closes_no_period(store: Store, state: RunState) -> None:
    run = night(store, at(25), *[replace(each, complete=state is RunState.UNKNOWN) for each in all_pass(at(25))])
    store.save_run(Run(run, RunKind.NIGHTLY, at(25), at(25), state))
    open_period(store, "2023-04", Actor("王敏"), NOW)
    with pytest.raises(NotJudged, match="完整"):
        close_period(store, load_rules(), RULES, "2023-04", Actor("王敏"), NOW)
    with pytest.raises(NotJudged, match="不能生成通报"):
        notice_of_period(store, load_rules(), load_settings(), "2023-04")


def test_who_could_not_be_judged_gives_no_score(store: Store) -> None:
    night(store, at(25), *[replace(each, verdict=Verdict.UNKNOWN, score=100.0) for each in all_pass(at(25))])
    sums = closed(store)
    assert told(sums, "sites.unknown") == (3, 3)
    kinds = {figure.kind for figure in sums.figures}
    assert not kinds & {"scores.mean", "scores.max", "scores.min", "scores.band"}
    said = "".join(
        line.text for _, line in notice_of_period(store, load_rules(), load_settings(), "2023-04").notice.sentences()
    )
    assert "全部合格" not in said
    assert "无扣分点" not in said


def test_findings_mended_in_the_period_are_listed_without_points(store: Store) -> None:
    run = night(store, at(5), *all_pass(at(5)))
    charge = Deduction("D1.8", "其他栏目", 1.0, 1, ("f2",), pending=True)
    last = night(
        store,
        at(25),
        *[
            replace(each, deductions=(charge,), score=99.0) if each.target_id == "s2" else each
            for each in all_pass(at(25))
        ],
    )
    store.save_findings([
        finding("f1", "s1", at(5), at(5), run),
        finding("f2", "s2", at(5), at(25), last, state=FindingState.PERSISTING),
        finding("f3", "s3", at(1, 3), at(1, 3), "older", state=FindingState.FIXED),
        finding("f4", "s3", at(5), at(25), last, state=FindingState.REJECTED, review=Review("rejected", "王敏")),
    ])  # fmt: skip
    store.save_findings([finding("f1", "s1", at(5), at(5), run, state=FindingState.FIXED, last_run=last)])
    sums = closed(store)
    one, two, three = (next(item for item in sums.standings if item.target_id == key) for key in ("s1", "s2", "s3"))
    assert [(item.fingerprint, item.mended) for item in one.items] == [("f1", True)]
    assert [(item.fingerprint, item.mended) for item in two.items] == [("f2", False)]
    assert three.items == ()
    assert (one.charges, two.charges[0].points, two.charges[0].pending) == ((), 1.0, True)
    assert (told(sums, "problems.mended"), told(sums, "problems.open"), told(sums, "sites.clean")) == (
        (1, None),
        (1, None),
        (2, 3),
    )


def test_a_finding_mended_after_the_cut_off_still_stood(store: Store) -> None:
    april = night(store, at(25), *all_pass(at(25)))
    may = night(store, at(2, 5), *all_pass(at(2, 5)))
    store.save_findings([finding("f1", "s1", at(25), at(25), april)])
    store.save_findings([finding("f1", "s1", at(25), at(25), april, state=FindingState.FIXED, last_run=may)])
    store.save_findings([finding("f9", "s1", at(2, 5), at(2, 5), may)])
    assert [(item.fingerprint, item.mended) for item in closed(store).standings[0].items] == [("f1", False)]
    assert [(item.fingerprint, item.mended) for item in closed(store, "2023-05").standings[0].items] == [
        ("f1", True),
        ("f9", False),
    ]


def test_a_finding_that_no_night_of_the_period_touched_still_stood(store: Store) -> None:
    march = night(store, at(20, 3), *all_pass(at(20, 3)))
    night(store, at(25), *all_pass(at(25)))
    may = night(store, at(2, 5), *all_pass(at(2, 5)))
    store.save_findings([finding("f1", "s1", at(20, 3), at(20, 3), march)])
    store.save_findings([finding("f1", "s1", at(20, 3), at(2, 5), may, first_run=march)])
    assert [(item.fingerprint, item.unread) for item in closed(store).standings[0].items] == [("f1", True)]


def test_frozen_figures_never_change_and_a_second_closing_lists_what_does(store: Store) -> None:
    night(store, at(25), *all_pass(at(25)))
    first = closed(store)
    night(
        store,
        at(27),
        *[
            replace(each, verdict=Verdict.FAIL, score=None) if each.target_id == "s2" else each
            for each in all_pass(at(27))
        ],
    )
    store.save_registry(
        Registry(UNITS, (*SITES, replace(SITES[0], id="s9", name="新网站", home_url="http://s9.example/")), (ACCOUNT,))
    )
    assert sums_of(store, load_rules(), RULES, "2023-04") == first
    with pytest.raises(UsageError, match="reopen"):
        close_period(store, load_rules(), RULES, "2023-04", Actor("王敏"), NOW)
    with pytest.raises(UsageError, match="理由"):
        reopen_period(store, "2023-04", Actor("王敏"), " ", NOW)
    assert reopen_period(store, "2023-04", Actor("王敏"), "补判", NOW).state is PeriodState.OPEN
    again = close_period(store, load_rules(), RULES, "2023-04", Actor("李四"), NOW)
    assert again.sums.period.version == 2
    assert [(item.what, item.was, item.now) for item in again.verdicts_changed] == [
        ("网站2", "合格 100 分", "不合格"),
        ("新网站", "不在名录", "本期未检查"),
    ]
    assert ("sites.failed", CITY, "0/3", "1/3") in again.figures_changed
    assert sums_of(store, load_rules(), RULES, "2023-04", 1) == replace(first, period=store.period("2023-04", 1))
    assert store.figures("2023-04", 1) == list(first.figures)


def test_regions_in_full_are_districts_that_have_targets(store: Store) -> None:
    bare = Unit("u9", "西区", "西区政府", UnitKind.DISTRICT, 2)
    store.save_registry(Registry((*UNITS, bare), SITES, (ACCOUNT,)))
    night(store, at(25), *all_pass(at(25)))
    assert told(closed(store), "units.full") == (1, 1)
    store.save_registry(Registry((*UNITS, bare), SITES[1:], (ACCOUNT,)))
    open_period(store, "2023-Q2", Actor("王敏"), NOW)
    sums = close_period(store, load_rules(), RULES, "2023-Q2", Actor("王敏"), NOW).sums
    assert "units.full" not in {figure.kind for figure in sums.figures}


@dataclass
class Slow:
    """A store in which somebody else closes the period while this closing sums up."""

    store: Store

    def __getattr__(self, name: str) -> object:
        if name == "load_registry":
            closed(self.store)
        return getattr(self.store, name)


def test_of_two_closings_at_once_the_second_is_told_in_one_sentence(store: Store) -> None:
    night(store, at(25), *all_pass(at(25)))
    open_period(store, "2023-04", Actor("王敏"), NOW)
    with pytest.raises(UsageError, match=r"已由他人关闭（第 1 版）.*reopen"):
        close_period(cast("Store", Slow(store)), load_rules(), RULES, "2023-04", Actor("李四"), NOW)
    assert len(list(store.trail())) == 2, "opened and closed once"


def test_months_are_compared_and_lasting_problems_counted(store: Store) -> None:
    seen: dict[str, object] = {}
    for month in (3, 4, 5):
        late = [
            replace(each, verdict=Verdict.FAIL, score=None) if each.target_id == "s3" and month == 5 else each
            for each in all_pass(at(20, month))
        ]
        run = night(store, at(20, month), *late)
        store.save_findings([finding("f1", "s2", at(20, 3), at(20, month), run, state=FindingState.PERSISTING)])
        seen[f"2023-{month:02}"] = closed(store, f"2023-{month:02}")
    may = seen["2023-05"]
    assert isinstance(may, Sums)
    figures = {figure.key: figure for figure in may.figures}
    assert figures["sites.passed.before", CITY].printed == "-33.33"
    assert figures["streak.column.stale", "unit/u2"].n == 3
    assert "period:2023-04#1" in figures["sites.passed.before", CITY].source


def test_a_period_of_twelve_months_and_of_a_closed_website(store: Store) -> None:
    gone = replace(SITES[2], valid_to=date(2023, 4, 20))
    store.save_registry(Registry(UNITS, (*SITES[:2], gone), (ACCOUNT,)))
    night(store, at(25), *all_pass(at(25))[:2])
    sums = closed(store)
    assert told(sums, "sites.registered") == (2, None)
    assert told(sums, "sites.closed") == (1, None)


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("四月", {}, "不是考核期"),
        ("2023-04", {"actor": " "}, "--by"),
        ("2023-04", {"scoring": "best"}, "worst"),
        ("2023-03", {}, "已经建立"),
        ("2023-03-10..2023-03-20", {}, "重叠"),
        ("2023-第5次", {}, "起止日期"),
    ],
)
def test_what_cannot_be_opened_is_one_sentence_and_changes_nothing(
    store: Store, name: str, options: dict[str, str], said: str
) -> None:
    open_period(store, "2023-03", Actor("王敏"), NOW)
    open_period(store, "2023-03-01..2023-03-10", Actor("王敏"), NOW)
    before = store.periods()
    actor = options.pop("actor", "王敏")
    with pytest.raises(UsageError, match=said) as caught:
        open_period(store, name, Actor(actor), NOW, **options)
    assert "\n" not in str(caught.value)
    assert store.periods() == before


def test_a_period_is_not_closed_early_or_empty(store: Store) -> None:
    open_period(store, "2023-04", Actor("王敏"), NOW)
    with pytest.raises(UsageError, match="未到"):
        close_period(store, load_rules(), RULES, "2023-04", Actor("王敏"), at(25))
    with pytest.raises(NotJudged, match="没有任何完整的判定"):
        close_period(store, load_rules(), RULES, "2023-04", Actor("王敏"), NOW)
    with pytest.raises(UsageError, match="period open"):
        close_period(store, load_rules(), RULES, "2023-09", Actor("王敏"), NOW + timedelta(days=900))
    period = store.period("2023-04")
    assert period is not None
    assert (period.state, period.version) == (PeriodState.OPEN, 0)
