"""Start the child processes of a run, follow their progress, and survive their end, however it comes."""

import contextlib
import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from crawler.watch import OVERDUE_SECONDS, is_overdue, place_of
from domain.quiet import QuietHours
from inspection import clock
from inspection.runs.culprits import accuse
from inspection.runs.interrupts import Interrupts

log = logging.getLogger(__name__)
MOST_CULPRITS = 50  # of one shard
TICK = 0.2  # seconds between two looks at the children
NEVER_QUIET = QuietHours()
Progress = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """How the crawl of a run ended: `interrupted` by the user, `paused` for quiet hours, or `errors` of the children."""

    interrupted: bool
    errors: tuple[str, ...]
    paused: bool = False


@dataclass(slots=True)
class Child:
    """One crawling process with the threads that read what it prints."""

    shard: str
    process: "subprocess.Popen[str]"
    errors: list[str]
    readers: list[threading.Thread]
    culprits: int = 0  # answers that held up the processes before it


def crawl(
    run_id: str,
    db: str,
    data: str,
    *,
    shards: int = 1,
    progress: Progress = lambda _: None,
    interrupts: Interrupts | None = None,
    quiet: QuietHours = NEVER_QUIET,
) -> Ended:
    """Crawl every shard and return when all children have ended. Ctrl-C ends them in order, a second one at once.

    In quiet hours the children are ended in order, and started again afterwards: the store knows what is left.
    """
    interrupts = interrupts or Interrupts()
    stages = [[f"{index}/{shards}" for index in range(shards)]]
    if shards > 1:  # What several sites point to is asked once, within one budget per host: by one process.
        stages.append(["links"])
    ended = Ended(False, ())
    for names in stages:
        ended = _crawl_outside(quiet, names, (run_id, db, data), progress, interrupts)
        if ended.interrupted or ended.errors:
            break
    return ended


def _crawl_outside(
    quiet: QuietHours, names: list[str], place: tuple[str, str, str], progress: Progress, interrupts: Interrupts
) -> Ended:
    """Crawl shards, but not in quiet hours."""
    while True:
        while quiet.left(clock.now()):
            if interrupts.take():
                return Ended(True, ())
            time.sleep(TICK)
        ended = crawl_shards(names, place, progress, interrupts, lambda: bool(quiet.left(clock.now())))
        if ended.interrupted or ended.errors or not ended.paused:
            return ended


def crawl_shards(
    names: list[str],
    place: tuple[str, str, str],
    progress: Progress,
    interrupts: Interrupts,
    must_pause: Callable[[], bool],
) -> Ended:
    """Crawl some shards of a run, a process each; `must_pause` is asked all the while whether to end them in order."""
    lines: queue.Queue[Mapping[str, Any]] = queue.Queue()
    children = [_start(name, place, lines) for name in names]
    interrupted = paused = False
    while any(child.process.poll() is None for child in children) or not lines.empty():
        children = [_watched(child, place, lines) for child in children]
        if interrupts.take():
            _end(children, signal.SIGKILL if interrupted else signal.SIGINT)
            interrupted = True
        elif not (paused or interrupted) and must_pause():
            _end(children, signal.SIGINT)
            paused = True
        with contextlib.suppress(queue.Empty):
            progress(lines.get(timeout=TICK))
    for child in children:
        for reader in child.readers:
            reader.join()
    errors = tuple(_why(child) for child in children if child.process.returncode != 0)
    return Ended(interrupted, () if paused else errors, paused)


def _watched(child: Child, place: tuple[str, str, str], lines: "queue.Queue[Mapping[str, Any]]") -> Child:
    """The child, or the one that goes on in its place without the answer that held it up."""
    note = place_of(place[2], place[0], child.shard)
    if child.process.poll() is not None or child.culprits >= MOST_CULPRITS or not is_overdue(note):
        return child
    child.process.kill()
    child.process.wait()
    url = accuse(note)
    log.error("%s: held up its process for more than %g s; the crawl goes on without it", ascii(url), OVERDUE_SECONDS)
    return replace(_start(child.shard, place, lines), culprits=child.culprits + 1)


def _end(children: list[Child], number: int) -> None:
    for child in children:
        child.process.send_signal(number)


def _start(shard: str, place: tuple[str, str, str], lines: "queue.Queue[Mapping[str, Any]]") -> Child:
    run_id, db, data = place
    command = [sys.executable, "-m", "inspection.runs.child", run_id, shard, "--data", data]
    process = subprocess.Popen(  # noqa: S603
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={"MALLOC_ARENA_MAX": "1", **os.environ, "XUNJIAN_DB": db},  # one heap for all threads: a tenth less memory
    )
    errors: list[str] = []
    readers = [
        threading.Thread(target=_read_progress, args=(process.stdout, lines), daemon=True),
        threading.Thread(target=_read_errors, args=(process.stderr, errors), daemon=True),
    ]
    for reader in readers:
        reader.start()
    return Child(shard, process, errors, readers)


def _read_progress(stream: Any, lines: "queue.Queue[Mapping[str, Any]]") -> None:
    with stream:
        for line in stream:
            if line.startswith("{"):
                lines.put(json.loads(line))


def _read_errors(stream: Any, errors: list[str]) -> None:
    with stream:
        for line in stream:
            errors.append(line.rstrip())
            del errors[:-200]


def _why(child: Child) -> str:
    last = next((line for line in reversed(child.errors) if line), "")
    return (
        f"采集进程异常退出（{child.process.returncode}）：{last}"
        if last
        else f"采集进程异常退出（{child.process.returncode}）"
    )
