"""A server of objects on loopback, and a door before it that can be shut for a while."""

import http.client
import http.server
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

BUCKET = "bodies"


@dataclass
class ObjectStore:
    """`url` of the bodies, the environment that leads there; `is_shut`: every request is answered 503."""

    port: int
    backend: int
    is_shut: bool = False
    refused: int = 0
    url: str = f"s3://{BUCKET}/city"

    @property
    def environment(self) -> dict[str, str]:
        address = f"http://127.0.0.1:{self.port}"
        return {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "FSSPEC_S3_ENDPOINT_URL": address,
        }

    def objects(self) -> list[str]:
        """The keys that lie behind the door."""
        listing = f"http://127.0.0.1:{self.backend}/{BUCKET}?list-type=2&max-keys=1000"
        with urllib.request.urlopen(listing, timeout=10) as answer:
            return [part.partition("</Key>")[0] for part in answer.read().decode().split("<Key>")[1:]]


@contextmanager
def object_store() -> Iterator[ObjectStore]:
    """One bucket."""
    backend, front = _free_port(), _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(backend)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"},
    )
    store = ObjectStore(front, backend)
    door = http.server.ThreadingHTTPServer(("127.0.0.1", front), _door_of(store))
    threading.Thread(target=door.serve_forever, daemon=True).start()
    try:
        _create_bucket(backend)
        yield store
    finally:
        door.shutdown()
        door.server_close()
        server.terminate()
        server.wait(10)


def _door_of(store: ObjectStore) -> type[http.server.BaseHTTPRequestHandler]:
    class Door(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            """Nothing."""

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if store.is_shut:
                store.refused += 1
                self.send_response(503)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            connection = http.client.HTTPConnection("127.0.0.1", store.backend, timeout=30)
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            told = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {"transfer-encoding", "connection", "content-length", "date", "server"}:
                    self.send_header(name, value)
            length = answer.getheader("Content-Length") if self.command == "HEAD" else str(len(told))
            self.send_header("Content-Length", length or "0")
            self.end_headers()
            self.wfile.write(told)
            connection.close()

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = handle_any

    return Door


def _create_bucket(port: int) -> None:
    for _ in range(200):
        try:
            request = urllib.request.Request(f"http://127.0.0.1:{port}/{BUCKET}", method="PUT")
            urllib.request.urlopen(request, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server of objects never answered")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
