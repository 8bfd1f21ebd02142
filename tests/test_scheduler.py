"""The scheduler: its plan, its one lock, its jobs as child processes."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import typer

import cli
import scheduled_work
import scheduler
import timetable
from domain.errors import ConfigError, UsageError
from domain.operations import JobRun, JobState
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.times import BEIJING
from inspection.letters.working_days import WorkingDays
from inspection.operations.jobs import JOBS
from inspection.operations.journal import BY_HAND, STOPPED, Journal, journal_of
from inspection.operations.plan import Planned, load_plan
from inspection.operations.processes import Ended
from storage import open_store, upgrade

HOUR = timedelta(hours=1)
AT = datetime(2023, 4, 20, 22, 30, tzinfo=BEIJING)
ROOT = Path(__file__).parents[1]


def command_of(words: list[str]) -> tuple[object, list[str]]:
    command, rest = typer.main.get_command(cli.build_app()), list(words)
    while rest and (children := getattr(command, "commands", None)) and not rest[0].startswith("-"):
        command = children[rest.pop(0)]
    return command, rest


def options_of(words: list[str]) -> set[str]:
    command, _ = command_of(words)
    return {name for param in command.params for name in param.opts}  # type: ignore[attr-defined]


@contextmanager
def opened(data: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{data}/xunjian.db", data)
    try:
        yield store
    finally:
        store.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    upgrade(f"sqlite:///{folder}/xunjian.db")
    return folder


def plan(data: Path, text: str) -> Path:
    path = data / "schedule.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_fault_of_a_plan_is_told_at_once(data: Path) -> None:
    path = plan(data, 'schedule:\n  nightly: "61 * * * *"\n  weekly: "0 1 * * 1"\n  7: "x"\n')
    with pytest.raises(ConfigError, match="3 处") as caught:
        load_plan(path)
    told = "\n".join(caught.value.problems)
    assert "schedule.nightly" in told
    assert "61" in told
    assert "schedule.weekly" in told
    assert "schedule.7" in told


@pytest.mark.parametrize("text", ["schedule: [a", "schedule: 3\n", "- nightly\n", "nightly: x\n", "", "\x00"])
def test_what_is_no_plan_is_refused(data: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"schedule\.yaml"):
        load_plan(plan(data, text))


def test_without_a_plan_every_night_in_beijing_time(data: Path) -> None:
    shipped = load_plan(data / "schedule.yaml")
    assert shipped["nightly"].cron == "30 22 * * *"
    assert {"probe", "evidence", "messages", "backup", "prune", "learn"} < shipped.keys()


def test_times_are_beijing_times_whatever_the_machine_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    ((name, at),) = scheduler.next_times({"nightly": Planned("30 22 * * *", HOUR)}, tmp_path)
    assert name == "nightly"
    assert at.utcoffset() == timedelta(hours=8)
    assert (at.hour, at.minute) == (22, 30)
    assert timedelta() < at - datetime.now(BEIJING) <= timedelta(days=1)


def test_the_plan_is_listed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan(data, 'schedule: {nightly: "5 1 * * *"}\n')
    assert cli.run(["schedule", "--list", "--data", str(data)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("nightly   例行巡检  5 1 * * *  下次 ")
    assert "01:05" in told
    assert told.count("\n") == 1


def test_jobs_never_overlap_and_missed_ones_are_made_up_once(data: Path) -> None:
    built = scheduler.build({"nightly": Planned("30 22 * * *", HOUR)}, scheduled_work.Place(data))
    (job,) = built.get_jobs()
    assert str(built.timezone) == "Asia/Shanghai"
    assert job.args[0] == scheduled_work.Place(data)
    assert job.args[2] == "nightly"
    defaults = built._job_defaults
    assert (defaults["coalesce"], defaults["max_instances"]) == (True, 1)
    assert defaults["misfire_grace_time"] >= 3600


def test_a_job_is_run_at_once_and_its_exit_code_kept(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["schedule", "--once", "nightly", "--data", str(data)]) == 2
    assert "registry import" in capfd.readouterr().err


def test_a_job_is_told_where_everything_is(tmp_path: Path) -> None:
    place = scheduled_work.Place(tmp_path, "postgresql+psycopg://x@y/z", tmp_path / "r.yaml", allow_private=True)
    rules = ["--rules", str(tmp_path / "r.yaml")]
    assert place.options("nightly") == ["--data", str(tmp_path), *rules, "--allow-private"]
    assert place.options("backup") == ["--data", str(tmp_path)]
    assert place.environment["XUNJIAN_DB"] == place.db  # not among the options, which `ps` shows
    assert scheduled_work.Place(tmp_path).options("nightly") == ["--data", str(tmp_path)]
    for name, job in JOBS.items():  # every job is a command that takes what it is told
        _, rest = command_of([*job.arguments, *place.options(name)])
        assert {word for word in rest if word.startswith("--")} <= options_of([*job.arguments])


def test_a_nightly_of_the_clock_keeps_quiet_hours() -> None:
    assert "--scheduled" in JOBS["nightly"].arguments


def test_an_unknown_job_is_refused(data: Path) -> None:
    with pytest.raises(UsageError, match="weekly"):
        scheduler.run(scheduled_work.Place(data), once="weekly")


@pytest.fixture
def running(data: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "cli", "schedule", "--data", str(data)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("nightly  下次：")
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def test_a_second_start_is_refused_with_a_sentence(
    running: "subprocess.Popen[str]", data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["schedule", "--data", str(data)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "已有一个定时程序" in told.err
    assert cli.run(["schedule", "--list", "--data", str(data)]) == 0


def test_a_job_is_run_by_hand_beside_a_scheduler_but_never_twice_at_once(
    running: "subprocess.Popen[str]", data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["schedule", "--once", "prune", "--data", str(data)]) == 0
    with opened(data) as store:
        (noted,) = [item for item in store.job_runs() if item.job == "prune"]
        assert (noted.state, noted.subject) == (JobState.DONE, "by hand")
    journal = scheduler.journal_of(data, scheduled_work.Place(data).url)
    assert journal.begin("prune", AT, AT)
    assert cli.run(["schedule", "--once", "prune", "--data", str(data)]) == 2
    assert "同一任务还在进行" in capsys.readouterr().err


def test_what_a_killed_scheduler_held_does_not_keep_a_person_waiting(data: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    journal = scheduler.journal_of(data, scheduled_work.Place(data).url)
    journal.owner = f"{socket.gethostname()}:{gone.pid}:abc"
    now = datetime.now(AT.tzinfo)
    assert journal.begin("prune", now, now)
    assert cli.run(["schedule", "--once", "prune", "--data", str(data)]) == 0


def test_a_night_started_and_stopped_by_hand_is_left_alone(data: Path) -> None:
    place = scheduled_work.Place(data)
    journal = scheduler.journal_of(data, place.url)
    now = datetime.now(AT.tzinfo)
    for subject, goes_on in ((BY_HAND, ""), ("", "r1")):
        with opened(data) as store:
            store.save_run(Run("r1", RunKind.NIGHTLY, now, now, RunState.PARTIAL))
        turn = journal.begin("nightly", now - timedelta(minutes=len(subject) + 1), now - timedelta(minutes=1), subject)
        assert turn
        ended = journal.end(turn, now, 3, STOPPED)
        assert journal.to_resume(now, data) == goes_on
        with opened(data) as store:
            store.save_job_run(replace(ended, started=now - timedelta(days=3), ended=now - timedelta(days=3)))


@pytest.mark.parametrize("moment", [0.0, 0.5, 0.8, 1.2, 2.0])
def test_it_can_be_stopped_at_any_moment_of_its_start(data: Path, moment: float) -> None:
    command = [sys.executable, "-m", "cli", "schedule", "--data", str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(moment)
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=120)  # a hang, on however slow a machine
        finally:
            process.kill()
    with scheduler.only_one(data):
        pass


def test_a_job_that_begins_while_the_scheduler_is_stopped_starts_no_child(data: Path) -> None:
    scheduled_work.stopping.set()
    try:
        place = scheduled_work.Place(data)
        journal = scheduler.journal_of(data, place.url)
        assert scheduler.perform(place, journal, "nightly", by_hand=True) == 3
        with opened(data) as store:
            (noted,) = store.job_runs()
        assert (noted.state, noted.exit_code) == (JobState.FAILED, 3)
        assert "停止" in noted.reason
    finally:
        scheduled_work.stopping.clear()


def test_stopping_it_frees_the_folder(running: "subprocess.Popen[str]", data: Path) -> None:
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 3
    assert "Traceback" not in err
    assert err.strip().endswith("已中断")
    with scheduler.only_one(data):
        pass


def test_on_working_days_only_and_with_a_limit(data: Path) -> None:
    text = 'schedule:\n  messages: {at: "40 8 * * *", days: work, limit: 10m}\n  probe: {at: "1 * * * *"}\n'
    read = load_plan(plan(data, text))
    assert read["messages"].limit == timedelta(minutes=10)
    friday = datetime(2023, 4, 21, 9, tzinfo=BEIJING)
    assert read["messages"].next_after(friday, WorkingDays()) == datetime(2023, 4, 23, 8, 40, tzinfo=BEIJING)  # 调休
    assert read["probe"].next_after(friday, WorkingDays()) == datetime(2023, 4, 21, 9, 1, tzinfo=BEIJING)
    assert read["messages"].last_before(friday, WorkingDays()) == datetime(2023, 4, 21, 8, 40, tzinfo=BEIJING)
    assert read["messages"].last_before(friday + timedelta(days=1), WorkingDays()) is None
    holiday = datetime(2023, 9, 28, 23, 59, 30, tzinfo=BEIJING)  # eight days without work
    assert replace(read["messages"], cron="* * * * *").next_after(holiday, WorkingDays()) == datetime(
        2023, 10, 7, 0, 0, tzinfo=BEIJING
    )
    wrong = 'schedule:\n  probe: {at: "1 * * * *", limit: soon}\n  learn: {limit: 3h}\n  prune: {at: "1 1 * * *", days: 周三}\n'
    with pytest.raises(ConfigError, match="3 处"):
        load_plan(plan(data, wrong))


def test_every_start_and_decision_stands_in_the_journal(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    place = scheduled_work.Place(data)
    journal = journal_of(data, place.url)
    plan(data, 'schedule: {nightly: "* * * * *", backup: "* * * * *"}\n')
    assert scheduler.perform(place, journal, "nightly") == 2
    assert scheduler.perform(place, journal, "backup") == 0  # nobody said where to
    again = scheduler.perform(place, journal, "nightly")  # of the same minute: not twice
    with opened(data) as store:
        by_job = {}
        for item in store.job_runs():
            by_job.setdefault(item.job, []).append(item)
    first = by_job["nightly"][0]
    assert (first.state, first.exit_code) == (JobState.FAILED, 2)
    assert "registry import" in first.reason
    assert first.planned.second == 0
    assert len(by_job["nightly"]) == 1 or again == 2  # the minute may have turned
    assert by_job["backup"][0].state is JobState.SKIPPED
    assert "backup.folder" in by_job["backup"][0].reason
    assert "registry import" in capfd.readouterr().err


def test_a_hung_job_is_ended_after_its_limit(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from inspection.operations import processes

    monkeypatch.setattr(processes, "PATIENCE", 0.3)
    sleeper = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(60)"
    begun = time.monotonic()
    ended = processes.run_child(
        [sys.executable, "-c", sleeper], os.environ, timedelta(seconds=0.6), lambda: None, lambda: False
    )
    assert (ended.code, ended.overdue) == (3, True)
    assert time.monotonic() - begun < 20


def test_two_schedulers_of_one_database_never_do_the_same(data: Path) -> None:
    at = datetime(2023, 4, 20, 22, 30, tzinfo=BEIJING)
    one, other = journal_of(data, scheduled_work.Place(data).url), journal_of(data, scheduler.Place(data).url)
    turn = one.begin("nightly", at, at)
    assert turn is not None
    assert other.begin("nightly", at, at) is None
    assert other.begin("nightly", at + HOUR, at + HOUR) is None  # still at work: noted as left out
    one.show_life(turn)
    one.end(turn, at + HOUR, 0)
    assert other.begin("nightly", at + 2 * HOUR, at + 2 * HOUR) is not None
    with opened(data) as store:
        assert [item.state for item in store.job_runs()] == [JobState.DONE, JobState.SKIPPED, JobState.RUNNING]


def test_what_a_killed_scheduler_left_is_closed_and_its_night_goes_on(data: Path) -> None:
    at = datetime(2023, 4, 20, 22, 30, tzinfo=BEIJING)
    killed = journal_of(data, scheduled_work.Place(data).url)
    killed.owner = f"{os.uname().nodename}:999999:abc"
    assert killed.begin("nightly", at, at)
    run = Run("nightly-1", RunKind.NIGHTLY, at, at + timedelta(minutes=1))
    with opened(data) as store:
        store.save_run(run)
    journal = journal_of(data, scheduled_work.Place(data).url)
    later = at + HOUR
    assert journal.to_resume(later, data) == ""  # as far as we know somebody is at it
    assert [item.job for item in journal.close_lost(later)] == ["nightly"]
    assert journal.to_resume(later, data) == "nightly-1"
    with scheduler.held(data, "nightly", "x"):
        assert journal.to_resume(later, data) == ""  # its child is still at work
    assert journal.to_resume(later + timedelta(days=1), data) == ""
    for number in range(3):
        turn = journal.begin("nightly", later + timedelta(minutes=number), later, "nightly-1")
        assert turn is not None
        journal.end(turn, later, 3, "断电")
    assert journal.to_resume(later, data) == ""  # three times are enough
    with opened(data) as store:
        store.save_run(replace(run, state=RunState.COMPLETE))
        states = [item.state for item in store.job_runs()]
    assert states == [JobState.LOST, *[JobState.FAILED] * 3]


def test_a_night_somebody_stopped_by_hand_is_left_alone(data: Path) -> None:
    at = datetime(2023, 4, 20, 22, 30, tzinfo=BEIJING)
    with opened(data) as store:
        store.save_run(Run("nightly-1", RunKind.NIGHTLY, at, at, RunState.PARTIAL))
    assert journal_of(data, scheduled_work.Place(data).url).to_resume(at + HOUR, data) == ""


def test_a_database_that_is_away_loses_no_entry(data: Path) -> None:
    at = datetime(2023, 4, 20, 22, 30, tzinfo=BEIJING)
    journal = journal_of(data, scheduled_work.Place(data).url)
    (data / "xunjian.db").rename(data / "away")
    turn = journal.begin("probe", at, at)
    assert turn is not None  # the job itself says what is wrong
    journal.end(turn, at, 2, "数据库不可用")
    (data / "away").rename(data / "xunjian.db")
    journal.skip("backup", at + HOUR, at, "x")
    with opened(data) as store:
        found = [(item.job, item.state) for item in store.job_runs()]
    assert found == [("probe", JobState.FAILED), ("backup", JobState.SKIPPED)]


def test_missed_starts_are_made_up_once_where_jobs_ran_before(data: Path) -> None:
    plan(data, 'schedule: {backup: "* * * * *"}\n')
    place = scheduled_work.Place(data)
    journal = journal_of(data, place.url)
    built = scheduler.build(load_plan(place.plan), place, journal)
    watch = scheduler.Watch(place, journal, built)
    watch.make_up()
    assert [job.id for job in built.get_jobs()] == ["backup"]  # a new folder has missed nothing
    with opened(data) as store:
        store.save_job_run(JobRun("backup", datetime.now(BEIJING) - timedelta(days=2), JobState.DONE))
    watch.make_up()
    assert {job.id for job in built.get_jobs()} == {"backup", "missed backup"}


def test_a_changed_plan_is_taken_up_and_a_wrong_one_is_not(data: Path) -> None:
    place = scheduled_work.Place(data)
    journal = journal_of(data, place.url)
    built = scheduler.build(load_plan(plan(data, 'schedule: {probe: "1 * * * *"}\n')), place, journal)
    watch = scheduler.Watch(place, journal, built, scheduler.changed(place.plan))
    watch.look()
    assert {job.id for job in built.get_jobs()} == {"probe"}
    os.utime(plan(data, "schedule: {nightly: never}\n"), (1, 1))
    watch._next = 0
    watch.look()
    assert {job.id for job in built.get_jobs()} == {"probe"}
    os.utime(plan(data, 'schedule: {nightly: "2 2 * * *", prune: "3 3 * * *"}\n'), (2, 2))
    watch._next = 0
    watch.look()
    assert {job.id for job in built.get_jobs()} == {"nightly", "prune"}


def test_what_the_clock_left_out_is_noted(data: Path) -> None:
    journal = journal_of(data, scheduled_work.Place(data).url)
    at = datetime(2023, 4, 20, 22, 30, tzinfo=BEIJING)
    timetable.missed(journal, timetable.JobExecutionEvent(timetable.EVENT_JOB_MISSED, "probe", "default", at))
    event = timetable.JobSubmissionEvent(timetable.EVENT_JOB_MAX_INSTANCES, "nightly", "default", [at])
    timetable.missed(journal, event)
    with opened(data) as store:
        assert {item.job for item in store.job_runs()} == {"probe", "nightly"}
    assert isinstance(journal, Journal)


def test_probes_keep_their_times_while_a_night_runs(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = scheduled_work.Place(data)
    journal = journal_of(data, place.url)
    over, begun = threading.Event(), []

    def child(command: list[str], *_: object) -> Ended:
        begun.append(command[3])
        assert command[3] != "nightly" or over.wait(60)
        return Ended(0)

    monkeypatch.setattr(scheduled_work, "run_child", child)
    plan(data, "schedule: {nightly: '* * * * *', probe: '* * * * *', prune: '* * * * *'}")
    built = scheduler.build(load_plan(place.plan), place, journal)
    built.start()
    try:
        built.get_job("nightly").modify(next_run_time=datetime.now(AT.tzinfo))
        _until(lambda: "nightly" in begun)
        for name in ("prune", "probe"):
            built.get_job(name).modify(next_run_time=datetime.now(AT.tzinfo))
        _until(lambda: "probe" in begun)
        _until(lambda: any(item.state is JobState.DONE for item in _started(data, "probe")))
        assert [item.state for item in _started(data, "nightly")] == [JobState.RUNNING]
        assert "prune" not in begun  # of the lane of the night
        over.set()
        _until(lambda: "prune" in begun)
    finally:
        over.set()
        built.shutdown(wait=True)


def _started(data: Path, job: str) -> list[JobRun]:
    with opened(data) as store:
        return [item for item in store.job_runs() if item.job == job and item.started]


def _until(done: Callable[[], bool]) -> None:
    for _ in range(600):
        if done():
            return
        time.sleep(0.05)
    raise AssertionError("it never came about")
