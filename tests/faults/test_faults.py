"""What breaks on a machine in years: one clear sentence, the right exit code, nothing lost.

`make faults` runs these; each takes seconds.
"""

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from broken_office import kill_all, one_sentence, standing, until

from crawler.browser.rendering import find_browser
from domain.crawl_policy import CrawlPolicy
from domain.operations import JobState
from domain.runs import RunState
from inspection.operations.journal import BY_HAND

pytestmark = pytest.mark.slow
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="a small file system is mounted by root only")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What an undisturbed night says."""
    with standing(tmp_path_factory.mktemp("whole") / "data") as office:
        assert office.night().returncode == 0
        return unaddressed(office.truth())


def unaddressed(truth: dict[str, object]) -> dict[str, object]:
    """Findings of another port have other addresses: their number counts."""
    return {**truth, "open": len(truth["open"])}  # type: ignore[arg-type]


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_killed_scheduler_and_job_go_on_by_themselves(tmp_path: Path, whole: dict[str, object]) -> None:
    with standing(tmp_path / "data", delay=0.3) as office:
        first = office.start("schedule", "--once", "nightly", "--allow-private")

        def has_pages() -> bool:
            with office.store() as store:
                runs = store.runs()
                return bool(runs) and any(True for _ in store.visited(runs[-1].id, "2101000001"))

        until(has_pages)
        kill_all(first.pid)
        first.communicate()
        with office.store() as store:
            assert store.runs()[-1].state is RunState.RUNNING
            assert [item.state for item in store.job_runs()] == [JobState.RUNNING]
        (office.data / "schedule.yaml").write_text('schedule: {nightly: "0 0 1 1 *"}\n', encoding="utf-8")
        again = office.start("schedule", "--allow-private")
        try:

            def is_whole() -> bool:
                with office.store() as store:
                    return store.runs()[-1].state is RunState.COMPLETE and store.job_runs()[-1].state.is_over

            until(is_whole, 90)
        finally:
            again.send_signal(signal.SIGTERM)
            _, err = again.communicate(timeout=60)
        assert (again.returncode, "Traceback" in err) == (3, False)
        with office.store() as store:
            states = [(item.state, item.subject) for item in store.job_runs()]
            (run,) = store.runs()
        assert states == [(JobState.LOST, BY_HAND), (JobState.DONE, run.id)]
        assert unaddressed(office.truth()) == whole


@root_only
def test_a_full_disk(tmp_path: Path, whole: dict[str, object]) -> None:
    with small_disk(tmp_path / "disk", "24m"), standing(tmp_path / "disk" / "data") as office:
        ballast = tmp_path / "disk" / "ballast"
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                pass
        with ballast.open("r+b") as file:
            file.truncate(max(0, ballast.stat().st_size - 300_000))
        done = office.night()
        assert done.returncode in (2, 3)
        assert "空间" in one_sentence(done) or "磁盘" in one_sentence(done)
        for words in (("backup", str(tmp_path / "disk" / "a.backup"), "--by", "王敏"), ("doctor", "--no-network")):
            done = office.run(*words)
            assert done.returncode in (1, 2)
            one_sentence(done)
        assert not list((tmp_path / "disk").glob("*.backup"))
        ballast.unlink()
        with office.store() as store:
            left = [run.id for run in store.runs() if run.state is not RunState.COMPLETE]
        assert office.night(*(("--resume", left[-1]) if left else ())).returncode == 0
        assert unaddressed(office.truth()) == whole


@root_only
def test_a_read_only_folder(tmp_path: Path, whole: dict[str, object]) -> None:
    place = tmp_path / "disk"
    with small_disk(place, "16m"), standing(place / "data") as office:
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        try:
            for words in (("nightly", "--allow-private"), ("prune", "--by", "王敏"), ("schedule", "--once", "probe")):
                done = office.run(*words)
                assert done.returncode == 2, words
                one_sentence(done)
            done = office.run("doctor", "--no-network")
            assert done.returncode == 1
            assert "只读" in done.stdout or "不可写" in done.stdout
        finally:
            subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True)
        assert office.night().returncode == 0
        assert unaddressed(office.truth()) == whole


def test_a_database_that_is_locked_for_a_while(tmp_path: Path, whole: dict[str, object]) -> None:
    with standing(tmp_path / "data") as office:
        night = office.start("nightly", "--allow-private")
        until(lambda: bool(list((office.data / "blobs" / "packs").glob("*.zpk"))))
        with sqlite3.connect(office.data / "xunjian.db", timeout=20, isolation_level=None) as connection:
            connection.execute("BEGIN IMMEDIATE")
            time.sleep(4)
            connection.execute("ROLLBACK")
        _, err = night.communicate(timeout=120)
        assert (night.returncode, "Traceback" in err) == (0, False)
        assert unaddressed(office.truth()) == whole


def test_a_server_that_is_away_for_a_while(tmp_path: Path, whole: dict[str, object]) -> None:
    from postgres_away import server

    with server() as postgres, standing(tmp_path / "data", db=postgres.url, delay=0.2) as office:
        night = office.start("nightly", "--allow-private")

        def has_pages() -> bool:
            with office.store() as store:
                runs = store.runs()
                return bool(runs) and any(True for _ in store.visited(runs[-1].id, "2101000001"))

        until(has_pages)
        postgres.stop()
        _, err = night.communicate(timeout=120)
        assert night.returncode in (2, 3)
        assert "Traceback" not in err
        done = office.run("status")
        assert done.returncode == 2
        assert "无法连接数据库服务器" in one_sentence(done)
        postgres.start()
        with office.store() as store:
            (run,) = store.runs()
        assert office.night("--resume", run.id).returncode == 0
        assert unaddressed(office.truth()) == whole


def test_no_name_server(tmp_path: Path) -> None:
    with standing(tmp_path / "data", name="site.test") as office:
        office.environment["FAULT_NAMES"] = "up"
        assert office.night().returncode == 0
        before = office.truth()
        office.environment["FAULT_NAMES"] = "down"
        done = office.night()
        assert done.returncode == 3
        one_sentence(done)
        with office.store() as store:
            assert store.runs()[-1].state in {RunState.UNKNOWN, RunState.COMPLETE}
        assert office.truth()["open"] == before["open"]  # nothing is closed, nobody is accused
        office.environment["FAULT_NAMES"] = "up"
        assert office.night().returncode == 0
        assert {**office.truth(), "pages": 0} == {**before, "pages": 0}  # a later night asks what is due


@pytest.mark.browser
@pytest.mark.skipif(find_browser(CrawlPolicy()) is None, reason="no Chromium")
def test_a_browser_that_is_killed(tmp_path: Path) -> None:
    with standing(tmp_path / "data", drawn=True, delay=0.4) as office:
        night = office.start("nightly", "--allow-private")
        killed: set[int] = set()

        def has_browser() -> bool:
            try:
                children = psutil.Process(night.pid).children(recursive=True)
            except psutil.NoSuchProcess:
                return True
            for child in children:
                try:
                    if "chrom" in child.name():
                        os.kill(child.pid, signal.SIGKILL)
                        killed.add(child.pid)
                except (psutil.NoSuchProcess, ProcessLookupError):
                    continue
            return bool(killed)

        until(has_browser)
        _, err = night.communicate(timeout=150)
        assert killed
        assert night.returncode in (0, 3)
        assert "Traceback" not in err
        with office.store() as store:
            run = store.runs()[-1]
            assert any(True for _ in store.visited(run.id, "2101000001"))
            stale = [record for record in store.findings() if record.finding.check.startswith("column.")]
        assert stale == []  # a list that could not be drawn accuses nobody


def test_a_clock_that_jumps(tmp_path: Path) -> None:
    with standing(tmp_path / "data") as office:
        assert office.night().returncode == 0
        before = office.truth()
        office.environment["FAULT_CLOCK"] = "-3"
        done = office.run("doctor", "--no-network")
        assert done.returncode == 1
        assert "系统时间早于" in done.stdout
        assert office.night().returncode == 0  # of an earlier moment: it supersedes nothing
        with office.store() as store:
            assert len(store.runs()) == 2
        office.environment["FAULT_CLOCK"] = "24"
        assert office.night().returncode == 0
        assert office.truth()["open"] == before["open"]


def test_no_file_handles_left(tmp_path: Path, whole: dict[str, object]) -> None:
    with standing(tmp_path / "data") as office:
        done = office.night(prefix=("prlimit", "--nofile=24:24"))
        assert done.returncode in (2, 3)
        one_sentence(done)
        with office.store() as store:
            left = [run.id for run in store.runs() if run.state is not RunState.COMPLETE]
        assert office.night(*(("--resume", left[-1]) if left else ())).returncode == 0
        assert unaddressed(office.truth()) == whole


def test_a_backup_that_is_cut_off_leaves_nothing(tmp_path: Path) -> None:
    with standing(tmp_path / "data") as office:
        with office.store() as store:
            for _ in range(300):
                store.put_body(os.urandom(60_000))
        made = office.start("backup", str(tmp_path / "a.backup"), "--by", "王敏")
        until(lambda: bool(list(tmp_path.glob(".backup-*/draft.part"))))
        kill_all(made.pid)
        made.communicate()
        assert not (tmp_path / "a.backup").exists()
        assert office.run("backup", str(tmp_path / "a.backup"), "--by", "王敏").returncode == 0
        assert office.run("backup", str(tmp_path / "b.backup"), "--by", "王敏").returncode == 0
        assert sorted(path.name for path in tmp_path.glob("*.backup")) == ["a.backup", "b.backup"]
        assert not list(tmp_path.glob(".backup-*"))  # the database lay open in it
