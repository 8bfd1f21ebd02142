"""A host that says "too many requests" is believed: it is left alone, and what was not asked counts as not looked at."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from trap_desk import Desk, open_desk
from trap_server import Asked, Host, Reply, serving

from domain.captured import SiteRun
from domain.links import LinkState, classify
from domain.scores import Verdict

QUIET = {"render": False, "check_disguise": False, "check_search": False, "check_codes": False}
LINKS = "".join(f'<li><a href="/a{n}.html">市政府召开第{n}次会议</a><span>2023-04-20</span></li>' for n in range(60))
HOME = Reply(body=f"<title>某某市</title><ul>{LINKS}</ul>".encode())
LATER = {
    "an hour": (("Retry-After", "3600"),),
    "a day, as a date": (("Retry-After", "Fri, 31 Dec 2999 23:59:59 GMT"),),
    "for ever": (("Retry-After", "99999999999999999999"),),
    "without a time": (),
}


def limited(headers: tuple[tuple[str, str], ...], status: int = 429) -> Callable[[Asked], Reply]:
    return lambda asked: HOME if asked.path == "/" and asked.times == 1 else Reply(status, b"slow down", headers)


def inspected(folder: Path, host: Host, **settings: object) -> tuple[Desk, SiteRun, Verdict]:
    with serving(host):
        desk = open_desk(folder, f"http://127.0.0.1:{host.port}/")
        outcome = desk.inspect(0, **QUIET, **settings)
    (state,) = desk.store.site_runs(outcome.run.id)
    return desk, state, outcome.judged[desk.sites[0].id].card.verdict


@pytest.mark.parametrize("when", LATER)
def test_a_host_that_limits_everything_is_left_alone(tmp_path: Path, when: str) -> None:
    host = Host({"/robots.txt": lambda asked: Reply(404)}, other=limited(LATER[when]))
    desk, state, verdict = inspected(tmp_path, host, retry_times=0)
    pages = [asked for asked in host.asked if asked.path not in {"/", "/robots.txt"}]
    assert len(pages) <= (8 if when != "without a time" else 2 * 24)
    assert state.state == "partial"
    assert state.reason in {"rate_limited", "storm"}
    assert state.skipped[state.reason] >= 30
    assert verdict is not Verdict.FAIL
    desk.store.close()


def test_a_short_pause_holds_for_the_whole_host(tmp_path: Path) -> None:
    moments: list[float] = []

    def answer(asked: Asked) -> Reply:
        import time

        moments.append(time.monotonic())
        if asked.path == "/a0.html" and asked.times == 1:
            return Reply(429, b"", (("Retry-After", "2"),))
        return HOME if asked.path == "/" else Reply(body=b"<title>x</title><p>x</p>")

    host = Host({"/robots.txt": lambda asked: Reply(404)}, other=answer)
    desk, state, _ = inspected(tmp_path, host)
    assert state.state == "complete"
    gaps = sorted(later - earlier for earlier, later in pairwise(moments))
    assert gaps[-1] > 1.5  # nobody asked while the host wanted to be left alone
    assert host.counts["/a0.html"] >= 2
    desk.store.close()


def test_a_limiting_host_outside_is_not_asked_on(tmp_path: Path) -> None:
    outside = Host(
        {"/robots.txt": lambda asked: Reply(404)}, other=lambda asked: Reply(429, b"", (("Retry-After", "3600"),))
    )
    with serving(outside):
        links = "".join(f'<a href="http://127.0.0.1:{outside.port}/{n}">友情链接{n}</a>' for n in range(40))
        host = Host({"/": lambda asked: Reply(body=f"<title>某某市</title><p>{links}</p>".encode())})
        with serving(host):
            desk = open_desk(tmp_path, f"http://127.0.0.1:{host.port}/")
            outcome = desk.inspect(0, **QUIET, retry_times=0)
    asked = [item for item in outside.asked if item.path != "/robots.txt"]
    assert len(asked) <= 8
    tried = dict(desk.store.faulty(desk.sites[0].id, outcome.run.as_of))
    assert len(tried) == 40
    assert {classify(attempts).state for attempts in tried.values()} <= {LinkState.BLOCKED, LinkState.SUSPECT}
    desk.store.close()


def test_one_limited_page_among_good_ones_stops_nothing(tmp_path: Path) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.path == "/a7.html":
            return Reply(429, b"", (("Retry-After", "3600"),))
        return HOME if asked.path == "/" else Reply(body=b"<title>x</title><p>x</p>")

    host = Host({"/robots.txt": lambda asked: Reply(404)}, other=answer)
    desk, state, _ = inspected(tmp_path, host)
    assert state.state == "complete"
    assert len({asked.path for asked in host.asked}) >= 62
    desk.store.close()
