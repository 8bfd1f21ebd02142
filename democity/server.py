"""One asyncio server for the whole city: the Host header chooses the site."""

import asyncio
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import cast
from urllib.parse import parse_qs

from democity.calendar import ANCHOR
from democity.city import City
from democity.world import Ready, World

_BAD = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Connection(asyncio.Protocol):
    """One keep-alive connection; the bodies of requests are skipped."""

    def __init__(self, world: World, open_ones: set["Connection"]) -> None:
        self.world, self.open_ones = world, open_ones
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = cast("asyncio.Transport", transport)
        self.open_ones.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self.open_ones.discard(self)

    def data_received(self, data: bytes) -> None:
        """Answer every complete request; what is no request gets 400."""
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            request, rest = self.buffer[:end], self.buffer[end + 4 :]
            try:
                length = _body_length(request)
                if len(rest) < length:
                    return
                self.buffer = rest[length:]
                self._handle(request)
            except ValueError:
                self._send(_BAD, close=True)
                return

    def _handle(self, request: bytes) -> None:
        line, _, rest = request.partition(b"\r\n")
        method, target, _ = line.split(b" ", 2)
        headers = dict(part.split(b":", 1) for part in rest.lower().split(b"\r\n") if b":" in part)
        host = headers.get(b"host", b"").strip().decode("ascii").partition(":")[0]
        path = target.decode("ascii")
        if path.startswith("http://"):
            path = "/" + path[7:].partition("/")[2]
        if path.startswith("/__"):
            self._control(path)
            return
        if host in self.world.unreachable:
            self.transport.abort()
            return
        ready = self.world.answer(host, path)
        same = ready.status == b"200" and _is_same(ready, request, headers)
        self.world.hits[host, path, "304" if same else ready.status.decode()] += 1
        answer = ready.unchanged if same else ready.head if method == b"HEAD" else ready.head + ready.body
        close = headers.get(b"connection", b"").strip() == b"close"
        if ready.delay:
            asyncio.get_running_loop().call_later(ready.delay, self._send, answer, close)
        else:
            self._send(answer, close)

    def _send(self, answer: bytes, close: bool) -> None:
        self.transport.write(answer)
        if close:
            self.transport.close()

    def _control(self, target: str) -> None:
        path, _, query = target.partition("?")
        body = json.dumps(self.world.control(path, parse_qs(query)), ensure_ascii=False).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._send(head.encode() + body, close=False)


def _body_length(request: bytes) -> int:
    found = request.lower().partition(b"\r\ncontent-length:")[2]
    return int(found.split(b"\r\n", 1)[0]) if found else 0


def _is_same(ready: Ready, request: bytes, headers: dict[bytes, bytes]) -> bool:
    if b"if-none-match" in headers:
        return ready.etag in headers[b"if-none-match"]
    return b"if-modified-since" in headers and ready.modified in request


async def run(
    city: City, door: socket.socket, day: date, stop: asyncio.Event, started: Callable[[], None] = lambda: None
) -> None:
    """Serve a bound socket until `stop` is set."""
    world, connections = World(city, day), set[Connection]()
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(world, connections), sock=door, backlog=1024
    )
    started()
    await stop.wait()
    server.close()
    for connection in tuple(connections):
        connection.transport.abort()
    await asyncio.sleep(0)


def open_door(port: int = 0) -> socket.socket:
    """A bound loopback socket; port 0: the system chooses. OSError when the port is taken."""
    return socket.create_server(("127.0.0.1", port), backlog=1024)


@contextmanager
def served(city: City, port: int = 0, day: date = ANCHOR) -> Iterator[int]:
    """Serve from a thread of this process; yields the port."""
    door, loop, stop, ready = open_door(port), asyncio.new_event_loop(), asyncio.Event(), threading.Event()
    thread = threading.Thread(
        target=lambda: loop.run_until_complete(run(city, door, day, stop, ready.set)), name="democity", daemon=True
    )
    thread.start()
    ready.wait()
    try:
        yield door.getsockname()[1]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


@contextmanager
def serve_in_process(*arguments: str) -> Iterator[int]:
    """Serve from a process of its own, `arguments` as of `python -m democity`; yields the port."""
    command = [sys.executable, "-m", "democity", *arguments]
    root = Path(__file__).parent.parent
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            line = process.stdout.readline() if process.stdout else ""
            if not line:
                raise RuntimeError(f"the demo city did not start: {' '.join(command)}")
            yield int(json.loads(line)["port"])
        finally:
            process.terminate()
            process.wait(10)
