"""Accounts and sites that sites link to and nobody has registered; taken over by one click."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from domain.errors import Conflict, UsageError
from domain.finding_search import FindingSearch, Stage
from domain.findings import FindingRecord
from domain.persons import Actor
from domain.ports import Store
from inspection.desk.registry_desk import edited
from inspection.desk.scope import View, seen_finding

ACCOUNT, SITE = "account.unregistered", "site.unregistered"
MOST = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of them, with the cells it would be registered with."""

    record: FindingRecord
    kind: str  # accounts or sites
    cells: Mapping[str, str]
    linked_by: str


def candidates(store: Store, view: View) -> list[Candidate]:
    """Those nobody has decided about, or that a person has confirmed."""
    found = []
    for check in (ACCOUNT, SITE):
        search = FindingSearch((Stage.WAITING, Stage.OPEN), check=check, targets=view.target_ids(), limit=MOST)
        found += [candidate(view, record) for record in store.search_findings(search)]
    return found


def candidate(view: View, record: FindingRecord) -> Candidate:
    """What a finding says, as the cells of a record."""
    target = next((each for each in view.targets if each.id == record.target_id), None)
    unit = next((each.name for each in view.registry.units if target and each.id == target.unit_id), "")
    facts, url = record.finding.facts, record.finding.ref.url
    text = str(facts.get("text") or "")[:60]
    if record.finding.check == ACCOUNT:
        id = str(facts.get("account", ""))
        cells = {"name": text or id, "platform": str(facts.get("platform", "")), "platform_id": id, "url": url}
        return Candidate(record, "accounts", {**cells, "unit": unit}, target.name if target else "")
    host = str(facts.get("host", ""))
    parts = urlsplit(url)
    home = f"{parts.scheme}://{parts.netloc}/"
    return Candidate(
        record, "sites", {"name": text or host, "home_url": home, "unit": unit}, target.name if target else ""
    )


def adopt(store: Store, view: View, fingerprint: str, unit: str, actor: Actor, now: datetime) -> str:
    """Register one of them; what was registered, in words. The next night sees that it is no stranger any more."""
    record = seen_finding(store, view, fingerprint)
    if record.finding.check not in {ACCOUNT, SITE}:
        raise UsageError("这个问题说的不是未登记的账号或网站")
    made = candidate(view, record)
    cells = {**made.cells, **({"unit": unit} if unit else {})}
    result = edited(store, view, made.kind, "", "", cells, actor, now)
    if not result.changes:
        raise Conflict(f"“{cells['name']}”已经登记过")
    return f"已登记“{cells['name']}”（{cells['unit'] or '没有单位'}）"
