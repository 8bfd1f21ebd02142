"""Runs, the registry, what was judged, posts, and results kept by content."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from store_values import DAY, HOME, SITE, night, run

from domain.captured import Link, Post
from domain.errors import StoreError
from domain.findings import Doubt, Finding, FindingRecord, FindingState, Ref, Review, Severity, Unjudged, Waiver
from domain.ports import Store
from domain.runs import RunKind, RunState
from domain.scores import Blocked, Bonus, Deduction, Scorecard, Verdict, Veto
from domain.targets import (
    Account,
    ColumnKind,
    ColumnSpec,
    Platform,
    Registry,
    Site,
    SiteKind,
    Source,
    TargetState,
    Unit,
    UnitKind,
)

REGISTRY = Registry(
    (Unit("u2", "东城区", "东城", UnitKind.DISTRICT, 2), Unit("u1", "市政府办公室")),
    (
        Site(
            SITE,
            "示例市人民政府",
            HOME,
            "u1",
            SiteKind.CITY_PORTAL,
            (ColumnSpec(HOME + "zcjd/", "政策解读", ColumnKind.EXPLAIN, "6mo", archived=True),),
            obeys_robots=False,
            maintenance=((date(2023, 1, 1), date(2023, 1, 3)),),
            valid_from=date(2020, 1, 1),
        ),
        Site("a.example", "甲", "http://a.example/", state=TargetState.CLOSED, valid_to=date(2023, 4, 1)),
    ),
    (
        Account(
            "weibo:1", "示例发布", Platform.WEIBO, sources=(Source("weibo", "1", (("pages", "2"),)), Source("manual"))
        ),
    ),
)


def record(name: str, run_id: str = "r0", target: str = SITE, **changes: object) -> FindingRecord:
    facts = {"age": 15, "ratio": 0.5, "text": "“过期”", "none": None, "yes": True}
    found = Finding("column.stale", Ref(HOME, "首页", "hash"), name, facts, "news", "1", True, True, (HOME,), 3)
    values = {"state": FindingState.NEW, "severity": Severity.VETO, "rule_version": "1+a", "first_seen": DAY}
    more = {"last_seen": DAY, "first_run": "r0", "last_run": run_id}
    return FindingRecord(name, target, found, **{**values, **more, **changes})


def test_runs_come_back_by_as_of(store: Store) -> None:
    later = run(2, targets=("a", "b"), heartbeat=DAY, allow_private=True)
    earlier = run(1, kind=RunKind.AUDIT, reason="现场检查")
    store.save_run(later)
    store.save_run(earlier)
    assert store.runs() == [earlier, later]
    assert store.run("r2") == later
    assert store.run("nothing") is None
    done = replace(later, state=RunState.COMPLETE, finished_at=datetime(2023, 4, 29, tzinfo=UTC))
    store.save_run(done)
    store.save_run(done)
    assert store.runs() == [earlier, done]
    assert store.runs(night(1)) == [done]
    assert store.runs(night(2)) == []
    started = store.runs()[0].started_at
    assert started.utcoffset() is not None


def test_the_as_of_of_a_run_is_fixed(store: Store) -> None:
    store.save_run(run(1))
    with pytest.raises(StoreError, match="监测时间点"):
        store.save_run(run(1, as_of=night(2)))
    assert store.run("r1") == run(1)


def test_the_registry_comes_back_in_its_order(url: str, store: Store, opener: Callable[[str], Store]) -> None:
    assert store.load_registry() == Registry()
    store.save_registry(REGISTRY)
    store.save_registry(REGISTRY)
    assert store.load_registry() == REGISTRY
    smaller = Registry(REGISTRY.units[::-1], REGISTRY.sites[1:], ())
    store.save_registry(smaller)
    assert store.load_registry() == smaller
    store.save_registry(REGISTRY)
    assert (store if url == "memory:" else opener(url)).load_registry() == REGISTRY


def test_findings_now_and_as_a_run_left_them(store: Store) -> None:
    first, other = record("f1"), record("f0", target="other")
    store.save_findings([first, other])
    review = Review("confirmed", "张三", DAY, "1+a", "属实")
    later = replace(first, last_run="r1", state=FindingState.PERSISTING, nights=2, review=review)
    waived = replace(other, waiver=Waiver("改版中", "李四", DAY, date(2023, 6, 1)), state=FindingState.WAIVED)
    store.save_findings(iter([later, waived]))
    store.save_findings([])
    assert store.findings() == [later, waived]
    assert store.findings([SITE]) == [later]
    assert store.findings({SITE, "other", "more"}) == [later, waived]
    assert store.findings(run_id="r0") == [first, waived]
    assert store.findings([SITE], "r1") == [later]
    assert store.findings(["nobody"]) == []
    mended = replace(later, state=FindingState.FIXED)
    store.save_findings([mended])
    assert store.standing_findings() == [waived]
    assert store.standing_findings(mended_in=["r1", "r7"]) == [mended, waived]
    assert store.standing_findings(mended_in=["r0"]) == [waived]
    assert store.standing_findings([SITE], ["r1"]) == [mended]
    assert store.mended_findings(["r1", "r7"]) == [mended]
    assert store.mended_findings(["r0"]) == []
    many = [SITE, "other", *(f"more{number}" for number in range(90))]
    assert store.standing_findings(many, ["r1"]) == [mended, waived]
    assert store.noted("r1", ["f1", "f0"]) == [mended]
    assert store.noted("r0", ["f1", "f0", *(f"x{number}" for number in range(250))]) == [waived, first]
    assert store.noted("r0", []) == []


def test_unjudged_are_replaced_target_by_target(store: Store) -> None:
    items = [Unjudged("home.stale", Ref(HOME), "首页未取得"), Unjudged("link.dead", Ref(HOME + "a", "甲"), "待复核")]
    store.save_unjudged("r0", SITE, items)
    store.save_unjudged("r0", "a", items[:1])
    store.save_unjudged("r1", SITE, items[:1])
    assert store.unjudged("r0") == [(SITE, items[0]), (SITE, items[1]), ("a", items[0])]
    store.save_unjudged("r0", SITE, items[1:])
    assert store.unjudged("r0", SITE) == [(SITE, items[1])]
    store.save_unjudged("r0", SITE, [])
    assert store.unjudged("r0") == [("a", items[0])]


def test_doubts_are_replaced_target_by_target_and_stand_apart(store: Store) -> None:
    finding = Finding("text.typo", Ref(HOME), "a", {"wrong": "布署", "confidence": 0.8, "at": 3}, found_on=(HOME,))
    items = [Doubt(finding), Doubt(replace(finding, identity="b"))]
    store.save_doubts("r0", SITE, items)
    store.save_doubts("r0", "a", items[:1])
    assert store.doubts("r0") == [(SITE, items[0]), (SITE, items[1]), ("a", items[0])]
    store.save_doubts("r0", SITE, items[1:])
    assert store.doubts("r0", SITE) == [(SITE, items[1])]
    assert store.doubts("r1") == store.unjudged("r0") == store.findings() == []


def test_scorecards_keep_the_order_in_which_they_were_saved(store: Store) -> None:
    card = Scorecard("z", "甲", "portal", "u1", "r0", DAY, Verdict.FAIL, None)
    veto = Veto("W-V1", "不可用", 8, 7, ("f1",))
    full = replace(
        card,
        target_id="a",
        verdict=Verdict.PASS,
        score=98.5,
        vetoes=(veto,),
        deductions=(Deduction("D1.5", "空白", 5.0, 1, pending=True),),
        bonus=(Bonus("表彰", 2.0),),
        blocked=(Blocked("W-V4", "无", "缺"),),
    )
    store.save_scorecards([card, full])
    store.save_scorecards(iter([replace(card, score=1.0), replace(card, run_id="r1")]))
    assert store.scorecards("r0") == [replace(card, score=1.0), full]
    assert store.scorecards("r2") == []


def test_posts_in_a_stretch_of_time(store: Store) -> None:
    store.save_run(run(0))
    store.save_run(run(5))
    exact = Post("weibo:1", "1", published_at=night(-3), text="甲", links=(Link(HOME),), comments_open=False)
    around = Post("weibo:1", "2", time_low=night(-5), time_high=night(-4), time_source="relative")
    undated = Post("weibo:1", "3", images=("a", "b"))
    store.save_posts("r0", [exact, around, undated, replace(exact, account_id="weibo:2")])
    store.save_posts("r5", [undated])
    assert list(store.posts("weibo:1", None, night(9))) == [around, exact, undated]
    assert list(store.posts("weibo:1", night(-3), night(-1))) == [exact]
    assert list(store.posts("weibo:1", night(-3), night(0))) == [exact, undated]
    gone = replace(exact, deleted=True, published_at=night(-6))
    store.save_posts("r5", [gone])
    store.save_posts("r5", [])
    assert list(store.posts("weibo:1", None, night(9))) == [gone, around, undated]


def test_many_posts_pass_the_windows(store: Store) -> None:
    store.save_run(run())
    many = [Post("a", f"{number:04}", published_at=DAY + timedelta(seconds=number // 7)) for number in range(1200)]
    store.save_posts("r0", many)
    assert list(store.posts("a", None, night(1))) == many


def test_posts_and_collections_need_their_run(store: Store) -> None:
    for act in (lambda: store.save_posts("r0", [Post("a", "1")]), lambda: store.save_collection("r0", "a", {})):
        with pytest.raises(StoreError, match="批次 r0"):
            act()


def test_collections_as_of_a_moment(store: Store) -> None:
    for number in (2, 0, 1):
        store.save_run(run(number))
        store.save_collection(f"r{number}", "weibo:1", {"status": "ok", "night": number})
    store.save_collection("r1", "weibo:1", {"status": "challenge", "nested": {"a": [1, None]}})
    assert store.collections("weibo:1", night(1)) == [
        ("r0", {"status": "ok", "night": 0}),
        ("r1", {"status": "challenge", "nested": {"a": [1, None]}}),
    ]
    assert store.collections("weibo:2", night(1)) == []


def test_results_are_kept_by_content(store: Store) -> None:
    assert store.cached(["a"]) == {}
    store.cache({"a": "1", "b": "结果"})
    store.cache({"a": "2"})
    store.cache({})
    assert store.cached(["a", "b", "c"]) == {"a": "2", "b": "结果"}
