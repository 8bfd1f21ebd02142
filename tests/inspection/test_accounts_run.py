"""The demo city's accounts through one run, the manual round and a night on which nothing answers."""

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from offices import AS_OF, Office

from checks.rules.rulebook import load_rules
from democity.city import City, build_city
from democity.server import served
from domain.accounts import AccountFacts, CollectionStatus
from domain.captured import Post
from domain.collection_documents import as_document
from domain.errors import UsageError
from domain.findings import FindingState, Severity
from domain.persons import Actor
from domain.runs import RunState
from domain.scores import Verdict
from domain.targets import Account
from inspection.judging.account_views import account_view, collected_in
from inspection.judging.run import Outcome
from inspection.people.manual_round import enter_worksheet, entered_lines, export_worksheet
from inspection.results.report import build_report
from inspection.results.stored_report import stored_report
from inspection.runs.demo import fill
from inspection.runs.recheck import recheck_run
from inspection.runs.run import run_inspection
from inspection.targets import find_targets
from reports.json_gate import run_document
from reports.terminal import print_report

SCHEMA = Path(__file__).parents[2] / "docs/schema/run-1.json"


@dataclass
class Night:
    office: Office
    outcome: Outcome
    sheet: dict[str, Any]

    @property
    def accounts(self) -> tuple[Account, ...]:
        return self.outcome.registry.accounts


def some_accounts(city: City) -> tuple[Account, ...]:
    """Every fourth, and all that the story tells of."""
    sheet = city.answer_sheet(AS_OF)["accounts"]
    special = {*sheet["unknown"], *sheet["near_due"]}
    special |= {id for id, told in sheet["accounts"].items() if told["typos"]}
    accounts = city.registry().accounts
    return tuple(account for number, account in enumerate(accounts) if number % 4 == 0 or account.id in special)


@pytest.fixture(scope="module")
def night(new_office: Callable[..., Any]) -> Iterator[Night]:
    city = build_city("small")
    with served(city, day=date(2023, 4, 26)) as port, new_office(city, port) as office:
        registry = replace(city.registry(), sites=(), accounts=some_accounts(city))
        office.store.save_registry(registry)
        order = replace(office.order(), accounts=registry.accounts)
        outcome = run_inspection(order, office.store)
        yield Night(office, outcome, city.answer_sheet(AS_OF)["accounts"])


def printed(night: Night, outcome: Outcome) -> str:
    stream = io.StringIO()
    print_report(build_report(outcome, night.office.store, load_rules()), stream)
    return stream.getvalue()


def open_findings(outcome: Outcome, check: str) -> dict[str, Any]:
    return {
        target: record
        for target, judged in outcome.judged.items()
        for record in judged.records
        if record.finding.check == check and record.state.is_open
    }


def test_saved_answers_read_again_give_the_same_facts(night: Night) -> None:
    store, run = night.office.store, night.outcome.run
    before = {account.id: collected_in(store, account.id, run) for account in night.accounts}
    recheck_run(store, run.id, load_rules(), reparse=True)
    assert {account.id: collected_in(store, account.id, run) for account in night.accounts} == before


def test_what_an_older_reading_missed_or_made_up_is_put_right(night: Night) -> None:
    store, run = night.office.store, night.outcome.run
    account, good = next(
        (account, items)
        for account in night.accounts
        if len(items := collected_in(store, account.id, run)) == 1 and items[0].posts and items[0].evidence
    )
    made_up = Post(account.id, "made-up", text="不是这个账号发的", published_at=AS_OF, time_low=AS_OF, time_high=AS_OF)
    store.save_posts(run.id, [made_up])
    old = replace(good[0], posts=(made_up,), facts=AccountFacts(name="误读"))
    store.save_collection(run.id, account.id, as_document([old]))
    recheck_run(store, run.id, load_rules(), reparse=True)
    assert collected_in(store, account.id, run) == good
    view = account_view(store, account, run)
    assert [post.deleted for post in view.posts() if post.id == "made-up"] == [True]
    assert all(post.text for item in view.collections for post in item.posts)


