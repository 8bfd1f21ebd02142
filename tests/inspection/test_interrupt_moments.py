"""Ctrl-C whenever it comes, and quiet hours: a run always ends marked, written and fit to go on."""

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import psutil
import pytest
from faulty_sites import answer, ended, site, start
from offices import AS_OF, QUICK

from checks.rules.rulebook import SHIPPED, load_rules
from domain.ports import Store
from domain.quiet import QuietHours
from domain.runs import RunKind, RunState
from domain.targets import Registry, Site
from inspection.runs.children import crawl
from inspection.runs.run import Order, run_inspection, start_run
from storage import open_store, upgrade

IDS = ("2101000001", "2101000002", "2101000003")
PAGES = 12
TEXT = "".join(f"<p>第 {n} 条：办理流程、所需材料和联系方式以窗口公告为准，请提前预约。</p>" for n in range(20))


@dataclass
class Web:
    """A chain of pages, each a moment slow, so that there is a middle."""

    seconds: float = 0.0
    asked: list[str] = field(default_factory=list)

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        known = re.fullmatch(r"/(?:p(\d+)\.html)?", handler.path)
        if not known:
            answer(handler, 404, b"<h1>404</h1>")
            return
        self.asked.append(f"{handler.server.server_port}{handler.path}")
        time.sleep(self.seconds)
        number = int(known[1] or 0)
        after = f'<a href="/p{number + 1}.html">下一页的办理说明</a>' if number + 1 < PAGES else ""
        body = f"<html><head><title>第{number}页</title></head><body>{TEXT}{after}</body></html>"
        answer(handler, 200, body.encode())


@dataclass
class Desk:
    """A data folder in which three sites are registered."""

    folder: Path
    store: Store
    web: Web

    @property
    def db(self) -> str:
        return f"sqlite:///{self.folder}/xunjian.db"

    def order(self) -> Order:
        sites, rules = self.store.load_registry().sites, load_rules()
        return Order(RunKind.NIGHTLY, sites, AS_OF, rules, self.db, str(self.folder), QUICK, allow_private=True)


@contextmanager
def opened(folder: Path, seconds: float) -> Iterator[Desk]:
    web, db = Web(seconds), f"sqlite:///{folder}/xunjian.db"
    rules = SHIPPED.read_text(encoding="utf-8").replace("second_look_minutes: 30", "second_look_minutes: 0")
    (folder / "rules.yaml").write_text(rules, encoding="utf-8")
    upgrade(db)
    store = open_store(db, folder)
    try:
        with site(web) as one, site(web) as two, site(web) as three:
            sites = (Site(key, f"甲市{key}", url) for key, url in zip(IDS, (one, two, three), strict=True))
            store.save_registry(Registry(sites=tuple(sites)))
            yield Desk(folder, store, web)
    finally:
        store.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path, 0.0) as desk:
        yield desk


def strike(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGINT)


def once(action: Callable[..., None]) -> Callable[..., None]:
    left = [action]
    return lambda *arguments: left.pop()(*arguments) if left else None


def test_at_the_first_word_of_a_child(desk: Desk) -> None:
    outcome = run_inspection(desk.order(), desk.store, progress=once(strike))
    assert (outcome.run.state, outcome.run.reason) == (RunState.PARTIAL, "巡检被中断")
    assert set(outcome.judged) == set(IDS)


def test_while_judging_the_rest_is_left_and_the_run_marked(desk: Desk) -> None:
    outcome = run_inspection(desk.order(), desk.store, judging=once(strike))
    assert set(outcome.judged) == {IDS[0]}
    assert outcome.run.state is RunState.PARTIAL
    assert "2 个网站或账号尚未判定" in outcome.run.reason
    assert desk.store.runs()[0].reason == outcome.run.reason
    again = run_inspection(desk.order(), desk.store, resume=outcome.run.id)
    assert again.run.state is RunState.COMPLETE
    assert set(again.judged) == set(IDS)
    assert [item.pages for item in desk.store.site_runs(again.run.id)] == [PAGES] * 3


