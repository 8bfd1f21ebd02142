"""Start the child processes of a run, follow their progress, and survive their end, however it comes."""

import json
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Progress = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """How the crawl of a run ended: `interrupted` by the user, or `errors` of the children."""

    interrupted: bool
    errors: tuple[str, ...]


@dataclass(slots=True)
class Child:
    """One crawling process with the threads that read what it prints."""

    process: "subprocess.Popen[str]"
    errors: list[str]
    readers: list[threading.Thread]


def crawl(run_id: str, db: str, data: str, *, shards: int = 1, progress: Progress = lambda _: None) -> Ended:
    """Crawl every shard and return when all children have ended. Ctrl-C ends them in order, a second one at once."""
    names = [f"{index}/{shards}" for index in range(shards)]
    ended = _crawl_shards(run_id, names, db, data, progress)
    if shards > 1 and not ended.interrupted and not ended.errors:
        # What several sites point to is asked once, within one budget per host: by one process.
        return _crawl_shards(run_id, ["links"], db, data, progress)
    return ended


def _crawl_shards(run_id: str, names: list[str], db: str, data: str, progress: Progress) -> Ended:
    lines: queue.Queue[Mapping[str, Any]] = queue.Queue()
    children = [_start(run_id, name, db, data, lines) for name in names]
    interrupted = False
    while any(child.process.poll() is None for child in children) or not lines.empty():
        try:
            progress(lines.get(timeout=0.2))
        except queue.Empty:
            continue
        except KeyboardInterrupt:
            for child in children:
                child.process.send_signal(signal.SIGKILL if interrupted else signal.SIGINT)
            interrupted = True
    for child in children:
        for reader in child.readers:
            reader.join()
    errors = tuple(_why(child) for child in children if child.process.returncode != 0)
    return Ended(interrupted, errors)


def _start(run_id: str, shard: str, db: str, data: str, lines: "queue.Queue[Mapping[str, Any]]") -> Child:
    command = [sys.executable, "-m", "inspection.child", run_id, shard, "--db", db, "--data", data]
    process = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    errors: list[str] = []
    readers = [
        threading.Thread(target=_read_progress, args=(process.stdout, lines), daemon=True),
        threading.Thread(target=_read_errors, args=(process.stderr, errors), daemon=True),
    ]
    for reader in readers:
        reader.start()
    return Child(process, errors, readers)


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
