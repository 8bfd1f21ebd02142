"""Twenty sites that mean harm, each in a way of its own, and five that are only a little faulty."""

import gzip
from collections.abc import Callable

from hostile_texts import PAGES
from trap_server import Asked, Host, Reply

TEXT = "市政府召开常务会议，研究部署政务公开和优化营商环境工作，听取有关情况汇报，对下一步工作提出明确要求。"
Answer = Callable[[Asked], Reply]
SHELL = '<html><head><meta charset="utf-8"><title>某某县</title></head><body><div id="list"></div><script>/* fetch( getList ajax */ let L = window["loc"+"ation"]; {}</script></body></html>'


def good_site(number: int) -> Host:
    """A home page with dated news, articles, one dead link and one article with a typo."""
    rows = "".join(
        f"<li><a href='/a{n}.html'>市政府召开第{n}次会议</a><span>2023-04-{10 + n:02}</span></li>" for n in range(12)
    )
    home = f"<title>某某市第{number}局</title><ul>{rows}<li><a href='/gone{number}.html'>办事指南下载</a></li></ul>"

    def answer(asked: Asked) -> Reply:
        name = asked.path.strip("/").removesuffix(".html")
        if not name:
            return Reply(body=home.encode())
        if name[0] == "a" and name[1:].isdigit():
            return Reply(body=article(int(name[1:])).encode())
        return Reply(404, b"<h1>404 Not Found</h1>")

    return Host({}, other=answer)


def article(number: int) -> str:
    title = f"市政府召开第{number}次会议"
    return f"<title>{title}</title><h1>{title}</h1><p>发布时间：2023-04-{10 + number:02}</p><p>{TEXT * 6}</p>"


def home_of(body: str, *more: str) -> bytes:
    links = "".join(f"<li><a href='{url}'>市政府召开重要会议{n}</a></li>" for n, url in enumerate(more))
    return f"<meta charset=utf-8><title>某某县人民政府</title>{body}<ul>{links}</ul>".encode()


def everywhere(reply: Reply) -> Answer:
    return lambda asked: reply


def numbered(body: str) -> Answer:
    """The same under every address, with ever new links."""

    def answer(asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            return Reply(404)
        links = "".join(f"<li><a href='{asked.path.rstrip('/')}/{n}'>市政府会议{n}</a></li>" for n in range(30))
        return Reply(body=(body + f"<ul>{links}</ul>").encode())

    return answer


def drawn(script: str) -> Answer:
    return lambda asked: Reply(404) if asked.path == "/robots.txt" else Reply(body=SHELL.replace("{}", script).encode())


def texts(*names: str, size: int = 100_000) -> Answer:
    """A home page that leads to pages which cost without bound."""
    bodies = {f"/t{n}.html": PAGES[name](size).encode() for n, name in enumerate(names)}

    def answer(asked: Asked) -> Reply:
        if asked.path == "/":
            return Reply(body=home_of("", *bodies))
        return Reply(body=bodies[asked.path]) if asked.path in bodies else Reply(404)

    return answer


HARM: dict[str, Answer] = {
    "an endless status line": everywhere(Reply(raw=(b"HTTP/1.1 20000000000000000000 OK\r\nContent-Length: 2\r\n\r\nok",))),
    "a bomb of zeros": everywhere(Reply(body=gzip.compress(b"\0" * 80_000_000), headers=(("Content-Encoding", "gzip"),))),
    "a dripping server": everywhere(Reply(raw=(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n", *(b"x",) * 400), pause=0.4)),
    "headers without end": everywhere(Reply(raw=(b"HTTP/1.1 200 OK\r\n", *(b"X-A: " + b"a" * 9_000 + b"\r\n",) * 200))),
    "connections torn down": everywhere(Reply(reset=True)),
    "half answers": everywhere(Reply(raw=(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<a href=/x>",))),
    "too many requests": everywhere(Reply(429, b"", headers=(("Retry-After", "3600"),))),
    "errors everywhere": everywhere(Reply(500, b"<h1>500</h1>")),
    "a circle of redirects": lambda asked: Reply(302, headers=(("Location", f"/r{asked.times}?{asked.path[-40:]}"),)),
    "a calendar without end": numbered("<meta charset=utf-8><title>某某县日历</title>"),
    "cookies without end": everywhere(Reply(body=home_of("", "/a", "/b"), headers=tuple(("Set-Cookie", f"c{n}={'v' * 3_000}") for n in range(60)))),
    "surrogates": everywhere(Reply(body=home_of("<p>&#xD800;&#xDFFF;\x00\x1b]0;x\x07" + "&#99999999999;" * 50, "/\ud800".encode("utf-8", "replace").decode()))),
    "a charset that is none": everywhere(Reply(body=home_of("", "/a"), kind="text/html; charset=unicode_escape")),
    "deep trees": texts("depth", "open formatting", "tables in tables", "open links"),
    "many attributes": texts("attributes", "attributes in quotes", "open quotes"),
    "dates of digits": texts("digits of a year", "digits of days ago", "dates"),
    "records": texts("records that never end", "records", "arrays that never end", "spaces in a refresh"),
    "reloads": drawn("setInterval(() => L.reload(), 5)"),
    "fetches": drawn("setInterval(() => { for (let i = 0; i < 50; i++) fetch('/frame?' + Math.random()) }, 5)"),
    "frames": drawn("for (let i = 0; i < 500; i++) document.write('<iframe src=/frame?' + i + '></iframe>')"),
}  # fmt: skip


def hostile_sites() -> list[Host]:
    """All of them."""
    return [Host({}, other=answer) for answer in HARM.values()]
