"""kill -9 in the middle of a command on PostgreSQL, then the same command again: as an undisturbed one leaves it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from killer import moments, run_command, spread
from trap_desk import Desk
from trap_server import Host, Reply, serving

import storage
from domain.runs import RunKind
from domain.targets import Registry, Site
from storage import open_store

EACH = int(os.environ.get("XUNJIAN_KILLS", "2"))
QUIET = {"render": False, "check_disguise": False, "check_search": False, "check_codes": False, "check_ipv6": False}


def copy_of(server: str, name: str, template: str) -> str:
    import psycopg

    with psycopg.connect(f"{server.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{server}/{name}"


@pytest.fixture(scope="module")
def base(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A night of two faulty sites on PostgreSQL; its data folder and its run."""
    url = copy_of(postgres_server, "killed_base", "template0")
    storage.upgrade(url)
    folder = tmp_path_factory.mktemp("killed") / "base"
    folder.mkdir()
    rows = "".join(f"<li><a href='/a{n}.html'>市政府召开会议{n}</a><span>2023-04-20</span></li>" for n in range(6))
    page = Reply(body=f"<title>某某市</title><ul>{rows}<li><a href='/gone'>断链</a></li></ul>".encode())
    hosts = [Host({path: lambda asked: page for path in ("/", *(f"/a{n}.html" for n in range(6)))}) for _ in range(2)]
    with serving(*hosts):
        store = open_store(url, folder)
        sites = tuple(Site(f"21010000{n:02}", f"网站{n}", f"http://127.0.0.1:{h.port}/") for n, h in enumerate(hosts))
        store.save_registry(Registry(sites=sites))
        run = _night(Desk(folder, store, sites), url)
        store.close()
        yield folder, run


def _night(desk: Desk, url: str) -> str:
    from dataclasses import replace

    from inspection.runs.run import run_inspection

    order = replace(desk.order(0, **QUIET), db=url, kind=RunKind.NIGHTLY)
    return run_inspection(order, desk.store).run.id


def state(url: str, folder: Path) -> dict[str, Any]:
    store = open_store(url, folder)
    try:
        return {
            "registry": store.load_registry(),
            "findings": sorted((r.fingerprint, r.state.value, r.nights) for r in store.findings()),
            "cards": [sorted((c.target_id, c.verdict.value, c.score) for c in store.scorecards(run.id)) for run in store.runs()],
            "open": [sorted((t, u.check, u.reason) for t, u in store.unjudged(run.id)) for run in store.runs()],
        }  # fmt: skip
    finally:
        store.close()


@pytest.mark.parametrize("name", ["probe", "recheck", "import"])
def test_the_same_command_again_brings_it_to_its_end(postgres_server: str, base: tuple[Path, str], name: str) -> None:
    folder, run = base
    sites = folder.parent / "sites.csv"
    sites.write_text(
        "网站标识码,网站名称,主办单位,首页网址\n2101000077,新网站,市教育局,http://127.0.0.9/\n", encoding="utf-8"
    )
    words = {"probe": ("probe", "--allow-private"), "recheck": ("recheck", run), "import": ("registry", "import", str(sites), "--apply")}[name]  # fmt: skip

    def fresh(which: str) -> tuple[Path, str]:
        copied = folder.parent / f"{which}-{name}"
        shutil.rmtree(copied, ignore_errors=True)
        shutil.copytree(folder, copied)
        return copied, copy_of(postgres_server, f"{which}_{name}", "killed_base")

    whole, url = fresh("whole")
    total = moments(whole, words, url)
    expected = state(url, whole)
    assert total >= 2
    for moment in spread(total, EACH):
        desk, url = fresh("killed")
        run_command(desk, words, kill_at=moment, db=url)
        ended = run_command(desk, words, db=url)
        assert ended.returncode in (0, 3), ended.stderr[-500:]
        assert state(url, desk) == expected, f"{name} at {moment} of {total}"
