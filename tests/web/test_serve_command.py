"""`xunjian serve` as a process: the first start, a restart, links by the command line, addresses it will not listen on."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from desk import OURS, Desk
from staff import PERSONS, office

import cli
from domain.persons import Role
from web.app import build_app

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def served(folder: Path, port: int) -> Iterator[str]:
    """The command until it is stopped; yields what it has said."""
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port), "--data", str(folder)]
    out = (folder / "said.txt").open("w+", encoding="utf-8")
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=out, stderr=subprocess.STDOUT)
    try:
        for _ in range(300):
            try:
                httpx.get(f"http://127.0.0.1:{port}/login", timeout=2)
                break
            except httpx.HTTPError:
                assert process.poll() is None, (folder / "said.txt").read_text(encoding="utf-8")
                time.sleep(0.1)
        yield (folder / "said.txt").read_text(encoding="utf-8")
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(30) in {0, 3, 130}
        out.close()


def test_the_first_start_gives_a_link_and_a_restart_keeps_who_is_in(tmp_path: Path) -> None:
    office(tmp_path, staffed=False).close()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with httpx.Client(base_url=base, follow_redirects=True, headers=OURS, timeout=20) as browser:
        with served(tmp_path, port) as said:
            link = re.search(r"/link/\S+", said)
            assert link, said
            word = {"new": "a good long word", "again": "a good long word"}
            assert "工作台" in browser.post(link[0], data=word).text
        with served(tmp_path, port) as said:
            assert "/link/" not in said
            assert "工作台" in browser.get("/").text


def test_links_by_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office(tmp_path).close()
    place = ["--data", str(tmp_path)]
    who = PERSONS[Role.LIAISON].name
    assert cli.run(["user", "invite", who, "--by", "P0", "--url", "https://x.example.gov.cn/", *place]) == 0
    assert re.search(r"https://x\.example\.gov\.cn/link/[\w-]{43}\n", capsys.readouterr().out)
    assert cli.run(["user", "reset", who, "--by", "P0", *place]) == 0
    assert "http://127.0.0.1:8080/link/" in capsys.readouterr().out
    assert cli.run(["user", "reset", who, "--by", "P1", *place]) == 2
    assert "无权登记人员" in capsys.readouterr().err


def test_all_addresses_are_listened_on_only_with_a_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office(tmp_path).close()
    assert cli.run(["serve", "--host", "0.0.0.0", "--data", str(tmp_path)]) == 2
    assert "--name" in capsys.readouterr().err


def test_a_session_outlives_the_process(desk: Desk) -> None:
    person = desk.log_in(Role.INSPECTOR)
    person.client.app = build_app(desk.place)
    person.get("/findings")
    assert "问题" in person.page.h1.get_text()


def test_words_of_a_strangers_link_are_not_shown_as_ours(desk: Desk) -> None:
    person = desk.log_in(Role.INSPECTOR)
    for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "none"}, {"referer": "http://evil.example/"}):
        person.get("/letters?told=请把密码发给我", headers=headers)
        assert "请把密码发给我" not in person.text
    person.get("/letters?told=已签收", headers={"referer": "http://127.0.0.1/letters/L1"})
    assert "已签收" in person.text
