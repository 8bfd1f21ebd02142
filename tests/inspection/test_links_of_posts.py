"""Links of an account's posts are asked with those of the sites, and findings name the account and the post."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from answering import answering
from offices import AS_OF, QUICK, Office, opened_office

from checks.rules.rulebook import load_rules
from democity.city import build_city
from domain.findings import FindingRecord, FindingState, Severity
from domain.runs import RunState
from domain.targets import Account, Platform, Registry, Source
from inspection.judging.run import Outcome
from inspection.results.report import build_report
from inspection.runs.run import run_inspection

GONE = '<html><div class="weui-msg"><h2 class="weui-msg__title">该内容已被发布者删除</h2></div></html>'
PAGE = "<html><title>办事指南</title><body><h1>办事指南</h1><p>" + "请按要求准备材料。" * 40 + "</p></body></html>"


@dataclass
class Web:
    """A feed and the pages it links to; `gone` paths answer 404."""

    port: int = 0
    now: datetime = AS_OF
    gone: set[str] = field(default_factory=lambda: {"/missing"})
    links: tuple[str, ...] = ("/fine", "/missing", "/s/withdrawn")
    asked: list[str] = field(default_factory=list)

    def feed(self) -> str:
        base = f"http://localhost:{self.port}"
        anchors = "".join(f'&lt;a href="{base}{path}"&gt;详情{path}&lt;/a&gt;' for path in self.links)
        items = "".join(
            f"<item><title>第{day}天的推文</title><guid>g{day}</guid><link>http://mp.example/{day}</link>"
            f"<description>正文{anchors if day == 2 else ''}</description><pubDate>{_rfc(self.now - timedelta(days=day))}</pubDate></item>"
            for day in (1, 2, 30)
        )
        return f'<rss version="2.0"><channel><title>某局</title><lastBuildDate>{_rfc(self.now)}</lastBuildDate>{items}</channel></rss>'

    def answer(self, path: str) -> tuple[int, bytes, str]:
        if path == "/feed":
            return 200, self.feed().encode(), "application/xml"
        if path == "/robots.txt" or path in self.gone:
            return 404, b"<title>404</title>", "text/html"
        return 200, (GONE if path == "/s/withdrawn" else PAGE).encode(), "text/html; charset=utf-8"


def _rfc(moment: datetime) -> str:
    return moment.strftime("%a, %d %b %Y %H:%M:%S %z")


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with answering(Web()) as web:
        yield web


@pytest.fixture(scope="module")
def office(web: Web, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    source = Source("feed", f"http://127.0.0.1:{web.port}/feed")
    account = Account("toutiao:1", "某局发布", Platform.TOUTIAO, url="https://home.example/1", sources=(source,))
    folder: Path = tmp_path_factory.mktemp("office")
    with opened_office(folder, Registry(accounts=(account,)), build_city("small", sites=1)) as office:
        yield office


def inspect(office: Office, web: Web, days: int, *, shards: int = 1) -> Outcome:
    web.now = AS_OF + timedelta(days=days)
    order = replace(office.order(web.now, **QUICK), accounts=office.store.load_registry().accounts, shards=shards)
    return run_inspection(order, office.store)


def links_of(outcome: Outcome) -> dict[str, FindingRecord]:
    records = outcome.judged["toutiao:1"].records
    return {record.finding.ref.url: record for record in records if record.finding.check.startswith("link.")}


def test_dead_and_withdrawn_targets_are_named_with_account_and_post(office: Office, web: Web) -> None:
    outcome = inspect(office, web, 0)
    assert outcome.run.state is RunState.COMPLETE
    found = links_of(outcome)
    base = f"http://localhost:{web.port}"
    assert {url: record.finding.check for url, record in found.items()} == {
        f"{base}/missing": "link.dead",
        f"{base}/s/withdrawn": "link.soft404",
    }
    dead = found[f"{base}/missing"]
    assert dead.finding.facts["account"] == "某局发布"
    assert dead.finding.facts["post"] == "第2天的推文"
    assert dead.finding.found_on == ("http://mp.example/2",)
    assert (dead.severity, dead.state) == (Severity.PROBLEM, FindingState.NEW)
    sentence = build_report(outcome, office.store, load_rules()).wording.message(dead.finding)
    assert sentence.startswith("账号“某局发布”的推文“第2天的推文”中的链接“详情/missing”不能打开")
    card = outcome.judged["toutiao:1"].card
    assert (card.verdict.value, card.deductions) == ("pass", ())  # named, no points
    assert web.asked.count("/missing") >= 2  # two looks


def test_a_target_that_answers_again_and_a_link_that_was_taken_out_are_closed(office: Office, web: Web) -> None:
    web.gone.clear()
    web.links = ("/fine", "/missing")
    found = links_of(inspect(office, web, 1, shards=2))
    assert {record.state for record in found.values()} == {FindingState.FIXED}
