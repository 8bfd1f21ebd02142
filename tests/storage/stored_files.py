"""What a data folder with SQLite has on its disk of bodies: dated back, and damaged, as packs or single files."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage.pack_writer import Frame


def date_back(folder: Path, moment: datetime, since: float = 0.0) -> None:
    """Every body put after `since` was put at a moment."""
    for path in (folder / "blobs").glob("??/*"):
        if path.stat().st_mtime > since:
            os.utime(path, (moment.timestamp(), moment.timestamp()))
    with closing(sqlite3.connect(folder / "xunjian.db", timeout=30)) as connection, connection:
        connection.execute("UPDATE body SET wanted = ? WHERE wanted > ?", (int(moment.timestamp()), since))


def packs(folder: Path) -> list[Path]:
    """The files of the packs."""
    return sorted((folder / "blobs" / "packs").glob("*.zpk"))


def frames(folder: Path) -> dict[str, Frame]:
    """Where each body lies that is in a pack and was not dropped."""
    query = "SELECT hash, name, start, length, base, base_length FROM body JOIN pack ON no = pack_no WHERE NOT dropped"
    with closing(sqlite3.connect(folder / "xunjian.db", timeout=30)) as connection:
        return {row[0].hex(): Frame(*row[1:]) for row in connection.execute(query)}


def spoil(folder: Path, digest: str, data: bytes = b"") -> None:
    """Other bytes in the place of a body: `data`, else zeros."""
    frame = frames(folder).get(digest)
    if frame is None:
        (folder / "blobs" / digest[:2] / f"{digest[2:]}.zst").write_bytes(data or b"spoilt")
        return
    with (folder / "blobs" / "packs" / f"{frame.pack}.zpk").open("r+b") as file:
        file.seek(frame.start)
        file.write((data or bytes(frame.length))[: frame.length])
