"""The account spider in a child process against a local server: order of sources, refusals, isolation, secrets."""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.accounts.secrets import SecretFilter, Secrets
from crawler.platforms.values import Fetch
from domain.accounts import Collected
from domain.collection_documents import from_document
from domain.ports import Store
from domain.runs import Run, RunKind
from domain.targets import Account, Platform, Registry, Source
from domain.times import BEIJING
from storage import open_store, upgrade

NOW = datetime.now(UTC)
COOKIE, APP_SECRET, TOKEN = "sub=Rk9vQmFyU2VjcmV0", "appsecret+/with=signs&more", "69_tokenOfTheDay"
CAPTCHA = "<html><head><title>验证码</title></head><body>请完成安全验证</body></html>".encode()


def rss(*days: int) -> bytes:
    items = "".join(
        f"<item><title>第{day}天</title><link>http://x/{day}</link><guid>g{day}</guid><description>正文</description>"
        f"<pubDate>{format_datetime(NOW - timedelta(days=day))}</pubDate></item>"
        for day in days
    )
    built = format_datetime(NOW)
    return f'<rss version="2.0"><channel><title>某局</title><lastBuildDate>{built}</lastBuildDate>{items}</channel></rss>'.encode()


def articles() -> bytes:
    stamp = int((NOW - timedelta(days=1)).timestamp())
    news = {"title": "一篇", "url": "http://mp.weixin.qq.com/s/a", "content": "<p>正文</p>", "is_deleted": False}
    item = {
        "article_id": "a1",
        "content": {"news_item": [news], "create_time": stamp, "update_time": stamp},
        "update_time": stamp,
    }
    return json.dumps({"total_count": 1, "item_count": 1, "item": [item]}).encode()


@dataclass
class Door:
    """What the server was asked: path and headers, in order."""

    port: int = 0
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [path.partition("?")[0] for path, _, _ in self.asked]

    def answer(self, path: str) -> tuple[int, bytes, dict[str, str]]:
        plain = path.partition("?")[0]
        if plain == "/robots.txt":
            return 200, b"User-agent: *\nDisallow: /private/\n", {}
        if plain == "/away":
            return 302, b"", {"Location": f"http://localhost:{self.port}/landed"}
        if plain == "/cgi-bin/token":
            return 200, json.dumps({"access_token": TOKEN, "expires_in": 7200}).encode(), {}
        if plain.startswith("/cgi-bin/freepublish"):
            return 200, articles(), {}
        bodies = {
            "/old": rss(20, 30),
            "/fresh": rss(1, 20),
            "/captcha": CAPTCHA,
            "/private/page": rss(1),
            "/landed": rss(1),
        }
        return (200, bodies[plain], {}) if plain in bodies else (503 if plain == "/down" else 404, b"", {})


