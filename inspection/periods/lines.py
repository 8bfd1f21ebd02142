"""A period on the terminal: how old its judgements are, ranks, verdicts and points."""

from collections.abc import Callable
from pathlib import Path

from domain.errors import UsageError
from domain.rules import RuleBook
from domain.targets import UnitKind
from domain.times import beijing_date
from inspection.periods.closing import Sums
from reports import words
from reports.period_workbook import write_period_workbook
from scorecards.comparisons import ranked


def age_lines(sums: Sums) -> list[str]:
    """How many of how many targets were judged in the period, and how old the judgements are."""
    lines = []
    for word, chosen in (
        ("网站", [item for item in sums.standings if item.is_site]),
        ("新媒体账号", [item for item in sums.standings if not item.is_site]),
    ):
        seen = [item for item in chosen if item.inspected and item.as_of]
        if not chosen:
            continue
        text = f"{word}登记 {len(chosen)} 个，本期有判定 {len(seen)} 个"
        if seen:
            days = [(beijing_date(sums.period.cutoff) - beijing_date(item.as_of)).days for item in seen if item.as_of]
            text += f"，判定距监测时间点 {min(days)} 至 {max(days)} 天"
        lines.append(text)
        for item in [item for item in chosen if not item.inspected][:10]:
            when = f"上次判定于 {beijing_date(item.as_of)}" if item.as_of else "从未判定"
            lines.append(f"  本期未检查：{item.name}（{when}）")
    return lines


def rank_lines(sums: Sums) -> list[str]:
    """Websites by score within each kind of unit, ties together."""
    found = [(group.value, ranked(sums.standings, group.value)) for group in UnitKind]
    return [
        f"{group}：" + "；".join(f"{rank.label} {'、'.join(rank.names)}" for rank in ranks)
        for group, ranks in found
        if len(ranks) > 1
    ]


def write_sums(sums: Sums, rulebook: RuleBook, path: Path) -> Path:
    """The workbook of a period."""
    scores = {item.name: words.points(item.score) for item in sums.standings if item.score is not None}
    ranks = [
        (group.value, rank.label, scores[rank.names[0]], "、".join(rank.names))
        for group in UnitKind
        for rank in ranked(sums.standings, group.value)
    ]
    return write_period_workbook(sums.period, sums.figures, sums.standings, ranks, titled(rulebook), path)


def titled(rulebook: RuleBook) -> Callable[[str], str]:
    """Checks by their Chinese titles."""
    return lambda check: rulebook.checks[check].title if check in rulebook.checks else check


def score_lines(sums: Sums, name: str = "") -> list[str]:
    """One line a target: verdict, score, what it lost points for; of one unit or target where a name is given."""
    lines = []
    for item in sums.standings:
        if name and name not in {item.target_id, item.name, item.unit, item.unit_id}:
            continue
        score = f"  {words.points(item.score)} 分" if item.score is not None else ""
        verdict = item.verdict.label if item.inspected else "本期未检查"
        lines.append(f"{verdict}  {item.name}{f'（{item.platform}）' if item.platform else ''}{score}")
        rows = [f"{row.indicator} {row.title} 单项否决" for row in item.vetoes]
        rows += [f"{row.indicator} {row.title} 扣 {words.points(row.points)} 分" for row in item.charges]
        lines += [f"    {row}" for row in rows]
        lines += [f"    已整改：{each.what}" for each in item.items if each.mended]
    if not lines:
        raise UsageError(f"{sums.period.label}里没有“{name}”；用 xunjian scorecard --period {sums.period.id} 查看全部")
    return lines
