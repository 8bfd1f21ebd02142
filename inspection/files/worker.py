"""A process that reads documents of strangers: what they do to a parser, they do to this process and to no other.

Protocol: on standard input a JSON line {"kind", "size"} and `size` bytes for each document; on standard output a line
"ready", then one JSON line for each document: {"lines", "places", "cut"} or {"reason"}.
"""

import json
import os
import sys
from dataclasses import asdict
from typing import BinaryIO

from crawler.parsing.documents.model import UnreadableDocument
from crawler.parsing.documents.reading import read_document


def main(memory_mb: int) -> None:
    """Answer until standard input ends."""
    _limit_memory(memory_mb)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    _tell(answers, "ready")
    orders = sys.stdin.buffer
    while line := orders.readline():
        order = json.loads(line)
        _tell(answers, _answer(orders.read(order["size"]), order["kind"]))


def _answer(data: bytes, kind: str) -> object:
    try:
        return asdict(read_document(data, kind))
    except UnreadableDocument as refusal:
        return {"reason": str(refusal)}
    except Exception as fault:  # noqa: BLE001  the boundary of the process: one file must not end the others
        return {"reason": f"文件不能读取（{type(fault).__name__}），未能检查文字"}


def _tell(answers: BinaryIO, answer: object) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the guards of the readers and the time limit remain
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))


if __name__ == "__main__":
    main(int(sys.argv[1]))
