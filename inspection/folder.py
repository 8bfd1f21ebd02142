"""A folder of built HTML, served on loopback for the time of a gate."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def list_directory(self, path: object) -> None:
        """A folder without index.html is not a page of the site."""
        self.send_error(404)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve `folder` on a free loopback port; yields the address of its home page."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
