"""One long job of a kind for each data folder. A lock goes with its process, however that ends; short work takes none."""

import fcntl
import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import UsageError

TICK = 0.1
JOBS = {
    "nightly": "例行巡检",
    "audit": "专项检查",
    "recheck": "重新判定",
    "evidence": "截图",
    "access": "无障碍检查",
    "learn": "用字学习",
}


def own_name() -> str:
    """What this process is called among those that share a database; never the same twice."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"


@contextmanager
def only_job(folder: Path, kind: str) -> Iterator[None]:
    """The one job of a kind in a data folder; UsageError while another runs. Jobs of other kinds go on beside it."""
    with held(folder, kind, f"已有一个{JOBS[kind]}在使用 {folder}；请等它结束，或先中断它"):
        yield


@contextmanager
def held(folder: Path, kind: str, refusal: str, seconds: float = 0.0) -> Iterator[None]:
    """Hold the lock of a kind of job; UsageError with `refusal` when another process still holds it after `seconds`."""
    with (folder / f"{kind}.lock").open("w") as lock:
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if time.monotonic() >= deadline:
                    raise UsageError(refusal) from error
                time.sleep(TICK)
        yield
