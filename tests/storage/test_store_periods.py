"""Periods and what their closings fixed, over the three stores."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from store_values import DAY

from domain.errors import ValueRefused
from domain.figures import Figure, Measure, Mode
from domain.findings import Severity
from domain.periods import Scoring, period_named
from domain.ports import Store
from domain.scores import Deduction, Verdict
from domain.standings import Item, Standing

APRIL = replace(period_named("2023-04"), ordinal=4, scoring=Scoring.WORST, opened_by="王敏")
FIGURES = [
    Figure("sites.passed", n=56, of=56, digits=0, mode=Mode.TRUNCATE, source=("standings:sites",)),
    Figure("scores.mean", "group/部门", 985012, 43, Measure.SCORE, strip=False),
    Figure("sites.passed", "platform/微博“\t”", 1),
]
ITEM = Item(
    "column.stale",
    "栏目不更新",
    "栏目“动态”已 37 天未更新",
    Severity.DEDUCT,
    "f1",
    "http://a/",
    newest="2023-03-20",
    mended=True,
)
STANDING = Standing(
    "b", "乙局网站", "department", "部门", unit="乙局", verdict=Verdict.PASS, score=98.5, as_of=DAY, inspected=True,
    charges=(Deduction("D1.8", "其他栏目", 1.5, 2, ("f1", "f2"), pending=True),), items=(ITEM,), unjudged=("site.unreachable",),
)  # fmt: skip


def test_a_period_is_as_it_was_saved_last(store: Store) -> None:
    assert (store.periods(), store.period("2023-04"), store.figures("2023-04", 1)) == ([], None, [])
    store.save_period(period_named("2023-Q2"))
    store.save_period(APRIL)
    store.save_period(period_named("2023-03"))
    assert [item.id for item in store.periods()] == ["2023-03", "2023-04", "2023-Q2"]
    changed = replace(APRIL, note="补录一家网站")
    store.save_period(changed)
    assert store.period("2023-04") == changed


def test_a_closing_is_kept_for_good(url: str, store: Store, opener: Callable[[str], Store]) -> None:
    store.save_period(APRIL)
    closed = APRIL.moved("close")
    store.freeze(closed, FIGURES, [STANDING, replace(STANDING, target_id="a")])
    other = store if url == "memory:" else opener(url)
    assert other.period("2023-04") == other.period("2023-04", 1) == closed
    assert other.figures("2023-04", 1) == FIGURES
    assert [item.target_id for item in other.standings("2023-04", 1)] == ["b", "a"]
    assert other.standings("2023-04", 1)[0] == STANDING
    assert [item.target_id for item in other.briefs("2023-04", 1)] == ["b", "a"]
    assert other.briefs("2023-04", 1)[0] == STANDING.brief
    assert other.figures("2023-04", 1, [each.key for each in FIGURES[::-1]]) == FIGURES
    again = closed.moved("reopen").moved("close")
    store.save_period(closed.moved("reopen"))
    store.freeze(again, FIGURES[:1], [])
    assert (other.period("2023-04", 1), other.figures("2023-04", 1)) == (closed, FIGURES)
    assert (other.period("2023-04"), other.figures("2023-04", 2)) == (again, FIGURES[:1])
    assert len(other.periods()) == 1


def test_a_closing_is_never_written_again_and_a_refused_one_leaves_nothing(store: Store) -> None:
    closed = APRIL.moved("close")
    store.freeze(closed, FIGURES, [STANDING])
    with pytest.raises(ValueRefused):
        store.freeze(replace(closed, note="改写"), FIGURES[:1], [])
    assert store.period("2023-04") == store.period("2023-04", 1) == closed
    assert store.figures("2023-04", 1) == FIGURES
    assert store.figures("2023-04", 1, [FIGURES[-1].key, ("none", "全市")]) == [FIGURES[-1]]