def test_every_account_gets_the_verdict_of_the_answer_sheet(night: Night) -> None:
    assert night.outcome.run.state is RunState.COMPLETE
    told = {id: answer["verdict"] for id, answer in night.sheet["accounts"].items()}
    assert {id: judged.card.verdict.label for id, judged in night.outcome.judged.items()} == {
        account.id: told[account.id] for account in night.accounts
    }
    assert open_findings(night.outcome, "account.stale") == {}
    assert sum(judged.card.verdict is Verdict.UNKNOWN for judged in night.outcome.judged.values()) == 12


def test_every_source_answers_as_the_sheet_says_and_is_kept_as_it_came(night: Night) -> None:
    store = night.office.store
    for account in night.accounts:
        (item,) = collected_in(store, account.id, night.outcome.run)
        assert item.status.value == night.sheet["accounts"][account.id]["status"], account.id
        bodies = [store.body(answer.sha256) for answer in item.evidence if answer.sha256]
        assert bodies or account.sources[0].adapter in {"manual", "app"}, account.id
        if item.posts:
            assert {post.id for post in item.posts} <= {post.id for post in store.posts(account.id, None, AS_OF)}


def test_the_account_near_due_is_named_and_passes(night: Night) -> None:
    found = open_findings(night.outcome, "account.near_due")
    assert list(found) == night.sheet["near_due"]
    (record,) = found.values()
    assert (record.severity, record.finding.facts["age"]) == (Severity.PROBLEM, 11)
    assert night.outcome.judged[record.target_id].card.verdict is Verdict.PASS


def test_typos_of_three_districts_are_named_without_points(night: Night) -> None:
    found = open_findings(night.outcome, "text.typo")
    expected = {id: [typo["wrong"] for typo in told["typos"]] for id, told in night.sheet["accounts"].items()}
    assert {id: [record.finding.facts["wrong"]] for id, record in found.items()} == {
        id: wrong for id, wrong in expected.items() if wrong
    }
    assert {record.severity for record in found.values()} == {Severity.PROBLEM}
    assert {night.outcome.judged[id].card.verdict for id in found} == {Verdict.PASS}


def test_recheck_says_the_same_without_the_network(night: Night) -> None:
    again = recheck_run(night.office.store, night.outcome.run.id, load_rules())
    assert {id: judged.card for id, judged in again.judged.items()} == {
        id: judged.card for id, judged in night.outcome.judged.items()
    }


def test_stored_reports_know_accounts_and_units(night: Night) -> None:
    store, run = night.office.store, night.outcome.run
    report = stored_report(store, load_rules(), run.id, "")
    assert report.cards == {id: judged.card for id, judged in night.outcome.judged.items()}
    assert report.sources.keys() == report.cards.keys()
    assert "已采集，内容" in report.sources[night.sheet["near_due"][0]][0]
    account = night.accounts[0]
    unit = night.outcome.registry.unit_of(account)
    assert unit is not None
    assert account in stored_report(store, load_rules(), run.id, unit.name).registry.accounts
    assert find_targets(night.outcome.registry, [account.id]) == ((), (account,))
    with pytest.raises(UsageError, match="没有登记过"):
        find_targets(night.outcome.registry, ["火星发布"])


def test_nothing_answers_the_next_night_and_nobody_is_accused_or_cleared(night: Night) -> None:
    office = night.office
    silent = dict.fromkeys(office.city.resolver_map(1), "127.0.0.1:1")
    order = replace(office.order(AS_OF + timedelta(days=1), resolver=silent, retry_times=0), accounts=night.accounts)
    outcome = run_inspection(order, office.store)
    assert outcome.run.state is RunState.UNKNOWN
    assert {judged.card.verdict for judged in outcome.judged.values()} == {Verdict.UNKNOWN}
    assert open_findings(outcome, "account.stale") == {}
    for check in ("account.near_due", "text.typo"):
        assert open_findings(outcome, check).keys() == open_findings(night.outcome, check).keys()
    states = {record.state for judged in outcome.judged.values() for record in judged.records}
    assert FindingState.FIXED not in states


