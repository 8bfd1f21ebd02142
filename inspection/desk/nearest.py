"""距单项否决最近: targets that a few more days, or one more fault, would fail."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from domain.finding_search import FindingSearch, Stage
from domain.findings import EARLY_WARNING, FindingRecord
from domain.ports import Store
from domain.rules import Indicator, RuleBook
from inspection.desk.scope import View
from scorecards.scoring import target_kind

SHOWN = 12
READ = 600  # findings, at most
NEAR_DUE = "account.near_due"
ALMOST = 0.6  # of the threshold


@dataclass(frozen=True, slots=True)
class Near:
    """One target and how far it is: `left` days or faults."""

    target_id: str
    name: str
    what: str
    left: int
    unit: str  # 天, 项 or nothing: near, but not counted one by one
    fingerprint: str = ""


def nearest(store: Store, rulebook: RuleBook, view: View) -> list[Near]:
    """The nearest ones first: accounts about to be late, then sites close to a threshold."""
    names = {target.id: target for target in view.targets}
    found = [*_accounts(store, view), *_warned(store, view)]
    rows = [row for row in rulebook.indicators if (row.veto_at or 0) > 1 and row.counts]
    for check in dict.fromkeys(count.check for row in rows for count in row.counts):
        search = FindingSearch((Stage.OPEN,), check=check, targets=view.target_ids(), limit=READ)
        by_target: dict[str, list[FindingRecord]] = defaultdict(list)
        for record in store.search_findings(search):
            by_target[record.target_id].append(record)
        for target_id, records in by_target.items():
            if target_id in names:
                kind = target_kind(names[target_id])
                found += _rows(rows, check, kind, target_id, names[target_id].name, records)
    best: dict[tuple[str, str], Near] = {}
    for near in sorted(found, key=lambda item: item.left):
        best.setdefault((near.target_id, near.what), near)
    return list(best.values())[:SHOWN]


def _accounts(store: Store, view: View) -> Iterator[Near]:
    names = {target.id: target.name for target in view.targets}
    search = FindingSearch((Stage.OPEN,), check=NEAR_DUE, targets=view.target_ids(), limit=READ)
    for record in store.search_findings(search):
        left = record.finding.facts.get("days_left")
        if record.target_id in names and isinstance(left, int):
            what = "账号内容不更新"
            yield Near(record.target_id, names[record.target_id], what, left, "天", record.fingerprint)


def _warned(store: Store, view: View) -> Iterator[Near]:
    """What nights have warned of: days of a home page, counted rows, visits that fail."""
    names = {target.id: target.name for target in view.targets}
    search = FindingSearch((Stage.OPEN,), check=EARLY_WARNING, targets=view.target_ids(), limit=READ)
    for record in store.search_findings(search):
        facts, name = record.finding.facts, names.get(record.target_id)
        days, total, limit = (facts.get(word) for word in ("days_left", "total", "limit"))
        if name is None:
            continue
        if isinstance(days, int):
            yield Near(record.target_id, name, "首页栏目不更新", days, "天", record.fingerprint)
        elif isinstance(total, int) and isinstance(limit, int):
            label = str(facts.get("label", ""))
            yield Near(record.target_id, name, label, limit - total, "项", record.fingerprint)
        elif facts.get("percent") is not None:
            what = f"首页访问失败 {facts['percent']}%，达到 {limit} 即单项否决"
            yield Near(record.target_id, name, what, 0, "", record.fingerprint)


def _rows(
    rows: list[Indicator], check: str, kind: str, target_id: str, name: str, records: list[FindingRecord]
) -> Iterator[Near]:
    for row in rows:
        if kind not in row.applies_to or not any(count.check == check for count in row.counts):
            continue
        number = sum(any(count.accepts(record.finding) for count in row.counts) for record in records)
        at = row.veto_at or 0
        if ALMOST * at <= number < at:
            yield Near(target_id, name, row.title, at - number, "项", records[0].fingerprint)
