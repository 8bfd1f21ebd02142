"""Sites for measuring: site k answers at http://127.1.A.B:PORT/, always with the same pages, built before the first request.

    python -m tests.bench.generated_sites --sites 56 --pages 500 --port 8800

`/__stats` tells what was asked since `/__reset`, `/__truth` which links of each site lead nowhere.
"""

import argparse
import asyncio
import contextlib
import hashlib
import json
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from aiohttp import web

from democity.names import BODIES
from democity.text import Writer, dice

TODAY = date(2026, 4, 26)
COLUMNS = (
    ("news", "工作动态"),
    ("notice", "通知公告"),
    ("policy", "政策文件"),
    ("explain", "政策解读"),
    ("plan", "规划计划"),
)
ON_A_PAGE = 20
BROKEN = 5  # links of each site that lead nowhere
STYLE = "".join(f".b{n}{{margin:{n}px auto;padding:0 {n % 7}px;color:#{n:03d}}}\n" for n in range(60))


@dataclass(frozen=True)
class Answer:
    """One page as it is sent."""

    body: bytes
    kind: str = "text/html; charset=utf-8"

    @property
    def tag(self) -> str:
        return f'"{hashlib.md5(self.body, usedforsecurity=False).hexdigest()[:12]}"'


@dataclass
class Counts:
    """What was asked."""

    requests: int = 0
    html200: int = 0
    notmodified: int = 0
    seen: set[tuple[str, str]] = field(default_factory=set)

    def told(self) -> dict[str, int]:
        numbers = {"requests": self.requests, "html200": self.html200, "notmodified": self.notmodified}
        return {**numbers, "distinct": len(self.seen)}


def address(site: int) -> str:
    """Where site number `site` answers."""
    return f"127.1.{site // 250}.{site % 250 + 1}"


