"""10,000 distinct outside links: within 300 MB, and never more than the budget of a host at the same time."""

import resource
import subprocess
import sys
from collections.abc import Callable

import pytest
from test_bad_nights import ROOT
from trap_desk import Desk
from trap_server import Host, Reply, serving

from inspection.runs import run as running

HOSTS, EACH = 10, 1_000


@pytest.mark.slow
def test_ten_thousand_outside_links(desk_for: Callable[..., Desk]) -> None:
    text = ("<title>新闻</title><p>" + "这里是一则新闻的正文，讲述城市建设的进展。" * 20 + "</p>").encode()
    outside = [
        Host({}, other=lambda asked: Reply(404 if asked.path.endswith("7") else 200, text)) for _ in range(HOSTS)
    ]
    site = Host({})
    with serving(site, *outside):
        for number, host in enumerate(outside):
            links = "".join(f'<a href="http://127.0.0.1:{host.port}/n{n}">第{n}条</a>' for n in range(EACH))
            body = f"<title>链接{number}</title>{links}".encode()
            site.pages[f"/p{number}.html"] = lambda asked, body=body: Reply(body=body)
        home = "".join(f'<a href="/p{n}.html">第{n}页</a>' for n in range(HOSTS)).encode()
        site.pages["/"] = lambda asked: Reply(body=b"<title>x</title>" + home)
        desk = desk_for(f"http://127.0.0.1:{site.port}/")
        order = desk.order(0, render=False)
        run = running.start_run(order, desk.store)
        command = [sys.executable, "-m", "inspection.runs.child", run.id, "0/1", "--db", order.db, "--data", order.data]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, timeout=900)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    asked = [[request.path for request in host.asked if request.path != "/robots.txt"] for host in outside]
    assert max(host.most for host in outside) <= 2
    assert peak < 300, f"{peak:.0f} MB"
    for paths in asked:
        once = [path for path in paths if not path.endswith("7")]
        assert len(once) == len(set(once)) == EACH * 9 // 10
        assert len(paths) - len(once) == 2 * EACH // 10  # both looks
    faulty = sum(1 for _ in desk.store.faulty(desk.sites[0].id, order.as_of))
    assert faulty == HOSTS * EACH // 10
    sys.stderr.write(f"peak {peak:.0f} MB\n")
