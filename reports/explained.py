"""Points explained: how a row comes to its points, whom it concerns, how far a target is from a veto, what is 待核."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.findings import FindingRecord
from domain.rules import Indicator
from domain.scores import Deduction, Scorecard, Veto
from domain.targets import Account, ColumnKind, Site
from reports import words
from reports.model import Report

_WHOM = {"portal": "门户网站", "department": "部门网站", "account": "政务新媒体"}


@dataclass(frozen=True, slots=True)
class Distance:
    """How many findings a veto row counts, and how many fail the target."""

    row: Indicator
    count: int

    @property
    def sentence(self) -> str:
        """现有 1 个，达到 10 个即单项否决（还差 9 个）."""
        limit = self.row.veto_at or 0
        return f"现有 {self.count} 个，达到 {limit} 个即单项否决（还差 {limit - self.count} 个）"


@dataclass(frozen=True, slots=True)
class PendingRow:
    """A row that cost something in this report and whose value nobody compared with the document."""

    row: Indicator
    targets: tuple[str, ...]  # names
    points: float
    veto: bool


def formula(row: Indicator, item: Deduction) -> str:
    """2 个 × 5 分 = 10 分，满分 5 分，扣至满分为止."""
    each, count = words.points(row.points), item.count
    raw = row.points if row.once else row.points * count
    text = f"有即扣 {each} 分，不论几个只扣一次" if row.once else f"{count} 个 × {each} 分 = {words.points(raw)} 分"
    if round(raw, 2) <= item.points:
        return text
    limit = "与其他行共用满分" if row.shares_cap else "扣至满分为止"
    return f"{text}，{limit}，实扣 {words.points(item.points)} 分"


def scope(row: Indicator) -> str:
    """Which targets a row looks at, and which of their findings."""
    whom = "、".join(_WHOM[name] for name in row.applies_to)
    parts = [f"适用于{whom}"]
    if row.needs_service:
        parts.append("只查有对外服务职能的单位")
    kinds = {kind for count in row.counts for kind in count.where.get("kind", ())}
    named = [words.COLUMN_KIND[kind] for kind in ColumnKind if kind.value in kinds]
    if named:
        parts.append(f"只计{'、'.join(named)}类")
    return "；".join(parts)


def distances(report: Report, target: Site | Account, records: Iterable[FindingRecord]) -> tuple[Distance, ...]:
    """The veto rows that count something and are not reached, the nearest first."""
    card = report.cards.get(target.id)
    if card is None or card.vetoes:
        return ()
    service = not isinstance(target, Site) or target.service_function
    counts: dict[str, int] = {}
    for record in records:
        for row in report.indicators_of(record):
            counts[row.id] = counts.get(row.id, 0) + 1
    found = [
        Distance(row, counts[row.id])
        for row in report.rulebook.indicators
        if row.veto_at is not None and 0 < counts.get(row.id, 0) < row.veto_at and (service or not row.needs_service)
    ]
    return tuple(sorted(found, key=lambda item: (item.row.veto_at or 0) - item.count))


def pending_rows(report: Report, cards: Sequence[Scorecard]) -> tuple[PendingRow, ...]:
    """The worklist: 待核 rows that decided something in these scorecards, those with a veto first."""
    rows = {row.id: row for row in report.rulebook.indicators}
    names: dict[str, list[str]] = {}
    points: dict[str, float] = {}
    vetoes = {item.indicator for card in cards for item in card.vetoes if item.pending}
    for card in cards:
        costs: tuple[Veto | Deduction, ...] = (*card.vetoes, *card.deductions)
        for item in costs:
            if item.pending and item.indicator in rows:
                names.setdefault(item.indicator, []).append(card.target_name)
                cost = item.points if isinstance(item, Deduction) else 0.0
                points[item.indicator] = round(points.get(item.indicator, 0.0) + cost, 2)
    found = [
        PendingRow(rows[key], tuple(dict.fromkeys(named)), points[key], key in vetoes) for key, named in names.items()
    ]
    return tuple(sorted(found, key=lambda item: (not item.veto, -item.points, item.row.id)))