class GeneratedSite:
    """The pages of one site by path, and the paths of its broken links."""

    def __init__(self, number: int, pages: int) -> None:
        self.body = BODIES[number % len(BODIES)]
        self.name = f"{self.body.name}（{number + 1}）"
        self.dice = dice("bench", number)
        lists = max(1, round(pages / ON_A_PAGE / len(COLUMNS)))
        self.articles = [
            self._article(column, place)
            for column in range(len(COLUMNS))
            for place in range((pages - 1 - lists * len(COLUMNS)) // len(COLUMNS))
        ]
        self.menu = "".join(self._menu_item(column) for column in range(len(COLUMNS)))
        self.broken = [f"/gone/{number}-{each}.html" for each in range(BROKEN)]
        self.pages = {path: Answer(text.encode()) for path, text in self._written()}
        self.pages["/s.css"] = Answer(STYLE.encode(), "text/css")

    def _article(self, column: int, place: int) -> tuple[int, str, date, str, list[str]]:
        kind = COLUMNS[column][0]
        day = TODAY - timedelta(days=place * (6 if column < 2 else 20) + self.dice.randint(0, 2))
        writer = Writer(self.body, day, self.dice)
        title = writer.title(kind)
        path = f"/{kind}/{day:%Y%m}/t{day:%Y%m%d}_{column}{place:04d}.html"
        return column, path, day, title, writer.paragraphs(kind, title) + writer.paragraphs("news")

    def _menu_item(self, column: int) -> str:
        """A column with the drop-down of its newest articles, on every page."""
        kind, name = COLUMNS[column]
        newest = [item for item in self.articles if item[0] == column][:4]
        below = "".join(f"<dd><a href='{path}' target=_blank>{title}</a></dd>" for _, path, _, title, _ in newest)
        return (
            f"<li class='m{column}'><a href='/{kind}/index.html'>{name}</a><dl style='display:none'>{below}</dl></li>"
        )

    def _written(self) -> Iterator[tuple[str, str]]:
        for column, (kind, name) in enumerate(COLUMNS):
            mine = [item for item in self.articles if item[0] == column]
            parts = [mine[start : start + ON_A_PAGE] for start in range(0, len(mine), ON_A_PAGE)]
            for number, part in enumerate(parts):
                more = f'<a href="/{kind}/index_{number + 1}.html">下一页</a>' if number + 1 < len(parts) else ""
                listed = f"<ul class=list>{''.join(map(_row, part))}</ul><div class=pages>{more}</div>"
                yield (f"/{kind}/index{f'_{number}' if number else ''}.html", self._page(name, listed))
        for place, (column, path, day, title, paragraphs) in enumerate(self.articles):
            yield path, self._page(title, self._told(place, column, day, title, paragraphs))
        newest = sorted(self.articles, key=lambda item: item[2], reverse=True)
        boxes = "".join(
            f"<div class=box><h2><a href='/{kind}/index.html'>{name}</a></h2><ul>"
            + "".join([_row(item) for item in newest if item[0] == column][:8])
            + "</ul></div>"
            for column, (kind, name) in enumerate(COLUMNS)
        )
        yield "/", self._page("首页", boxes)

    def _told(self, place: int, column: int, day: date, title: str, paragraphs: list[str]) -> str:
        kind, name = COLUMNS[column]
        step = max(1, len(self.articles) // BROKEN)
        lost = self.broken[place // step] if place % step == 0 and place // step < BROKEN else ""
        link = f'<p>相关链接：<a href="{lost}">原文</a></p>' if lost else ""
        near = "".join(map(_row, self.articles[max(0, place - 3) : place]))
        return (
            f"<div class=place>当前位置：<a href='/'>首页</a> &gt; <a href='/{kind}/index.html'>{name}</a></div>"
            f"<h1>{title}</h1><div class=info>发布时间：{day.isoformat()}　来源：{self.name}</div>"
            f"<div class=text>{''.join(f'<p>{each}</p>' for each in paragraphs)}{link}</div>"
            f"<div class=near><h3>相关信息</h3><ul>{near}</ul></div>"
        )

    def _page(self, title: str, main: str) -> str:
        return (
            f"<!DOCTYPE html><html lang=zh-CN><head><meta charset=utf-8><title>{title}_{self.name}</title>"
            f"<meta name=SiteName content='{self.name}'><link rel=stylesheet href='/s.css'>"
            f"<style>{STYLE}</style><script>var now=new Date();function say(x){{return x+1}}</script></head><body>"
            f"<div class=top><h2>{self.name}</h2><ul class=menu><li><a href='/'>首页</a></li>{self.menu}</ul></div>"
            f"<div class=main>{main}</div><div class=foot>主办：{self.name}　版权所有　联系我们　网站地图</div></body></html>"
        )


def _row(item: tuple[int, str, date, str, list[str]]) -> str:
    _, path, day, title, _ = item
    return f"<li><a href='{path}' title='{title}'>{title}</a><span>{day.isoformat()}</span></li>"


class Served:
    """All sites, and what was asked of them."""

    def __init__(self, sites: int, pages: int) -> None:
        self.sites = {address(number): GeneratedSite(number, pages) for number in range(sites)}
        self.counts = Counts()

    async def answer(self, request: web.Request) -> web.Response:
        if request.path.startswith("/__"):
            return web.json_response(self.told(request.path, (request.host or "").partition(":")[2]))
        host = (request.host or "").partition(":")[0]
        self.counts.requests += 1
        self.counts.seen.add((host, request.path))
        site = self.sites.get(host)
        found = site.pages.get(request.path) if site else None
        if found is None:
            return web.Response(status=404, text="<html><body>404</body></html>", content_type="text/html")
        if request.headers.get("If-None-Match") == found.tag:
            self.counts.notmodified += 1
            return web.Response(status=304, headers={"ETag": found.tag})
        self.counts.html200 += found.kind.startswith("text/html")
        return web.Response(body=found.body, headers={"ETag": found.tag, "Content-Type": found.kind})

    def told(self, path: str, port: str) -> Any:
        if path == "/__reset":
            self.counts = Counts()
        if path == "/__truth":
            return {f"{host}:{port}": {"broken": site.broken} for host, site in self.sites.items()}
        return self.counts.told()


async def serve(served: Served, port: int) -> None:
    """Answer until a signal comes."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", served.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    for host in served.sites:
        await web.TCPSite(runner, host, port, backlog=1024).start()
    print(json.dumps({"sites": len(served.sites)}), flush=True)
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await ended.wait()
    await runner.cleanup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--sites", type=int, default=1)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--port", type=int, default=8800)
    args = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(Served(args.sites, args.pages), args.port))
