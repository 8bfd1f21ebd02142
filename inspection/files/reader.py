"""Reads documents in a process of its own, with a limit of time and of memory for each."""

import json
import os
import subprocess
import sys
import threading
from types import TracebackType

from crawler.parsing.documents.model import DocumentText, UnreadableDocument

START_SECONDS = 120.0  # a loaded machine may take long to start a process
MEMORY_MB = 1_024
CRASHED = "读取文件时超出内存上限或出错，未能检查文字"


class DocumentReader:
    """A worker process, started with the first document and again after one that ended it."""

    def __init__(self, seconds: float = 20.0, memory_mb: int = MEMORY_MB) -> None:
        self.seconds, self.memory_mb = seconds, memory_mb
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "DocumentReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, data: bytes, kind: str) -> DocumentText:
        """The text of a document; UnreadableDocument with a Chinese reason when there is none."""
        head = json.dumps({"kind": kind, "size": len(data)}).encode() + b"\n"
        if self._process is None:
            self._process = self._started()
        line, in_time = self._ask(self._process, head + data, self.seconds)
        if not line:
            self.close()
            raise UnreadableDocument(CRASHED if in_time else f"读取文件超过 {self.seconds:g} 秒，未能检查文字")
        answer = json.loads(line)
        if "reason" in answer:
            raise UnreadableDocument(answer["reason"])
        places = tuple((number, place) for number, place in answer["places"])
        return DocumentText(tuple(answer["lines"]), places, answer["cut"])

    def close(self) -> None:
        """End the worker."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _started(self) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "inspection.files.worker", str(self.memory_mb)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )
        self._ask(process, b"", START_SECONDS)
        return process

    def _ask(self, process: "subprocess.Popen[bytes]", order: bytes, seconds: float) -> tuple[bytes, bool]:
        """The worker's next line, empty when it ended; and whether it kept within the time."""
        assert process.stdin is not None  # noqa: S101
        assert process.stdout is not None  # noqa: S101
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            process.stdin.write(order)
            process.stdin.flush()
            return process.stdout.readline(), not late.is_set()
        except OSError:
            return b"", not late.is_set()
        finally:
            timer.cancel()
