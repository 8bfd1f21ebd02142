"""Answers that browsers show: read by the crawler's parser and by the second client, with the guard on every hop."""

import asyncio
import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from twisted.internet.testing import StringTransport
from twisted.web._newclient import Request
from twisted.web.http_headers import Headers

from crawler.fetch.cookies import Jar
from crawler.fetch.lenient_answers import LenientParser
from crawler.fetch.plain_client import PlainClient
from domain.crawl_policy import CrawlPolicy
from domain.errors import NotJudged, UsageError
from inspection.look.fetched import fetch

BODY = "<html><meta charset=utf-8><p>各乡镇要认真落实各项任务。</p></html>".encode()
LENGTH = b"Content-Length: %d" % len(BODY)
HEADS = [  # lines of a head, and a header that must be read
    ([b"X-Policy: " + b"a" * 20_000, LENGTH], None),
    ([b"X-Policy: " + b"a" * 60_000, LENGTH], None),
    ([b"Server : IIS", LENGTH, b"X-A: 1"], (b"X-A", b"1")),
    ([b": x", b"X-A: 1", LENGTH], (b"X-A", b"1")),
    ([b"X A: y", b"X-A: 1", LENGTH], (b"X-A", b"1")),
    (["来源: 县报".encode(), b"X-A: 1", LENGTH], (b"X-A", b"1")),
    ([b"no colon at all", b"X-A: 1", LENGTH], (b"X-A", b"1")),
    ([b" goes on from nothing", b"X-A: 1", LENGTH], (b"X-A", b"1")),
    ([b"X-A: 1", b"  and more", LENGTH], (b"X-A", b"1  and more")),
    ([b"Content-Length:"], None),
    ([b"Content-Length: -5"], None),
    ([b"Content-Length: many"], None),
    ([b'Content-Length: "%d"' % len(BODY)], None),
    ([LENGTH, LENGTH], None),
    ([b"Transfer-Encoding: identity", LENGTH], None),
    ([b"Transfer-Encoding: Identity"], None),
]


@pytest.mark.parametrize(("lines", "wanted"), HEADS)
def test_heads_are_read_as_browsers_read_them(lines: list[bytes], wanted: tuple[bytes, bytes] | None) -> None:
    parser = LenientParser(Request(b"GET", b"/", Headers({b"host": [b"a"]}), None), lambda rest: None)
    answers: list[object] = []
    parser.makeConnection(StringTransport())
    parser._responseDeferred.addCallbacks(answers.append, answers.append)
    parser.dataReceived(b"\r\n".join([b"HTTP/1.1 200 OK", *lines]) + b"\r\n\r\n" + BODY)
    (response,) = answers
    assert response.code == 200  # type: ignore[attr-defined]
    if wanted:
        assert response.headers.getRawHeaders(wanted[0]) == [wanted[1]]  # type: ignore[attr-defined]


def raw(head: bytes, body: bytes = BODY, status: bytes = b"200 OK") -> bytes:
    return (
        b"HTTP/1.1 "
        + status
        + b"\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
        + head
        + b"\r\n\r\n"
        + body
    )


