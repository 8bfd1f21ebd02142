"""Answers of awkward servers, some of them byte by byte: what a browser makes of each is noted at its spot."""

import gzip
from collections.abc import Callable

from trap_server import Asked, Reply

Answer = Callable[[Asked], Reply]
PARAGRAPH = "为切实做好今年防汛抗旱工作，各区县要压实责任、备足物资、加强值守，确保人民群众生命财产安全。"


def page(title: str, body: str, charset: str = "utf-8", head: str = "") -> bytes:
    text = f'<!DOCTYPE html><html lang="zh"><head><meta charset="{charset}"><title>{title}</title>{head}</head>'
    return f'{text}<body><div id="main">{body}</div><div id="footer">版权所有</div></body></html>'.encode(charset)


ARTICLE = page(
    "我市部署防汛抗旱工作_某某市应急管理局",
    f"<h1>我市部署防汛抗旱工作</h1><div>时间：2023-04-21 来源：应急管理局</div>{f'<p>{PARAGRAPH}</p>' * 5}",
)
GONE = page("某某市应急管理局", "<p>您访问的页面不存在</p><a href='/'>返回首页</a>")


def ok(body: bytes | str = ARTICLE, kind: str = "text/html; charset=utf-8", **more: object) -> Answer:
    content = body.encode() if isinstance(body, str) else body
    return lambda asked: Reply(body=content, kind=kind, **more)  # type: ignore[arg-type]


def code(status: int, body: bytes | str = b"<h1>Error</h1>", *headers: tuple[str, str]) -> Answer:
    content = body.encode() if isinstance(body, str) else body
    return lambda asked: Reply(status, content, headers)


def to(target: str, status: int = 302, *headers: tuple[str, str]) -> Answer:
    return code(status, b"", ("Location", target), *headers)


def first(times: int, bad: Reply) -> Answer:
    """Bad the first times, then an article."""
    return lambda asked: bad if asked.times <= times else Reply(body=ARTICLE)


def heads(status: int) -> Answer:
    """A server that knows no HEAD."""
    return lambda asked: Reply(status if asked.method == "HEAD" else 200, ARTICLE)


def for_people(status: int) -> Answer:
    """A server that turns away what calls itself a bot."""

    def answer(asked: Asked) -> Reply:
        agent = asked.headers.get("user-agent", "").lower()
        return Reply(status if any(word in agent for word in ("bot", "spider", "crawl")) else 200, ARTICLE)

    return answer


def wants_cookie(path: str, name: str = "visited") -> Answer:
    """Sends everybody in a circle until the cookie comes back."""

    def answer(asked: Asked) -> Reply:
        if f"{name}=" in asked.headers.get("cookie", ""):
            return Reply(body=ARTICLE)
        cookies = (("Set-Cookie", "theme=red; Path=/"), ("Set-Cookie", f"{name}=yes; Path=/; HttpOnly; SameSite=Lax"))
        return Reply(302, b"", (("Location", path), *cookies))

    return answer


def raw(*pieces: bytes, pause: float = 0.0) -> Answer:
    return lambda asked: Reply(raw=pieces, pause=pause)


def head_of(*lines: str, status: str = "HTTP/1.1 200 OK") -> bytes:
    return "\r\n".join([status, "Content-Type: text/html; charset=utf-8", *lines, "", ""]).encode("utf-8")


def chunk(body: bytes) -> bytes:
    return f"{len(body):x}\r\n".encode() + body + b"\r\n"


CHUNKED = head_of("Transfer-Encoding: chunked")
HALF = len(ARTICLE) // 2
DRIPPING = raw(
    head_of(f"Content-Length: {len(ARTICLE)}"),
    *(ARTICLE[n : n + HALF // 3] for n in range(0, len(ARTICLE), HALF // 3)),
    pause=0.15,
)
NO_LENGTH = raw(head_of("Connection: close", status="HTTP/1.0 200 OK") + ARTICLE)
TOO_LONG = raw(head_of(f"Content-Length: {len(ARTICLE) + 500}") + ARTICLE)
TOO_SHORT = raw(head_of(f"Content-Length: {len(ARTICLE) - 40}", "Connection: close") + ARTICLE)
CUT_CHUNKS = raw(CHUNKED + chunk(ARTICLE))  # the closing chunk never comes, the connection ends
HANGING = raw(CHUNKED + chunk(ARTICLE), pause=60)
ENDLESS = raw(CHUNKED, *(chunk(b"<p>" + str(n).encode() + b"</p>") for n in range(4000)), pause=0.1)
NO_REASON = raw(head_of(f"Content-Length: {len(ARTICLE)}", status="HTTP/1.1 200") + ARTICLE)
BARE_FEEDS = raw(f"HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: {len(ARTICLE)}\n\n".encode() + ARTICLE)
EARLY_HINTS = raw(b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload\r\n\r\n" + head_of(f"Content-Length: {len(ARTICLE)}") + ARTICLE)  # fmt: skip
CHINESE_HEADER = raw(head_of("X-Powered-By: 某某科技", f"Content-Length: {len(ARTICLE)}") + ARTICLE)
ZIPPED = raw(head_of("Content-Encoding: gzip", "Connection: close") + gzip.compress(ARTICLE))
CUT_ZIP = raw(head_of("Content-Encoding: gzip", "Connection: close") + gzip.compress(ARTICLE)[:-9])
NO_ZIP = raw(head_of("Content-Encoding: gzip", f"Content-Length: {len(ARTICLE)}") + ARTICLE)
ODD_ENCODING = raw(head_of("Content-Encoding: utf-8", f"Content-Length: {len(ARTICLE)}") + ARTICLE)
GBK_LOCATION = raw(
    b"HTTP/1.1 302 Found\r\nLocation: /" + "公告".encode("gbk") + b"/1.html\r\nContent-Length: 0\r\n\r\n"
)
NO_TYPE = raw(f"HTTP/1.1 200 OK\r\nContent-Length: {len(ARTICLE)}\r\n\r\n".encode() + ARTICLE)

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" * 60
DOCX = b"PK\x03\x04\x14\x00\x06\x00" + b"word/document.xml" * 80
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 900
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
LOGIN = page("用户登录", "<form action='/do-login' method=post><input name=user><input type=password name=pass><button>登录</button></form>")  # fmt: skip