def account_documents(night: Night, outcome: Outcome) -> tuple[dict[str, Any], dict[str, Any]]:
    document = run_document(build_report(outcome, night.office.store, load_rules()))
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(json.loads(json.dumps(document)))
    return document, {target["id"]: target["account"] for target in document["targets"]}


def test_the_run_document_tells_each_source_its_state_and_which_decided(night: Night) -> None:
    document, accounts = account_documents(night, night.outcome)
    assert document["manual"] == {"accounts": 0, "people": []}
    unknown = {id for id, told in accounts.items() if told["state"] == "unknown"}
    assert unknown == set(night.sheet["unknown"])
    for account in night.accounts:
        told = accounts[account.id]
        tried = [(item["adapter"], item["status"]) for item in told["sources"]]
        collected = collected_in(night.office.store, account.id, night.outcome.run)
        assert tried == [(item.source.adapter, item.status.value) for item in collected]
        if account.id in unknown:
            assert told["decided_by"] is None
            assert told["reason"]
        else:
            assert [item["source"] for item in told["sources"] if item["decided"]] == [told["decided_by"]]


def test_manual_round_judges_the_twelve(night: Night, tmp_path: Path) -> None:
    store, run, rules = night.office.store, night.outcome.run, load_rules()
    assert "全部合格" not in printed(night, night.outcome)
    assert "12 未能判定" in printed(night, night.outcome)
    path = tmp_path / "人工核查表.xlsx"
    assert "12 个" in export_worksheet(store, rules, run.id, path)
    fill(path, night.office.city.manual_answers(AS_OF))
    preview = enter_worksheet(store, rules, run.id, path, Actor("王敏"), AS_OF, apply=False)
    assert (len(preview.entries), preview.problems, preview.judged) == (12, (), {})
    assert len([card for card in store.scorecards(run.id) if card.verdict is Verdict.UNKNOWN]) == 12
    for _ in range(2):  # a second import replaces the first
        entered = enter_worksheet(store, rules, run.id, path, Actor("王敏"), AS_OF, apply=True)
        assert Counter(judged.card.verdict for judged in entered.judged.values()) == {Verdict.PASS: 12}
    assert f"{len(night.accounts)} 合格" in entered_lines(store, rules, entered, apply=True)[-1]
    outcome = replace(night.outcome, judged={**night.outcome.judged, **entered.judged})
    text = printed(night, outcome)
    assert f"政务新媒体 {len(night.accounts)} 个：全部合格" in text
    assert "其中人工核查 12 个（王敏）" in text
    document, accounts = account_documents(night, outcome)
    assert document["manual"] == {"accounts": 12, "people": ["王敏"]}
    assert {id for id, told in accounts.items() if told["manual"] == {"by": "王敏"}} == set(night.sheet["unknown"])
    for item in entered.entries:
        kept = collected_in(store, item.account_id, run)
        assert [one.by for one in kept if one.manual] == ["王敏"]
        assert all(one.status is not CollectionStatus.MANUAL_PENDING for one in kept)
    left = export_worksheet(store, rules, run.id, path)
    assert "待核事项" in left
    assert "账号" not in left  # no account is left without a verdict


def test_rows_of_strangers_are_told_and_left_out(night: Night, tmp_path: Path) -> None:
    from inspection.people.worksheet import WorksheetRow, write_worksheet

    stranger = replace(night.accounts[0], id="wechat:gh_stranger")
    write_worksheet(tmp_path / "a.xlsx", [WorksheetRow(stranger, "微信", "某局", "")])
    fill(
        tmp_path / "a.xlsx",
        [{"编号（勿改）": stranger.id, "核查结果": "已注销", "核查人": "甲", "核查时间": "2023-04-26"}],
    )
    entered = enter_worksheet(
        night.office.store, load_rules(), night.outcome.run.id, tmp_path / "a.xlsx", Actor("王敏"), AS_OF, apply=True
    )
    assert (entered.entries, entered.judged) == ((), {})
    assert "不在批次" in entered.problems[0]
