"""What the scheduler looks after between two jobs: a changed plan, what was lost, a night that was cut short, a sign of life."""

import time
from dataclasses import dataclass
from pathlib import Path

from apscheduler.schedulers.base import BaseScheduler

from inspection.letters.working_days import load_working_days
from inspection.operations.jobs import JOBS
from inspection.operations.journal import Journal
from inspection.operations.plan import HOOKS, load_plan
from scheduled_work import Place, clock_now, faults_logged, log, perform, tell
from timetable import fill

WATCH = 15.0  # seconds between two looks at the plan and at what is left over
BEAT = 600.0  # seconds between two signs of life of the scheduler


@dataclass(slots=True)
class Watch:
    """What the scheduler itself looks after between two jobs."""

    place: Place
    journal: Journal
    scheduler: BaseScheduler
    _seen: tuple[float, ...] = ()
    _next: float = 0.0
    _beat: float = 0.0
    _resuming: bool = False

    def look(self) -> None:
        """Take up a changed plan, close what was lost, go on with a night that was cut short, tell that we live."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + WATCH
        if changed(self.place.plan) != self._seen:
            self.take_up()
        with faults_logged("the journal"):
            self.journal.close_lost(clock_now())
            self._resume()
        if time.monotonic() >= self._beat:
            self._beat = time.monotonic() + BEAT
            tell(self.place, failed=False)

    def take_up(self) -> None:
        """The plan of the file; one that cannot be read changes nothing, and stands in the log."""
        self._seen = changed(self.place.plan)
        with faults_logged("the plan stays as it was"):
            plan = load_plan(self.place.plan)
            fill(self.scheduler, plan, self.place, self.journal)
            log.info("the plan: %s", {name: planned.cron for name, planned in plan.items()})

    def _resume(self) -> None:
        run_id = "" if self._resuming else self.journal.to_resume(clock_now(), self.place.data)
        if run_id:
            log.info("run %s goes on", run_id)
            self._resuming = True
            self.scheduler.add_job(self.go_on, args=(run_id,), id="resume", executor="default", misfire_grace_time=None)

    def go_on(self, run_id: str) -> None:
        """Take a night up again; it waits for its turn among the others of its lane."""
        try:
            perform(self.place, self.journal, "nightly", run_id)
        finally:
            self._resuming = False

    def make_up(self) -> None:
        """Start once what was missed while no scheduler ran; nothing in a folder where no job ever ran."""
        with faults_logged("nothing is made up"):
            self.journal.close_lost(clock_now())
            if not self.journal.ran_before(clock_now()):
                return
            days = load_working_days(self.place.data)
            for name, planned in load_plan(self.place.plan).items():
                if planned.last_before(clock_now(), days):
                    work = (self.place, self.journal, name)
                    lane = JOBS[name].lane
                    self.scheduler.add_job(
                        perform, args=work, id=f"missed {name}", executor=lane, misfire_grace_time=None
                    )


def changed(path: Path) -> tuple[float, ...]:
    """When the plan, and what adds to it, was last written; 0 where there is nothing."""
    return tuple(_written(each) for each in (path, path.parent / HOOKS))


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
