"""A forward proxy on loopback for our browser: it alone decides which address a name is, whatever the page does.

Redirects, workers, reloads, popups and sockets of a page all come through here; nothing else leaves the browser.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

from crawler.lookups import Lookups, PrivatePlace

MOST_BYTES = 50_000_000  # of one connection of the browser
log = logging.getLogger(__name__)

Turn = Callable[[str], Awaitable[None]]  # host:port -> when it may be asked
HEAD_BYTES = 65_536
PIECE = 65_536
SECONDS = 30.0  # without a byte in either direction
_OURS = (b"proxy-", b"connection:", b"keep-alive:")  # headers between the browser and us


class ForwardProxy:
    """Listens while its block lasts; `address` is where."""

    def __init__(self, lookups: Lookups, most_bytes: int, turn: Turn | None = None) -> None:
        self.lookups, self.most_bytes, self.turn = lookups, most_bytes, turn
        self.refused = 0  # connections to private addresses
        self.server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=HEAD_BYTES)

    @property
    def address(self) -> str:
        """Where the browser finds it."""
        assert self.server is not None  # noqa: S101
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        """Listen no more; what is open ends with the browser."""
        if self.server is not None:
            self.server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
            await self._forward(head, reader, writer)
        except PrivatePlace as refusal:
            self.refused += 1
            log.info("the browser was refused: %s", refusal)
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            log.debug("the browser got no answer: %s", error)
        finally:
            writer.close()  # without an answer, so that no page can be mistaken for one

    async def _forward(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method, target, version = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        tunnel = method == "CONNECT"
        parts = urlsplit(f"//{target}" if tunnel else target)
        if not parts.hostname or (not tunnel and parts.scheme != "http"):
            raise ValueError(f"{method} {target[:200]!r} is nothing to forward")
        scheme = "https" if tunnel else "http"
        place = await self.lookups.place(parts.hostname, parts.port or 80, scheme)
        if self.turn is not None:
            await self.turn(parts.netloc.lower())
        async with asyncio.timeout(SECONDS):
            far_reader, far_writer = await asyncio.open_connection(*place)
        try:
            if tunnel:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await asyncio.gather(self._pipe(reader, far_writer), self._pipe(far_reader, writer))
            else:
                far_writer.write(_origin_form(head, method, parts.path, parts.query, version))
                far_writer.write(await reader.readexactly(min(_length_of(head), self.most_bytes)))
                writer.write(await _answer_head(far_reader))
                await _first_of(self._pipe(far_reader, writer), reader.read(1))
        finally:
            far_writer.close()

    async def _pipe(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Pass on until one side has had enough, or too much."""
        passed = 0
        try:
            while passed <= self.most_bytes:
                async with asyncio.timeout(SECONDS):
                    piece = await source.read(PIECE)
                if not piece:
                    break
                passed += len(piece)
                sink.write(piece)
                await sink.drain()
        finally:
            with contextlib.suppress(OSError, RuntimeError):
                if passed > self.most_bytes:
                    sink.transport.abort()
                else:
                    sink.close()


async def _first_of(*ways: Coroutine[Any, Any, object]) -> None:
    """Until the answer has come to its end, or the browser has had enough of it."""
    tasks = [asyncio.ensure_future(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _answer_head(far: asyncio.StreamReader) -> bytes:
    """The head of the last answer, which says that no other request follows on this connection, whatever its server says."""
    while True:
        async with asyncio.timeout(SECONDS):
            head = await far.readuntil(b"\r\n\r\n")
        if not head.split(b" ", 2)[1:2][:1] or not head.split(b" ", 2)[1].startswith(b"1"):
            break  # 100 Continue and its like come before the answer
    first, *rows = head.split(b"\r\n")
    kept = [row for row in rows if row and not row.lower().startswith(_OURS)]
    return b"\r\n".join([first, *kept, b"Connection: close", b"", b""])


def _length_of(head: bytes) -> int:
    """Bytes of the body that follows a request."""
    for row in head.split(b"\r\n")[1:]:
        name, _, value = row.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit() and len(value) < 20:
            return int(value)
    return 0


def _origin_form(head: bytes, method: str, path: str, query: str, version: str) -> bytes:
    """The request as its server expects it; one request a connection, so that none goes unseen."""
    target = (path or "/") + (f"?{query}" if query else "")
    rows = [row for row in head.split(b"\r\n")[1:] if row and not row.lower().startswith(_OURS)]
    first = f"{method} {target} {version}".encode("latin-1")
    return b"\r\n".join([first, *rows, b"Connection: close", b"", b""])
