"""A job as a child process: followed to its end, or ended in order when its time is over or somebody wants to stop."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import IO

TICK = 0.2  # seconds between two looks at a child
LIFE = 20.0  # seconds between two signs of life
PATIENCE = 60.0  # seconds for a child to write what it has, before it is ended at once


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit code, whether its time was over, and the last line it wrote to standard error."""

    code: int
    overdue: bool = False
    said: str = ""


def run_child(
    command: Sequence[str],
    environment: Mapping[str, str],
    limit: timedelta,
    alive: Callable[[], None],
    stopping: Callable[[], bool],
    *,
    quiet: bool = False,
) -> Ended:
    """Run a command to its end. It is a session of its own: Ctrl-C reaches it once, through us.

    `quiet`: what it prints for people is dropped, its errors are not.
    """
    try:
        with tempfile.TemporaryFile() as said:  # a pipe would break what a killed scheduler leaves at work
            out = subprocess.DEVNULL if quiet else None
            child = subprocess.Popen(command, start_new_session=True, env=environment, stderr=said, stdout=out)  # noqa: S603
            with child:
                code, overdue = _followed(child, limit, alive, stopping)
            return Ended(code, overdue, _passed_on(said))
    except OSError as error:
        return Ended(2, said=f"不能启动任务（{error.strerror}）；请检查内存、文件数上限和磁盘空间")


def _followed(
    child: "subprocess.Popen[bytes]", limit: timedelta, alive: Callable[[], None], stopping: Callable[[], bool]
) -> tuple[int, bool]:
    """(exit code, whether its time was over); a killed one has the code of a failure."""
    deadline, life = time.monotonic() + limit.total_seconds(), time.monotonic() + LIFE
    while True:
        try:
            return _code(child.wait(TICK)), False
        except subprocess.TimeoutExpired:
            if time.monotonic() >= life:
                alive()
                life = time.monotonic() + LIFE
        overdue = time.monotonic() >= deadline
        if overdue or stopping():
            _end(child)
            return _code(child.wait()), overdue


def _code(code: int) -> int:
    return code if code >= 0 else 3


def _end(child: "subprocess.Popen[bytes]") -> None:
    """A nightly marks and writes what it has before it ends; one that does not listen is killed with its session."""
    for number in (signal.SIGINT, signal.SIGINT, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            if number is signal.SIGKILL:
                os.killpg(child.pid, number)
            else:
                child.send_signal(number)
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            continue
        return


def _passed_on(said: IO[bytes]) -> str:
    """What a child wrote to standard error, passed on; returns its last line."""
    said.seek(0)
    text = said.read().decode(errors="replace")
    sys.stderr.write(text)
    sys.stderr.flush()
    return next((line.strip()[:500] for line in reversed(text.splitlines()) if line.strip()), "")
