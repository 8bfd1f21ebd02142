"""A night on which a notice stands in for the site: nothing new is accused, nothing is closed, nobody passes by it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import FAULTS
from town import Town, Watch, built, item, watched

from checks.rules.rulebook import load_rules
from domain.findings import FindingState, Why
from domain.scores import Verdict
from inspection.judging.run import Outcome
from inspection.runs.recheck import recheck_run

NOTICE = (
    '<html><head><meta charset="utf-8"><title>系统升级维护</title></head><body><h1>网站正在升级维护</h1>'
    "<p>给您带来的不便敬请谅解。</p></body></html>"
)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    town = built()
    for fault in FAULTS:
        fault.plant(town)
    with watched(tmp_path, town) as watch:
        yield watch


class Closed(Town):
    """The town behind a notice: on every address, or on its home page only."""

    everywhere = True
    is_closed = False

    def answer(self, path: str) -> tuple[int, str]:
        return (200, NOTICE) if self.is_closed and (self.everywhere or path == "/") else super().answer(path)


def close(watch: Watch, *, everywhere: bool = True) -> None:
    watch.town.__class__ = Closed
    watch.town.is_closed, watch.town.everywhere = True, everywhere  # type: ignore[attr-defined]


def reopen(watch: Watch) -> None:
    watch.town.is_closed = False  # type: ignore[attr-defined]


def told(watch: Watch, outcome: Outcome) -> dict[str, tuple[FindingState, Why | None]]:
    return {key: (record.state, record.unread) for key, record in watch.records(outcome).items()}


def test_a_notice_on_every_address_changes_nothing(watch: Watch) -> None:
    before = told(watch, watch.inspect(0))
    samples = watch.store.samples(watch.store.load_registry().sites[0].id)
    close(watch)
    outcome = watch.inspect(1)
    (judged,) = outcome.judged.values()
    assert told(watch, outcome) == dict.fromkeys(before, (FindingState.NEW, Why.MAINTENANCE))
    assert told(watch, recheck_run(watch.store, outcome.run.id, load_rules())) == told(watch, outcome)
    assert not judged.card.complete
    assert "home.stale" in {question.check for question in judged.unjudged}
    assert watch.store.samples(watch.store.load_registry().sites[0].id) == samples
    reopen(watch)
    assert told(watch, watch.inspect(2)) == dict.fromkeys(before, (FindingState.PERSISTING, None))


def test_a_notice_on_the_home_page_alone_accuses_of_nothing(watch: Watch) -> None:
    before = told(watch, watch.inspect(0))
    close(watch, everywhere=False)
    after = told(watch, watch.inspect(1))
    assert after.keys() == before.keys()
    assert after["mark.missing /"] == (FindingState.NEW, Why.MAINTENANCE)
    assert after["text.typo /xw/t1.html"] == (FindingState.PERSISTING, None)  # its page was read as itself
    for fault in FAULTS:
        fault.mend(watch.town)
    after = told(watch, watch.inspect(2))
    assert after["text.typo /xw/t1.html"][0] is FindingState.FIXED
    assert after["mark.missing /"][0].is_open


def test_nobody_passes_by_a_notice(tmp_path: Path) -> None:
    with watched(tmp_path, built()) as watch:
        assert not watch.records(watch.inspect(0))
        close(watch)
        outcome = watch.inspect(1)
        (judged,) = outcome.judged.values()
        assert not watch.records(outcome)
        assert judged.card.verdict is Verdict.UNKNOWN
        reopen(watch)
        assert not watch.records(watch.inspect(2))


def test_a_notice_by_redirect(watch: Watch) -> None:
    before = told(watch, watch.inspect(0))
    town = watch.town
    town.pages["/wh.html"] = NOTICE
    town.moved = {path: "/wh.html" for path in ("/", *town.pages) if path != "/wh.html"}
    after = told(watch, watch.inspect(1))
    assert after.keys() == before.keys()
    assert {key for key, (state, why) in after.items() if not state.is_open} == set()
    assert {why for _, why in after.values()} <= {Why.MAINTENANCE, Why.NO_ANSWER, None}
    assert after["column.stale /zc/"] == after["mark.missing /"] == (FindingState.NEW, Why.MAINTENANCE)


def test_a_headline_and_a_column_under_construction_are_judged_as_ever(tmp_path: Path) -> None:
    town = built()
    town.home_extra = item(town.today, "/gg/1.html", "系统升级维护公告") + "<p>系统升级维护公告</p>"
    town.column("/kong/", "政策解读", "<li>栏目正在建设中</li>")
    with watched(tmp_path, town) as watch:
        outcome = watch.inspect(0)
        (judged,) = outcome.judged.values()
        assert judged.card.complete
        assert set(watch.records(outcome)) == {"column.blank /kong/"}
