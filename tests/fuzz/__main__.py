"""`make fuzz`: changes pages, answers, sheets, rules and documents of the tests at random, and reads them.

No crash, no hang (50 times the median of its kind), no growth above 200 MB. The seed of every find is printed; `--seed N`
and `--only KIND` repeat it. `--short` takes three minutes, else a quarter of an hour; the found input is written to
`fuzz-finds/` and becomes a case.
"""

import argparse
import random
import statistics
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.fuzz.corpus import corpus
from tests.fuzz.mutating import mutated
from tests.fuzz.readers import READERS

SHORT, LONG = 150.0, 900.0  # seconds
GROWTH_MB = 200
TIMES_MEDIAN, AT_LEAST = 50, 1.0  # a hang: so many times the median, and so many seconds of processor time
ORDINARY = 50_000  # bytes
WARM = 40  # inputs of a kind before its median is believed


def main(argv: list[str] | None = None) -> int:
    """0 when nothing was found."""
    parser = argparse.ArgumentParser(prog="tests.fuzz")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    parser.add_argument("--only", default="", choices=["", *READERS])
    parser.add_argument("--rounds", type=int, default=0, help="inputs of each kind instead of a time")
    args = parser.parse_args(argv)
    first = args.seed or random.SystemRandom().randrange(1, 2**31)
    kinds = [args.only] if args.only else list(READERS)
    print(f"seed {first}", flush=True)
    found, memory, seed = 0, psutil.Process(), first
    started, base = time.monotonic(), memory.memory_info().rss
    samples = {kind: corpus(kind) for kind in kinds}
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    limit = SHORT if args.short else LONG
    while (seed - first < args.rounds) if args.rounds else (time.monotonic() - started < limit):
        for kind in kinds:
            found += _one(kind, seed, samples[kind], READERS[kind], times[kind])
        seed += 1
        grown = (memory.memory_info().rss - base) / 2**20
        if grown > GROWTH_MB:
            print(f"grown by {grown:.0f} MB at seed {seed}")
            return 1
    for kind in kinds:
        print(
            f"{kind}: {len(times[kind])} inputs, median {1000 * statistics.median(times[kind]):.1f} ms, longest {1000 * max(times[kind]):.0f} ms"
        )
    print(f"{found} found; grown by {(memory.memory_info().rss - base) / 2**20:.0f} MB")
    return 1 if found else 0


def _one(kind: str, seed: int, samples: list[bytes], read: Callable[[bytes], object], times: list[float]) -> int:
    data = mutated(random.Random(f"{kind} {seed}"), samples)
    started = time.process_time()
    try:
        read(data)
    except Exception:  # noqa: BLE001  whatever comes is a find
        _tell(kind, seed, data, traceback.format_exc())
        times.append(time.process_time() - started)
        return 1
    seconds = time.process_time() - started
    usual = statistics.median(times) if len(times) >= WARM else seconds
    times.append(seconds)
    allowed = max(AT_LEAST, TIMES_MEDIAN * usual) * (1 + len(data) / ORDINARY)  # a long input may take longer
    if len(times) > WARM and seconds > allowed:
        _tell(kind, seed, data, f"took {seconds:.1f} s, usually {usual:.4f} s")
        return 1
    return 0


def _tell(kind: str, seed: int, data: bytes, why: str) -> None:
    folder = Path("fuzz-finds")
    folder.mkdir(exist_ok=True)
    (folder / f"{kind}-{seed}").write_bytes(data)
    print(f"--only {kind} --seed {seed} --rounds 1: {why}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
