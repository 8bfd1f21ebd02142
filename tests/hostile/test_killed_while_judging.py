"""A run that ends while it is judged is not complete: it says so, goes on, and its results are those of an undisturbed one."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from trap_desk import Desk, open_desk
from trap_server import Host, Reply, serving

from checks.rules.rulebook import load_rules
from domain.captured import Address
from domain.errors import StoreError, UsageError
from domain.runs import RunState
from domain.targets import Site
from inspection.results.stored_report import stored_report
from inspection.runs.run import run_inspection

ROOT = Path(__file__).parents[2]
QUIET = {"render": False, "check_disguise": False, "check_search": False, "check_codes": False}
SITES = 4


@pytest.fixture
def hosts() -> Iterator[list[Host]]:
    home = "<title>某某市</title><ul><li><a href='/a.html'>市政府召开会议</a><span>2023-04-20</span></li><li><a href='/gone'>断链</a></li></ul>"
    page = "<title>会议</title><h1>会议</h1><p>" + "市政府召开会议，研究部署政务公开工作。" * 20 + "</p>"
    made = [
        Host({"/": lambda asked: Reply(body=home.encode()), "/a.html": lambda asked: Reply(body=page.encode())})
        for _ in range(SITES)
    ]
    with serving(*made):
        yield made


def desk_of(folder: Path, hosts: list[Host]) -> Desk:
    folder.mkdir()
    return open_desk(folder, *(f"http://127.0.0.1:{host.port}/" for host in hosts))


def results(desk: Desk, run_id: str) -> dict[str, object]:
    cards = {card.target_id: (card.verdict, card.score) for card in desk.store.scorecards(run_id)}
    found = {(r.target_id, r.fingerprint, r.state, r.nights) for r in desk.store.findings()}
    return {"cards": cards, "findings": found}


@pytest.mark.parametrize("moment", [0, 1, 3])
@pytest.mark.parametrize("how", ["disk full", "killed"])
def test_it_goes_on_where_it_was_cut_short(tmp_path: Path, hosts: list[Host], how: str, moment: int) -> None:
    quiet = desk_of(tmp_path / "quiet", hosts)
    whole = results(quiet, quiet.inspect(0, **QUIET).run.id)
    desk = desk_of(tmp_path / "desk", hosts)
    cut_short(desk, how, moment)
    (run,) = desk.store.runs()
    assert run.state is not RunState.COMPLETE
    report = stored_report(desk.store, load_rules(), run.id, "")
    assert report.run.state is not RunState.COMPLETE
    assert "尚未判定" in report.run.reason or "磁盘已满" in report.run.reason
    for host in hosts:
        host.asked.clear()
    outcome = run_inspection(desk.order(0, **QUIET), desk.store, resume=run.id)
    assert outcome.run.state is RunState.COMPLETE
    assert results(desk, run.id) == whole
    assert not [asked for host in hosts for asked in host.asked]  # captured is captured
    with pytest.raises(UsageError, match="已经完成"):
        run_inspection(desk.order(0, **QUIET), desk.store, resume=run.id)
    quiet.store.close()
    desk.store.close()


def cut_short(desk: Desk, how: str, moment: int) -> None:
    judged: list[str] = []

    def judging(site: Site) -> None:
        if len(judged) == moment:
            raise StoreError("磁盘已满，数据库无法继续写入；请清理磁盘后重试。")
        judged.append(site.id)

    if how == "disk full":
        with pytest.raises(StoreError, match="磁盘已满"):
            run_inspection(desk.order(0, **QUIET), desk.store, judging=judging)
        return
    code = f"""
import os, signal, sys
sys.path.insert(0, {str(ROOT / "tests" / "traps")!r})
from trap_desk import FAST, NIGHT
from checks.rules.rulebook import load_rules
from domain.runs import RunKind
from inspection.runs.run import Order, run_inspection
from storage import open_store
folder = {str(desk.folder)!r}
store = open_store("sqlite:///" + folder + "/xunjian.db", folder)
judged = []
def judging(site):
    if len(judged) == {moment}:
        os.kill(os.getpid(), signal.SIGKILL)
    judged.append(site)
order = Order(RunKind.NIGHTLY, store.load_registry().sites, NIGHT, load_rules(), "sqlite:///" + folder + "/xunjian.db", folder, FAST | {QUIET!r}, allow_private=True)
run_inspection(order, store, judging=judging)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, timeout=120)
    assert done.returncode == -signal.SIGKILL, done.stderr[-500:]


def test_a_complete_run_without_scorecards_is_judged(tmp_path: Path, hosts: list[Host]) -> None:
    """What earlier versions left behind."""
    from dataclasses import replace

    desk = desk_of(tmp_path / "desk", hosts)
    cut_short(desk, "disk full", 0)
    (run,) = desk.store.runs()
    desk.store.save_run(replace(run, state=RunState.COMPLETE, reason="", crawled=""))
    assert "尚未判定" in stored_report(desk.store, load_rules(), run.id, "").run.reason
    outcome = run_inspection(desk.order(0, **QUIET), desk.store, resume=run.id)
    assert outcome.run.state is RunState.COMPLETE
    assert len(desk.store.scorecards(run.id)) == SITES
    desk.store.close()


def test_what_was_judged_before_the_crawl_was_over_is_judged_again(tmp_path: Path, hosts: list[Host]) -> None:
    from dataclasses import replace

    desk = desk_of(tmp_path / "desk", hosts)
    run = desk.inspect(0, **QUIET).run
    site = desk.sites[0]
    late = "<title>办法</title><h1>办法</h1><p>联系电话13800138000，身份证号11010519491231002X。</p>"
    hosts[0].pages["/late.html"] = lambda asked: Reply(body=late.encode())
    desk.store.save_run(replace(run, state=RunState.PARTIAL, crawled="", reason="巡检被中断"))
    desk.store.discover(run.id, [Address(site.id, f"{site.home_url}late.html")])
    run_inspection(desk.order(0, **QUIET), desk.store, resume=run.id)
    found = {r.finding.check for r in desk.store.findings([site.id])}
    assert "text.privacy" in found
    desk.store.close()
