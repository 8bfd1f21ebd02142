"""run_inspection: one path for nightly, audit and gate. Capture, then judge, then score."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.crawl_policy import CrawlPolicy
from domain.errors import StoreError, UsageError
from domain.leases import LeaseState
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run, RunKind, RunState
from domain.targets import Account, Site
from inspection import clock
from inspection.files.attachments import read_attachments
from inspection.judging.accounts import account_window
from inspection.judging.run import Outcome, judge_run
from inspection.judging.turns import JUDGE, leased, patience_of
from inspection.runs.children import Ended, Progress, crawl
from inspection.runs.crew import CRAWL, QUIET, Bell, crawl_by_crew, quiet_hours
from inspection.runs.interrupts import Interrupts
from inspection.runs.judges import judging_beside
from inspection.runs.sameness import is_judged_alike, kept_settings

log = logging.getLogger(__name__)
INTERRUPTED = "巡检被中断"


@dataclass(frozen=True, slots=True)
class Order:
    """What to inspect, when, and where the store is."""

    kind: RunKind
    sites: tuple[Site, ...]
    as_of: datetime
    rulebook: RuleBook
    db: str
    data: str
    settings: Mapping[str, Any] = field(default_factory=dict)  # overrides of rules.yaml `crawl:`
    allow_private: bool = False
    published: bool = True
    shards: int = 1
    accounts: tuple[Account, ...] = ()
    scheduled: bool = False  # started by the clock, not by a person: quiet hours are kept
    crew: Bell | None = None  # wakes the workers that crawl and judge; None: child processes of this one


def run_inspection(
    order: Order,
    store: Store,
    *,
    progress: Progress = lambda _: None,
    resume: str = "",
    judging: Callable[[Site], None] = lambda _: None,
) -> Outcome:
    """Capture the targets of an order, judge and score them; the run is complete, partial or unknown at the end.

    Ctrl-C ends the crawl, or else the judging: the run is partial then, and what there is of it is the outcome.
    """
    with Interrupts() as interrupts:
        run = _brought_up_to_date(store, resumed_run(store, resume), order) if resume else start_run(order, store)
        log.info("run %s of %d targets begins, as of %s", run.id, len(run.targets), run.as_of.isoformat())
        try:
            if run.crawled:  # what was cut short was the judging
                run = replace(run, state=RunState(run.crawled))
            else:
                if order.crew:
                    run, ended = crawl_by_crew(store, run, order.crew, progress, interrupts)
                else:
                    place, quiet = (run.id, order.db, order.data), quiet_hours(run)
                    ended = crawl(*place, shards=order.shards, progress=progress, interrupts=interrupts, quiet=quiet)
                if not ended.interrupted:
                    _read_files(store, run, interrupts)
                run = _crawled(store, run, ended)
                store.free_leases(JUDGE, run.id, ended=True)  # what was judged before knew less
            if order.crew:
                order.crew.ring(JUDGE, run.id, len(run.targets))
            with judging_beside(0 if order.crew else order.shards - 1, run.id, order.db, order.data):
                outcome = judge_run(
                    store,
                    run,
                    order.rulebook,
                    published=order.published,
                    judging=judging,
                    stopping=interrupts.take,
                    turns=leased(store, JUDGE, run.id, patience=patience_of(run)),
                )
        except KeyboardInterrupt:
            _cut_short(store, run)
            raise
        except StoreError as error:
            with suppress(StoreError):  # the disk may still be full
                _cut_short(store, run, why=str(error))
            raise
    missing = len(outcome.registry.sites) + len(outcome.registry.accounts) - len(outcome.judged)
    run = _cut_short(store, run, missing) if missing else _close(store, run)
    log.info("run %s ended: %s", run.id, run.state.value)
    return replace(outcome, run=run)


def start_run(order: Order, store: Store) -> Run:
    """Register a new run."""
    started = clock.now()
    run = Run(
        id=f"{order.kind.value}-{order.as_of:%Y%m%d}-{started:%H%M%S%f}"[:40],
        kind=order.kind,
        as_of=order.as_of,
        started_at=started,
        targets=(*(site.id for site in order.sites), *(account.id for account in order.accounts)),
        rules_hash=order.rulebook.hash,
        allow_private=order.allow_private,
        settings={
            **order.rulebook.crawl,
            "account_window": str(account_window(order.rulebook)),
            **_kept(store, order),
            **order.settings,
        },
    )
    store.save_run(run)
    return run


def _kept(store: Store, order: Order) -> dict[str, Any]:
    """What the crawl rests by and the judging goes by, kept with the run."""
    is_lasting = bool(order.data) and order.kind is not RunKind.GATE
    rests_in = list(order.rulebook.crawl.get("quiet_hours", ())) if order.scheduled else []
    return {QUIET: rests_in, **kept_settings(store, order.rulebook, Path(order.data) if is_lasting else None)}


def _brought_up_to_date(store: Store, run: Run, order: Order) -> Run:
    """A resumed run with what it goes by from now on: other processes read that, and its rules may have changed."""
    kept = _kept(store, order)
    if is_judged_alike(run, kept):
        return run
    run = replace(run, rules_hash=order.rulebook.hash, settings={**run.settings, **kept})
    store.save_run(run)
    return run


def _read_files(store: Store, run: Run, interrupts: Interrupts) -> None:
    """Here and not in the crawling process, whose memory is free again by now."""
    targets = set(run.targets)
    sites = [site for site in store.load_registry().sites if site.id in targets]
    policy = CrawlPolicy.from_settings(run.settings)
    read_attachments(store, run, sites, policy, stopping=interrupts.is_waiting)


def resumed_run(store: Store, run_id: str) -> Run:
    """An interrupted run, set running again; UsageError when it is unknown or already complete."""
    run = store.run(run_id)
    if run is None:
        known = "、".join(item.id for item in store.runs()[-3:]) or "无"
        raise UsageError(f"没有批次 {run_id}；最近的批次：{known}")
    if run.state is RunState.COMPLETE and not unjudged_targets(store, run):
        raise UsageError(f"批次 {run_id} 已经完成，无需续跑")
    store.free_leases(JUDGE, run_id)  # of the process that was killed
    if any(lease.state is LeaseState.FAILED for lease in store.leases(CRAWL, run_id)):
        store.free_leases(CRAWL, run_id, ended=True)  # what is crawled already is found so in a moment
    crawled = RunState.COMPLETE.value if run.state is RunState.COMPLETE else run.crawled
    run = replace(run, state=RunState.RUNNING, reason="", crawled=crawled)
    store.save_run(run)
    return run


def unjudged_targets(store: Store, run: Run) -> tuple[str, ...]:
    """Targets of a run that are still registered and that it has not judged."""
    registry = store.load_registry()
    known = {site.id for site in registry.sites} | {account.id for account in registry.accounts}
    judged = {card.target_id for card in store.scorecards(run.id)}
    return tuple(target for target in run.targets if target in known and target not in judged)


def _crawled(store: Store, run: Run, ended: Ended) -> Run:
    """Say how the crawl ended: complete, partial with the reason, or unknown when our own network was down.

    In the store the run goes on until it is judged: one that is killed now is not complete.
    """
    states = {item.site_id: item for item in store.site_runs(run.id)}
    state, reason = RunState.COMPLETE, ""
    if ended.interrupted:
        state, reason = RunState.PARTIAL, INTERRUPTED
    elif ended.errors:
        state, reason = RunState.PARTIAL, ended.errors[0]
    elif any(states.get(target) is None for target in run.targets):
        state, reason = RunState.PARTIAL, "部分网站或账号未完成采集"
    elif states and all(item.reason == "own_network" for item in states.values()):
        state, reason = RunState.UNKNOWN, "所有检查对象和参照站点均无应答，无法排除本机网络故障"
    run = replace(run, state=state, reason=reason)
    done = state in (RunState.COMPLETE, RunState.UNKNOWN)
    store.save_run(replace(run, state=RunState.RUNNING, crawled=state.value if done else ""))
    return replace(run, crawled=state.value if done else "")


def _close(store: Store, run: Run) -> Run:
    """The run as it ended, with all its targets judged."""
    run = replace(run, finished_at=clock.now())
    store.save_run(run)
    return run


def _cut_short(store: Store, run: Run, missing: int = 0, why: str = INTERRUPTED) -> Run:
    """The run as partial, for what it did not come to."""
    reason = f"{why}，{missing} 个网站或账号尚未判定" if missing else why
    run = replace(run, state=RunState.PARTIAL, reason=reason, finished_at=clock.now())
    store.save_run(run)
    return run
