"""A decision about an address holds for the other checks that claim the same of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from checks.discovery import topic_of
from domain.findings import Finding, FindingRecord, FindingState, Ref, Review, Severity, Waiver
from domain.lifecycle import Seen, advance
from domain.runs import Run, RunKind
from domain.times import BEIJING

DAY = datetime(2023, 4, 20, 22, 30, tzinfo=BEIJING)
STATES = FindingState


def run(night: int) -> Run:
    as_of = DAY + timedelta(days=night)
    return Run(f"r{night}", RunKind.NIGHTLY, as_of, as_of)


def seen(check: str, path: str = "/hall.html", *, candidate: bool = False) -> Seen:
    finding = Finding(check, Ref(f"http://a.cn{path}"), path, candidate=candidate)
    return Seen(finding, Severity.DEDUCT, "1")


def night(records: list[FindingRecord], number: int, *items: Seen) -> list[FindingRecord]:
    changed = {r.fingerprint: r for r in advance(records, items, "s1", run(number), lambda _: "changed", topic_of)}
    return [*changed.values(), *(r for r in records if r.fingerprint not in changed)]


def state(records: list[FindingRecord], check: str) -> FindingState:
    (record,) = [r for r in records if r.finding.check == check]
    return record.state


def rejected(record: FindingRecord, at: datetime, verdict: str = "rejected") -> FindingRecord:
    new = STATES.REJECTED if verdict == "rejected" else STATES.PERSISTING
    return replace(record, state=new, review=Review(verdict, "李明", at, "1", "登录后可见"), waiver=None)


@pytest.mark.parametrize(("first", "then"), [("link.dead", "link.soft404"), ("link.soft404", "link.dead")])
def test_a_rejection_holds_whatever_words_the_answer_has(first: str, then: str) -> None:
    records = [rejected(night([], 0, seen(first))[0], DAY + timedelta(hours=10))]
    records = night(records, 1, seen(then))
    assert state(records, then) is STATES.REJECTED
    assert not any(record.counts for record in records)
    assert not any(record.counts for record in night(night(records, 2, seen(first)), 3, seen(then)))


def test_a_rejection_holds_for_a_finding_that_was_closed_before_it() -> None:
    records = night(night([], 0, seen("link.dead")), 1, seen("link.soft404"))
    assert state(records, "link.dead") is STATES.FIXED
    at = DAY + timedelta(days=1, hours=10)
    records = [rejected(r, at) if r.finding.check == "link.soft404" else r for r in records]
    assert state(night(records, 2, seen("link.dead")), "link.dead") is STATES.REJECTED


def test_what_is_taken_back_later_counts_again() -> None:
    records = [rejected(night([], 0, seen("link.dead"))[0], DAY + timedelta(hours=10))]
    records = night(records, 1, seen("link.soft404"))
    at = DAY + timedelta(days=1, hours=10)
    records = [rejected(r, at, "unreviewed") if r.finding.check == "link.soft404" else r for r in records]
    records = night(records, 2, seen("link.dead"))
    assert state(records, "link.dead").is_open


def test_a_waiver_holds_to_its_last_day() -> None:
    (first,) = night([], 0, seen("link.dead"))
    waiver = Waiver("系统停用", "李明", DAY + timedelta(hours=10), date(2023, 4, 22))
    records = [replace(first, state=STATES.WAIVED, waiver=waiver)]
    assert state(night(records, 2, seen("link.soft404")), "link.soft404") is STATES.WAIVED
    assert state(night(records, 3, seen("link.soft404")), "link.soft404") is STATES.NEW
    records = night(records, 2, seen("link.soft404"))
    assert state(night(records, 3, seen("link.soft404")), "link.soft404") is STATES.PERSISTING


def test_another_address_another_claim_and_a_mere_confirmation_are_left_alone() -> None:
    records = [rejected(night([], 0, seen("link.dead"))[0], DAY + timedelta(hours=10))]
    records = night(records, 1, seen("link.soft404", "/other.html"), seen("link.hijacked"))
    assert state(records, "link.soft404") is STATES.NEW
    assert state(records, "link.hijacked") is STATES.NEW
    confirmed = [rejected(night([], 0, seen("link.soft404"))[0], DAY, "confirmed")]
    records = night(confirmed, 1, seen("link.dead", candidate=True))
    assert not any(r.counts for r in records if r.finding.check == "link.dead")