def handler(door: Door) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _reply(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            door.asked.append((self.path, dict(self.headers), body))
            status, content, headers = door.answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _reply

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@dataclass
class Crawled:
    """One crawl that has ended."""

    door: Door
    store: Store
    folder: Path
    run: Run
    output: str

    def of(self, name: str) -> tuple[Collected, ...]:
        return from_document(name, self.run.id, dict(self.store.collections(name, self.run.as_of))[self.run.id])

    def states(self, name: str) -> list[tuple[str, str]]:
        return [(item.source.adapter, item.status.value) for item in self.of(name)]


def accounts(url: str) -> tuple[Account, ...]:
    def account(name: str, platform: Platform, *sources: Source) -> Account:
        return Account(name, name, platform, sources=sources)

    bili = (("preset", "bilibili"),)
    secret = (("appid_env", "XJ_APPID"), ("secret_env", "XJ_SECRET"), ("base_url", url))
    page = (("render", "no"), ("item", "li"))
    return (
        account("challenged", Platform.BILIBILI, Source("json", f"{url}/captcha", bili), Source("feed", f"{url}/fresh")),
        account("order", Platform.TOUTIAO, *(Source("feed", f"{url}/{p}") for p in ("down", "old", "fresh", "never"))),
        account("crash", Platform.WECHAT, Source("wechat_article", f"{url}/x", (("delay", "soon"),)), Source("feed", f"{url}/fresh")),
        account("own", Platform.WECHAT, Source("wechat_api", "", secret)),
        account("cookie", Platform.DOUYIN, Source("json", f"{url}/away", (("preset", "douyin"), ("cookie_env", "XJ_COOKIE")))),
        account("unset", Platform.DOUYIN, Source("json", f"{url}/unset", (("cookie_env", "XJ_NOT_SET"),))),
        account("drawn", Platform.DOUYIN, Source("page", f"{url}/drawn")),
        account("refused", Platform.OTHER, Source("page", f"{url}/private/page", page)),
        account("allowed", Platform.OTHER, Source("page", f"{url}/private/page", (*page, ("robots", "no")))),
        account("file", Platform.KUAISHOU, Source("import", "none.csv"), Source("import", "posts.csv", (("as_of", f"{NOW.astimezone(BEIJING):%Y-%m-%d}"),))),
        account("manual", Platform.CHANNELS, Source("manual")),
        account("nothing", Platform.CHANNELS),
        account("paused", Platform.BILIBILI, Source("feed", f"{url}/down"), Source("json", f"{url}/paused", bili)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    door, folder = Door(), tmp_path_factory.mktemp("accounts")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(door))
    door.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (folder / "posts.csv").write_text(
        f"标题,发布时间\n一条,{(NOW - timedelta(days=2)).astimezone(BEIJING):%Y-%m-%d %H:%M}\n", encoding="utf-8"
    )
    db = f"sqlite:///{folder}/x.db"
    upgrade(db)
    store = open_store(db, folder)
    everyone = accounts(door.url)
    settings = {"render": False, "retry_times": 1, "retry_seconds": 0.5}
    run = Run(
        "r1", RunKind.AUDIT, NOW, NOW, targets=tuple(a.id for a in everyone), allow_private=True, settings=settings
    )
    store.save_registry(Registry(accounts=everyone))
    store.save_run(run)
    yield Crawled(door, store, folder, run, crawl(folder, db))
    server.shutdown()
    server.server_close()
    store.close()


def crawl(folder: Path, db: str) -> str:
    command = [sys.executable, "-m", "inspection.runs.child", "r1", "0/1", "--db", db, "--data", str(folder)]
    secrets = {"XJ_COOKIE": COOKIE, "XJ_APPID": "wxAppIdOfTheOffice", "XJ_SECRET": APP_SECRET}
    done = subprocess.run(command, env=os.environ | secrets, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_sources_are_tried_in_order_until_one_is_decisive(crawled: Crawled) -> None:
    assert crawled.states("order") == [("feed", "source_down"), ("feed", "ok"), ("feed", "ok")]
    assert "/never" not in crawled.door.paths
    assert [post.id for post in crawled.of("order")[2].posts] == ["g1", "g20"]
    assert {post.id for post in crawled.store.posts("order", None, NOW)} == {"g1", "g20", "g30"}


def test_a_challenge_stops_that_adapter_but_not_the_account(crawled: Crawled) -> None:
    assert crawled.states("challenged") == [("json", "challenge"), ("feed", "ok")]
    assert crawled.states("paused") == [("feed", "source_down"), ("json", "challenge")]
    assert "/paused" not in crawled.door.paths
    assert crawled.door.paths.count("/captcha") == 1


def test_one_failure_stops_nobody_else(crawled: Crawled) -> None:
    assert crawled.states("crash") == [("wechat_article", "parse_error"), ("feed", "ok")]
    assert "ValueError" in crawled.of("crash")[0].message
    assert {item.site_id for item in crawled.store.site_runs("r1")} == set(crawled.run.targets)
    assert {item.state for item in crawled.store.site_runs("r1")} == {"complete"}


def test_what_cannot_be_asked_says_why(crawled: Crawled) -> None:
    (unset,), (drawn,), (refused,), (allowed,) = (crawled.of(name) for name in ("unset", "drawn", "refused", "allowed"))
    assert (unset.status.value, unset.message) == ("not_configured", "没有设置环境变量 XJ_NOT_SET")
    assert (drawn.status.value, drawn.message) == ("not_configured", "本机没有浏览器，无法打开页面")
    assert refused.status.value == "source_down"
    assert "robots" in refused.message
    assert allowed.status.value != "source_down"
    assert crawled.door.paths.count("/private/page") == 1
    assert not {"/unset", "/drawn"} & set(crawled.door.paths)
    assert crawled.states("manual") == [("manual", "manual_pending")]
    assert crawled.states("nothing") == [("manual", "not_configured")]


def test_files_are_read_from_the_data_folder(crawled: Crawled) -> None:
    assert [status for _, status in crawled.states("file")] == ["not_configured", "ok"]
    assert [post.title for post in crawled.store.posts("file", None, NOW)] == ["一条"]


def test_raw_answers_are_kept(crawled: Crawled) -> None:
    evidence = [answer for item in crawled.of("challenged") for answer in item.evidence]
    assert crawled.store.body(evidence[0].sha256) == CAPTCHA
    assert evidence[0].url == f"{crawled.door.url}/captcha"


def test_secrets_reach_the_server_and_nothing_else(crawled: Crawled) -> None:
    assert crawled.states("own") == [("wechat_api", "ok")]
    asked = {path.partition("?")[0]: (path, headers) for path, headers, _ in crawled.door.asked}
    assert "/cgi-bin/token" in asked
    assert TOKEN in asked["/cgi-bin/freepublish/batchget"][0]
    assert asked["/away"][1]["Cookie"] == COOKIE
    assert "Cookie" not in asked["/landed"][1], "a cookie is not carried to another host"
    kept = b"".join(path.read_bytes() for path in crawled.folder.rglob("*") if path.is_file())
    kept += b"".join(
        crawled.store.body(answer.sha256)
        for name in crawled.run.targets
        for item in crawled.of(name)
        for answer in item.evidence
        if answer.sha256
    )
    for secret in (COOKIE, APP_SECRET, TOKEN, "appsecret%2B%2Fwith"):
        assert secret.encode() not in kept
        assert secret not in crawled.output


def test_logs_hide_secret_values(caplog: pytest.LogCaptureFixture) -> None:
    secrets = Secrets({"XJ_SECRET": APP_SECRET})
    secrets.learn(Fetch("https://x/?s={XJ_SECRET}", secrets=("XJ_SECRET",), private=(("token", TOKEN),)))
    shown = SecretFilter(secrets)
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "GET %s", (f"https://x/?s={APP_SECRET}&t={TOKEN}",), None)
    try:
        raise ValueError(TOKEN)
    except ValueError:
        record.exc_info = sys.exc_info()
    shown.filter(record)
    text = logging.Formatter().format(record)
    assert "GET https://x/?s={XJ_SECRET}&t={token}" in text
    assert TOKEN not in text


def test_a_run_that_goes_on_asks_nobody_twice(crawled: Crawled) -> None:
    before = len(crawled.door.asked)
    crawl(crawled.folder, f"sqlite:///{crawled.folder}/x.db")
    assert len(crawled.door.asked) == before