def test_the_third_one_ends_it_at_once_and_the_run_is_marked_all_the_same(desk: Desk) -> None:
    def three(*_: Any) -> None:
        for _ in range(3):
            strike()

    with pytest.raises(KeyboardInterrupt):
        run_inspection(desk.order(), desk.store, judging=three)
    (run,) = desk.store.runs()
    assert run.state is RunState.PARTIAL


def test_afterwards_ctrl_c_is_an_exception_again(desk: Desk) -> None:
    before = signal.getsignal(signal.SIGINT)
    run_inspection(desk.order(), desk.store)
    assert signal.getsignal(signal.SIGINT) == before


@pytest.mark.parametrize("moment", ["saved", "started", "crawling", "judging"])
def test_the_command_ends_with_three_and_a_marked_result(tmp_path: Path, moment: str) -> None:
    with opened(tmp_path, 0.05) as desk:
        running = start(
            "nightly", "--data", str(tmp_path), "--allow-private", "--format", "json", "--as-of", "2023-04-26"
        )
        reached = {
            "saved": lambda: desk.store.runs(),
            "started": lambda: desk.store.runs() and psutil.Process(running.pid).children(),
            "crawling": lambda: len(desk.web.asked) > PAGES,
            "judging": lambda: desk.store.runs() and desk.store.runs()[0].finished_at,
        }[moment]
        deadline = time.monotonic() + 60
        while not reached():
            assert running.poll() is None, running.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.005)
        running.send_signal(signal.SIGINT)
        end = ended(running)
        (run,) = desk.store.runs()
        assert "Traceback" not in end.err
        if run.state is RunState.COMPLETE:  # the last site was judged already
            assert moment == "judging"
            assert end.code in {0, 3}  # 3: it was stopped while the reports were written
            return
        assert (end.code, run.state) == (3, RunState.PARTIAL)
        assert f"--resume {run.id}" in end.last
        assert json.loads(end.out)["state"] == "partial"


@dataclass(frozen=True)
class Break(QuietHours):
    """Quiet from the moment `begun` says so, for as long as `lasting` looks."""

    looks: list[int] = field(default_factory=lambda: [0])
    begun: Callable[[], bool] = bool
    lasting: int = 5

    def left(self, moment: datetime) -> timedelta:
        if self.begun():
            self.looks[0] += 1
        return timedelta(seconds=0 < self.looks[0] <= self.lasting)


def test_in_quiet_hours_nothing_is_asked_and_afterwards_the_rest(tmp_path: Path) -> None:
    with opened(tmp_path, 0.05) as desk:
        run = start_run(desk.order(), desk.store)
        asked = desk.web.asked
        seen: list[int] = []

        class Watched(Break):
            def left(self, moment: datetime) -> timedelta:
                left = super().left(moment)
                if left:
                    seen.append(len(asked))
                return left

        ended = crawl(run.id, desk.db, str(tmp_path), quiet=Watched(begun=lambda: len(asked) >= 6))
        assert ended == replace(ended, interrupted=False, errors=(), paused=False)
        assert 6 <= seen[0] < 3 * PAGES
        assert len(seen) == 5
        assert seen[-1] == seen[-3]  # the children are gone
        assert len(asked) == len({*asked}) == 3 * PAGES  # nothing lost, nothing repeated
        assert {(item.state, item.pages) for item in desk.store.site_runs(run.id)} == {("complete", PAGES)}


def test_ctrl_c_ends_a_quiet_hour(desk: Desk) -> None:
    rules = replace(load_rules(), crawl={**load_rules().crawl, "quiet_hours": ("00:00-12:00", "12:00-23:59")})
    order = replace(desk.order(), rulebook=rules)
    if QuietHours.parse(rules.crawl["quiet_hours"]).left(datetime.now().astimezone()) < timedelta(seconds=30):
        pytest.skip("the one free minute of the day")
    signal.setitimer(signal.ITIMER_REAL, 1.0)
    before = signal.signal(signal.SIGALRM, strike)
    try:
        outcome = run_inspection(replace(order, scheduled=True), desk.store)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert outcome.run.state is RunState.PARTIAL
    assert desk.web.asked == []
    assert run_inspection(order, desk.store).run.state is RunState.COMPLETE  # started by hand: not held back
