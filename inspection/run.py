"""run_inspection: one path for nightly, audit and gate. Capture, then judge, then score."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.errors import UsageError
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run, RunKind, RunState
from domain.targets import Account, Registry, Site
from inspection import clock
from inspection.account_judging import account_window, judge_accounts
from inspection.crawling import Progress, crawl
from inspection.judging import Judged, judge_site


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished run with what came of every site and account."""

    run: Run
    registry: Registry
    judged: Mapping[str, Judged]


def run_inspection(
    order: Order,
    store: Store,
    *,
    progress: Progress = lambda _: None,
    resume: str = "",
    judging: Callable[[Site], None] = lambda _: None,
) -> Outcome:
    """Capture the targets of an order, judge and score them; the run is complete, partial or unknown at the end."""
    run = resumed_run(store, resume) if resume else start_run(order, store)
    ended = crawl(run.id, order.db, order.data, shards=order.shards, progress=progress)
    run = _close(store, run, ended.interrupted, ended.errors)
    return judge_run(store, run, order.rulebook, published=order.published, judging=judging)


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
        settings={**order.rulebook.crawl, "account_window": str(account_window(order.rulebook)), **order.settings},
    )
    store.save_run(run)
    return run


def resumed_run(store: Store, run_id: str) -> Run:
    """An interrupted run, set running again; UsageError when it is unknown or already complete."""
    run = store.run(run_id)
    if run is None:
        known = "、".join(item.id for item in store.runs()[-3:]) or "无"
        raise UsageError(f"没有批次 {run_id}；最近的批次：{known}")
    if run.state is RunState.COMPLETE:
        raise UsageError(f"批次 {run_id} 已经完成，无需续跑")
    run = replace(run, state=RunState.RUNNING, reason="")
    store.save_run(run)
    return run


def judge_run(
    store: Store,
    run: Run,
    rulebook: RuleBook,
    *,
    published: bool = True,
    judging: Callable[[Site], None] = lambda _: None,
) -> Outcome:
    """Judge every target of a run from stored captures."""
    wanted = set(run.targets)
    everything = store.load_registry()
    registry = replace(
        everything,
        sites=tuple(site for site in everything.sites if site.id in wanted),
        accounts=tuple(account for account in everything.accounts if account.id in wanted),
    )
    known = everything if run.kind is not RunKind.GATE else None  # a gate knows one site, not the city
    judged = {}
    for site in registry.sites:
        judging(site)
        judged[site.id] = judge_site(store, site, run, rulebook, published=published, registry=known)
    judged |= judge_accounts(store, registry.accounts, run, rulebook, everything)
    return Outcome(run, registry, judged)


def _close(store: Store, run: Run, interrupted: bool, errors: tuple[str, ...]) -> Run:
    """Say how the crawl ended: complete, partial with the reason, or unknown when our own network was down."""
    states = {item.site_id: item for item in store.site_runs(run.id)}
    state, reason = RunState.COMPLETE, ""
    if interrupted:
        state, reason = RunState.PARTIAL, "巡检被中断"
    elif errors:
        state, reason = RunState.PARTIAL, errors[0]
    elif any(states.get(target) is None for target in run.targets):
        state, reason = RunState.PARTIAL, "部分网站或账号未完成采集"
    elif states and all(item.reason == "own_network" for item in states.values()):
        state, reason = RunState.UNKNOWN, "所有目标和参照站点均无应答，无法排除本机网络故障"
    run = replace(run, state=state, reason=reason, finished_at=clock.now())
    store.save_run(run)
    return run
