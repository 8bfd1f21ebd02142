"""Starting an audit or a re-check from a page: one at a time, followed to its end, by whom it is for."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import programs
import pytest
from desk import Desk, new_desk
from staff import AT, STALE, UNITS
from test_every_route import letter

from domain.operations import JobRun, JobState
from domain.persons import Role
from domain.runs import Run, RunKind, RunState
from inspection.operations.errands import Errands, started_lately
from inspection.operations.journal import journal_of

I = Role.INSPECTOR  # noqa: E741
WAITS = "import pathlib, sys, time\nwhile not pathlib.Path({path!r}).exists(): time.sleep(0.02)\nopen({said!r}, 'w').write(' '.join(sys.argv[1:]))\n{end}"


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Desk]:
    """A console whose inspections are a program that waits for a file and writes down what it was asked."""

    def made(end: str = "") -> Desk:
        desk = new_desk(tmp_path)
        script = tmp_path / "program.py"
        go_on, said = tmp_path / "go-on", tmp_path / "said"
        script.write_text(WAITS.format(path=str(go_on), said=str(said), end=end), encoding="utf-8")
        url = f"sqlite:///{tmp_path / 'xunjian.db'}"
        errands = Errands(tmp_path, url, journal_of(tmp_path, url), program=(sys.executable, str(script)))
        return replace(desk, place=replace(desk.place, errands=errands))

    return made


def let_go(desk: Desk) -> str:
    (desk.folder / "go-on").touch()
    assert desk.place.errands is not None
    for thread in desk.place.errands.threads:
        thread.join(10)
    return (desk.folder / "said").read_text(encoding="utf-8")


def test_an_audit_is_started_once_followed_and_told(program: Callable[..., Desk]) -> None:
    desk = program()
    person, other = desk.log_in(I), desk.log_in(Role.ADMIN)
    person.get("/runs")
    person.send("/runs", unit=UNITS[0].id)
    assert "已开始" in person.text
    assert "执行中" in person.text
    assert person.page.select_one("#started")["hx-get"] == "/runs/started"
    desk.clock.turn(seconds=1)
    other.get("/targets/S2")
    assert other.send("/audit").status_code == 409
    assert "请等它结束" in other.text
    said = let_go(desk)
    assert said.split()[0] == "audit"
    assert said.endswith("-- S1")
    tag = person.get("/runs/started").headers["etag"]
    assert "完成" in person.text
    assert person.get("/runs/started", headers={"if-none-match": tag}).status_code == 304
    person.get("/trail?act=发起检查")
    assert len(person.page.select("tbody tr")) == 1
    (job,) = started_lately(desk.store, desk.clock())
    assert (job.state, job.exit_code, job.subject) == (JobState.DONE, 0, "S1")
    desk.store.close()


def test_the_places_of_a_letter_are_looked_at_where_they_stand_now(program: Callable[..., Desk]) -> None:
    desk = program("sys.stderr.write('1 个问题本次未能复核\\n'); sys.exit(3)")
    one = letter(1, "0" * 64)
    moved = replace(one.items[0], new_url="http://www.s1.gov.cn/new/")
    desk.store.save_letters([replace(one, items=(moved,))])
    person = desk.log_in(I)
    person.get("/letters/L1")
    person.send("/letters/L1/recheck")
    said = let_go(desk)
    assert f"--findings --at http://www.s1.gov.cn/new/ -- {STALE[0].fingerprint}" in said
    person.get("/runs")
    assert "未成功：1 个问题本次未能复核" in person.text
    desk.store.close()


def test_a_stopped_console_ends_what_it_has_started(program: Callable[..., Desk]) -> None:
    desk = program()
    person = desk.log_in(I)
    person.get(f"/findings/{STALE[0].fingerprint}")
    person.send("/recheck")
    begun = time.monotonic()
    desk.place.errands.stop()
    assert time.monotonic() - begun < 10
    (job,) = started_lately(desk.store, desk.clock())
    assert (job.state, job.reason) == (JobState.FAILED, "控制台停止，任务随之结束")
    desk.store.close()


def test_who_may_not_is_not_offered_it_and_nobody_where_it_cannot_be_done(desk: Desk) -> None:
    for role in (Role.LEADER, Role.LIAISON, I):
        person = desk.log_in(role)
        person.get("/targets/S1")
        assert not person.page.find_all("form", action="/targets/S1/audit")
    assert desk.log_in(I).post("/targets/S1/audit").status_code == 400
    assert desk.log_in(Role.LIAISON).post("/targets/S1/audit").status_code == 403
    assert desk.log_in(Role.LEADER).post("/runs", {"unit": "U1"}).status_code == 403


def test_a_clock_that_stopped_and_a_night_cut_short_are_told_first(desk: Desk) -> None:
    assert "定时程序已停止" not in desk.log_in(I).text
    desk.store.save_job_run(JobRun("nightly", AT, JobState.DONE, started=AT, ended=AT, exit_code=0))
    desk.clock.turn(hours=26)
    cut = Run("r9", RunKind.NIGHTLY, AT, AT, RunState.PARTIAL, targets=("S1",), reason="磁盘已满")
    desk.store.save_run(cut)
    person = desk.log_in(I)
    assert "定时程序已停止" in person.page.select_one("p.warn").get_text()
    assert "昨夜未完成" in person.page.select_one(".card h2").get_text()
    person.get("/runs")
    assert "定时任务" in person.text
    assert "09:00 完成" in person.text


def test_a_program_starts_one_and_follows_it(program: Callable[..., Desk]) -> None:
    desk = program()
    office = programs.program(desk, I, "runs.start", "runs")
    begun = office.post("runs", {"names": [UNITS[0].id]}, idempotency_key="1")
    assert (begun.status_code, begun.json()["state"]) == (202, "running"), begun.text
    assert office.post("runs", {"names": [UNITS[0].id]}, idempotency_key="1").json() == begun.json()
    assert office.post("targets/S2/audit").status_code == 409
    assert office.get("jobs").json()["started"][0]["state"] == "running"
    assert let_go(desk).endswith("-- S1")
    assert office.get("jobs").json()["started"][0]["state"] == "done"
    assert office.post("runs", {"names": ["没有的单位"]}).status_code == 400
