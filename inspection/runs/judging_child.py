"""A process that judges targets of a run beside others. It gets a run id, the database and the data folder, nothing else."""

import argparse
import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path

from domain.errors import XunjianError
from domain.runs import Run, RunState
from inspection.judging.run import judge_turns
from inspection.judging.turns import JUDGE, leased, patience_of
from inspection.log_files import keep_logs
from inspection.runs.as_then import rules_then
from inspection.runs.memory import rest_collector
from inspection.runs.recheck import found_run
from inspection.runs.sameness import demand_same
from storage import open_store


def main(argv: list[str] | None = None) -> int:
    """Judge what nobody else judges, until nothing is free; a signal ends it after the target it is at."""
    parser = argparse.ArgumentParser(prog="inspection.runs.judging_child")
    parser.add_argument("run")
    parser.add_argument("--data", required=True)
    args = parser.parse_args(argv)
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    data = Path(args.data)
    rest_collector()
    keep_logs(data)
    store = open_store(os.environ.get("XUNJIAN_DB", ""), args.data)
    try:
        run = found_run(store, args.run)
        turns = leased(store, JUDGE, run.id, waits=False, patience=patience_of(run), stopping=stopping.is_set)
        with rules_then(store, run, data) as (rulebook, _):
            demand_same(run, rulebook)
            for _ in judge_turns(store, as_crawled(run), rulebook, turns):
                pass
    except XunjianError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    finally:
        store.close()
    return 0


def as_crawled(run: Run) -> Run:
    """A run that goes on, as its crawl ended: that is what its judges see."""
    return replace(run, state=RunState(run.crawled) if run.crawled else RunState.PARTIAL)


if __name__ == "__main__":
    sys.exit(main())
