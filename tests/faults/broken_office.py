"""An office whose machine breaks: its data folder, its one faulty site on loopback, and how its commands end."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from trap_server import Asked, Host, Reply, serving

from domain.ports import Store
from domain.targets import Registry, Site, Unit
from inspection.texts.installation import create_key
from storage import open_store, upgrade

ROOT = Path(__file__).parents[2]
ARTICLES = 24
RULES = """extends: builtin
crawl:
  second_look_minutes: 0
  delay_seconds: 0
  check_search: false
  check_disguise: false
  check_codes: false
  check_ipv6: false
  read_sitemaps: false
  check_outside: false
"""
DRAWN = '<html><head><meta charset="utf-8"><title>动态</title></head><body><div id="list"></div><script>/* fetch( getList ajax */ document.getElementById("list").innerHTML = "<ul><li><a href=/a1.html>市政府召开会议1</a><span>2023-04-20</span></li></ul>"</script></body></html>'


@dataclass
class Office:
    """A data folder and where its database is."""

    data: Path
    home: str
    db: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.db or f"sqlite:///{self.data}/xunjian.db"

    def command(self, *words: str) -> tuple[list[str], dict[str, Any]]:
        hooks = ROOT / "tests" / "faults" / "hooks"
        place = {"PYTHONPATH": f"{hooks}:{ROOT}", "XUNJIAN_DB": self.db, **self.environment}
        environment = {**os.environ, **{name: value for name, value in place.items() if value}}
        return [sys.executable, str(ROOT / "cli.py"), *words, "--data", str(self.data)], {
            "cwd": ROOT, "env": environment, "text": True, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE
        }  # fmt: skip

    def run(self, *words: str, prefix: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        command, how = self.command(*words)
        return subprocess.run([*prefix, *command], **how, timeout=180, check=False)

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Begin one."""
        command, how = self.command(*words)
        return subprocess.Popen(command, **how)

    def night(self, *more: str, prefix: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
        return self.run("nightly", "--allow-private", *more, prefix=prefix)

    @contextmanager
    def store(self) -> Iterator[Store]:
        store = open_store(self.url, self.data)
        try:
            yield store
        finally:
            store.close()

    def truth(self) -> dict[str, Any]:
        """What the last night says of the site."""
        with self.store() as store:
            last = store.runs()[-1]
            cards = sorted((card.target_id, card.verdict.value, card.score) for card in store.scorecards(last.id))
            opened = sorted(record.fingerprint for record in store.findings() if record.state.is_open)
            pages = sum(1 for _ in store.visited(last.id, "2101000001"))
            return {"state": last.state.value, "cards": cards, "open": opened, "pages": pages}


def site(*, drawn: bool = False, delay: float = 0.05) -> Host:
    """A home page, articles, and two links that lead nowhere."""
    rows = "".join(
        f'<li><a href="/a{n}.html">市政府召开会议{n}</a><span>2023-04-20</span></li>' for n in range(ARTICLES)
    )
    nav = '<div class="nav"><a href="/c.html">动态</a></div>' if drawn else ""
    home = f"<meta charset=utf-8><title>某某市</title>{nav}<ul>{rows}</ul><a href='/gone1.html'>旧页</a><a href='/gone2.html'>旧页二</a>"

    def answer(asked: Asked) -> Reply:
        name = asked.path.strip("/").removesuffix(".html")
        if not name:
            return Reply(body=home.encode())
        if name == "c":
            return Reply(body=DRAWN.encode(), delay=delay)
        if re.fullmatch(r"a\d+", name):
            text = "市政府召开会议，研究部署政务公开工作。" * 12
            page = f"<meta charset=utf-8><title>会议{name}</title><h1>会议{name}</h1><p>发布时间：2023-04-20</p><p>{text}</p>"
            return Reply(body=page.encode(), delay=delay)
        return Reply(404, b"<h1>404</h1>")

    return Host({"/robots.txt": lambda asked: Reply(404)}, other=answer)


def founded(data: Path, home: str, db: str = "") -> Office:
    """A new office with one site."""
    office = Office(data, home, db)
    data.mkdir(exist_ok=True)
    upgrade(office.url)
    create_key(data)
    (data / "rules.yaml").write_text(RULES, encoding="utf-8")
    with office.store() as store:
        registered = Site("2101000001", "某某市人民政府", home, "u1")
        store.save_registry(Registry(units=(Unit("u1", "某某市人民政府"),), sites=(registered,)))
    return office


@contextmanager
def standing(
    data: Path, *, drawn: bool = False, delay: float = 0.05, db: str = "", name: str = "127.0.0.1"
) -> Iterator[Office]:
    """An office while its site answers."""
    host = site(drawn=drawn, delay=delay)
    with serving(host):
        yield founded(data, f"http://{name}:{host.port}/", db)


def one_sentence(done: "subprocess.CompletedProcess[str]") -> str:
    """The last line of standard error; nothing of Python's own."""
    told = done.stderr.strip().splitlines()
    assert "Traceback" not in done.stderr, done.stderr[-1500:]
    assert told, done.stdout[-500:]
    assert re.search("[\u4e00-\u9fff]", told[-1]), done.stderr[-500:]
    return told[-1]


def until(what: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait for something to be so."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


def kill_all(pid: int) -> None:
    """kill -9 of a process and of all it started."""
    try:
        mine = psutil.Process(pid)
        everyone = [*mine.children(recursive=True), mine]
    except psutil.NoSuchProcess:
        return
    for each in everyone:
        try:
            os.kill(each.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
