"""kill -9 in the middle of a run, then resume: the captures of an undisturbed run, and nothing asked again."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psutil
import pytest
from offices import AS_OF, Office

from democity.city import City, build_city
from democity.server import served
from domain.errors import UsageError
from domain.runs import RunState
from inspection.runs.run import run_inspection, start_run

ROOT = Path(__file__).parents[2]
Captures = dict[tuple[str, str], tuple[int, str]]  # (site, address) -> status, hash
MANY = 100  # an address answered a second time by chance would be a handful


@dataclass
class Story:
    """An undisturbed run and a killed one, with what the server counted."""

    whole: Captures
    before: Captures  # of the killed run at the moment of its death
    after: Captures
    asked_after: Counter[tuple[str, str]]
    office: Office
    run_id: str


def control(port: int, path: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return json.load(answer)


def asked(port: int) -> Counter[tuple[str, str]]:
    hits: Counter[tuple[str, str]] = Counter()
    for host, path, _, times in control(port, "/__stats")["hits"]:
        if path != "/robots.txt":
            hits[host, path] += times
    return hits


def captures(office: Office, run_id: str) -> Captures:
    return {
        (site.id, page.url): (page.status, page.body_hash)
        for site in office.store.load_registry().sites
        for page in office.store.pages(site.id, AS_OF, run_id=run_id)
    }


def kill_in_the_middle(office: Office, pages: int) -> str:
    """Start a run in its own process, kill child and parent at once, return the run's id."""
    order = office.order()
    run = start_run(order, office.store)
    code = f"from inspection.runs.children import crawl; crawl({run.id!r}, {order.db!r}, {order.data!r})"
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.DEVNULL) as parent:
        started = time.monotonic()
        while len(captures(office, run.id)) < pages:
            assert parent.poll() is None, "the run ended before it could be killed"
            assert time.monotonic() - started < 120
            time.sleep(0.05)
        children = psutil.Process(parent.pid).children(recursive=True)
        for process in (*children, parent):
            os.kill(process.pid, signal.SIGKILL)
        psutil.wait_procs(children, 10)
    return run.id


@pytest.fixture(scope="module")
def story(new_office: Callable[..., Any]) -> Iterator[Story]:
    city: City = build_city("demo", sites=4)
    with served(city, day=date(2023, 4, 26)) as port, new_office(city, port) as quiet, new_office(city, port) as office:
        whole = captures(quiet, quiet.inspect().run.id)
        control(port, "/__reset")
        run_id = kill_in_the_middle(office, len(whole) // 3)
        before = captures(office, run_id)
        control(port, "/__reset")
        outcome = run_inspection(office.order(), office.store, resume=run_id)
        assert outcome.run.state is RunState.COMPLETE
        yield Story(whole, before, captures(office, run_id), asked(port), office, run_id)


def test_it_was_killed_in_the_middle(story: Story) -> None:
    assert MANY / 4 < len(story.before) < len(story.whole)


def test_the_captures_are_those_of_an_undisturbed_run(story: Story) -> None:
    assert story.after.keys() == story.whole.keys()
    assert {key: value for key, value in story.after.items() if story.whole[key] != value} == {}


def test_nothing_captured_before_the_kill_is_asked_again(story: Story) -> None:
    hosts = {site.id: site.home_url.partition("//")[2].strip("/") for site in story.office.store.load_registry().sites}
    kept = {
        (hosts[site], "/" + url.split("/", 3)[3]) for (site, url), (status, _) in story.before.items() if status == 200
    }
    assert len(kept) > MANY / 4
    assert kept & story.asked_after.keys() == set()


def test_a_finished_run_is_not_resumed(story: Story) -> None:
    with pytest.raises(UsageError, match="已经完成"):
        run_inspection(story.office.order(), story.office.store, resume=story.run_id)
    with pytest.raises(UsageError, match="没有批次 r9"):
        run_inspection(story.office.order(), story.office.store, resume="r9")
