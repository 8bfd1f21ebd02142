"""What a night that was cut short did not come to is asked on the next one, though its pages did not change."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from town import FIRST, Watch, built, item, watched

from domain.runs import RunState


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    """A site of some eighty pages behind one list after the other."""
    town = built()
    for part in range(8):
        day = FIRST.date() - timedelta(days=60)
        rows = "".join(item(day, f"/c{part}/{number}.html", f"第{part}组第{number}号公告") for number in range(8))
        if part < 7:
            rows += f'<li><a href="/c{part + 1}/">更多栏目</a></li>'
        town.pages[f"/c{part}/"] = f"COLUMN|第{part}组||<h2>第{part}组</h2><ul>{rows}</ul>"
        for number in range(8):
            town.article(f"/c{part}/{number}.html", f"第{part}组第{number}号公告", day, "公告内容。" * 20)
    town.nav["/c0/"] = "公告目录"
    with watched(tmp_path, town) as watch:
        yield watch


def asked_ever(watch: Watch) -> set[str]:
    (site,) = watch.store.load_registry().sites
    return {url for run in watch.store.runs() for url, _ in watch.store.visited(run.id, site.id)}


def everything(watch: Watch) -> set[str]:
    base = f"http://127.0.0.1:{watch.town.port}"
    return {base + path for path in watch.town.pages if not path.startswith("/old")} | {f"{base}/"}


def kill_after(watch: Watch, requests: int) -> threading.Thread:
    """Kill the crawling process without warning once so much was asked."""

    def run() -> None:
        while len(watch.town.asked) < requests:
            time.sleep(0.005)
        for child in psutil.Process().children(recursive=True):
            if "inspection.runs.child" in child.cmdline():
                child.kill()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.parametrize("requests", [6, 25, 60])
def test_after_a_killed_first_night_the_next_one_asks_the_rest(watch: Watch, requests: int) -> None:
    killer = kill_after(watch, requests)
    first = watch.inspect(0, delay_seconds=0.01)
    killer.join()
    assert first.run.state is RunState.PARTIAL
    second = watch.inspect(1)
    assert second.run.state is RunState.COMPLETE
    assert everything(watch) <= asked_ever(watch)


def test_what_was_beyond_the_budget_comes_on_the_following_nights(watch: Watch) -> None:
    watch.inspect(0, page_budget=30)
    assert not everything(watch) <= asked_ever(watch)
    for number in (1, 2, 3):
        watch.inspect(number, page_budget=80)
    assert everything(watch) <= asked_ever(watch)
