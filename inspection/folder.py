"""A folder of built HTML, served on loopback for the time of a gate."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

_SERVED = (".shtml", ".shtm", ".php", ".asp", ".aspx", ".jsp")  # built pages under a server's own names
_ENDINGS = (".html", ".htm", ".shtml")
_DEFAULTS = tuple(f"{name}{ending}" for name in ("index", "default") for ending in (*_ENDINGS, *_SERVED[2:]))
_NOWHERE = "/nonexistent/address-with-a-zero-byte"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, **dict.fromkeys(_SERVED, "text/html")}  # noqa: RUF012

    def translate_path(self, path: str) -> str:
        """The file of an address, as usual servers map it: a folder to its default page, `about` to about.html."""
        found = super().translate_path(path)
        if "\0" in found:
            return _NOWHERE
        here = Path(found)
        if here.is_dir() and found.endswith("/"):
            return next((str(here / name) for name in _DEFAULTS if (here / name).is_file()), found)
        if not found.endswith("/") and not here.exists():
            return next((found + ending for ending in _ENDINGS if Path(found + ending).is_file()), found)
        return found

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
