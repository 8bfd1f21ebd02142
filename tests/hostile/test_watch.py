"""No answer may hold up a night: Python code is interrupted, a process that is stuck in C is ended and goes on without it."""

import json
import queue
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from trap_desk import NIGHT, open_desk
from trap_server import Host, Reply, serving

from crawler.sites.state import LARGE, MOST_SLOW, SiteState
from crawler.watch import TooSlow, Watch, is_overdue, noted_in, place_of
from domain.captured import Address
from domain.links import CRASHED
from domain.targets import Account, Platform, Registry, Site, Source
from inspection.runs import children as crawling
from inspection.runs.culprits import accuse, leave_out_culprit
from inspection.runs.run import start_run


def for_ever() -> None:
    while True:
        pass


def backtracking() -> None:
    re.match(r"(a*)*b", "a" * 60)


def sorting() -> None:
    while True:
        sorted(range(100_000), key=lambda number: -number)


def parsing() -> None:
    while True:
        json.loads("[" + "1," * 100_000 + "1]")


@pytest.mark.parametrize("read", [for_ever, backtracking, sorting, parsing])
def test_reading_that_never_ends_is_interrupted(tmp_path: Path, read: Any) -> None:
    watch = Watch(tmp_path / "note", seconds=0.3)
    with pytest.raises(TooSlow), watch.reading("s", "http://h/a"):
        read()
    assert noted_in(tmp_path / "note") is None
    with watch.reading("s", "http://h/b"):  # and the next answer has all of its time
        assert noted_in(tmp_path / "note") is not None
    watch.close()


def test_what_is_being_read_stands_in_the_note(tmp_path: Path) -> None:
    watch = Watch(tmp_path / "note")
    with watch.reading("s", "http://h/\ud800中"):
        noted = noted_in(tmp_path / "note")
        assert noted is not None
        assert noted[1:] == ("s", "http://h/\ud800中")
        assert is_overdue(tmp_path / "note", -1.0)
        assert not is_overdue(tmp_path / "note", 60.0)
    assert not is_overdue(tmp_path / "note", -1.0)
    assert not is_overdue(tmp_path / "nowhere", -1.0)
    watch.close()


def test_a_stuck_child_is_ended_and_another_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    child = crawling.Child("0/1", stuck, [], [])  # type: ignore[arg-type]
    note = place_of(str(tmp_path), "r", "0/1")
    text = json.dumps([time.monotonic() - 1000, "s", "http://h/stuck"]).encode()
    note.write_bytes(len(text).to_bytes(4, "big") + text)
    started: list[str] = []
    monkeypatch.setattr(crawling, "_start", lambda shard, place, lines: started.append(shard) or child)
    lines: queue.Queue[Mapping[str, Any]] = queue.Queue()
    after = crawling._watched(child, ("r", "db", str(tmp_path)), lines)
    assert stuck.poll() is not None
    assert started == ["0/1"]
    assert after.culprits == 1
    assert noted_in(note.with_name(note.name + ".culprit")) is not None


@pytest.mark.parametrize("target", ["2101000000", "acc", ""])
def test_the_culprit_is_not_met_again_and_counts_as_not_read(tmp_path: Path, target: str) -> None:
    desk = open_desk(tmp_path, "http://127.0.0.1:1/")
    account = Account("acc", "账号", Platform.FEED, sources=(Source("feed", "http://127.0.0.1:1/f"),))
    desk.store.save_registry(Registry(sites=desk.sites, accounts=(account,)))
    run = start_run(desk.order(), desk.store)
    url = desk.sites[0].home_url + "stuck.html"
    desk.store.discover(run.id, [Address(desk.sites[0].id, url)])
    note = place_of(str(tmp_path), run.id, "0/1")
    text = json.dumps([0.0, target, url]).encode()
    note.write_bytes(len(text).to_bytes(4, "big") + text)
    assert accuse(note) == url
    leave_out_culprit(desk.store, run, note)
    if target == "2101000000":
        assert desk.store.pending(run.id, target, 10) == []
        assert {tried.error for tried in desk.store.attempts(target, url, NIGHT)} == {CRASHED}
    if target == "acc":
        assert [item.site_id for item in desk.store.site_runs(run.id)] == ["acc"]
        assert "parse_error" in json.dumps(desk.store.collections("acc", NIGHT))
    assert list(tmp_path.glob(".reading*")) == []
    desk.store.close()


def test_a_site_whose_large_pages_cost_too_much_loses_these_only() -> None:
    state = SiteState.of(Site("s", "某某市", "http://h/"))
    for _ in range(int(MOST_SLOW * 2)):
        state.note_reading(0.4)  # slow pages are counted, ordinary ones are not
    assert not state.is_too_dear(LARGE * 100)
    for _ in range(int(MOST_SLOW)):
        state.note_reading(1.1)
    assert state.is_too_dear(LARGE * 100)
    assert not state.is_too_dear(LARGE // 2)


def test_a_page_that_breaks_its_reading_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the child process itself: a page whose address says so makes the reader crash."""
    broken = "import crawler.sites.answers as a; r = a.read_page\ndef read(body, url, *p, **k):\n    assert 'broken' not in url, 'x'\n    return r(body, url, *p, **k)\na.read_page = read"
    (tmp_path / "sitecustomize.py").write_text(broken)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    page = b"<title>x</title><ul><li><a href='/broken.html'>a</a></li><li><a href='/good.html'>b</a></li></ul>"
    host = Host({path: lambda asked: Reply(body=page) for path in ("/", "/broken.html", "/good.html")})
    with serving(host):
        desk = open_desk(tmp_path, f"http://127.0.0.1:{host.port}/")
        outcome = desk.inspect(0, render=False, check_disguise=False)
    home = desk.sites[0].home_url
    assert outcome.run.state.value == "complete"
    assert dict(desk.store.visited(outcome.run.id, desk.sites[0].id))[home + "good.html"] == 200
    assert {tried.error for tried in desk.store.attempts(desk.sites[0].id, home + "broken.html", NIGHT)} == {CRASHED}
    told = [item.reason for item in outcome.judged[desk.sites[0].id].unjudged if item.ref.url == home + "broken.html"]
    assert told
    assert "页面异常" in told[0]
    desk.store.close()
