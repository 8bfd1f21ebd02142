"""A site full of faults and traps on loopback, with the hosts it points to. Every answer is written by hand, byte by byte."""

import asyncio
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from urllib.parse import unquote_to_bytes


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it."""

    method: str
    path: str
    headers: dict[str, str]
    times: int  # how often this path was asked, this one included


@dataclass(frozen=True)
class Reply:
    """One answer. `closed` and `reset` end the connection without a byte; `raw` is sent as it stands, in pieces."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    kind: str = "text/html; charset=utf-8"
    delay: float = 0.0
    reset: bool = False
    closed: bool = False
    raw: tuple[bytes, ...] = ()  # the whole answer, head included; then the connection ends
    pause: float = 0.0  # seconds between and after the pieces of `raw`


@dataclass
class Host:
    """One host on a port of its own, with what it was asked."""

    pages: dict[str, Callable[[Asked], Reply]]
    other: Callable[[Asked], Reply] = lambda asked: Reply(404, b"<h1>404 Not Found</h1>")
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    spans: list[tuple[float, float]] = field(default_factory=list)  # of the requests that were answered
    counts: Counter[str] = field(default_factory=Counter)
    tls: ssl.SSLContext | None = None

    @property
    def most(self) -> int:
        """Requests at the same time; one whose client hung up had its place given to the next, and is left out."""
        steps = sorted([(start, 1) for start, _ in self.spans] + [(end, -1) for _, end in self.spans])
        return max(accumulate(step for _, step in steps), default=0)

    def answer(self, method: str, path: str, headers: dict[str, str]) -> Reply:
        self.counts[path] += method != "HEAD"
        asked = Asked(method, path, headers, self.counts[path])
        self.asked.append(asked)
        return self.pages.get(path, self.other)(asked)


async def _serve(host: Host, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while line := await reader.readline():
            method, path, _ = line.decode("latin-1").split(" ", 2)
            headers = {}
            while (row := (await reader.readline()).strip()) != b"":
                name, _, value = row.decode("latin-1").partition(":")
                headers[name.lower()] = value.strip()
            started = time.monotonic()
            reply = host.answer(method, path, headers)
            await asyncio.sleep(reply.delay)
            if not reader.at_eof():
                host.spans.append((started, time.monotonic()))
            if reply.reset or reply.closed:
                if reply.reset:
                    writer.transport.abort()
                return
            if reply.raw:
                for piece in reply.raw:
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(reply.pause)
                return
            head = f"HTTP/1.1 {reply.status} X\r\nContent-Type: {reply.kind}\r\nContent-Length: {len(reply.body)}\r\n"
            head += "".join(f"{name}: {value}\r\n" for name, value in reply.headers)
            writer.write(head.encode("utf-8") + b"\r\n" + (b"" if method == "HEAD" else reply.body))
            await writer.drain()
    except (ConnectionError, ValueError, asyncio.CancelledError):
        return
    finally:
        writer.close()


@contextmanager
def serving(*hosts: Host) -> Iterator[None]:
    """Serve the hosts, each on a free port of loopback."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def open_all() -> list[asyncio.Server]:
        servers = []
        for host in hosts:
            server = await asyncio.start_server(
                lambda r, w, h=host: _serve(h, r, w), "127.0.0.1", host.port, ssl=host.tls
            )
            host.port = server.sockets[0].getsockname()[1]
            servers.append(server)
        return servers

    servers = asyncio.run_coroutine_threadsafe(open_all(), loop).result(10)

    async def close_all() -> None:
        for server in servers:
            server.close()
        mine = asyncio.current_task()
        tasks = [task for task in asyncio.all_tasks() if task is not mine]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(close_all(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def path_of(text: str, charset: str = "utf-8") -> str:
    """The request path of a name with Chinese characters."""
    return "".join(chr(b) if b < 128 and b != 32 else f"%{b:02X}" for b in text.encode(charset))


def same_path(path: str) -> bytes:
    return unquote_to_bytes(path)
