"""A sign of life goes out once a job, says when one failed, follows no redirect, and never into the office's network."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from domain.errors import UsageError
from inspection.operations.heartbeat import beat, heartbeat_address, require_outside


class Ear(BaseHTTPRequestHandler):
    """Notes what is asked."""

    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append(self.path)
        moved = self.path == "/moved"
        self.send_response(302 if moved else 500 if self.path == "/ill" else 200)
        if moved:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def ear() -> Iterator[str]:
    Ear.asked = []
    server = HTTPServer(("127.0.0.1", 0), Ear)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_it_is_heard_and_failure_is_told(ear: str) -> None:
    assert beat(f"{ear}/ping", allow_private=True)
    assert beat(f"{ear}/ping/", failed=True, allow_private=True)
    assert Ear.asked == ["/ping", "/ping/fail"]


def test_it_never_goes_inside_without_leave_and_follows_nothing(ear: str) -> None:
    assert not beat(f"{ear}/ping")
    assert Ear.asked == []
    assert not beat(f"{ear}/moved", allow_private=True)
    assert not beat(f"{ear}/ill", allow_private=True)
    assert Ear.asked == ["/moved", "/ill"]
    for url, word in (("ftp://x/", "不是网址"), ("http://127.0.0.1/", "内网"), ("http://[::1]/", "内网")):
        with pytest.raises(UsageError, match=word):
            require_outside(url, allow_private=False)


def test_nothing_that_goes_wrong_stops_the_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_name_server(*args: object) -> object:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    assert not beat("")
    assert not beat("http://127.0.0.1:9/", allow_private=True)
    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", no_name_server)
        assert not beat("http://no-such-name.invalid/")
    assert heartbeat_address("", {"XUNJIAN_HEARTBEAT": " https://h/x "}) == "https://h/x"
    assert heartbeat_address("https://h/y", {"XUNJIAN_HEARTBEAT": "x"}) == "https://h/y"
