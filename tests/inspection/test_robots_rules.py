"""robots.txt as the standard reads it (RFC 9309), seen by what a site is asked for."""

import http.server
import json
import threading
from http.server import BaseHTTPRequestHandler

import pytest
from faulty_sites import Ended, answer, xunjian

RULES = b"User-agent: *\nDisallow: /inner/\n"
HOME = "<html><meta charset=utf-8><title>平山县</title><ul>{}</ul></html>".format(
    "".join(f"<li><a href={u}>平山县召开第{n}次会议</a> 2023-04-2{n}</li>" for n, u in enumerate(("/inner/a.html", "/n/b.html", "/n/c.html")))
).encode()  # fmt: skip


def gate(robots: tuple[int, bytes, str], rules: bytes = RULES, drops: int = 0) -> tuple[Ended, set[str]]:
    asked: set[str] = set()
    dropped: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            asked.add(self.path)
            if self.path == "/robots.txt" and len(dropped) < drops:
                dropped.append(self.path)
                self.close_connection = True
            elif self.path == "/robots.txt":
                status, body, location = robots
                answer(self, status, body, **({"Location": location} if location else {}), Content_Type="text/plain")
            elif self.path in ("/two.txt", "/one.txt"):
                two = self.path == "/two.txt"
                answer(self, 200 if two else 302, rules if two else b"", **({} if two else {"Location": "/two.txt"}))
            elif self.path == "/round.txt":
                answer(self, 302, b"", Location="/round.txt")
            else:
                answer(self, 200, HOME)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/"
        return xunjian("gate", url, "--as-of", "2023-04-26", "--allow-private", "--format", "json"), asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(
    ("robots", "inner"),
    [
        ((200, RULES, ""), False),
        ((301, b"", "/two.txt"), False),
        ((302, RULES, "/one.txt"), False),
        ((302, b"", "/round.txt"), True),  # never comes to rules: there are none
        ((404, RULES, ""), True),
        ((403, RULES, ""), True),
        ((200, b"User-agent: Mozilla\nDisallow: /\n\nUser-agent: *\nDisallow: /inner/\n", ""), False),
        ((200, b"User-agent: XunjianBot\nDisallow: /inner/\n\nUser-agent: *\nDisallow: /\n", ""), False),
        ((200, b"User-agent: *\nDisallow: /%69nner/\n", ""), False),
    ],
)
def test_rules_come_from_good_answers_and_are_for_our_name(robots: tuple[int, bytes, str], inner: bool) -> None:
    _, asked = gate(robots)
    assert ("/inner/a.html" in asked) is inner
    assert "/n/b.html" in asked


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_in_trouble_is_left_alone_and_not_judged(status: int) -> None:
    ended, asked = gate((status, b"busy", ""))
    assert asked == {"/robots.txt"}
    assert ended.code == 3
    assert "robots.txt 服务器出错" in ended.last


def test_a_dropped_connection_is_tried_again() -> None:
    ended, asked = gate((200, RULES, ""), drops=2)
    assert "/n/b.html" in asked
    assert "/inner/a.html" not in asked
    assert ended.code in (0, 1)


def test_without_any_answer_the_home_page_alone_is_asked() -> None:
    ended, asked = gate((200, RULES, ""), drops=99)
    assert asked == {"/robots.txt", "/"}
    told = json.loads(ended.out)
    assert any("robots.txt" in item["reason"] for item in told["unjudged"])
    assert not [item for item in told["findings"] if item["check"].startswith(("column.", "link."))]
