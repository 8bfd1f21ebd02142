"""Inspections that a person starts from a page: one of a kind at a time, each a child process that the journal follows."""

import os
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from domain.errors import Conflict, StoreError, UsageError
from domain.operations import JobRun, JobState
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.trail import Act
from inspection import clock
from inspection.acting import demand, note
from inspection.operations.journal import BUSY, OVER, STOPPED, Journal, Turn, is_free
from inspection.operations.processes import run_child

AUDIT, RECHECK = "audit", "recheck"
TITLES: Mapping[str, str] = {AUDIT: "专项检查", RECHECK: "专项复核"}
LIMITS: Mapping[str, timedelta] = {AUDIT: timedelta(hours=2), RECHECK: timedelta(hours=1)}
MOST = 200  # targets or findings at once
LONGEST = 1000
LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Errands:
    """What starts them, and where."""

    data: Path
    url: str  # of the database
    journal: Journal
    rules: Path | None = None
    allow_private: bool = False
    program: tuple[str, ...] = (sys.executable, "-m", "cli")
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def audit(self, store: Store, target_ids: Sequence[str], actor: Actor, now: datetime) -> JobRun:
        """Look at some targets as a whole."""
        return self._start(store, AUDIT, target_ids, [], actor, now)

    def recheck(
        self, store: Store, fingerprints: Sequence[str], moved_to: Sequence[str], actor: Actor, now: datetime
    ) -> JobRun:
        """Look at the places of some findings again, and where they stand now."""
        return self._start(store, RECHECK, fingerprints, moved_to, actor, now)

    def _start(
        self, store: Store, kind: str, ids: Sequence[str], moved_to: Sequence[str], actor: Actor, now: datetime
    ) -> JobRun:
        demand(store, actor, Action.INSPECT)
        if not ids or len(ids) > MOST:
            raise UsageError(f"一次最多检查 {MOST} 个，选了 {len(ids)} 个" if ids else "没有选择要检查的对象")
        if kind == AUDIT and not is_free(self.data, "audit"):
            raise Conflict("已有一个专项检查在进行；请等它结束再发起")
        turn = self.journal.begin(kind, now, now, " ".join(ids)[:LONGEST])
        if turn is None:
            raise Conflict(f"{TITLES[kind]}：{BUSY}；请等它结束再发起")
        try:
            note(store, actor, Act.INSPECT, TITLES[kind], now, now=" ".join(ids)[:LONGEST])
        except StoreError:
            self.journal.end(turn, now, 3, "没有开始")
            raise
        thread = threading.Thread(target=self._follow, args=(kind, ids, moved_to, turn), daemon=True)
        self.threads.append(thread)
        thread.start()
        return turn.noted

    def _follow(self, kind: str, ids: Sequence[str], moved_to: Sequence[str], turn: Turn) -> None:
        options = ["--data", str(self.data), *(["--rules", str(self.rules)] if self.rules else [])]
        options += ["--allow-private"] if self.allow_private else []
        options += [*(["--findings"] if kind == RECHECK else []), *(word for url in moved_to for word in ("--at", url))]
        ended = run_child(
            [*self.program, "audit", *options, "--", *ids],
            {**os.environ, "XUNJIAN_DB": self.url},
            LIMITS[kind],
            lambda: self.journal.show_life(turn),
            self.stopping.is_set,
            quiet=True,
        )
        why = OVER.format(hours=LIMITS[kind].total_seconds() / 3600) if ended.overdue else ended.said
        why = STOPPED.replace("定时程序", "控制台") if self.stopping.is_set() and ended.code else why
        state = JobState.OVERDUE if ended.overdue else None
        self.journal.end(turn, clock.now(), ended.code, why if ended.code else "", state)

    def stop(self) -> None:
        """End what is at work, in order; what was captured by then is kept."""
        self.stopping.set()
        for thread in self.threads:
            thread.join()


def started_lately(store: Store, now: datetime) -> list[JobRun]:
    """What persons have started, the latest first."""
    lately = reversed(store.job_runs(now - LATELY))
    return [item for item in lately if item.job in TITLES and item.state is not JobState.SKIPPED]
