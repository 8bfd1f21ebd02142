"""What names a body keeps it, over the three stores; and every table has said whether it may."""

from dataclasses import replace
from datetime import date

import pytest
from store_values import HOME, SITE, night, page, run

from domain.answers import Answer, AnswerVerdict
from domain.captured import SiteRun
from domain.findings import Finding, FindingRecord, FindingState, Ref, Severity
from domain.issued import IssuedNotice
from domain.letter_moves import PaperKind
from domain.letters import Letter, LetterItem, Reply
from domain.periods import Period, PeriodKind, PeriodState
from domain.ports import Store
from domain.site_facts import Disguise, ShownToPrograms
from domain.standings import Item, Standing
from domain.trail import Act, Deed
from storage.sql_bodies import PAPER
from storage.tables import metadata

LATER = night(900)
BY_TIME = {"visit", "collection", "site_run"}  # name bodies for as long as captures are kept
FINDINGS = {"finding", "finding_run"}  # theirs are kept by `inspection.operations.pruning`, by what became of them
PICTURES = {"cache"}  # of findings, by their fingerprint
NAMELESS = {
    "run", "address", "reading", "frontier", "attempt", "probe", "unit", "site", "account", "unjudged", "doubt",
    "sample", "scorecard", "post", "lease", "period", "figure", "person", "contact", "series", "job_run", "message",
    "switch", "password", "invitation", "session", "failure", "saved_filter", "token", "bucket", "target_day",
    "pack", "body",
    "replay", "webhook", "delivery",
}  # fmt: skip


def mark(number: int) -> str:
    return f"{number:064x}"


def test_every_table_has_said_whether_it_names_bodies() -> None:
    paper = {table.name for table in PAPER}
    assert BY_TIME | FINDINGS | PICTURES | NAMELESS | paper == set(metadata.tables)


def on_paper(store: Store) -> set[str]:
    """One of everything that keeps a body for ever."""
    moment = night(0)
    item = LetterItem(1, "f1", SITE, "网站", "column.stale", "栏目", "没有更新", HOME, capture=mark(1))
    reply = Reply(moment, "李红", "回执.pdf", mark(2), 9, is_form=False)
    letter = Letter("l1", PaperKind.LETTER, "u", "局", (item,), "王敏", moment, replies=(reply,))
    store.save_letters([letter])
    store.save_issued_notice(IssuedNotice("2023-04", 1, 1, "通报.docx", mark(3), 9, "王敏", moment))
    told = Item("column.stale", "栏目", "没有更新", Severity.NOTICE, "f2", HOME, mended=True, capture=mark(4))
    period = Period("2023-04", PeriodKind.MONTH, date(2023, 4, 1), date(2023, 4, 30), moment, state=PeriodState.CLOSED)
    store.freeze(replace(period, version=1), (), (Standing(SITE, "网站", "department", items=(told,)),))
    store.save_answers(
        [Answer(SITE, "link.dead", HOME, AnswerVerdict.FINE, "王敏", moment, moment, date(2023, 5, 1), picture=mark(5))]
    )
    store.append_trail(Deed(Act.ANSWER, "批次", "王敏", "", moment, now=f"证明图片 {mark(6)}"))
    return {mark(number) for number in range(1, 7)}


def test_what_paper_names_is_used_for_ever(store: Store) -> None:
    kept = on_paper(store)
    assert kept <= store.used_bodies(LATER)


def test_what_a_site_showed_to_programs_is_used_for_its_time(store: Store) -> None:
    store.save_run(run(0))
    told = Disguise((HOME,), (ShownToPrograms(HOME, capture=mark(7)),))
    store.write([SiteRun("r0", SITE, "complete", 1, disguise=told)])
    assert mark(7) in store.used_bodies(night(0))
    assert mark(7) not in store.used_bodies(night(1))


def test_of_each_account_the_last_answers_stay(store: Store) -> None:
    for number in range(3):
        store.save_run(run(number))
        store.save_collection(f"r{number}", "weibo:1", {"evidence": [{"sha256": mark(number)}]})
    store.save_collection("r2", "weibo:2", {"evidence": [{"sha256": mark(9)}]})
    assert store.used_bodies(LATER) == {mark(2), mark(9)}


@pytest.mark.parametrize("state", [FindingState.NEW, FindingState.FIXED])
def test_the_capture_a_closed_period_names_keeps_its_visit(store: Store, state: FindingState) -> None:
    for number in range(4):
        store.save_run(run(number))
        store.write([page("a", number, body_hash=mark(4) if number < 2 else mark(10 + number))])
    on_paper(store)
    finding = Finding("column.stale", Ref(HOME + "a", "动态", mark(13)), "a")
    store.save_findings(
        [FindingRecord("f2", SITE, finding, state, Severity.DEDUCT, "1", night(0), night(3), "r0", "r3")]
    )
    assert store.drop_old_rows(night(4))["visit"] == 2
    assert store.page(SITE, HOME + "a", night(2)).body_hash == mark(4)  # type: ignore[union-attr]
