"""A small site whose faults come and go, inspected night after night: what is known of each fault on each night."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from checks.rules.rulebook import load_rules
from domain.findings import FindingRecord
from domain.ports import Store
from domain.runs import RunKind
from domain.targets import Registry, Site, Unit
from domain.times import BEIJING, beijing_date
from inspection.judging.run import Outcome
from inspection.runs.run import Order, run_inspection
from storage import open_store, upgrade

FIRST = datetime(2023, 4, 20, 22, 30, tzinfo=BEIJING)
SITE_ID = "2199000099"
QUICK = {"second_look_seconds": 0.05, "retry_seconds": 0.05, "delay_seconds": 0.0, "render": False}
QUICK |= {
    "check_search": False,
    "check_ipv6": False,
    "check_codes": False,
    "check_disguise": False,
    "check_outside": False,
}
FOOT = (
    "<footer>主办单位：云川市示例局 联系电话：024-88880000 网站标识码：2199000099 "
    '<a href="https://beian.miit.gov.cn/">辽ICP备12345678号</a> 辽公网安备21010002000001号 '
    '<a href="/map.html">网站地图</a> '
    '<a href="http://bszs.conac.cn/sitename?method=show&id=1"><img alt="党政机关" src="/red.png"></a> '
    '<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=2199000099">'
    '<img alt="我为政府网站找错" src="/jiucuo.png"></a></footer>'
)
META = (
    '<meta name="SiteName" content="云川市示例局"><meta name="SiteDomain" content="slj.yunchuan.gov.cn">'
    '<meta name="SiteIDCode" content="2199000099">'
)


def item(day: date, path: str, title: str) -> str:
    """One row of a list."""
    return f'<li><a href="{path}">{title}</a><span>{day}</span></li>'


@dataclass
class Town:
    """The pages of the site by path, as they are now; what is not there answers 404."""

    pages: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)  # path -> another status than 200
    moved: dict[str, str] = field(default_factory=dict)  # path -> where it redirects to
    robots: str = ""
    is_down: bool = False  # every request ends without an answer
    nav: dict[str, str] = field(default_factory=dict)  # path -> name
    home_extra: str = ""  # in the body of the home page
    footer: str = FOOT
    today: date = field(default_factory=FIRST.date)
    asked: list[str] = field(default_factory=list)
    port: int = 0

    def page(self, title: str, body: str, *, kind: str = "", meta: str = "") -> str:
        """A page in the site's template."""
        links = "".join(f'<li><a href="{path}">{name}</a></li>' for path, name in self.nav.items())
        return (
            f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{META}{meta}</head><body>'
            f'<div class="nav"><ul><li><a href="/">首页</a></li>{links}</ul></div>'
            f'<div class="main {kind}">{body}</div>{self.footer}</body></html>'
        )

    def column(self, path: str, name: str, rows: str) -> None:
        """A list page; it joins the navigation."""
        self.nav[path] = name
        trail = f'<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="{path}">{name}</a></div>'
        meta = f'<meta name="ColumnName" content="{name}"><meta name="ColumnType" content="{name}">'
        self.pages[path] = f"COLUMN|{name}|{meta}|{trail}<h2>{name}</h2><ul>{rows}</ul>"

    def article(self, path: str, title: str, day: date, text: str, *, column: str = "/xw/", meta: bool = True) -> None:
        """An article page."""
        name = self.nav.get(column, "工作动态")
        trail = (
            f'<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="{column}">{name}</a> &gt; 正文</div>'
        )
        tags = (
            f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day} 09:00">'
            f'<meta name="ContentSource" content="云川市示例局">'
            if meta
            else ""
        )
        body = f'{trail}<h1>{title}</h1><div class="info">发布时间：{day} 09:00 来源：云川市示例局</div>'
        self.pages[path] = f'ARTICLE|{title}|{tags}|{body}<div class="content"><p>{text}</p></div>'

    def answer(self, path: str) -> tuple[int, str]:
        """(status, body); the template is that of the moment."""
        if path == "/":
            rows = item(self.today, "/xw/new.html", "云川市示例局召开工作会议部署重点任务")
            body = f'<div class="news"><h2><a href="/xw/">工作动态</a></h2><ul>{rows}</ul></div>{self.home_extra}'
            return self.statuses.get(path, 200), self.page("云川市示例局", body)
        if path not in self.pages:
            return 404, "<html><title>404</title><body>页面不存在</body></html>"
        stored = self.pages[path]
        if stored.startswith("<"):
            return self.statuses.get(path, 200), stored
        kind, title, meta, body = stored.split("|", 3)
        return self.statuses.get(path, 200), self.page(title, body, kind=kind.lower(), meta=meta)


