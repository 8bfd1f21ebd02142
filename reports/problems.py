"""问题清单: every finding of a report, one line a sentence; all totals of all reports are computed from these lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.findings import FindingRecord, FindingState, Severity
from domain.targets import Account, Site
from domain.times import beijing_date
from reports import words
from reports.model import Report


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about one target with all findings that say it; `counts`: whether indicators count them now."""

    target: Site | Account
    unit: str
    records: tuple[FindingRecord, ...]
    title: str
    message: str
    indicators: tuple[str, ...]
    state: str
    counts: bool

    @property
    def first(self) -> FindingRecord:
        """The finding that stands for the others."""
        return self.records[0]

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.first.severity

    @property
    def pages(self) -> tuple[str, ...]:
        """Every page that shows it, each once."""
        shown = (page for record in self.records for page in (record.finding.found_on or (record.finding.ref.url,)))
        return tuple(dict.fromkeys(shown))

    @property
    def seen_on(self) -> str:
        """见于 N 页, where there are several."""
        pages = max(len(self.pages), *(record.finding.count for record in self.records))
        return f"见于 {pages} 页" if pages > 1 else ""

    @property
    def first_seen(self) -> date:
        """The Beijing date on which the oldest of them was found."""
        return min(beijing_date(record.first_seen) for record in self.records)

    @property
    def last_seen(self) -> date:
        """The Beijing date on which the newest of them was confirmed."""
        return max(beijing_date(record.last_seen) for record in self.records)

    @property
    def numbers(self) -> str:
        """The numbers of its findings as `findings list` shows them."""
        return " ".join(record.fingerprint[:8] for record in self.records)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many findings count now; 问题总数 is all of them, 一般问题 those that are named and cost nothing."""

    total: int = 0
    veto: int = 0
    deduct: int = 0
    problem: int = 0
    notice: int = 0


def problems(report: Report) -> Iterator[Problem]:
    """Every finding of every severity and state, in the order of the registry, the gravest first."""
    for target in report.targets:
        unit = report.registry.unit_of(target)
        groups: dict[tuple[object, ...], list[FindingRecord]] = {}
        for record in _ordered(report.records.get(target.id, ())):
            finding = record.finding
            place = "" if finding.facts.get("sentence") else finding.ref.url  # one sentence, however many pages
            key = (
                finding.check,
                report.wording.message(finding),
                place,
                record.severity,
                _state(record),
                record.counts,
            )
            groups.setdefault(key, []).append(record)
        for group in groups.values():
            yield _problem(report, target, unit.name if unit else "未登记", tuple(group))


def totals(lines: Iterable[Problem]) -> Totals:
    """Counted over the lines that count."""
    counts = dict.fromkeys(Severity, 0)
    for line in lines:
        counts[line.severity] += len(line.records) if line.counts else 0
    return Totals(
        sum(counts.values()), counts[Severity.VETO], counts[Severity.DEDUCT], counts[Severity.PROBLEM],
        counts[Severity.NOTICE],
    )  # fmt: skip


def _ordered(records: Iterable[FindingRecord]) -> list[FindingRecord]:
    return sorted(
        records,
        key=lambda item: (not item.counts, -item.severity.rank, item.finding.check, item.first_seen, item.fingerprint),
    )


def _problem(report: Report, target: Site | Account, unit: str, records: tuple[FindingRecord, ...]) -> Problem:
    first = records[0]
    return Problem(
        target,
        unit,
        records,
        report.wording.title(first.finding.check),
        report.wording.message(first.finding),
        tuple(f"{row.id} {row.title}" for row in report.indicators_of(first)),
        _state(first),
        first.counts,
    )


def _state(record: FindingRecord) -> str:
    """Where a finding stands, in the words of the list."""
    if record.state is FindingState.FIXED and record.closed_label:
        return f"{record.state.label}（{record.closed_label}）"
    if record.state.is_open and not record.counts:
        return "待人工确认"
    return f"{record.state.label}，{words.not_looked_at(record)}" if record.unread is not None else record.state.label
