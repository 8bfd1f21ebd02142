"""Files that account sources name: regular ones below the data folder, of a sensible size. Nothing else is opened."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

MISSING, OUTSIDE, TOO_LARGE = "missing_file", "outside_file", "large_file"


class UnreadableFile(Exception):
    """Why a file is not read: one of MISSING, OUTSIDE, TOO_LARGE."""


def read_below(folder: Path, url: str, most: int) -> tuple[bytes, datetime]:
    """(content, when it was written) of the file a `file:` address names; UnreadableFile with the reason."""
    name = unquote(url.removeprefix("file:").removeprefix("//"))
    root = folder.resolve()
    try:
        path = (root / name).resolve()  # links are followed first, so that one cannot lead out
        if not path.is_relative_to(root):
            raise UnreadableFile(OUTSIDE)
        if path.exists() and not path.is_file():
            raise UnreadableFile(OUTSIDE)
        return _read(path, most)
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: links that go round in a circle
        raise UnreadableFile(MISSING) from error


def _read(path: Path, most: int) -> tuple[bytes, datetime]:
    """Opened without waiting for a writer (a pipe), looked at, then read: nobody can put another file in between."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise UnreadableFile(OUTSIDE)
        if about.st_size > most:
            raise UnreadableFile(TOO_LARGE)
        body = file.read(most + 1)
    if len(body) > most:
        raise UnreadableFile(TOO_LARGE)
    return body, datetime.fromtimestamp(about.st_mtime, UTC)
