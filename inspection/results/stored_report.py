"""Reports of a finished run from what the store keeps."""

from dataclasses import replace

from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import RunState
from domain.targets import Registry
from inspection.judging.accounts import kept_accounts
from inspection.judging.run import Outcome
from inspection.judging.sites import Judged, kept_judgement
from inspection.results.report import build_report
from inspection.targets import chosen_run, find_targets
from reports.model import Report


def stored_report(store: Store, rulebook: RuleBook, run_id: str, name: str) -> Report:
    """The report of a run (default: the latest nightly) for the whole city or for one unit, site or account."""
    run = chosen_run(store, run_id)
    registry = store.load_registry()
    wanted = set(run.targets)
    sites = tuple(site for site in registry.sites if site.id in wanted)
    accounts = tuple(account for account in registry.accounts if account.id in wanted)
    if name:
        sites, accounts = find_targets(replace(registry, sites=sites, accounts=accounts), [name])
    judged: dict[str, Judged] = {}
    for site in sites:
        kept = kept_judgement(store, site, run, rulebook)
        if kept is not None:
            judged[site.id] = kept
    judged |= kept_accounts(store, accounts, run, rulebook)
    left = len(sites) + len(accounts) - len(judged)
    if left and run.state in (RunState.RUNNING, RunState.COMPLETE):
        reason = f"{left} 个网站或账号尚未判定；可用 xunjian nightly --resume {run.id} 续判"
        run = replace(run, state=RunState.PARTIAL, reason=reason)
    shown = Registry(
        registry.units,
        tuple(site for site in sites if site.id in judged),
        tuple(account for account in accounts if account.id in judged),
    )
    return build_report(Outcome(run, shown, judged), store, rulebook)
