"""The child process of a run: crawls one shard. It gets a run id, a shard, the database and the data folder, nothing else."""

import argparse
import os
import sys
from pathlib import Path

from checks.shared.strange_words import strange_signals
from crawler.job import CrawlJob
from crawler.process import run_crawl
from crawler.watch import Watch, place_of
from domain.crawl_policy import CrawlPolicy
from domain.errors import XunjianError
from domain.times import Window
from inspection.judging.places import places_of_run
from inspection.locks import held
from inspection.log_files import keep_logs
from inspection.runs.culprits import leave_out_culprit
from inspection.runs.memory import rest_collector
from inspection.runs.shards import shard_of
from storage import open_store, shown

PATIENCE = 60.0  # seconds for the child of a killed parent to end
ANOTHER = "另一个采集进程仍在使用这个数据文件夹；请等它结束"


def main(argv: list[str] | None = None) -> int:
    """Crawl one shard of a run; 0 when the crawl came to its end."""
    parser = argparse.ArgumentParser(prog="inspection.runs.child")
    parser.add_argument("run")
    parser.add_argument("shard", help="its name, see inspection.runs.shards")
    parser.add_argument(
        "--db", default=os.environ.get("XUNJIAN_DB", ""), help="else XUNJIAN_DB, which `ps` does not show"
    )
    parser.add_argument("--data", required=True)
    args = parser.parse_args(argv)
    rest_collector()
    keep_logs(Path(args.data))
    store = open_store(args.db, args.data)
    try:
        run = store.run(args.run)
        if run is None:
            raise XunjianError(f"run {args.run} is not in {shown(args.db)}")
        shard = shard_of(args.shard, run, store.load_registry())
        policy = CrawlPolicy.from_settings({**run.settings, "allow_private": run.allow_private})
        window = Window.parse(str(run.settings.get("account_window", "14d")))
        note = place_of(args.data, run.id, args.shard)
        leave_out_culprit(store, run, note)
        watch = Watch(note)
        places = places_of_run(store, run, policy)
        job = CrawlJob(
            run, shard.sites, store, policy, strange_signals, shard.accounts, places, shard.linked, window, watch,
            shard.parts, Path(args.data),
        )  # fmt: skip
        try:
            # Whoever killed a parent left its child, which notices that within a second: two never write one shard.
            with held(Path(args.data), f".crawl-{args.shard.replace('/', '-')}", ANOTHER, PATIENCE):
                run_crawl(job, sites=shard.asks_sites, links=shard.asks_links)
        finally:
            watch.close()
            note.unlink(missing_ok=True)
    except XunjianError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    finally:
        store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
