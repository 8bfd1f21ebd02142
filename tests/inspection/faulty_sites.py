"""Loopback sites that misbehave, and the command line run beside them."""

import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/schema/gate-1.json").read_text(encoding="utf-8"))
Behaviour = Callable[[http.server.BaseHTTPRequestHandler], None]


@dataclass(frozen=True)
class Ended:
    """A finished command."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        return self.err.rstrip("\n").rpartition("\n")[2]

    @property
    def document(self) -> Any:
        """Standard output as one gate document that fits the published schema."""
        document = json.loads(self.out)
        Draft202012Validator(SCHEMA).validate(document)
        return document


def start(*arguments: str, **environment: str) -> "subprocess.Popen[str]":
    """Without a browser on the PATH: nothing here is drawn by script, and its driver takes a second to start."""
    bare = {"NO_COLOR": "1", "PATH": "/nonexistent", "HOME": "/nonexistent"}
    return subprocess.Popen(
        [sys.executable, "-m", "cli", *arguments],
        cwd=ROOT,
        env={**os.environ, **bare, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: "subprocess.Popen[str]", seconds: float = 300) -> Ended:
    out, err = process.communicate(timeout=seconds)
    return Ended(process.returncode, out, err)


def xunjian(*arguments: str) -> Ended:
    return ended(start(*arguments))


@contextmanager
def site(behave: Behaviour, robots: bytes = b"") -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            try:
                if self.path == "/robots.txt":
                    answer(self, 200 if robots else 404, robots, Content_Type="text/plain")
                else:
                    behave(self)
            except ConnectionError:
                self.close_connection = True

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(handler: http.server.BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in ({"Content_Type": "text/html; charset=utf-8"} | headers).items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
