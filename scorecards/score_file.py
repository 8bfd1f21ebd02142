"""`xunjian score FILE`: a scorecard from a hand-written list of findings (contract: DESIGN.md section 6)."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from domain.errors import ConfigError
from domain.rules import Indicator, RuleBook
from domain.scores import Bonus, Verdict
from scorecards.forms import Form
from scorecards.placed import load_placed
from scorecards.points import Outcome, Tallied, exact, score
from scorecards.scoring import applicable

KINDS = {"portal": "门户网站", "department": "部门网站", "account": "政务新媒体账号"}
MOST_COUNTED = 1_000_000
MOST_POINTS = 1_000


def score_file(path: Path, rulebook: RuleBook) -> dict[str, Any]:
    """Answer `{verdict, score, vetoes, deductions, bonus}`; ConfigError lists every fault of the file with its place."""
    form = ScoreForm(load_placed(path), rulebook=rulebook)
    kind, service = form.read_target()
    tallied = form.read_findings(kind)
    bonus = form.read_bonus()
    if form.problems:
        raise ConfigError(f"{path}：有 {len(form.problems)} 处错误，未评分。", tuple(form.problems))
    checked = {row.id for row in applicable(rulebook.indicators, kind, service)}
    counted = [item for item in tallied if item.row.id in checked]
    return answer(score(counted, counted, bonus, rulebook.totals, kind=kind, service=service), rulebook)


def answer(outcome: Outcome, rulebook: RuleBook) -> dict[str, Any]:
    """The JSON of the contract. `bonus` is the number of points granted."""
    granted = sum((exact(item.points) for item in outcome.bonus), Fraction(0))
    return {
        "verdict": outcome.verdict.value,
        "score": outcome.score,
        "vetoes": [
            {"indicator": veto.indicator, "count": veto.count, "threshold": veto.threshold} for veto in outcome.vetoes
        ],
        "deductions": [{"indicator": item.indicator, "points": item.points} for item in outcome.deductions],
        "bonus": float(min(granted, exact(rulebook.totals.bonus_cap))),
    }


def score_text(answered: dict[str, Any], rulebook: RuleBook) -> str:
    """The answer of `score_file` as lines an inspector reads."""
    titles = {row.id: f"{row.id} {row.title}" for row in rulebook.indicators}
    score_of = "不计分" if answered["score"] is None else f"{answered['score']:g} 分"
    lines = [f"{Verdict(answered['verdict']).label}  {score_of}"]
    for veto in answered["vetoes"]:
        counted = f"{veto['count']} 项，达到 {veto['threshold']} 项即否决"
        lines.append(f"  单项否决 {titles[veto['indicator']]}：{counted}")
    lines.extend(f"  扣 {item['points']:g} 分  {titles[item['indicator']]}" for item in answered["deductions"])
    if answered["bonus"]:
        lines.append(f"  加 {answered['bonus']:g} 分")
    return "\n".join(lines)


@dataclass
class ScoreForm(Form):
    """The file being read."""

    rulebook: RuleBook = field(kw_only=True)

    def read_target(self) -> tuple[str, bool]:
        """(kind, has outward service functions)."""
        if not self.is_mapping(self.document.value, "", ("target", "findings", "bonus")):
            return "portal", True
        target = self.document.value.get("target")
        if target is None:
            self.fault("", "缺少 target；请写明 target: {kind: portal}。")
            return "portal", True
        if not self.is_mapping(target, "target", ("kind", "service_function", "id", "name")):
            return "portal", True
        kind, service = target.get("kind"), target.get("service_function", True)
        if not isinstance(kind, str) or kind not in KINDS:
            self.fault("target.kind" if "kind" in target else "target", f"kind 应为 {'、'.join(KINDS)} 之一。")
            kind = "portal"
        if not isinstance(service, bool):
            self.fault("target.service_function", "应为 true 或 false。")
        return kind, service is not False

    def read_findings(self, kind: str) -> list[Tallied]:
        """What was listed for each row, in the order of the rule book."""
        listed: dict[str, list[Tallied]] = {}
        for path, item in self.rows("findings", ("indicator", "count", "points")):
            row = self.read_row(item, path, kind)
            tallied = self.read_amount(item, path, row) if row else None
            if tallied:
                listed.setdefault(tallied.row.id, []).append(tallied)
        return [merge(listed[row.id]) for row in self.rulebook.indicators if row.id in listed]

    def read_row(self, item: dict[str, Any], path: str, kind: str) -> Indicator | None:
        """The row a listed finding names, when it exists and is looked at for this kind of target."""
        name = item.get("indicator")
        row = next((row for row in self.rulebook.indicators if row.id == name), None)
        if row is None:
            near = difflib.get_close_matches(str(name), [row.id for row in self.rulebook.indicators], n=1)
            hint = f"，是否为 {near[0]}？" if near else "；可用 xunjian rules 查看全部指标。"
            self.fault(f"{path}.indicator" if "indicator" in item else path, f"没有指标“{name or ''}”{hint}")
        elif kind not in row.applies_to:
            self.fault(f"{path}.indicator", f"指标 {row.id} 不适用于{KINDS[kind]}。")
            return None
        return row

    def read_amount(self, item: dict[str, Any], path: str, row: Indicator) -> Tallied | None:
        """How often, or how many points; a bare indicator was found once."""
        if "count" in item and "points" in item:
            self.fault(path, "count 与 points 只能写一个。")
            return None
        if "points" not in item:
            count = item.get("count", 1)
            if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= MOST_COUNTED:
                self.fault(f"{path}.count", f"应为 0 到 {MOST_COUNTED} 的整数。")
                return None
            return Tallied(row, count)
        if not row.points and row.veto_at is not None:
            self.fault(f"{path}.points", f"指标 {row.id} 是单项否决指标，没有分值，请改写 count。")
            return None
        points = self.read_points(item["points"], f"{path}.points")
        return None if points is None else Tallied(row, 1 if points else 0, points=points)

    def read_bonus(self) -> list[Bonus]:
        """加分, listed by hand."""
        bonus = []
        for path, item in self.rows("bonus", ("name", "points", "evidence_url")):
            points = self.read_points(item.get("points"), f"{path}.points" if "points" in item else path)
            if points is not None:
                bonus.append(Bonus(str(item.get("name", "")), float(points), str(item.get("evidence_url", ""))))
        return bonus

    def read_points(self, value: Any, path: str) -> Fraction | None:
        """A number of points, zero or more."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST_POINTS:
            self.fault(path, f"points 应为 0 到 {MOST_POINTS} 的数。")
            return None
        return exact(value)


def merge(items: Sequence[Tallied]) -> Tallied:
    """One row named several times: counts and points add up."""
    row = items[0].row
    count = sum(item.count for item in items)
    written = [item.points for item in items if item.points is not None]
    if not written:
        return Tallied(row, count)
    by_count = Tallied(row, sum(item.count for item in items if item.points is None))
    return Tallied(row, count, points=sum(written, by_count.raw))
