"""A folder of built HTML, served on loopback for the time of a gate."""

import http.server
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from domain.errors import UsageError

NOWHERE = "\ufffd-not-here"
_SERVED = (".shtml", ".shtm", ".php", ".asp", ".aspx", ".jsp")  # built pages under a server's own names
_ENDINGS = (".html", ".htm", ".shtml")
_DEFAULTS = tuple(f"{name}{ending}" for name in ("index", "default") for ending in (*_ENDINGS, *_SERVED[2:]))


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that breaks off is no news."""


def require_plain(folder: Path) -> None:
    """UsageError for a folder with anything that is neither a file nor a folder, or that leads out of it."""
    root = folder.resolve()
    for path in folder.rglob("*"):
        try:
            inside, plain = path.resolve().is_relative_to(root), path.is_file() or path.is_dir()
        except (OSError, RuntimeError):
            inside = plain = False
        if not inside:
            raise UsageError(f"{path} 指向文件夹 {folder} 之外，不作为网页读取；请换成文件本身，或从文件夹中移走")
        if not plain:
            raise UsageError(f"{path} 不是普通文件，不作为网页读取；请从文件夹中移走")


def served_as(found: str, defaults: Sequence[str] = ()) -> str:
    """The file of an address, as usual servers map it: a folder to its default page, `about` to about.html.

    `defaults`: names of default pages that go before the usual ones.
    """
    here = Path(found)
    if here.is_dir() and found.endswith("/"):
        return next((str(here / name) for name in (*defaults, *_DEFAULTS) if (here / name).is_file()), found)
    if not found.endswith("/") and not here.exists():
        return next((found + ending for ending in _ENDINGS if Path(found + ending).is_file()), found)
    return found


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, **dict.fromkeys(_SERVED, "text/html")}  # noqa: RUF012

    def __init__(self, *args: Any, defaults: Sequence[str] = (), **more: Any) -> None:
        self.defaults = defaults
        super().__init__(*args, **more)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def translate_path(self, path: str) -> str:
        """The file an address names; nowhere for what is not a file of the folder."""
        try:
            found = served_as(super().translate_path(path), self.defaults)
            is_inside = Path(found).resolve().is_relative_to(Path(self.directory).resolve())
            is_plain = Path(found).is_file() or Path(found).is_dir()
        except (ValueError, OSError, RuntimeError):
            is_inside = is_plain = False
        return found if is_inside and is_plain else str(Path(self.directory) / NOWHERE)

    def list_directory(self, path: object) -> None:
        """A folder without index.html is not a page of the site."""
        self.send_error(404)


@contextmanager
def served(folder: Path, defaults: Sequence[str] = ()) -> Iterator[str]:
    """Serve `folder` on a free loopback port; yields the address of its home page."""
    require_plain(folder)
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(folder), defaults=tuple(defaults)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
