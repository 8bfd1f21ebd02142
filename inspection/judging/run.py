"""Every target of a run judged from stored captures."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run, RunKind
from domain.targets import Account, Registry, Site
from inspection.judging.accounts import judge_accounts, kept_accounts
from inspection.judging.sites import Judged, judge_site, kept_judgement
from inspection.judging.turns import Turns

BATCH = 500  # accounts that are one turn
ACCOUNTS = "accounts:"


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
    """Judge every target of a run from stored captures; `stopping` is asked after each turn whether to leave the rest.

    `by_archive`: also the captures of pages that the run did not look at. `turns` says which of the targets this process
    judges; the others were judged before, or are by another process, and are taken as the store has them at the end.
    """
    registry = registry_of(run, store.load_registry())
    judged: dict[str, Judged] = {}
    for part in judge_turns(store, run, rulebook, turns, published=published, judging=judging, by_archive=by_archive):
        judged |= part
        if stopping():
            return Outcome(run, registry, judged)
    return Outcome(run, registry, _with_those_of_others(store, run, rulebook, registry, judged))


def judge_turns(
    store: Store,
    run: Run,
    rulebook: RuleBook,
    turns: Turns,
    *,
    published: bool = True,
    judging: Callable[[Site], None] = lambda _: None,
    by_archive: bool = False,
) -> Iterator[Mapping[str, Judged]]:
    """Judge the targets whose turn it is in this process, one site or one batch of accounts after the other."""
    everything = store.load_registry()
    registry = registry_of(run, everything)
    known = everything if run.kind is not RunKind.GATE else None  # a gate knows one site, not the city
    sites = {site.id: site for site in registry.sites}
    batches = _batches(run, registry)
    for turn in turns((*_largest_first(store, run, sites), *batches)):
        if site := sites.get(turn):
            judging(site)
            judged = judge_site(store, site, run, rulebook, published=published, registry=known, by_archive=by_archive)
            yield {turn: judged}
        elif turn in batches:
            yield judge_accounts(store, batches[turn], run, rulebook, everything)


def registry_of(run: Run, everything: Registry) -> Registry:
    """The sites and accounts of a run that are still registered."""
    wanted = set(run.targets)
    return replace(
        everything,
        sites=tuple(site for site in everything.sites if site.id in wanted),
        accounts=tuple(account for account in everything.accounts if account.id in wanted),
    )


def _largest_first(store: Store, run: Run, sites: Mapping[str, Site]) -> list[str]:
    """So that no process is left with a large site at the end."""
    pages = {item.site_id: item.pages for item in store.site_runs(run.id)}
    return sorted(sites, key=lambda site: -pages.get(site, 0))


def _batches(run: Run, registry: Registry) -> dict[str, tuple[Account, ...]]:
    """Accounts by turns, the same in every process: by their places among the targets of the run."""
    accounts = {account.id: account for account in registry.accounts}
    parts = {start: run.targets[start : start + BATCH] for start in range(0, len(run.targets), BATCH)}
    found = {start: tuple(accounts[each] for each in part if each in accounts) for start, part in parts.items()}
    return {f"{ACCOUNTS}{start}": batch for start, batch in found.items() if batch}


def _with_those_of_others(
    store: Store, run: Run, rulebook: RuleBook, registry: Registry, judged: Mapping[str, Judged]
) -> dict[str, Judged]:
    """All judgements in official order: those made here, and those that the store has."""
    found = dict(judged)
    for site in registry.sites:
        if site.id not in found and (kept := kept_judgement(store, site, run, rulebook)):
            found[site.id] = kept
    others = [account for account in registry.accounts if account.id not in found]
    found |= kept_accounts(store, others, run, rulebook)
    order = [*(site.id for site in registry.sites), *(account.id for account in registry.accounts)]
    return {target: found[target] for target in order if target in found}
