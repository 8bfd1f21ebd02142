"""Strange values of one server or one account cost nothing but themselves: no verdict of another target, no run."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from trap_desk import NIGHT, Desk, open_desk
from trap_server import Asked, Host, Reply, serving

from crawler.accounts.archive import AccountArchive, Gathered
from crawler.engine.archive import Archive
from crawler.fetch.items import Fetched
from domain.accounts import AccountFacts, Collected, CollectionStatus
from domain.captured import Address, Attempt, Capture, Page, PageKind, Post, Probe, ProbeOutcome, Reading, SiteRun
from domain.runs import Run, RunKind, RunState
from domain.targets import Account, Platform, Registry, Source
from storage import open_store, upgrade
from storage.sql import SqlStore

PAGE = "<title>{0}</title><h1>{0}</h1><p>" + "市政府召开会议，研究部署政务公开工作，听取有关情况汇报。" * 12 + "</p>"
ODD_HEADS = {
    "/a.html": b"HTTP/1.1 99999999999999999999 OK\r\nContent-Length: 2\r\n\r\nhi",
    "/b.html": b"HTTP/1.1 007 OK\r\nContent-Length: 2\r\n\r\nhi",
    "/c.html": b"HTTP/1.1 4294967496 OK\r\nContent-Length: 2\r\n\r\nhi",
    "/d.pdf": b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n%PDF",
    "/e.zip": b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: \xb2\r\n\r\nPK\x03\x04",
    "/f.html": b"HTTP/1.1 503 X\r\nRetry-After: Fri, 31 Dec 99999999999999 23:59:59 GMT\r\nContent-Length: 0\r\n\r\n",
    "/g.html": b"HTTP/1.1 503 X\r\nRetry-After: nan\r\nContent-Length: 0\r\n\r\n",
    "/h.html": b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "\x00\xff\xed\xa0\x80"\r\nContent-Length: 2\r\n\r\nhi',
    "/i.html": b"HTTP/1.1 301 X\r\nLocation: /\xed\xa0\x80\x00x\r\nContent-Length: 0\r\n\r\n",
}  # fmt: skip
DIGITS = "9" * 400
FEED = {
    "version": "https://jsonfeed.org/version/1",
    "title": "half \ud83d",
    "items": [
        {"id": "half\udc00", "title": "市政府召开会议\ud800", "content_text": "x\u0000\ud800", "date_published": "2023-04-20T10:00:00+08:00"},
        {"id": "long", "title": "x", "content_text": f"{DIGITS}天前", "date_published": f"{DIGITS}-04-20"},
        {"id": "early", "title": "x", "content_text": "x", "date_published": "0001-01-01T00:00:00+08:00"},
        {"id": int(DIGITS), "title": "x", "content_text": "x", "date_published": int(DIGITS)},
    ],
}  # fmt: skip


def site_with(odd: dict[str, bytes]) -> Host:
    items = "".join(f'<li><a href="{path}">市政府召开第{path[1]}次会议</a><span>2023-04-20</span></li>' for path in odd)
    home = (
        f"<title>某某市</title><ul>{items}<li><a href='/good.html'>市政府部署工作</a><span>2023-04-21</span></li></ul>"
    )
    pages: dict[str, Callable[[Asked], Reply]] = {
        path: lambda asked, raw=raw: Reply(raw=(raw,)) for path, raw in odd.items()
    }  # type: ignore[misc]
    pages["/"] = lambda asked: Reply(body=home.encode())
    pages["/good.html"] = lambda asked: Reply(body=PAGE.format("部署工作").encode())
    feed = json.dumps(FEED, ensure_ascii=True).encode()
    pages["/feed.json"] = lambda asked: Reply(body=feed, kind="application/json")
    return Host(pages)


def test_one_hostile_server_costs_no_other_target_anything(tmp_path: Path) -> None:
    hostile, good = site_with(ODD_HEADS), site_with({})
    with serving(hostile, good):
        desk = open_desk(tmp_path, *(f"http://127.0.0.1:{host.port}/" for host in (hostile, good)))
        feeds = [Source("feed", f"http://127.0.0.1:{host.port}/feed.json") for host in (hostile, good)]
        accounts = tuple(Account(f"acc{n}", f"账号{n}", Platform.FEED, sources=(feed,)) for n, feed in enumerate(feeds))
        desk.store.save_registry(Registry(sites=desk.sites, accounts=accounts))
        outcome = inspected(desk, accounts)
        again = inspected(desk, accounts, night=1)
    for night in (outcome, again):
        assert night.run.state is RunState.COMPLETE, night.run.reason
        assert set(night.judged) == {"2101000000", "2101000001", "acc0", "acc1"}
    for site in desk.sites:
        seen = dict(desk.store.visited(outcome.run.id, site.id))
        assert seen[site.home_url + "good.html"] == 200
    tried = desk.store.attempts(desk.sites[0].id, desk.sites[0].home_url + "a.html", NIGHT)
    assert {attempt.error for attempt in tried} == {"no_http"}
    posts = list(desk.store.posts("acc0", None, NIGHT + timedelta(days=1)))
    assert posts
    json.dumps([post.title + post.text + post.id for post in posts], ensure_ascii=False).encode()
    desk.store.close()


def inspected(desk: Desk, accounts: tuple[Account, ...], night: int = 0):  # type: ignore[no-untyped-def]
    from inspection.runs.run import run_inspection

    order = replace(desk.order(night, render=False, check_disguise=False), accounts=accounts)
    return run_inspection(order, desk.store)


STRANGE: tuple[Capture, ...] = (
    Page("r", "s", "http://h/\ud800", "http://h/\udfff\0", 10**20, NIGHT, size=10**30, seconds=float("inf")),
    Page("r", "s", "http://h/1", "http://h/1", -(10**20), datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))), etag="\0\ud800"),
    Page("r", "s", "http://h/2", "http://h/2", 200, datetime(9999, 12, 31, 23, tzinfo=UTC) , reading=Reading(PageKind.ARTICLE, "\ud800", text="\udc00\0", meta={"\ud800": "\udc01"})),
    Attempt("r", "s", "http://h/3", NIGHT, status=2**40, seconds=float("nan"), headers={"Server": "\udcff"}, chain=((10**30, "http://h/\ud801"),)),
    Probe("s", "http://h/\ud802", NIGHT, ProbeOutcome.OK, float("nan"), 2**33),
    SiteRun("r", "s", "complete", 10**12, {"\ud800": 10**25}, "\ud800"),
)  # fmt: skip


@pytest.mark.parametrize("capture", STRANGE, ids=lambda item: type(item).__name__)
def test_every_strange_value_is_tamed_at_the_edge_of_the_store(tmp_path: Path, capture: Capture) -> None:
    store = opened(tmp_path)
    store.write([capture])
    kept = [store.page("s", capture.url.replace("\ud800", "?"), NIGHT) for _ in (0,) if isinstance(capture, Page)]
    assert all(page is not None and 1900 <= page.fetched_at.year <= 2900 for page in kept)
    posts = [Post("a", f"p{n}\ud800", text="\udc00", published_at=moment, time_low=moment) for n, moment in enumerate(
        [datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9))), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)])]  # fmt: skip
    store.save_posts("r", posts)
    store.save_collection("r", "a", {"followers": 10**5000, "name": "\ud800"})
    assert len(list(store.posts("a", None, datetime(2950, 1, 1, tzinfo=UTC)))) == 2
    store.close()


def opened(folder: Path) -> SqlStore:
    upgrade(f"sqlite:///{folder}/x.db")
    store = open_store(f"sqlite:///{folder}/x.db", folder)
    store.save_run(Run("r", RunKind.NIGHTLY, NIGHT, NIGHT))
    assert isinstance(store, SqlStore)
    return store


class Picky(SqlStore):
    """A store that cannot take one address, whatever tames it: the fault nobody has thought of."""

    def write(self, captures: Sequence[Capture], run_id: str = "", addresses: Sequence[Address] = ()) -> None:
        if any("poison" in getattr(item, "url", "") for item in captures):
            raise OverflowError("Python int too large to convert to SQLite INTEGER")
        super().write(captures, run_id, addresses)

    def save_posts(self, run_id: str, posts: Sequence[Post]) -> None:
        if any("poison" in post.id for post in posts):
            raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")
        super().save_posts(run_id, posts)


def picky(folder: Path) -> Picky:
    store = opened(folder)
    return Picky(store.db, store.blobs)


@pytest.mark.parametrize("place", [0, 3, 9])
def test_a_batch_that_cannot_be_written_loses_its_culprit_only(
    tmp_path: Path, place: int, caplog: pytest.LogCaptureFixture
) -> None:
    store = picky(tmp_path)
    urls = [f"http://h/{n}{'poison' * (n == place)}" for n in range(10)]
    store.discover("r", [Address("s", url) for url in urls])
    archive = Archive(store, "r")
    for url in urls:
        led_to = (Address("s", f"{url.replace('poison', '')}/more"),)
        archive.add(Fetched((Page("r", "s", url, url, 200, NIGHT),), addresses=led_to))
    with caplog.at_level(logging.ERROR):
        archive.close()
    assert archive.error is None
    assert len(dict(store.visited("r", "s"))) == 9
    pending = {item.url for item in store.pending("r", "s", 20)}
    assert pending == {f"http://h/{n}/more" for n in range(10)}  # a resume does not meet it again, but what it led to
    assert urls[place] in caplog.text
    assert store.site_runs("r")[0].skipped == {"unwritable": 1}
    store.close()


def test_an_account_whose_posts_cannot_be_written_is_not_judged_and_the_others_are(tmp_path: Path) -> None:
    store = picky(tmp_path)
    archive = AccountArchive(store, "r")
    source = Source("feed", "http://h/")
    for name in ("a", "b", "c"):
        post = Post(name, "poison" if name == "b" else "fine", published_at=NIGHT)
        archive.add(
            Gathered(name, (Collected(name, source, CollectionStatus.OK, AccountFacts(), (post,), run_id="r"),))
        )
    archive.close()
    assert archive.error is None
    assert {item.site_id: item.state for item in store.site_runs("r")} == dict.fromkeys("abc", "complete")
    assert [len(list(store.posts(name, None, NIGHT))) for name in "abc"] == [1, 0, 1]
    assert "parse_error" in json.dumps(store.collections("b", NIGHT)[0][1])
    store.close()
