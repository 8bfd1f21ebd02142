"""Damaged bodies on disk: they cost their pages, are named, and heal on the next night."""

from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from stored_files import packs
from trap_desk import open_desk
from trap_server import Asked, Host, Reply, serving

from domain.errors import BodyLost
from domain.runs import RunState
from inspection.runs.recheck import recheck_run
from storage.blobs import LocalBlobs
from storage.blobs_remote import RemoteBlobs

QUIET = {"render": False, "check_disguise": False}
TEXT = "<p>" + "市政府召开会议，研究部署政务公开工作，听取有关情况汇报，提出明确要求。" * 5 + "</p>"
DAMAGES: dict[str, Callable[[Path], object]] = {
    "emptied": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 3]),
    "overwritten": lambda file: file.write_bytes(b"\0" * file.stat().st_size),
    "another body": lambda file: file.write_bytes(zstandard.compress(b"<p>something else</p>")),
    "absurd size": lambda file: file.write_bytes(b"\x28\xb5\x2f\xfd\xe0" + b"\xff" * 7 + b"\x0f" + b"\0" * 9),
    "removed": lambda file: file.unlink(),
    "a folder": lambda file: (file.unlink(), file.mkdir()),
}


def town() -> Host:
    """Two pages and a form, answered with 304 whenever the asker allows."""
    rows = "".join(f'<li><a href="/a{n}.html">市政府召开第{n}次会议</a><span>2023-04-20</span></li>' for n in range(3))
    search = '<form action="/so"><input name="q" placeholder="搜索"><button>搜索</button></form>'
    bodies = {"/": f"<title>某某市</title><ul>{rows}</ul>{search}"}
    bodies |= {f"/a{n}.html": f"<title>会议{n}</title><h1>会议{n}</h1>{TEXT}" for n in range(3)}

    def page(asked: Asked) -> Reply:
        tag = f'"{asked.path}"'
        if asked.headers.get("if-none-match") == tag:
            return Reply(304, headers=(("ETag", tag),))
        return Reply(body=bodies[asked.path].encode(), headers=(("ETag", tag),))

    return Host(dict.fromkeys(bodies, page), other=lambda asked: Reply(404, b"<h1>404 Not Found</h1>"))


@pytest.mark.parametrize("how", DAMAGES)
def test_damaged_bodies_cost_their_pages_and_heal(tmp_path: Path, how: str) -> None:
    host = town()
    with serving(host):
        desk = open_desk(tmp_path, f"http://127.0.0.1:{host.port}/")
        first = desk.inspect(0, **QUIET)
        assert len(packs(tmp_path)) == 1
        for path in packs(tmp_path):
            DAMAGES[how](path)
        second = desk.inspect(1, **QUIET)  # the server says 304: the damage is met, and met only here
        recheck_run(desk.store, second.run.id, desk.order().rulebook, reparse=True)
        lost = desk.store.lost_bodies()
        third = desk.inspect(2, **QUIET)
    cards = [night.judged[desk.sites[0].id].card.verdict for night in (first, second, third)]
    assert [night.run.state for night in (first, second, third)] == [RunState.COMPLETE] * 3
    assert len(set(cards)) == 1
    if how != "a folder":  # nobody but a person can mend a disk
        assert desk.store.lost_bodies() == frozenset()
        assert lost
        for digest in lost:
            assert desk.store.body(digest)
        assert desk.store.site_runs(third.run.id)[0].skipped["body_lost"] > 0
    desk.store.close()


@pytest.mark.parametrize("kind", [LocalBlobs, lambda folder: RemoteBlobs(f"file://{folder}")], ids=["local", "remote"])
@pytest.mark.parametrize("how", [name for name in DAMAGES if name != "a folder"])
def test_a_damaged_body_is_listed_until_it_comes_back(
    tmp_path: Path, how: str, kind: Callable[[Path], LocalBlobs | RemoteBlobs]
) -> None:
    blobs = kind(tmp_path)
    key = blobs.put(b"<p>page</p>" * 50)
    DAMAGES[how](tmp_path / key[:2] / f"{key[2:]}.zst")
    with pytest.raises(BodyLost, match=key):
        blobs.get(key)
    assert blobs.damaged() == {key}
    assert kind(tmp_path).put(b"<p>page</p>" * 50) == key
    assert blobs.get(key) == b"<p>page</p>" * 50
    assert blobs.damaged() == frozenset()
