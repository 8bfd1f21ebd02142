"""Processes that judge beside this one: which of them judges what is decided by leases."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)


@contextmanager
def judging_beside(number: int, run_id: str, db: str, data: str) -> Iterator[None]:
    """So many judging processes meanwhile; whatever ends this block ends them after the target each is at."""
    judges = [start_judge(run_id, db, data) for _ in range(number)]
    try:
        yield
    finally:
        for judge in judges:
            judge.send_signal(signal.SIGINT)
        for judge in judges:
            end_of(judge)


def start_judge(run_id: str, db: str, data: str) -> "subprocess.Popen[str]":
    """One process that judges until nothing is free."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "inspection.runs.judging_child", run_id, "--data", data],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={"MALLOC_ARENA_MAX": "1", **os.environ, "XUNJIAN_DB": db},
    )


def end_of(judge: "subprocess.Popen[str]") -> str:
    """Why a judging process ended too early; empty when it came to its end."""
    _, told = judge.communicate()
    if judge.returncode == 0:
        return ""
    last = next((line for line in reversed(told.splitlines()) if line.strip()), "")
    log.error("a judging process ended with %d: %s", judge.returncode, last)
    return f"判定进程异常退出（{judge.returncode}）：{last}"
