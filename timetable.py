"""The plan as APScheduler keeps it, in Beijing time: one worker a lane, missed starts made up once."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobExecutionEvent, JobSubmissionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler

from crontime import cron_trigger
from inspection.letters.working_days import load_working_days
from inspection.operations.jobs import JOBS, LANES
from inspection.operations.journal import BUSY, Journal, journal_of
from inspection.operations.plan import GRACE, ZONE, Planned
from scheduled_work import Place, clock_now, perform

MISSED = "错过了时间，已超过可补做的 6 小时"


def build(plan: Mapping[str, Planned], place: Place, journal: Journal | None = None) -> BaseScheduler:
    """A scheduler with one worker a lane: jobs of a lane never overlap, missed ones are made up once."""
    scheduler = BackgroundScheduler(
        timezone=ZONE,
        executors={lane: ThreadPoolExecutor(1) for lane in LANES},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": int(GRACE.total_seconds())},
    )
    journal = journal or journal_of(place.data, place.url)
    scheduler.add_listener(lambda event: missed(journal, event), EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
    fill(scheduler, plan, place, journal)
    return scheduler


def missed(journal: Journal, event: JobExecutionEvent | JobSubmissionEvent) -> None:
    """What APScheduler decided by itself."""
    times = [event.scheduled_run_time] if event.code == EVENT_JOB_MISSED else event.scheduled_run_times
    why = MISSED if event.code == EVENT_JOB_MISSED else BUSY
    for at in times if event.job_id in JOBS else ():
        journal.skip(event.job_id, at, clock_now(), why)


def fill(scheduler: BaseScheduler, plan: Mapping[str, Planned], place: Place, journal: Journal) -> None:
    """Put the jobs of a plan in the place of those of the one before; running ones go on."""
    for job in scheduler.get_jobs():
        if job.id in JOBS:
            job.remove()
    for name, planned in plan.items():
        trigger, work = cron_trigger(planned.cron, ZONE), (place, journal, name)
        scheduler.add_job(perform, trigger, args=work, id=name, executor=JOBS[name].lane, replace_existing=True)


def next_times(plan: Mapping[str, Planned], data: Path) -> Iterator[tuple[str, datetime]]:
    """(job, next start) in Beijing time."""
    days = load_working_days(data)
    for name, planned in plan.items():
        if at := planned.next_after(clock_now(), days):
            yield name, at
