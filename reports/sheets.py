"""What the HTML pages show, arranged: one sheet per target, one line per unit, one line per kind of fault."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.captured import SiteRun
from domain.findings import EARLY_WARNING, FindingRecord, Severity
from domain.rules import Indicator
from domain.scores import Deduction, Scorecard, Verdict, Veto
from domain.targets import Account, Site, Unit
from reports import words
from reports.columns import ColumnLine, column_lines
from reports.explained import Distance, distances, formula, scope
from reports.model import Report


@dataclass(frozen=True, slots=True)
class Question:
    """Places of one check that could not be judged for one and the same reason."""

    title: str
    reason: str
    places: tuple[tuple[str, str], ...]  # (label, url)


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One row of the scoring table; `result` is 否决 or the points lost."""

    indicator: str
    title: str
    result: str
    count: int
    row: Indicator | None
    pending: bool
    formula: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a page shows of one target."""

    target: Site | Account
    card: Scorecard | None
    kind: str
    address: str
    records: tuple[FindingRecord, ...]
    candidates: tuple[FindingRecord, ...]
    closed: tuple[FindingRecord, ...]
    questions: tuple[Question, ...]
    columns: tuple[ColumnLine, ...]
    scores: tuple[ScoreLine, ...]
    site_run: SiteRun | None
    distances: tuple[Distance, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """未能判定 when the target was not scored."""
        return self.card.verdict if self.card else Verdict.UNKNOWN

    @property
    def anchor(self) -> str:
        """An id for links inside the page."""
        return slug("t", self.target.id)

    @property
    def lost(self) -> float:
        """Points lost."""
        return self.card.lost if self.card else 0.0

    @property
    def open_places(self) -> int:
        """How many places could not be judged."""
        return sum(len(question.places) for question in self.questions)

    @property
    def warnings(self) -> tuple[FindingRecord, ...]:
        """What says that a veto is near."""
        return tuple(record for record in self.records if record.finding.check == EARLY_WARNING)

    @property
    def attention(self) -> bool:
        """Whether somebody has to act: not passed, or a finding above a mere notice, or a candidate to look at."""
        return (
            self.verdict is not Verdict.PASS
            or bool(self.candidates)
            or any(record.severity is not Severity.NOTICE for record in self.records)
        )

    @property
    def urgency(self) -> tuple[int, int]:
        """Sort key: 不合格, 未能判定, then by the gravest finding."""
        order = {Verdict.FAIL: 0, Verdict.UNKNOWN: 1, Verdict.PASS: 2}
        return order[self.verdict], -max((record.severity.rank for record in self.records), default=0)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in the city table; `file` is its dossier."""

    unit: Unit
    file: str
    sheets: tuple[Sheet, ...]

    @property
    def worst(self) -> Verdict:
        """不合格 before 未能判定 before 合格."""
        verdicts = [sheet.verdict for sheet in self.sheets]
        return next((item for item in (Verdict.FAIL, Verdict.UNKNOWN) if item in verdicts), Verdict.PASS)

    @property
    def lost(self) -> float:
        """Points lost by all its sites."""
        return round(sum(sheet.lost for sheet in self.sheets), 2)

    @property
    def found(self) -> int:
        """Open findings."""
        return sum(len(sheet.records) for sheet in self.sheets)

    @property
    def open_places(self) -> int:
        """How many places wait for a person."""
        return sum(sheet.open_places + len(sheet.candidates) for sheet in self.sheets)

    @property
    def sites(self) -> int:
        """Its inspected sites."""
        return sum(isinstance(sheet.target, Site) for sheet in self.sheets)

    @property
    def accounts(self) -> int:
        """Its inspected accounts."""
        return len(self.sheets) - self.sites

    @property
    def scores(self) -> tuple[float, ...]:
        """The scores of its sites."""
        return tuple(sheet.card.score for sheet in self.sheets if sheet.card and sheet.card.score is not None)


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One kind of fault and the targets that have it."""

    title: str
    severity: str
    count: int
    sheets: tuple[Sheet, ...]


def slug(prefix: str, text: str) -> str:
    """A file-safe stable name for an id that may hold anything."""
    return f"{prefix}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def build_sheet(report: Report, target: Site | Account) -> Sheet:
    """Arrange what a report holds of one target."""
    card = report.cards.get(target.id)
    lines = column_lines(
        report.columns.get(target.id, ()),
        report.records.get(target.id, ()),
        report.unjudged.get(target.id, ()),
        report.run.as_of,
        report.rulebook.near_due_ratio,
    )
    return Sheet(
        target,
        card,
        words.site_kind(target) if isinstance(target, Site) else words.platform(target),
        words.address(target),
        report.open_records(target.id),
        report.candidates(target.id),
        report.closed_records(target.id),
        questions_of(report, target.id),
        tuple(lines),
        score_lines(report, card) if card else (),
        report.site_runs.get(target.id),
        distances(report, target, report.open_records(target.id)),
    )


def questions_of(report: Report, target_id: str) -> tuple[Question, ...]:
    """What could not be judged, gathered by check and reason, in the order it came up."""
    places: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for item in report.unjudged.get(target_id, ()):
        places.setdefault((item.check, item.reason), []).append((item.ref.label, item.ref.url))
    return tuple(
        Question(report.wording.title(check), reason, tuple(found)) for (check, reason), found in places.items()
    )


def score_lines(report: Report, card: Scorecard) -> tuple[ScoreLine, ...]:
    """Vetoes, then deductions, each with the row it rests on."""
    rows = {row.id: row for row in report.rulebook.indicators}
    vetoes = [_line(rows.get(item.indicator), item, "单项否决") for item in card.vetoes]
    deductions = [_line(rows.get(item.indicator), item, f"-{words.points(item.points)}") for item in card.deductions]
    return (*vetoes, *deductions)


def _line(row: Indicator | None, item: Veto | Deduction, result: str) -> ScoreLine:
    how = f"达到 {item.threshold} 个即单项否决" if isinstance(item, Veto) else formula(row, item) if row else ""
    return ScoreLine(item.indicator, item.title, result, item.count, row, item.pending, how, scope(row) if row else "")


def unit_lines(report: Report) -> tuple[UnitLine, ...]:
    """Units with inspected targets, in official order; targets without a known unit come last."""
    lines = []
    known = {unit.id for unit in report.registry.units}
    for unit in report.registry.units:
        targets = report.targets_of(unit)
        if targets:
            lines.append(unit_line(report, unit, targets))
    strays = tuple(target for target in report.targets if target.unit_id not in known)
    if strays:
        lines.append(unit_line(report, Unit("", "未登记主办单位"), strays))
    return tuple(lines)


def unit_line(report: Report, unit: Unit, targets: Iterable[Site | Account]) -> UnitLine:
    """One unit with the sheets of its targets."""
    return UnitLine(unit, f"{slug('unit', unit.id)}.html", tuple(build_sheet(report, target) for target in targets))


def fault_lines(report: Report, sheets: Sequence[Sheet]) -> tuple[FaultLine, ...]:
    """Kinds of faults, most severe and most common first."""
    lines = []
    checks = {record.finding.check: record.severity for sheet in sheets for record in sheet.records}
    for check, severity in checks.items():
        affected = tuple(sheet for sheet in sheets if any(item.finding.check == check for item in sheet.records))
        count = sum(item.finding.check == check for sheet in affected for item in sheet.records)
        lines.append((severity.rank, len(affected), check, severity, count, affected))
    lines.sort(key=lambda line: (-line[0], -line[1], line[2]))
    return tuple(
        FaultLine(report.wording.title(check), severity.label, count, affected)
        for _, _, check, severity, count, affected in lines
    )
