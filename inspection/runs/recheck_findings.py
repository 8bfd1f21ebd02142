"""复核: look again at the places of some findings only, judge them again, and report nothing new."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from checks.discovery import place_of
from crawler.parsing.html.addresses import scope_of
from domain.errors import UsageError
from domain.findings import FindingRecord, FindingState, Place
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import RunState
from domain.targets import Account, Site
from inspection.people.findings import find
from inspection.runs.run import Order, run_inspection
from inspection.wording import RuleWording


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What became of one finding: its record, and whether its place could be looked at."""

    record: FindingRecord
    examined: bool

    @property
    def words(self) -> str:
        """已整改, 仍存在 or why it was not looked at."""
        if self.record.state is FindingState.FIXED:
            how = f"（{self.record.closed_label}）" if self.record.closed else ""
            return f"已整改{how}"
        if self.examined:
            return f"仍存在（{self.record.state.label}）"
        return f"未能复核（{self.record.unread.label if self.record.unread else '本次检查未完成'}）"


def named(store: Store, keys: Sequence[str]) -> tuple[FindingRecord, ...]:
    """The findings of the numbers given; UsageError for a number nobody has."""
    return tuple({record.fingerprint: record for record in (find(store, key) for key in keys)}.values())


def recheck_findings(
    store: Store, order: Order, records: Sequence[FindingRecord], moved_to: Sequence[str] = ()
) -> tuple[RunState, tuple[Rechecked, ...]]:
    """Look at the places of findings again, and at the addresses where their unit says they stand now."""
    sites, accounts = _targets(store, records)
    scopes = {scope_of(site.home_url) for site in sites}
    for url in moved_to:
        if scope_of(url) not in scopes:
            raise UsageError(f"--at 的网址不属于所复核问题的网站：{url}；请给出该网站上的新网址")
    whole = any(place_of(item.finding.check) in {Place.HOME, Place.SITE} for item in records)
    trials = {} if whole else dict.fromkeys(("check_search", "check_ipv6", "check_codes", "check_disguise"), False)
    settings: dict[str, Any] = {
        **order.settings,
        **trials,
        "only_places": True,
        "findings": [record.fingerprint for record in records],
        "moved_to": list(moved_to),
    }
    outcome = run_inspection(replace(order, sites=sites, accounts=accounts, settings=settings), store)
    after = {item.fingerprint: item for judged in outcome.judged.values() for item in judged.records}
    found = (after.get(record.fingerprint, record) for record in records)
    return outcome.run.state, tuple(
        Rechecked(item, item.last_run == outcome.run.id or item.state is FindingState.FIXED) for item in found
    )


def _targets(store: Store, records: Sequence[FindingRecord]) -> tuple[tuple[Site, ...], tuple[Account, ...]]:
    registry, wanted = store.load_registry(), {record.target_id for record in records}
    sites = tuple(site for site in registry.sites if site.id in wanted)
    accounts = tuple(account for account in registry.accounts if account.id in wanted)
    gone = wanted - {site.id for site in sites} - {account.id for account in accounts}
    if gone:
        raise UsageError(f"问题所属的网站或账号已不在登记表中：{'、'.join(sorted(gone))}")
    return sites, accounts


def recheck_lines(found: Sequence[Rechecked], rulebook: RuleBook, *, as_json: bool) -> str:
    """One line a finding, or a JSON document."""
    wording = RuleWording(rulebook)
    if not as_json:
        return "\n".join(
            f"{item.record.fingerprint[:8]}  {item.words}  {wording.message(item.record.finding)}" for item in found
        )
    rows = [
        {
            "fingerprint": item.record.fingerprint,
            "target": item.record.target_id,
            "check": item.record.finding.check,
            "state": item.record.state.value,
            "examined": item.examined,
            "unread": item.record.unread.value if item.record.unread else None,
            "closed": item.record.closed_label or None,
            "url": item.record.finding.ref.url,
            "message": wording.message(item.record.finding),
        }
        for item in found
    ]
    return json.dumps({"schema": "xunjian.recheck/1", "findings": rows}, ensure_ascii=False)
