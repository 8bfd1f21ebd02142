"""`look URL` and `proof URL`: a name is looked up once, and only what was found then is connected to."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

import crawler.lookups as lookups_module
from crawler.guard import is_public
from crawler.lookups import Lookups, PrivatePlace
from domain.crawl_policy import CrawlPolicy
from domain.errors import NotJudged, UsageError
from inspection.look.fetched import fetch

OUTSIDE = "127.0.0.77"  # counts as public where a test says so
QUICK = CrawlPolicy(timeout_seconds=2.0)


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(302 if self.path.startswith("/to/") else 200)
            if self.path.startswith("/to/"):
                self.send_header("Location", self.path.removeprefix("/to/"))
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"hi")

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    outside = HTTPServer((OUTSIDE, server.server_port), Handler)
    for each in (server, outside):
        threading.Thread(target=each.serve_forever, daemon=True).start()
    yield server.server_port, seen
    for each in (server, outside):
        each.shutdown()
        each.server_close()


@pytest.fixture
def changing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Names whose every look-up has another answer."""

    def install(*answers: str) -> list[str]:
        looked: list[str] = []
        real = socket.getaddrinfo

        def answer(host: str, port: Any, *rest: Any, **options: Any) -> Any:
            if host != "changing.test":
                return real(host, port, *rest, **options)
            looked.append(host)
            told = answers[min(len(looked), len(answers)) - 1].split()
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port or 0)) for ip in told]

        monkeypatch.setattr(socket, "getaddrinfo", answer)
        return looked

    return install


def test_a_name_that_changes_its_answer_leads_nowhere_else(
    asked: tuple[int, list[str]], changing: Callable[..., list[str]]
) -> None:
    looked = changing("192.0.2.1", "127.0.0.1")  # documentation addresses count as private and are refused at once
    with pytest.raises((UsageError, NotJudged)):
        fetch(f"http://changing.test:{asked[0]}/", QUICK)
    assert asked[1] == []
    assert len(looked) == 1


@pytest.mark.parametrize("answers", ["127.0.0.1", "93.184.1.10 127.0.0.1", "10.1.2.3", "169.254.169.254", "0.0.0.0"])
def test_one_private_answer_is_enough_to_refuse(
    asked: tuple[int, list[str]], changing: Callable[..., list[str]], answers: str
) -> None:
    changing(answers)
    with pytest.raises(UsageError, match="内网"):
        fetch(f"http://changing.test:{asked[0]}/", QUICK)
    assert asked[1] == []


@pytest.mark.parametrize("target", ["http://10.1.2.3/", "http://127.1:{port}/x", "http://[::1]:{port}/x", "ftp://127.0.0.1/x", "file:///etc/passwd", "data:text/html,x"])  # fmt: skip
def test_a_redirect_is_looked_at_like_the_address_itself(
    asked: tuple[int, list[str]], changing: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    changing(OUTSIDE)
    here = asked[0]
    monkeypatch.setattr(lookups_module, "is_public", lambda ip: ip == OUTSIDE or is_public(ip))
    try:
        document = fetch(f"http://changing.test:{here}/to/{target.format(port=here)}", QUICK)
        assert (document.status, document.body) == (302, b"hi")  # not followed
    except (UsageError, NotJudged):
        pass
    assert len(asked[1]) == 1


def test_with_leave_private_addresses_are_asked(asked: tuple[int, list[str]]) -> None:
    policy = CrawlPolicy(timeout_seconds=2.0, allow_private=True)
    document = fetch(f"http://localhost:{asked[0]}/to/http://127.0.0.1:{asked[0]}/end", policy)
    assert (document.status, document.body) == (200, b"hi")
    assert document.url.endswith("/end")


def test_the_first_answer_is_kept(changing: Callable[..., list[str]]) -> None:
    looked = changing("93.184.1.10", "93.184.1.11", "127.0.0.1")
    lookups = Lookups()
    assert {asyncio.run(lookups.place("changing.test", 80)) for _ in range(4)} == {("93.184.1.10", 80)}
    assert len(looked) == 1
    with pytest.raises(PrivatePlace):
        asyncio.run(lookups.place("0x7f.1", 80))
