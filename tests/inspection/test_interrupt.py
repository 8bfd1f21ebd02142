"""Ctrl-C in a nightly run: exit 3, a marked partial result, nothing closed that was not looked at."""

import json
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from faulty_sites import Ended, answer, ended, site, start, xunjian

from checks.rules.rulebook import SHIPPED
from domain.findings import FindingRecord, FindingState
from domain.ports import Store
from domain.runs import RunState
from domain.scores import Verdict
from domain.targets import Registry, Site
from storage import open_store, upgrade

TEXT = "".join(f"<p>第 {n} 条：办理流程、所需材料和联系方式以窗口公告为准，请提前预约。</p>" for n in range(20))


@dataclass
class Web:
    """Six pages, one of which points to a missing one. When `held`, all but the home page wait and are never answered."""

    held: bool = False
    waiting: int = 0
    release: threading.Event = field(default_factory=threading.Event)

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        if self.held and handler.path != "/":
            self.waiting += 1
            self.release.wait(30)
            handler.close_connection = True
            return
        if handler.path == "/gone.html":
            answer(handler, 404, b"<h1>404</h1>")
            return
        links = "".join(f'<p><a href="/p{n}.html">第{n}号公告的办理说明</a></p>' for n in range(6))
        extra = '<a href="/gone.html">附件目录</a>' if handler.path == "/p5.html" else links
        answer(
            handler, 200, f"<html><head><title>{handler.path}</title></head><body>{TEXT}{extra}</body></html>".encode()
        )


@dataclass
class Night:
    """A whole night, then one cut short."""

    first: Ended
    second: Ended
    store: Store
    before: list[FindingRecord]
    reports: Path


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    data, web = tmp_path_factory.mktemp("night"), Web()
    db = f"sqlite:///{data}/xunjian.db"
    upgrade(db)
    rules = SHIPPED.read_text(encoding="utf-8").replace("second_look_minutes: 30", "second_look_minutes: 0")
    (data / "rules.yaml").write_text(rules, encoding="utf-8")
    store = open_store(db, data)
    common = ("nightly", "--data", str(data), "--allow-private", "--format", "json")
    try:
        with site(web) as url:
            store.save_registry(Registry(sites=(Site("2101000001", "甲市政府", url),)))
            first = xunjian(*common, "--as-of", "2023-04-25T22:30")
            before, web.held = store.findings(), True
            running = start(*common, "--as-of", "2023-04-26T22:30", "--html", str(data / "html"))
            started = time.monotonic()
            while not web.waiting and time.monotonic() - started < 100:
                assert running.poll() is None, running.communicate()
                time.sleep(0.05)
            time.sleep(1.5)  # the home page reaches the store
            running.send_signal(signal.SIGINT)
            time.sleep(0.5)
            web.release.set()
            yield Night(first, ended(running), store, before, data / "html")
    finally:
        store.close()


def test_the_first_night_is_whole_and_finds_the_missing_page(night: Night) -> None:
    assert night.first.code == 0, night.first.err
    assert "link.dead" in {record.finding.check for record in night.before}


def test_ctrl_c_is_three_and_says_how_to_go_on(night: Night) -> None:
    run = night.store.runs()[-1]
    assert night.second.code == 3
    assert "被中断" in night.second.last
    assert f"--resume {run.id}" in night.second.last
    assert "Traceback" not in night.second.err


def test_the_run_is_partial(night: Night) -> None:
    run = night.store.runs()[-1]
    assert (run.state, run.as_of.day, run.finished_at is not None) == (RunState.PARTIAL, 26, True)
    assert [url.count("/p") for url, _ in night.store.visited(run.id, "2101000001")] == [0]


def test_the_partial_result_is_written_and_marked(night: Night) -> None:
    document = json.loads(night.second.out)
    assert "partial" in json.dumps(document)
    assert (night.reports / "run.json").exists()
    (card,) = night.store.scorecards(night.store.runs()[-1].id)
    assert card.verdict is not Verdict.PASS
    assert not card.complete


def test_what_was_not_reached_stays_open(night: Night) -> None:
    after = {record.fingerprint: record for record in night.store.findings()}
    open_before = [record for record in night.before if record.state.is_open]
    assert open_before
    for record in open_before:
        assert after[record.fingerprint].state.is_open, record
    assert FindingState.FIXED not in {record.state for record in after.values()}
