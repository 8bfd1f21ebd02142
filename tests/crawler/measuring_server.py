"""A loopback web server that notes who asks what, when, and how many at a time."""

import http.server
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Told:
    """One answer."""

    body: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass
class Measured:
    """What a server saw."""

    url: str = ""
    asked: list[tuple[float, str, str]] = field(default_factory=list)  # moment, path, user agent
    active: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def times(self, path: str) -> list[float]:
        return [moment for moment, asked, _ in self.asked if asked == path]

    @property
    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked if path != "/robots.txt"]


def links(*paths: str) -> Told:
    """A page that links to others."""
    return Told("".join(f'<p><a href="{path}">关于 {path} 的说明</a></p>' for path in paths))


def article(path: str, seconds: float = 0.0) -> Told:
    """A page with enough text of its own that nobody doubts it."""
    text = "".join(f"<p>第 {n} 条：{path} 的办理流程、所需材料和联系方式以窗口公告为准。</p>" for n in range(20))
    return Told(f"<html><head><title>{path}</title></head><body><h1>{path}</h1>{text}</body></html>", seconds=seconds)


Answers = Callable[[str, int], Told]  # path, how often asked before


@contextmanager
def served(answers: Answers) -> Iterator[Measured]:
    seen = Measured()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            pass

        def do_POST(self) -> None:
            self.path += "?" + self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.do_GET()

        def do_GET(self) -> None:
            with seen.lock:
                before = len(seen.times(self.path))
                seen.asked.append((time.monotonic(), self.path, self.headers.get("User-Agent", "")))
                seen.active += 1
                seen.most = max(seen.most, seen.active)
            try:
                told = answers(self.path, before)
                time.sleep(told.seconds)
                body = told.body.encode()
                self.send_response(told.status)
                for name, value in ({"Content-Type": "text/html; charset=utf-8"} | dict(told.headers)).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with seen.lock:
                    seen.active -= 1
                self.wfile.write(body)
            except ConnectionError:  # the client hung up
                with seen.lock:
                    seen.active = max(0, seen.active - 1)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    seen.url = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def busiest_second(server: Measured) -> int:
    """The most requests that began in any second."""
    moments = sorted(moment for moment, _, _ in server.asked)
    return max(sum(start <= other < start + 1.0 for other in moments) for start in moments)


RATE, AT_ONCE = 40.0, 2  # agreed for the address of this machine
POLITE = {
    "address_rates": {"127.0.0.1": RATE}, "second_look_seconds": 0.1, "render": False, "check_outside": False,
    "check_disguise": False, "check_search": False, "check_codes": False, "check_ipv6": False, "read_sitemaps": False,
}  # fmt: skip


def three_pages(url: str, before: int) -> Told:
    """A site of three pages; its server needs a moment for each."""
    path = "/" + url.split("/", 3)[3]
    if path == "/robots.txt":
        return Told("", 404)
    return links("/a.html", "/b.html") if path == "/" else article(url, 0.02)
