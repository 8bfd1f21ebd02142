"""A worker: waits for wake-ups and does what is to be done of a run, beside the workers of other machines."""

import asyncio
import logging
import signal
import sys
import threading
from pathlib import Path

from domain.errors import StoreError
from inspection.judging.turns import JUDGE
from inspection.log_files import keep_logs
from inspection.runs.crew import CRAWL
from inspection.runs.crew_member import CrewMember
from wakeups import TASK, app_of, prepare

AGAIN = 5.0  # seconds after which a lost database is looked for again
log = logging.getLogger("inspection.worker")


def run(data: Path, url: str, jobs: int) -> None:
    """Work until a signal comes, `jobs` pieces of work at a time; they are given back in order. StoreError at the start only."""
    stopping = threading.Event()
    prepare(url)
    keep_logs(data)
    sys.stdout.write("工作进程已就绪，等待任务；Ctrl-C 结束\n")
    sys.stdout.flush()
    member = CrewMember(url, str(data), stopping.is_set)
    while not stopping.is_set():
        try:
            asyncio.run(_serve(member, url, jobs, stopping))
        except StoreError as error:
            log.error("the queue is away: %s", error)
            stopping.wait(AGAIN)


async def _serve(member: CrewMember, url: str, jobs: int, stopping: threading.Event) -> None:
    loop = asyncio.get_running_loop()
    with app_of(url, is_worker=True) as app:

        @app.task(name=TASK)
        async def woken(kind: str, run_id: str) -> None:
            await asyncio.to_thread(_answer, member, kind, run_id)

        async with app.open_async():
            working = asyncio.ensure_future(
                app.run_worker_async(
                    queues=[CRAWL, JUDGE], concurrency=jobs, delete_jobs="always", install_signal_handlers=False
                )
            )

            def stop() -> None:
                stopping.set()
                working.cancel()

            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, stop)
            try:
                await working
            except asyncio.CancelledError:
                log.info("the worker ends")


def _answer(member: CrewMember, kind: str, run_id: str) -> None:
    """Work; what the store refuses is logged, because the next wake-up may find it well again."""
    try:
        member.woken(kind, run_id)
    except StoreError as error:
        log.error("%s of %s: %s", kind, run_id, error)
