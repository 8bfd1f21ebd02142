"""A web server on loopback that answers as one object says."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol, TypeVar


class Host(Protocol):
    """What answers: the server writes its port and every path that was asked into it."""

    port: int
    asked: list[str]

    def answer(self, path: str) -> tuple[int, bytes, str]:
        """(status, body, content type)."""
        ...


AnyHost = TypeVar("AnyHost", bound=Host)


@contextmanager
def answering(host: AnyHost) -> Iterator[AnyHost]:
    """Serve a host until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.asked.append(self.path)
            status, body, kind = host.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_HEAD = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
