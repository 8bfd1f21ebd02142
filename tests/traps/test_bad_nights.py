"""Nights that go wrong: nothing answers, one site is down, a run is killed; and a footer that is on every page."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from trap_desk import NIGHT, Desk
from trap_server import Asked, Host, Reply, serving

from domain.findings import FindingState
from domain.runs import RunState
from domain.scores import Verdict
from inspection.judging.run import judge_run
from inspection.runs import run as running
from inspection.runs.run import run_inspection

ROOT = Path(__file__).resolve().parent.parent.parent
QUIET = {"render": False}


def simple_site(pages: int, delay: float = 0.0) -> Host:
    """A home page, `pages` articles, and one dead link in the footer of them all."""
    foot = '<div class="footer"><a href="/gone.html">网站地图</a></div>'

    def article(asked: Asked) -> Reply:
        text = "<p>" + "市政府召开会议，研究部署政务公开工作，听取有关情况汇报，提出明确要求。" * 5 + "</p>"
        name = asked.path.strip("/")
        return Reply(body=f"<title>会议{name}</title><h1>会议{name}</h1>{text}{foot}".encode(), delay=delay)

    menu = "".join(
        f'<li><a href="/a{n}.html">市政府召开第{n}次会议</a><span>2023-04-20</span></li>' for n in range(pages)
    )
    home = Reply(body=f"<title>某某市</title><ul>{menu}</ul>{foot}".encode())
    return Host({"/": lambda asked: home} | {f"/a{n}.html": article for n in range(pages)})


def test_a_footer_link_on_200_pages_is_one_finding_and_the_same_site_twice_changes_nothing(
    desk_for: Callable[..., Desk],
) -> None:
    host = simple_site(200)
    with serving(host):
        desk = desk_for(f"http://127.0.0.1:{host.port}/")
        first, second = (desk.inspect(night, **QUIET).judged[desk.sites[0].id] for night in range(2))
    dead = [record for record in first.records if record.finding.check == "link.dead"]
    assert [(record.finding.count, len(record.finding.found_on)) for record in dead] == [(201, 5)]
    assert dead[0].finding.home
    assert dead[0].finding.facts["place"] == "页脚"
    old, new = ({record.fingerprint: record for record in judged.records} for judged in (first, second))
    assert old.keys() == new.keys()
    assert {record.state for record in old.values()} == {FindingState.NEW}
    assert {record.state for record in new.values()} == {FindingState.PERSISTING}
    assert {key: record.finding.count for key, record in old.items()} == {
        key: record.finding.count for key, record in new.items()
    }


def test_when_nothing_answers_the_run_is_unknown_and_nobody_loses_a_point(desk_for: Callable[..., Desk]) -> None:
    hosts = (simple_site(3), simple_site(3))
    with serving(*hosts):
        desk = desk_for(*(f"http://127.0.0.1:{host.port}/" for host in hosts))
        before = desk.inspect(0, **QUIET)
    after = desk.inspect(1, **QUIET)  # the servers are gone
    assert before.run.state is RunState.COMPLETE
    assert after.run.state is RunState.UNKNOWN
    for site in desk.sites:
        earlier = {r.fingerprint for r in before.judged[site.id].records if r.state.is_open}
        now = {r.fingerprint for r in after.judged[site.id].records if r.state.is_open}
        assert now == earlier
        assert after.judged[site.id].card.verdict is not Verdict.FAIL
        assert not [r for r in after.judged[site.id].records if r.state is FindingState.FIXED]


def test_the_command_says_unknown_by_its_exit_code(desk_for: Callable[..., Desk]) -> None:
    desk = desk_for("http://127.0.0.1:1/")
    rules = desk.folder / "rules.yaml"
    text = (ROOT / "rules.yaml").read_text(encoding="utf-8")
    rules.write_text(text.replace("second_look_minutes: 30", "second_look_minutes: 0.001"), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "cli",
        "nightly",
        "--data",
        str(desk.folder),
        "--allow-private",
        "--format",
        "json",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 3, done.stderr
    assert "本机网络" in done.stderr.strip().splitlines()[-1]
    assert json.loads(done.stdout)


def test_one_site_down_is_its_own_fault_while_the_others_answer(desk_for: Callable[..., Desk]) -> None:
    hosts = (simple_site(2), simple_site(2))
    with serving(*hosts):
        desk = desk_for(f"http://127.0.0.1:{hosts[0].port}/", "http://127.0.0.1:1/")
        nights = [desk.inspect(night, **QUIET) for night in range(2)]
    assert [outcome.run.state for outcome in nights] == [RunState.COMPLETE, RunState.COMPLETE]
    probes = list(desk.store.probes(desk.sites[1].id, NIGHT.replace(year=2000), NIGHT.replace(year=2100)))
    assert {probe.outcome.value for probe in probes} == {"refused"}
    assert len({probe.run_id for probe in probes}) == 2
    tries = desk.store.attempts(desk.sites[1].id, "http://127.0.0.1:1/", NIGHT.replace(year=2100))
    assert [(attempt.error, attempt.look) for attempt in tries] == [("refused", 1), ("refused", 2)] * 2


def test_killed_halfway_keeps_findings_on_pages_not_reached_and_resumes(desk_for: Callable[..., Desk]) -> None:
    host = simple_site(60)
    with serving(host):
        desk = desk_for(f"http://127.0.0.1:{host.port}/")
        before = desk.inspect(0, **QUIET).judged[desk.sites[0].id]
        host.pages |= {path: _slowly(answer) for path, answer in host.pages.items() if path != "/"}
        order = desk.order(1, **QUIET, incremental=False)
        killed = _kill_after(desk, order, lambda: len(host.asked) > 90)
        partial = judge_run(desk.store, killed, order.rulebook).judged[desk.sites[0].id]
        resumed = run_inspection(order, desk.store, resume=killed.id)
    open_before = {record.fingerprint for record in before.records if record.state.is_open}
    assert open_before == {record.fingerprint for record in partial.records if record.state.is_open}
    assert resumed.run.state is RunState.COMPLETE
    after = resumed.judged[desk.sites[0].id]
    assert open_before == {record.fingerprint for record in after.records if record.state.is_open}
    assert [r.finding.count for r in after.records if r.finding.check == "link.dead"] == [61]


def _slowly(answer: Callable[[Asked], Reply]) -> Callable[[Asked], Reply]:
    return lambda asked: replace(answer(asked), delay=0.1)


def _kill_after(desk: Desk, order: running.Order, enough: Callable[[], bool]) -> running.Run:
    """Start the crawl of an order as a child process, kill -9 it when enough was seen; returns its run as partial."""
    run = running.start_run(order, desk.store)
    command = [sys.executable, "-m", "inspection.runs.child", run.id, "0/1", "--db", order.db, "--data", order.data]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not enough() and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.0)  # one batch is written
    assert child.poll() is None, "the crawl ended before it could be killed"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    run = replace(run, state=RunState.PARTIAL, reason="killed")
    desk.store.save_run(run)
    return run
