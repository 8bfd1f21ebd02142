"""Text doubts: kept apart from findings, listed for a person, and what the person decides is remembered."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from offices import store_of
from openpyxl import load_workbook

from checks.rules.rulebook import load_rules
from domain.accounts import Collected, CollectionStatus
from domain.captured import Page, PageKind, Post, Reading
from domain.errors import UsageError
from domain.persons import Actor
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.targets import Account, Platform, Registry, Site, Source
from domain.times import BEIJING
from inspection.judging.account_views import save_collected
from inspection.judging.accounts import judge_accounts
from inspection.judging.run import Outcome
from inspection.judging.sites import Judged, judge_site
from inspection.people.doubt_sheet import read_doubts, write_doubts
from inspection.people.doubts import Decision, kept_suspicions, settle, suspicion_lines
from inspection.people.unread_rows import UnreadRow
from inspection.people.word_lists import read_words
from inspection.results.report import build_report
from inspection.results.report_files import write_reports
from inspection.texts.installation import with_installation
from inspection.texts.teaching import Rehearsal

AT = datetime(2023, 4, 26, 10, tzinfo=BEIJING)
LATER = AT + timedelta(days=30)
HOME = "http://www.jia.gov.cn/"
SITE = Site("2101000001", "甲市政府", HOME)
DOUBTFUL = "会议学习了《关于认真布署下一步工作的通知》。"  # in a title of a document an error is only suspected


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return store_of(tmp_path, SITE)


def night(
    store: Store, data: Path, number: int, pages: int = 2, texts: tuple[str, ...] = (DOUBTFUL,)
) -> tuple[Run, Judged]:
    """Capture pages with the doubtful texts in turn and judge the site."""
    at = AT + timedelta(days=number)
    run = Run(f"r{number}", RunKind.NIGHTLY, at, at, state=RunState.COMPLETE, targets=(SITE.id,))
    store.save_run(run)
    kinds = {"": PageKind.HOME, **{f"{place}.html": PageKind.ARTICLE for place in range(pages)}}
    store.write(
        Page(
            run.id,
            SITE.id,
            HOME + path,
            HOME + path,
            200,
            at,
            f"{path}{len(texts)}",
            reading=Reading(kind, "通知", text=texts[number % len(texts)]),
        )
        for number, (path, kind) in enumerate(kinds.items())
        if path
    )
    return run, judge_site(store, SITE, run, with_installation(load_rules(), data))


def typos(judged: Judged) -> list[str]:
    return [record.finding.ref.url for record in judged.records if record.finding.check == "text.typo"]


def decided(store: Store, data: Path, decision: Decision) -> list[str | UnreadRow]:
    return settle(store, data, "", [decision], Actor("王敏"), AT, Rehearsal(store, data, LATER), apply=True)


def test_a_doubt_is_no_finding_and_is_listed_once_with_its_places(store: Store, tmp_path: Path) -> None:
    run, judged = night(store, tmp_path, 1)
    assert typos(judged) == []
    chosen, (row,) = kept_suspicions(store)
    assert chosen == run
    assert (row.places, row.targets, row.fact("sentence")) == (2, ("甲市政府",), DOUBTFUL)
    assert "布署" in suspicion_lines(run, [row])
    assert kept_suspicions(store, name="甲市政府")[1] == [row]
    with pytest.raises(UsageError, match="没有登记过"):
        kept_suspicions(store, name="乙市政府")


def test_what_one_decision_settles_is_asked_once(store: Store, tmp_path: Path) -> None:
    other = DOUBTFUL.replace("会议", "与会人员")
    night(store, tmp_path, 1, texts=(DOUBTFUL, other))
    (row,) = kept_suspicions(store)[1]
    assert row.places == 2
    decided(store, tmp_path, Decision(row.key, "不是错误"))
    night(store, tmp_path, 2, texts=(DOUBTFUL, other))
    assert kept_suspicions(store)[1] == []


def test_a_night_without_doubts_says_so(store: Store, tmp_path: Path) -> None:
    run, _ = night(store, tmp_path, 1, pages=0)
    assert "没有文字疑点" in suspicion_lines(run, kept_suspicions(store)[1])


def test_the_reports_of_a_night_hold_the_list(store: Store, tmp_path: Path) -> None:
    run, judged = night(store, tmp_path, 1)
    outcome = Outcome(run, store.load_registry(), {SITE.id: judged})
    written = write_reports(build_report(outcome, store, load_rules()), tmp_path / "out")
    assert (tmp_path / "out" / "文字疑点.xlsx") in written.values()
    run, judged = night(store, tmp_path, 2, pages=0)
    outcome = Outcome(run, store.load_registry(), {SITE.id: judged})
    assert (
        len(write_reports(build_report(outcome, store, load_rules()), tmp_path / "next")) == 4
    )  # it stands as of then


def fill(path: Path, verdict: str, by: str = "") -> None:
    book = load_workbook(path)
    assert book.active is not None
    heads = {cell.value: cell.column for cell in book.active[1]}
    book.active.cell(2, heads["结论"], verdict)
    book.active.cell(2, heads["经办人"], by)
    book.save(path)


def test_what_a_person_calls_an_error_is_a_finding_from_then_on(store: Store, tmp_path: Path) -> None:
    night(store, tmp_path, 1)
    path = tmp_path / "疑点.xlsx"
    write_doubts(path, kept_suspicions(store)[1])
    assert read_doubts(path) == ((), ())
    fill(path, "是错误", "王敏")
    decisions, problems = read_doubts(path)
    assert problems == ()
    assert [item.by for item in decisions] == ["王敏"]
    preview = settle(store, tmp_path, "", decisions, Actor("李四"), AT, Rehearsal(store, tmp_path, LATER), apply=False)
    assert len(preview) == 1
    assert read_words(tmp_path).confirmed == ()
    (line,) = settle(store, tmp_path, "", decisions, Actor("李四"), AT, Rehearsal(store, tmp_path, LATER), apply=True)
    assert "自有错词" in line
    assert "王敏" in (tmp_path / "words" / "wrong.tsv").read_text(encoding="utf-8")
    _, judged = night(store, tmp_path, 2)
    assert len(typos(judged)) == 2
    assert kept_suspicions(store)[1] == []


def test_what_is_no_error_is_not_asked_again(store: Store, tmp_path: Path) -> None:
    night(store, tmp_path, 1)
    (row,) = kept_suspicions(store)[1]
    (line,) = decided(store, tmp_path, Decision(row.key, "不是错误"))
    assert "允许写法" in line
    _, judged = night(store, tmp_path, 2)
    assert typos(judged) == []
    assert kept_suspicions(store)[1] == []


def test_faulty_rows_are_told(store: Store, tmp_path: Path) -> None:
    night(store, tmp_path, 1)
    path = tmp_path / "疑点.xlsx"
    write_doubts(path, kept_suspicions(store)[1])
    fill(path, "也许")
    decisions, (problem,) = read_doubts(path)
    assert decisions == ()
    assert "第 2 行" in str(problem)
    (line,) = decided(store, tmp_path, Decision("0123456789", "是错误"))
    assert "不在这个批次的疑点中" in str(line)
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    with pytest.raises(UsageError, match="不是 Excel 文件"):
        read_doubts(tmp_path / "x.xlsx")


def test_the_doubts_about_an_account_are_replaced_when_it_is_judged_again(store: Store, tmp_path: Path) -> None:
    account = Account("douyin:1", "某市发布", Platform.DOUYIN, sources=(Source("feed", "https://rss.example/a"),))
    post = Post(account.id, "1", text=DOUBTFUL, published_at=AT, time_low=AT, time_high=AT, time_source="explicit")
    run = Run("r1", RunKind.NIGHTLY, AT, AT, state=RunState.COMPLETE, targets=(account.id,))
    store.save_registry(Registry(accounts=(account,)))
    store.save_run(run)
    save_collected(store, run, [Collected(account.id, account.sources[0], CollectionStatus.OK, posts=(post,))])

    def judge() -> None:
        rules = with_installation(load_rules(), tmp_path)
        judge_accounts(store, [account], run, rules, Registry(accounts=(account,)))

    judge()
    (row,) = kept_suspicions(store)[1]
    decided(store, tmp_path, Decision(row.key, "不是错误"))
    judge()
    assert kept_suspicions(store)[1] == []
