"""Two long jobs of a kind never work in one data folder; short work and other kinds wait for nobody."""

import subprocess
import sys
from pathlib import Path

import pytest
from trap_desk import open_desk
from trap_server import Host, Reply, serving

from domain.errors import UsageError
from inspection.locks import held

ROOT = Path(__file__).parents[2]
HOLDS = "import sys, time; from pathlib import Path; from inspection.locks import held\nwith held(Path(sys.argv[1]), 'nightly', 'x'):\n    print('held', flush=True)\n    time.sleep(float(sys.argv[2]))"


def holder(folder: Path, seconds: float) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(folder), str(seconds)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_one_is_refused_and_other_kinds_are_not(tmp_path: Path) -> None:
    with held(tmp_path, "nightly", "已有一个例行巡检"):
        with pytest.raises(UsageError, match="已有一个"), held(tmp_path, "nightly", "已有一个例行巡检"):
            pass
        with held(tmp_path, "audit", "x"):
            pass
    with held(tmp_path, "nightly", "x"):
        pass


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    with holder(tmp_path, 600) as process:
        with pytest.raises(UsageError), held(tmp_path, "nightly", "x"):
            pass
        process.kill()
    with held(tmp_path, "nightly", "x", seconds=5):
        pass


def test_who_may_wait_waits(tmp_path: Path) -> None:
    with holder(tmp_path, 1.0), held(tmp_path, "nightly", "x", seconds=30):
        pass


def test_the_command_says_so_and_short_work_goes_on(tmp_path: Path) -> None:
    host = Host({}, other=lambda asked: Reply(body=b"<title>x</title>"))
    with serving(host):
        desk = open_desk(tmp_path, f"http://127.0.0.1:{host.port}/")
        with holder(tmp_path, 600) as process:

            def xunjian(*words: str) -> "subprocess.CompletedProcess[str]":
                command = [sys.executable, "-m", "cli", *words, "--data", str(tmp_path)]
                return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)

            refused = xunjian("nightly", "--allow-private")
            assert refused.returncode == 2
            assert "已有一个例行巡检" in refused.stderr
            assert xunjian("probe", "--allow-private").returncode == 0
            assert xunjian("findings", "list").returncode == 0
            process.kill()
        desk.store.close()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("nightly", ("nightly",)),
        ("audit", ("audit", "某某市第0网站")),
        ("recheck", ("recheck", "r")),
        ("evidence", ("evidence", "r")),
        ("learn", ("learn",)),
    ],
)
def test_every_long_job_is_alone_of_its_kind(tmp_path: Path, kind: str, words: tuple[str, ...]) -> None:
    open_desk(tmp_path, "http://127.0.0.1:9/").store.close()
    with held(tmp_path, kind, "x"):
        command = [sys.executable, "-m", "cli", *words, "--data", str(tmp_path), *(["--allow-private"] if kind in {"nightly", "audit"} else [])]  # fmt: skip
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "已有一个" in ended.stderr
    assert str(tmp_path) in ended.stderr
