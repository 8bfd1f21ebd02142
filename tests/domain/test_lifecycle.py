"""Findings across nights."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.findings import Closing, Finding, FindingRecord, FindingState, Ref, Review, Severity, Waiver, fingerprint
from domain.lifecycle import Seen, advance
from domain.runs import Run, RunKind
from domain.times import BEIJING

DAY = datetime(2023, 4, 20, 22, 30, tzinfo=BEIJING)
SITE = "2101000001"
STATES = FindingState


def run(night: int, name: str = "", hours: int = 0) -> Run:
    as_of = DAY + timedelta(days=night, hours=hours)
    return Run(name or f"r{night}", RunKind.NIGHTLY, as_of, as_of)


def seen(identity: str = "http://a.cn/1", version: str = "1", **facts: object) -> Seen:
    finding = Finding("link.dead", Ref(identity), identity, facts)  # type: ignore[arg-type]
    return Seen(finding, Severity.DEDUCT, version)


def night(earlier: list[FindingRecord], items: list[Seen], at: Run, *, examined: bool = True) -> list[FindingRecord]:
    changed = {
        r.fingerprint: r for r in advance(earlier, items, SITE, at, lambda _: Closing.MENDED if examined else "")
    }
    return [*changed.values(), *(r for r in earlier if r.fingerprint not in changed)]


def only(records: list[FindingRecord]) -> FindingRecord:
    (record,) = records
    return record


def test_new_persisting_fixed_reopened() -> None:
    records: list[FindingRecord] = []
    states = []
    for number, present in enumerate([True, True, False, False, True, True]):
        records = night(records, [seen()] if present else [], run(number))
        states.append(only(records).state)
    assert states == [
        STATES.NEW, STATES.PERSISTING, STATES.FIXED, STATES.FIXED, STATES.REOPENED, STATES.PERSISTING,
    ]  # fmt: skip
    record = only(records)
    assert (record.first_seen, record.last_seen, record.nights) == (DAY, DAY + timedelta(days=5), 4)
    assert (record.first_run, record.last_run) == ("r0", "r5")


def test_what_was_not_looked_at_stays_as_it_was() -> None:
    records = night([], [seen()], run(0))
    assert night(records, [], run(1), examined=False) == records


def test_each_finding_is_guarded_by_its_own_place() -> None:
    records = night([], [seen("http://a.cn/1"), seen("http://a.cn/2")], run(0))
    after = list(
        advance(records, [], SITE, run(1), lambda r: Closing.MENDED if r.finding.ref.url.endswith("1") else "")
    )
    assert [(r.finding.ref.url, r.state) for r in after] == [("http://a.cn/1", STATES.FIXED)]


@pytest.mark.parametrize("present", [True, False])
def test_repeating_a_run_changes_nothing(present: bool) -> None:
    for history in ([], [True], [True, True], [True, False]):
        records: list[FindingRecord] = []
        for number, there in enumerate(history):
            records = night(records, [seen()] if there else [], run(number))
        now, items = run(9), [seen()] if present else []
        once = night(records, items, now)
        assert night(once, items, now) == once


def test_nights_are_distinct_dates_not_runs() -> None:
    records = night([], [seen()], run(0, "a"))
    records = night(records, [seen()], run(0, "b", hours=1))
    assert (only(records).nights, only(records).state) == (1, STATES.PERSISTING)
    records = night(records, [seen()], run(0, "c", hours=2))  # 00:30 in Beijing is the next date
    assert only(records).nights == 2


def test_a_rejected_finding_stays_rejected() -> None:
    records = night([], [seen()], run(0))
    review = Review("rejected", "王敏", DAY, "1", "页面可以打开")
    records = [replace(only(records), state=STATES.REJECTED, review=review)]
    for number, items in ((1, [seen()]), (2, []), (3, [seen()])):
        records = night(records, items, run(number))
        assert only(records).state is STATES.REJECTED
        assert only(records).review == review
        assert not only(records).counts


def test_a_waiver_holds_to_its_last_day() -> None:
    record = only(night([], [seen()], run(0)))
    waiver = Waiver("系统迁移", "王敏", DAY, date(2023, 4, 22))
    waived = replace(record, state=STATES.WAIVED, waiver=waiver)
    assert only(night([waived], [seen()], run(2))).state is STATES.WAIVED
    after = only(night([waived], [seen()], run(3)))
    assert after.state is STATES.PERSISTING
    assert after.counts


def test_a_fault_that_went_away_under_its_waiver_is_fixed_when_the_waiver_is_over() -> None:
    record = only(night([], [seen()], run(1)))
    waived = replace(record, state=STATES.WAIVED, waiver=Waiver("系统迁移", "王敏", DAY, date(2023, 4, 22)))
    assert only(night([waived], [], run(2))) == waived
    fixed = only(night([waived], [], run(3)))
    assert (fixed.state, fixed.last_run) == (STATES.FIXED, run(3).id)
    assert only(night([fixed], [seen()], run(4))).state is STATES.REOPENED


def test_an_expired_waiver_waits_until_the_place_is_examined_again() -> None:
    record = only(night([], [seen()], run(1)))
    waived = replace(record, state=STATES.WAIVED, waiver=Waiver("系统迁移", "王敏", DAY, date(2023, 4, 22)))
    assert list(advance([waived], [], record.target_id, run(3), lambda _: "")) == []


def test_a_waiver_without_a_day_holds() -> None:
    record = only(night([], [seen()], run(0)))
    waived = replace(record, state=STATES.WAIVED, waiver=Waiver("长期", "王敏", DAY))
    assert only(night([waived], [seen()], run(900))).state is STATES.WAIVED


def test_a_new_rule_version_is_carried_and_fakes_no_trend() -> None:
    records = night([], [seen(version="1", age=20)], run(0))
    records = night(records, [seen(version="2", age=21)], run(1))
    record = only(records)
    assert (record.rule_version, record.finding.facts, record.state) == ("2", {"age": 21}, STATES.PERSISTING)


def test_a_candidate_counts_only_after_a_person_confirmed_it() -> None:
    item = seen()
    item = replace(item, finding=replace(item.finding, candidate=True))
    record = only(night([], [item], run(0)))
    assert not record.counts
    confirmed = replace(record, review=Review("confirmed", "王敏", DAY))
    assert only(night([confirmed], [item], run(1))).counts


def test_an_older_run_judged_again_closes_nothing_that_came_later() -> None:
    records = night([], [seen()], run(5))
    assert night(records, [], run(1)) == records


def test_fingerprints_keep_their_parts_apart() -> None:
    keys = {fingerprint(*parts) for parts in (("a", "b", "c"), ("ab", "", "c"), ("a", "bc", ""), ("a", "b", "d"))}
    assert len(keys) == 4
    assert all(len(key) == 16 and int(key, 16) >= 0 for key in keys)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=12))
def test_any_history_keeps_its_books(history: list[tuple[bool, bool]]) -> None:
    """(seen, examined) a night: open exactly when last seen, or gone unexamined since."""
    records: list[FindingRecord] = []
    is_open, nights, first = False, 0, None
    for number, (there, looked) in enumerate(history):
        records = night(records, [seen()] if there else [], run(number), examined=looked)
        nights += there
        first = number if there and first is None else first
        is_open = there or (is_open and not looked)
        assert bool(records) == (first is not None)
        if records:
            record = only(records)
            assert record.state.is_open == is_open
            assert record.nights == nights
            assert record.first_run == f"r{first}"
