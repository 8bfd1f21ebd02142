"""The scheduler: its plan, its one lock, its jobs as child processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import cli
import scheduler
from domain.errors import ConfigError, UsageError
from domain.times import BEIJING
from storage import upgrade

ROOT = Path(__file__).parents[1]


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
        scheduler.load_plan(path)
    told = "\n".join(caught.value.problems)
    assert "schedule.nightly" in told
    assert "61" in told
    assert "schedule.weekly" in told
    assert "schedule.7" in told


@pytest.mark.parametrize("text", ["schedule: [a", "schedule: 3\n", "- nightly\n", "nightly: x\n", "", "\x00"])
def test_what_is_no_plan_is_refused(data: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"schedule\.yaml"):
        scheduler.load_plan(plan(data, text))


def test_without_a_plan_every_night_in_beijing_time(data: Path) -> None:
    assert scheduler.load_plan(data / "schedule.yaml")["nightly"] == "30 22 * * *"


def test_times_are_beijing_times_whatever_the_machine_says(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    ((name, at),) = scheduler.next_times({"nightly": "30 22 * * *"})
    assert name == "nightly"
    assert at.utcoffset() == timedelta(hours=8)
    assert (at.hour, at.minute) == (22, 30)
    assert timedelta() < at - datetime.now(BEIJING) <= timedelta(days=1)


def test_the_plan_is_listed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan(data, 'schedule: {nightly: "5 1 * * *"}\n')
    assert cli.run(["schedule", "--list", "--data", str(data)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("nightly  5 1 * * *  下次：")
    assert told.rstrip().endswith("01:05")


def test_jobs_never_overlap_and_missed_ones_are_made_up_once(data: Path) -> None:
    built = scheduler.build({"nightly": "30 22 * * *"}, scheduler.Place(data))
    (job,) = built.get_jobs()
    assert str(built.timezone) == "Asia/Shanghai"
    assert job.args == ("nightly", scheduler.Place(data))
    defaults = built._job_defaults
    assert (defaults["coalesce"], defaults["max_instances"]) == (True, 1)
    assert defaults["misfire_grace_time"] >= 3600


def test_a_job_is_run_at_once_and_its_exit_code_kept(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["schedule", "--once", "nightly", "--data", str(data)]) == 2
    assert "registry import" in capfd.readouterr().err


def test_a_job_is_told_where_everything_is(tmp_path: Path) -> None:
    place = scheduler.Place(tmp_path, "postgresql+psycopg://x@y/z", tmp_path / "r.yaml", allow_private=True)
    rules = ["--rules", str(tmp_path / "r.yaml")]
    assert place.options == ["--data", str(tmp_path), *rules, "--allow-private"]
    assert place.environment["XUNJIAN_DB"] == place.db  # not among the options, which `ps` shows
    assert scheduler.Place(tmp_path).options == ["--data", str(tmp_path)]


def test_a_nightly_of_the_clock_keeps_quiet_hours() -> None:
    assert "--scheduled" in scheduler.JOBS["nightly"]


def test_an_unknown_job_is_refused(data: Path) -> None:
    with pytest.raises(UsageError, match="weekly"):
        scheduler.run(scheduler.Place(data), once="weekly")


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
    for arguments in (["schedule"], ["schedule", "--once", "nightly"]):
        assert cli.run([*arguments, "--data", str(data)]) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("\n") == 1
        assert "已有一个定时程序" in told.err
    assert cli.run(["schedule", "--list", "--data", str(data)]) == 0


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
    scheduler._stopping.set()
    try:
        assert scheduler.start("nightly", scheduler.Place(data)) == 3
    finally:
        scheduler._stopping.clear()


def test_stopping_it_frees_the_folder(running: "subprocess.Popen[str]", data: Path) -> None:
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 3
    assert "Traceback" not in err
    assert err.strip().endswith("已中断")
    with scheduler.only_one(data):
        pass
