"""kill -9 at many moments of a crawl, then a plain resume: captures and findings are those of an undisturbed run."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from trap_desk import NIGHT, Desk, open_desk
from trap_server import Asked, Host, Reply, serving

from crawler.browser.rendering import find_browser
from domain.crawl_policy import CrawlPolicy
from domain.runs import RunState
from inspection.runs.run import run_inspection, start_run

ROOT = Path(__file__).parents[2]
DRAWN = '<html><head><meta charset="utf-8"><title>栏目{0}</title></head><body><div id="list"></div><script>/* fetch( getList ajax */ document.getElementById("list").innerHTML = "<ul><li><a href=/n{0}.html>市政府召开会议{0}</a><span>2023-04-20</span></li></ul>"</script></body></html>'
GONE = "<title>页面不存在</title><p>对不起，您访问的页面不存在！</p>"
TEXT = (
    "<title>会议{0}</title><h1>会议{0}</h1><p>发布时间：2023-04-20</p><p>"
    + "市政府召开会议，研究部署政务公开工作。" * 12
    + "</p>"
)
ARTICLES, COLUMNS, LOST = 14, 4, 3


def town() -> tuple[Host, Host]:
    """A registered address that redirects to the real home page, on another port."""
    rows = "".join(
        f'<li><a href="/a{n}.html">市政府召开会议{n}</a><span>2023-04-20</span></li>' for n in range(ARTICLES)
    )
    links = "".join(f'<a href="/c{n}.html">栏目{n}</a>' for n in range(COLUMNS)) + "".join(
        f'<a href="/lost{n}.html">旧页{n}</a>' for n in range(LOST)
    )
    home = f"<title>某某市</title><div class='nav'>{links}</div><ul>{rows}</ul><a href='/missing.html'>x</a><a href='/wall.html'>y</a>"

    def answer(asked: Asked) -> Reply:
        name = asked.path.strip("/").removesuffix(".html")
        if not name:
            return Reply(body=home.encode())
        if name.startswith("c") and name[1:].isdigit():
            return Reply(body=DRAWN.format(name[1:]).encode(), delay=0.05)
        if name.startswith("lost"):
            return Reply(body=GONE.encode(), delay=0.05)
        if name == "wall":
            return Reply(521, b"<script>/* jsl */</script>", delay=0.05)
        return Reply(body=TEXT.format(name).encode(), delay=0.05) if name[0] in "an" else Reply(404, b"<h1>404</h1>")

    real = Host({"/robots.txt": lambda asked: Reply(404)}, other=answer)
    old = Host({}, other=lambda asked: Reply(302, headers=(("Location", f"http://127.0.0.1:{real.port}/"),)))
    return old, real


QUIET = {
    "check_search": False,
    "check_disguise": False,
    "check_codes": False,
    "check_ipv6": False,
    "second_look_seconds": 1.0,
    "timeout_seconds": 4.0,
}


def results(desk: Desk, run_id: str) -> dict[str, object]:
    site = desk.sites[0]
    pages = {
        (page.url, page.status, page.rendered, page.body_hash)
        for page in desk.store.pages(site.id, NIGHT, run_id=run_id)
    }
    tried = {
        url: [(item.status, item.error, item.look, item.signals) for item in attempts if item.run_id == run_id][-1]
        for url, attempts in desk.store.faulty(site.id, NIGHT)
    }
    found = {(record.finding.check, record.finding.identity, record.finding.count) for record in desk.store.findings()}
    return {"pages": pages, "tried": tried, "found": found}


def killed(desk: Desk, real: Host, moment: int, group: bool) -> str:
    """A run whose child is killed after so many requests; its parent never was."""
    order = desk.order(0, **QUIET)
    run = start_run(order, desk.store)
    command = [sys.executable, "-m", "inspection.runs.child", run.id, "0/1", "--db", order.db, "--data", order.data]
    child = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while len(real.asked) < moment and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert child.poll() is None, "it ended before it could be killed"
    (os.killpg if group else os.kill)(child.pid, signal.SIGKILL)
    child.wait()
    return run.id


@pytest.mark.browser
def test_a_killed_crawl_ends_like_an_undisturbed_one(tmp_path: Path) -> None:
    if find_browser(CrawlPolicy()) is None:
        pytest.skip("no Chromium on this machine")
    old, real = town()
    with serving(old, real):
        home = f"http://127.0.0.1:{old.port}/"
        (tmp_path / "quiet").mkdir()
        quiet = open_desk(tmp_path / "quiet", home)
        whole = results(quiet, quiet.inspect(0, **QUIET).run.id)
        requests = len(real.asked)
        assert sum(rendered for _, _, rendered, _ in whole["pages"]) == COLUMNS  # type: ignore[attr-defined, misc]
        assert sum("lost" in url for url in whole["tried"]) == LOST  # type: ignore[attr-defined]
        quiet.store.close()
        for number, moment in enumerate((2, 6, 12, 18, 24, min(30, requests - 8))):
            real.asked.clear()
            real.counts.clear()
            (tmp_path / str(number)).mkdir()
            desk = open_desk(tmp_path / str(number), home)
            run_id = killed(desk, real, moment, group=bool(number % 2))
            outcome = run_inspection(desk.order(0, **QUIET), desk.store, resume=run_id)
            assert outcome.run.state is RunState.COMPLETE
            assert results(desk, run_id) == whole, f"killed after {moment} of {requests} requests"
            desk.store.close()
