"""Who may read what is kept; what a bomb, a dropped connection and a closed terminal are called."""

import gzip
import os
import signal
import stat
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from store_values import page, run
from trap_desk import NIGHT, open_desk
from trap_server import Asked, Host, Reply, serving

from crawler.browser.rendering import launch_options
from domain.bodies import Body
from storage import open_store

ROOT = Path(__file__).parents[2]
QUIET = {"render": False, "check_disguise": False, "check_search": False, "check_codes": False}


def home_with(path: str) -> bytes:
    return f"<title>某某市</title><ul><li><a href='{path}'>市政府召开会议</a></li></ul>".encode()


def test_nobody_else_may_read_the_data_folder(tmp_path: Path) -> None:
    data = tmp_path / "data"
    before = os.umask(0o022)
    try:
        command = [sys.executable, "-m", "cli", "init", "--data", str(data)]
        assert subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode == 0
        store = open_store(f"sqlite:///{data}/xunjian.db", data)
        store.put_body(b"body")
        store.save_run(run())
        store.put_bodies("r0", [Body(b"page")])
        store.write([page("a")])
        store.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    for path in (data / "xunjian.db", *data.glob("xunjian.db-*"), *data.glob("blobs/*/*.z*")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert list(data.glob("blobs/packs/*.zpk"))
    for folder in (data / "blobs", *data.glob("blobs/*")):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder


@pytest.mark.parametrize(("user", "sandboxed"), [(0, False), (1000, True), (65534, True)])
def test_the_sandbox_is_on_unless_we_are_root(monkeypatch: pytest.MonkeyPatch, user: int, sandboxed: bool) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    options = launch_options("chromium", "http://127.0.0.1:1")
    assert options["chromium_sandbox"] is sandboxed
    assert "--no-sandbox" not in options["args"]


def deflated(body: bytes) -> bytes:
    return zlib.compress(body, 9)


@pytest.mark.parametrize(
    ("name", "pack"),
    [("gzip", gzip.compress), ("deflate", deflated), ("gzip, gzip", lambda body: gzip.compress(gzip.compress(body)))],
)
def test_a_bomb_is_called_too_large(tmp_path: Path, name: str, pack: Callable[[bytes], bytes]) -> None:
    bomb = Reply(body=pack(b"<p>" + b"0" * 30_000_000), headers=(("Content-Encoding", name),))
    host = Host({"/": lambda asked: Reply(body=home_with("/bomb.html")), "/bomb.html": lambda asked: bomb})
    with serving(host):
        desk = open_desk(tmp_path, f"http://127.0.0.1:{host.port}/")
        desk.inspect(0, **QUIET)
    tried = desk.store.attempts(desk.sites[0].id, desk.sites[0].home_url + "bomb.html", NIGHT)
    assert {attempt.error for attempt in tried} == {"too_large"}
    desk.store.close()


def test_a_dropped_connection_is_not_asked_again_behind_our_back(tmp_path: Path) -> None:
    moments: list[float] = []

    def drop(asked: Asked) -> Reply:
        moments.append(time.monotonic())
        return Reply(closed=True)

    host = Host({"/": lambda asked: Reply(body=home_with("/drop.html")), "/drop.html": drop})
    with serving(host):
        desk = open_desk(tmp_path, f"http://127.0.0.1:{host.port}/")
        desk.inspect(0, **QUIET, retry_times=1, retry_seconds=0.5, second_look_seconds=1.0)
    ours = moments[:4]  # two looks, each tried twice, with a pause before the second try; then another client is asked
    assert len(ours) == 4
    assert all(later - earlier > 0.3 for earlier, later in pairwise(ours))
    desk.store.close()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_closed_terminal_leaves_no_run_in_progress(tmp_path: Path, number: signal.Signals) -> None:
    host = Host(
        {"/": lambda asked: Reply(body=home_with("/a.html"))},
        other=lambda asked: Reply(body=home_with(f"{asked.path}x"), delay=0.3),
    )
    with serving(host):
        desk = open_desk(tmp_path, f"http://127.0.0.1:{host.port}/")
        command = [sys.executable, "-m", "cli", "nightly", "--data", str(tmp_path), "--allow-private"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            deadline = time.monotonic() + 60
            while len(host.asked) < 5 and time.monotonic() < deadline:
                time.sleep(0.05)
            process.send_signal(number)
            assert process.wait(60) == 3
    assert [run.state.value for run in desk.store.runs()] == ["partial"]
    desk.store.close()