@contextmanager
def serving(answer: Callable[[str, str], bytes]) -> Iterator[str]:
    """Raw bytes for each (path, whole head)."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                door, _ = listener.accept()
            except OSError:
                return
            with door:
                data = b""
                while b"\r\n\r\n" not in data and (part := door.recv(65_536)):
                    data += part
                head = data.decode("latin-1")
                door.sendall(answer(head.split(" ")[1], head) if data else b"")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


PAGES = {
    "/plain": raw(LENGTH),
    "/long": raw(b"X-Policy: " + b"a" * 30_000 + b"\r\n" + LENGTH),
    "/gzip": raw(b"Content-Encoding: gzip", gzip.compress(BODY)),
    "/deflate": raw(b"Content-Encoding: deflate", zlib.compress(BODY)),
    "/moved": raw(b"Location: /plain\r\nContent-Length: 0", b"", b"302 Found"),
    "/circle": raw(b"Location: /circle\r\nContent-Length: 0", b"", b"302 Found"),
    "/inside": raw(b"Location: http://10.0.0.1/\r\nContent-Length: 0", b"", b"302 Found"),
    "/cut": raw(b"Transfer-Encoding: chunked", b"999\r\n<p>"),
    "/short": raw(b"Content-Length: 9999"),
    "/noise": b"HELLO\r\n\r\n",
    "/nothing": b"",
    "/zip": raw(b"X-A: 1", gzip.compress(BODY)),
    "/a%20b": raw(LENGTH),
    "/%E9%80%9A%E7%9F%A5": raw(LENGTH),
}
POLICY = CrawlPolicy(allow_private=True, timeout_seconds=5)


@pytest.mark.parametrize("path", ["/plain", "/long", "/gzip", "/deflate", "/moved", "/a b", "/通知", " /plain", "/%E9%80%9A%E7%9F%A5#x"])  # fmt: skip
def test_documents_are_fetched_as_a_browser_would(path: str) -> None:
    with serving(lambda asked, _: PAGES[asked]) as origin:
        document = fetch(f" {origin}{path.strip()}", POLICY)
    assert (document.status, document.body) == (200, BODY)


@pytest.mark.parametrize("path", ["/circle", "/cut", "/short", "/noise", "/nothing", "/zip"])
def test_an_answer_that_is_none_is_one_sentence(path: str) -> None:
    with (
        serving(lambda asked, _: PAGES[asked]) as origin,
        pytest.raises(NotJudged, match=r"^不能(访问|读取) http.*：.+"),
    ):
        fetch(origin + path, POLICY)


@pytest.mark.parametrize("url", ["http://127.0.0.1:abc/", "http://[::1/", "ftp://a.cn/x", "http://", "://x", "javascript://x"])  # fmt: skip
def test_what_is_no_address_is_told_so(url: str) -> None:
    with pytest.raises(UsageError, match="不是网址"):
        fetch(url, POLICY)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://2130706433/", "http://localhost:9/", "http://[::1]:9/"])
def test_private_addresses_are_refused(url: str) -> None:
    with pytest.raises(UsageError, match="--allow-private"):
        fetch(url, CrawlPolicy())


def test_a_redirect_into_the_private_network_is_refused_on_its_hop() -> None:
    with serving(lambda asked, _: PAGES[asked]) as origin:
        host = origin.removeprefix("http://")
        client = PlainClient(CrawlPolicy(resolver={"www.pingshan.gov.cn": host}, timeout_seconds=5))
        inside = asyncio.run(client.ask("http://www.pingshan.gov.cn/inside"))
        mapped = asyncio.run(client.ask("http://www.pingshan.gov.cn/moved"))
    assert inside.error == "private"
    assert (mapped.url, mapped.body) == ("http://www.pingshan.gov.cn/plain", BODY)


def test_cookies_of_a_redirect_and_those_given_go_along() -> None:
    heads = []

    def answer(path: str, head: str) -> bytes:
        heads.append(head)
        return raw(b"Set-Cookie: k=2; Path=/\r\nLocation: /plain\r\nContent-Length: 0", b"", b"302 Found") if path == "/" else PAGES[path]  # fmt: skip

    with serving(answer) as origin:
        asyncio.run(PlainClient(POLICY).ask(f"{origin}/", cookie="a=1", referer=f"{origin}/home"))
    assert "Cookie: a=1; k=2" in heads[1]
    assert "Referer: http://127.0.0.1" in heads[1]


@pytest.mark.parametrize(
    ("lines", "url", "sent"),
    [
        ([b"a=1; Path=/; HttpOnly"], "http://www.p.cn/x", "a=1"),
        ([b"a b=1,2; expires=Wed, 01 Jan 2030 00:00:00 GMT"], "http://www.p.cn/", "a b=1,2"),
        (["名=值".encode()], "http://www.p.cn/", "名=值"),
        ([b'j="q w"', b"=x", b"a=1", b"a=2"], "http://www.p.cn/", 'x; a=2; j="q w"'),
        ([b"a=1", b"a=; Max-Age=0"], "http://www.p.cn/", ""),
        ([b"a=1; Domain=.p.cn"], "http://oa.p.cn/", "a=1"),
        ([b"a=1"], "http://oa.p.cn/", ""),
        ([b"a=1; Domain=other.cn"], "http://www.p.cn/", "a=1"),
    ],
)
def test_cookies_are_kept_as_browsers_keep_them(lines: list[bytes], url: str, sent: str) -> None:
    jar = Jar()
    jar.take("http://www.p.cn/", lines)
    assert jar.header(url) == sent
