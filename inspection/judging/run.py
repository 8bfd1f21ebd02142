"""Every target of a run judged from stored captures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run, RunKind
from domain.targets import Registry, Site
from inspection.judging.accounts import judge_accounts
from inspection.judging.sites import Judged, judge_site, kept_judgement
from inspection.judging.turns import Turns


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished run with what came of every site and account."""

    run: Run
    registry: Registry
    judged: Mapping[str, Judged]


def judge_run(
    store: Store,
    run: Run,
    rulebook: RuleBook,
    *,
    published: bool = True,
    judging: Callable[[Site], None] = lambda _: None,
    stopping: Callable[[], bool] = lambda: False,
    by_archive: bool = False,
    turns: Turns = iter,
) -> Outcome:
    """Judge every target of a run from stored captures; `stopping` is asked after each site whether to leave the rest.

    `by_archive`: also the captures of pages that the run did not look at. `turns` says which of the sites this process
    judges; the others were judged before, or are by another process, and are taken as the store has them at the end.
    """
    wanted = set(run.targets)
    everything = store.load_registry()
    registry = replace(
        everything,
        sites=tuple(site for site in everything.sites if site.id in wanted),
        accounts=tuple(account for account in everything.accounts if account.id in wanted),
    )
    known = everything if run.kind is not RunKind.GATE else None  # a gate knows one site, not the city
    judged = {}
    sites = {site.id: site for site in registry.sites}
    for target in turns(tuple(sites)):
        judging(sites[target])
        judged[target] = judge_site(
            store, sites[target], run, rulebook, published=published, registry=known, by_archive=by_archive
        )
        if stopping():
            return Outcome(run, registry, judged)
    for site in registry.sites:
        if site.id not in judged and (kept := kept_judgement(store, site, run, rulebook)):
            judged[site.id] = kept
    judged = {site: judged[site] for site in sites if site in judged}
    judged |= judge_accounts(store, registry.accounts, run, rulebook, everything)
    return Outcome(run, registry, judged)
