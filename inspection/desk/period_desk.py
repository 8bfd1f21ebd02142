"""A period as the console shows it: figures with their sources, the notice with its gaps, the leader's two pages."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.figure_kinds import kind_of
from domain.figures import CITY, Figure
from domain.letters import Letter
from domain.persons import Actor
from domain.ports import Store
from domain.rules import RuleBook
from domain.scores import Verdict
from domain.standings import Standing
from domain.times import beijing_date
from inspection.periods.closing import Closing, Sums, close_period, sums_of
from inspection.periods.notices import load_settings_of
from scorecards.figures import FigureRules

HEADLINES = ("sites.inspected", "sites.passed", "sites.failed", "sites.unknown", "sites.clean", "scores.mean")
HEADLINES_OF_ACCOUNTS = ("accounts.inspected", "accounts.passed", "accounts.failed", "accounts.unknown")
LINKS = 40  # sources shown of a figure


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure with its name and the things it was counted from."""

    label: str
    figure: Figure
    findings: tuple[str, ...]
    targets: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def more(self) -> int:
        """How many sources are not shown."""
        return max(0, len(self.figure.source) - len(self.findings) - len(self.targets) - len(self.others))


def figure_rules(data: Path) -> FigureRules:
    """How the office prints its rates."""
    settings = load_settings_of(data)
    return FigureRules(settings.printing, settings.bands)


def figure_label(kind: str, rulebook: RuleBook) -> str:
    """A kind of figure in Chinese; checks by their titles."""
    found, check = kind_of(kind), kind.partition(".")[2]
    if found and check in rulebook.checks:
        return found.label.replace(check, f"“{rulebook.checks[check].title}”")
    return found.label if found else kind


def period_sums(store: Store, rulebook: RuleBook, data: Path, name: str, version: int = 0) -> Sums:
    """What a closing fixed; of an open period, what closing it now would fix."""
    return sums_of(store, rulebook, figure_rules(data), name, version)


def close(store: Store, rulebook: RuleBook, data: Path, name: str, actor: Actor, now: datetime) -> Closing:
    """Fix the figures."""
    return close_period(store, rulebook, figure_rules(data), name, actor, now)


def figure_lines(sums: Sums, rulebook: RuleBook) -> list[FigureLine]:
    """The figures of the whole city."""
    lines = []
    for figure in sums.figures:
        if figure.scope != CITY:
            continue
        shown = figure.source[:LINKS]
        findings = tuple(each.removeprefix("finding:") for each in shown if each.startswith("finding:"))
        targets = tuple(each.removeprefix("target:") for each in shown if each.startswith("target:"))
        others = tuple(dict.fromkeys(_source(each) for each in shown if not each.startswith(("finding:", "target:"))))
        lines.append(FigureLine(figure_label(figure.kind, rulebook), figure, findings, targets, others))
    return lines


def _source(word: str) -> str:
    """Where a figure is from, for a person."""
    head, _, rest = word.partition(":")
    if head == "period":
        return f"考核期 {rest.replace('#', ' 第')}版"
    return f"{_SOURCES.get(head, head)}{f' {rest[:8]}' if head in {'letter', 'ledger', 'unit'} and rest else ''}"


_SOURCES = {
    "standings": "逐个对象的判定", "registry": "登记表", "letters": "整改通知单和提示单", "letter": "通知单",
    "ledger": "工作台账", "unit": "单位", "facts": "手工填写",
}  # fmt: skip


def headlines(sums: Sums, rulebook: RuleBook) -> list[tuple[str, str]]:
    """(label, printed) of what a leader reads first."""
    known = {figure.kind: figure for figure in sums.figures if figure.scope == CITY}
    rows = [known[kind] for kind in (*HEADLINES, *HEADLINES_OF_ACCOUNTS) if kind in known]
    return [
        (figure_label(figure.kind, rulebook), f"{figure.printed}{f'（{figure.rate}%）' if figure.rate else ''}")
        for figure in rows
    ]


def failed(sums: Sums) -> list[Standing]:
    """Who did not pass."""
    return [each for each in sums.standings if each.inspected and each.verdict is Verdict.FAIL]


def problems(sums: Sums) -> list[tuple[str, list[tuple[str, int]]]]:
    """Unit -> (kind of problem, how many) of what the notice would name."""
    units: dict[str, Counter[str]] = {}
    for each in sums.standings:
        for item in each.named_items if each.inspected else ():
            units.setdefault(each.unit or each.name, Counter())[item.title] += 1
    return [(unit, counted.most_common()) for unit, counted in units.items()]


def rectification(store: Store, sums: Sums, now: datetime) -> Mapping[str, int]:
    """How the letters of a period stand."""
    mine = [letter for letter in store.letters() if letter.issued_at and _within(letter, sums)]
    items = [item for letter in mine for item in letter.items]
    return {
        "下发": len(mine),
        "问题": len(items),
        "销号": sum(item.state.is_over for item in items),
        "逾期": sum(letter.is_overdue(now) for letter in mine),
    }


def _within(letter: Letter, sums: Sums) -> bool:
    if letter.period == sums.period.id:
        return True
    at = letter.issued_at
    return at is not None and sums.period.start <= beijing_date(at) <= sums.period.end
