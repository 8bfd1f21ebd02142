"""The city at its present moment: what every address answers, rendered once and kept; and what was asked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import blake2b
from http import HTTPStatus
from urllib.parse import parse_qs

from democity.accounts.desk import Desk
from democity.calendar import moment_of
from democity.city import SERVICES, City
from democity.pages import Build, Reply, routes, search
from democity.site import CitySite
from democity.story import BUSY, SLOW
from democity.templates import FAMILIES
from democity.templates.base import Scene

_GONE = Reply(
    404, body="<html><head><title>404</title></head><body><h1>404</h1>您访问的页面不存在</body></html>".encode()
)
_PLAYED = Reply(
    body="<html><head><title>查询</title></head><body><h1>查询结果</h1><p>信息已登记。</p></body></html>".encode(),
    steady=True,
)
_BUSY = Reply(503, body="<html><body>服务繁忙，请稍后再试</body></html>".encode())
_REASONS = {status.value: status.phrase for status in HTTPStatus}


class Ready:
    """A rendered answer: head and body, and what a conditional request compares."""

    __slots__ = ("body", "delay", "etag", "head", "modified", "steady", "unchanged")

    def __init__(self, reply: Reply, modified: datetime) -> None:
        self.body, self.steady, self.delay = reply.body, reply.steady, reply.delay
        self.etag = b'"%b"' % blake2b(reply.body, digest_size=8).hexdigest().encode()
        self.modified = modified.strftime("%a, %d %b %Y %H:%M:%S GMT").encode()
        extra = f"Location: {reply.location}\r\n" if reply.location else ""
        tags = b""
        if reply.status == 503:
            extra = "Retry-After: 1\r\n"
        if reply.status == 200:
            tags = b"ETag: %b\r\nLast-Modified: %b\r\n" % (self.etag, self.modified)
        self.head = (
            f"HTTP/1.1 {reply.status} {_REASONS[reply.status]}\r\nServer: nginx\r\n{extra}".encode()
            + tags
            + f"Content-Type: {reply.content_type}\r\nContent-Length: {len(reply.body)}\r\n\r\n".encode()
        )
        self.unchanged = b"HTTP/1.1 304 Not Modified\r\nServer: nginx\r\n" + tags + b"\r\n"

    @property
    def status(self) -> bytes:
        """Three digits."""
        return self.head[9:12]


class World:
    """The city at its present moment, with what has been rendered and counted."""

    def __init__(self, city: City, day: date) -> None:
        self.city = city
        self.sites = {site.host: site for site in city.sites}
        self.sites |= {new: site for site in city.sites for new in site.faults_of("moved")}
        self.desk = Desk(city.accounts)
        self.friends = tuple((site.body.short, site.home_url) for site in city.sites)
        self.ready: dict[tuple[str, str], Ready] = {}
        self.busy, self.slow = noise(city.sites)
        self.served_busy: set[tuple[str, str]] = set()
        self.hits: Counter[tuple[str, str, str]] = Counter()
        self.unreachable = {site.host for site in city.sites if site.faults_of("unreachable")}
        self.set_clock(moment_of(day))

    def set_clock(self, at: datetime) -> None:
        """Move the city to a moment; steady pages stay rendered."""
        self.at = at
        self.tables: dict[str, dict[str, Build]] = {}
        self.ready = {key: ready for key, ready in self.ready.items() if ready.steady}

    def reset(self) -> None:
        """Forget the counters, and who was told to come again."""
        self.hits.clear()
        self.served_busy.clear()

    def answer(self, host: str, path: str) -> Ready:
        """The answer of an address, rendered when asked for the first time."""
        key = (host, path)
        if key in self.busy and key not in self.served_busy:
            self.served_busy.add(key)
            return Ready(_BUSY, self.at)
        ready = self.ready.get(key)
        if ready is None:
            reply = self._build(host, path)
            ready = Ready(replace(reply, delay=self.slow.get(key, 0.0)), self.at - timedelta(hours=8))
            self.ready[key] = ready
        return ready

    def _build(self, host: str, path: str) -> Reply:
        site = self.sites.get(host)
        if site is None:
            if host in SERVICES:
                return _PLAYED
            return self.desk.answer(host, path, self.at) or _GONE
        if site.faults_of("down"):
            return _BUSY
        if host == site.host and (moved := site.faults_of("moved")):
            return Reply(301, location=f"http://{moved[0]}{path}")
        if host not in self.tables:
            self.tables[host] = routes(FAMILIES[site.family], self.scene(site))
        if path.startswith("/search?"):
            family = FAMILIES[site.family]
            words = parse_qs(path.partition("?")[2], encoding=family.charset).get("q", [""])[0]
            return search(family, self.scene(site), words.strip())
        table = self.tables[host]
        build = table.get(path) or table.get(path.partition("?")[0])
        return build() if build else _GONE

    def scene(self, site: CitySite) -> Scene:
        """The site now; its friends are the sites that follow it in the list."""
        friends = self.friends[site.order % len(self.friends) + 1 :] + self.friends
        return Scene(site, self.at, friends[:12])

    def control(self, path: str, query: dict[str, list[str]]) -> object:
        """Answers of /__clock, /__stats and /__reset."""
        if path not in ("/__clock", "/__reset", "/__stats"):
            raise ValueError(path)
        if path == "/__clock":
            if "date" in query:
                text = query["date"][0]
                self.set_clock(datetime.fromisoformat(text) if "T" in text else moment_of(date.fromisoformat(text)))
            return {"at": self.at.isoformat()}
        if path == "/__reset":
            self.reset()
            return {}
        return {
            "requests": self.hits.total(),
            "hits": [[host, target, int(status), n] for (host, target, status), n in self.hits.items()],
        }


def noise(sites: Iterable[CitySite]) -> tuple[set[tuple[str, str]], dict[tuple[str, str], float]]:
    """Harmless trouble: lists that answer 503 once, and lists that are slow (seconds)."""
    busy, slow = set(), {}
    for site in sites:
        family = FAMILIES[site.family]
        if plan := site.column(BUSY.get(site.body.label, "")):
            busy.add((site.host, family.column_url(plan)))
        key, seconds = SLOW.get(site.body.label, ("", 0.0))
        if plan := site.column(key):
            slow[site.host, family.column_url(plan)] = seconds
    return busy, slow