def built() -> Town:
    """The site without a fault."""
    town = Town()
    day = FIRST.date()
    town.column("/xw/", "工作动态", "")
    town.column("/gg/", "通知公告", item(day - timedelta(days=5), "/gg/1.html", "关于开展春季检查工作的通知"))
    refresh(town, day)
    town.article("/gg/1.html", "关于开展春季检查工作的通知", day - timedelta(days=5), "请各单位按时报送材料。" * 8)
    town.pages["/map.html"] = "OTHER|网站地图||<h1>网站地图</h1><p>各栏目见导航。</p>"
    town.pages["/red.png"] = town.pages["/jiucuo.png"] = "<svg></svg>"
    return town


def refresh(town: Town, today: date) -> None:
    """What a living site does every day: a new article on top, old ones below it."""
    town.today = today
    rows = item(today, "/xw/new.html", "云川市示例局召开工作会议部署重点任务")
    rows += "".join(
        item(FIRST.date() - timedelta(days=40 + number), f"/xw/{number}.html", f"第{number}次工作例会召开")
        for number in range(1, 13)
    )
    rows += "".join(getattr(town, "old_rows", []))
    town.column("/xw/", "工作动态", rows)
    text = "会议听取了各科室汇报，研究了下一步工作。" * 6
    town.article("/xw/new.html", "云川市示例局召开工作会议部署重点任务", today, text)
    for number in range(1, 13):
        path, day = f"/xw/{number}.html", FIRST.date() - timedelta(days=40 + number)
        if path not in town.pages:
            town.article(path, f"第{number}次工作例会召开", day, text)


@dataclass
class Watch:
    """The office that looks at the town."""

    town: Town
    store: Store
    folder: Path
    db: str

    def order(self, night: int, kind: RunKind = RunKind.NIGHTLY, hours: int = 0, **settings: Any) -> Order:
        """An inspection on a night, counted from 0."""
        sites = self.store.load_registry().sites
        as_of = FIRST + timedelta(days=night, hours=hours)
        book = load_rules()
        base = QUICK | ({"everything": True} if kind is RunKind.AUDIT else {})
        return Order(kind, sites, as_of, book, self.db, str(self.folder), base | settings, allow_private=True)

    def inspect(self, night: int, kind: RunKind = RunKind.NIGHTLY, hours: int = 0, **settings: Any) -> Outcome:
        """One run; the town's day is that of the run, and it publishes something."""
        refresh(self.town, beijing_date(FIRST + timedelta(days=night)))
        self.town.asked.clear()
        return run_inspection(self.order(night, kind, hours, **settings), self.store)

    def records(self, outcome: Outcome) -> dict[str, FindingRecord]:
        """`check path` -> the record as the run's reports show it."""
        (judged,) = outcome.judged.values()
        base = f"http://127.0.0.1:{self.town.port}"
        return {f"{r.finding.check} {r.finding.ref.url.removeprefix(base)}": r for r in judged.records}


@contextmanager
def watched(folder: Path, town: Town) -> Iterator[Watch]:
    """Serve a town and open an office that knows it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            town.asked.append(path)
            if town.is_down:
                self.close_connection = True
                self.connection.close()
                return
            if path == "/robots.txt":
                self.reply(200 if town.robots else 404, town.robots.encode(), "text/plain")
            elif path in town.moved:
                self.reply(301, b"", "text/html", Location=town.moved[path])
            else:
                status, text = town.answer(path)
                body = text.encode()
                etag = f'"{hashlib.md5(body).hexdigest()}"'
                if status == 200 and self.headers.get("If-None-Match") == etag:
                    self.reply(304, b"", "text/html", ETag=etag)
                else:
                    kind = "image/svg+xml" if text.startswith("<svg") else "text/html; charset=utf-8"
                    self.reply(status, body, kind, **({"ETag": etag} if status == 200 else {}))

        def reply(self, status: int, body: bytes, kind: str, **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if status != 304:
                self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    town.port = server.server_port
    db = f"sqlite:///{folder}/xunjian.db"
    upgrade(db)
    store = open_store(db, folder)
    site = Site(SITE_ID, "云川市示例局", f"http://127.0.0.1:{town.port}/", unit_id="u1")
    store.save_registry(Registry(units=(Unit("u1", "云川市示例局"),), sites=(site,)))
    try:
        yield Watch(town, store, folder, db)
    finally:
        store.close()
        server.shutdown()
        server.server_close()
        thread.join()


__all__ = ["FIRST", "SITE_ID", "Town", "Watch", "built", "item", "refresh", "replace", "watched"]
