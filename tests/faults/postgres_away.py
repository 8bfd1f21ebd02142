"""A PostgreSQL server that is stopped and started again."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


def binary(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    path = str(found[0]) if found else shutil.which(name)
    if path is None:
        pytest.skip(f"no {name} on this machine")
    return path


@dataclass
class Server:
    """One server on loopback."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def call(self, *words: str) -> None:
        user: list[str] = []
        if os.geteuid() == 0:
            entry = pwd.getpwnam("nobody")
            user = ["setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            subprocess.run([*user, *words], cwd=self.folder, stdout=log, stderr=log, timeout=60, check=True,
                           env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(self.folder)})  # fmt: skip

    def start(self) -> None:
        options = f"-k {self.folder} -p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off"
        self.call(
            binary("pg_ctl"),
            "-D",
            str(self.folder / "data"),
            "-o",
            options,
            "-l",
            str(self.folder / "log"),
            "-w",
            "start",
        )

    def stop(self) -> None:
        self.call(binary("pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")


@contextmanager
def server() -> Iterator[Server]:
    """An empty one, running."""
    place = Path(tempfile.mkdtemp(prefix="pgaway", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(place, "nobody")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        made = Server(place, free.getsockname()[1])
    made.call(
        binary("initdb"), "-D", str(place / "data"), "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"
    )
    made.start()
    try:
        yield made
    finally:
        try:
            made.stop()
        finally:
            shutil.rmtree(place, ignore_errors=True)
