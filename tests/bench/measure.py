"""Run one command beside a generated server and measure it from outside: CPU of the whole tree, peak memory, requests."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Cost:
    """What one command cost. CPU seconds include its child processes; pages are counted by the server."""

    cpu: float
    wall: float
    peak_mb: float
    code: int
    requests: int
    pages: int
    not_modified: int
    repeated: int

    @property
    def per_cpu_second(self) -> float:
        return self.pages / self.cpu


def run(command: Sequence[str], server: str, log: Path) -> Cost:
    """Run to the end and report."""
    ask(server, "reset")
    started = time.perf_counter()
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        peak = _Peak(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    stats = ask(server, "stats")
    return Cost(
        usage.ru_utime + usage.ru_stime,
        time.perf_counter() - started,
        peak.stop(),
        process.returncode,
        stats["requests"],
        stats["html200"],
        stats.get("notmodified", 0),
        stats["requests"] - stats["distinct"],
    )


class _Peak:
    """Largest resident memory of a process and its descendants, sampled."""

    def __init__(self, pid: int) -> None:
        self.mb, self._done = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(pid,), daemon=True)
        self._thread.start()

    def _watch(self, pid: int) -> None:
        while not self._done.wait(0.1):
            with contextlib.suppress(psutil.Error):
                root = psutil.Process(pid)
                tree = [root, *root.children(recursive=True)]
                self.mb = max(self.mb, sum(each.memory_info().rss for each in tree) / 2**20)

    def stop(self) -> float:
        self._done.set()
        self._thread.join()
        return self.mb


def ask(server: str, what: str) -> dict:
    with urllib.request.urlopen(f"{server}/__{what}", timeout=30) as answer:
        return json.load(answer)


@contextlib.contextmanager
def served(generator: Sequence[str], sites: int, pages: int, port: int) -> Iterator[str]:
    """The generated sites on loopback; yields the address of the first."""
    numbers = {"--sites": sites, "--pages": pages, "--port": port}
    command = [sys.executable, *generator, *(str(word) for pair in numbers.items() for word in pair)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield f"http://127.1.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
