"""The figures of a facts file: typed, each with its kind and scope, and with the rate as somebody printed it."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from domain.figure_kinds import KINDS, kind_of
from domain.figures import CITY, Figure, Measure, Mode, counts_behind
from domain.notices import Key
from scorecards.figures import FigureRules
from scorecards.forms import Form

FIGURE = ("kind", "scope", "n", "of", "printed", "measure", "mode", "digits", "strip")
MOST = 100_000_000
_SCOPE = re.compile(r"全市|(level|group|platform|band|unit)/\S.*")
_PRINTED = re.compile(r"[+-]?\d{1,6}(\.\d{1,4})?")


@dataclass
class FigureForm(Form):
    """The part of a facts file that holds numbers."""

    rules: FigureRules = field(kw_only=True)

    def read_figures(self, known: Mapping[Key, Figure]) -> tuple[dict[Key, Figure], dict[Key, str]]:
        """(figures, rates as written) by kind and scope."""
        figures: dict[Key, Figure] = {}
        stated: dict[Key, str] = {}
        for path, row in self.rows("figures", FIGURE):
            figure = self.read_figure(row, path)
            if figure is None:
                continue
            if figure.key in figures:
                self.fault(path, f"{figure.kind}（{figure.scope}）写了两次，请只保留一个。")
            old = known.get(figure.key)
            if old is not None and (old.n, old.of) != (figure.n, figure.of if figure.of is not None else old.of):
                self.fault(
                    path, f"{figure.kind}（{figure.scope}）写的是 {figure.n}，程序统计为 {old.n}；请核对后删去这一行。"
                )
            figures[figure.key] = figure
            if row.get("printed") is not None:
                stated[figure.key] = str(row["printed"])
        return figures, stated

    def read_figure(self, row: Mapping[str, Any], path: str) -> Figure | None:
        """One typed figure; a rate of a whole may stand for the count it forces."""
        kind, scope = str(row.get("kind", "")), str(row.get("scope", CITY))
        if kind_of(kind) is None:
            near = difflib.get_close_matches(kind, list(KINDS), n=1)
            self.fault(
                f"{path}.kind" if "kind" in row else path,
                f"没有指标“{kind}”{f'，是否为 {near[0]}？' if near else '。'}",
            )
            return None
        if not _SCOPE.fullmatch(scope):
            self.fault(
                f"{path}.scope", f"“{scope}”不是范围；请写 全市、level/部门、group/区县、platform/微信 或 unit/单位。"
            )
            return None
        printed = row.get("printed")
        if printed is not None and not _PRINTED.fullmatch(str(printed)):
            self.fault(f"{path}.printed", f'“{printed}”不是百分比；请写 96 或 "99.70"（不写百分号）。')
            return None
        n, of = row.get("n"), row.get("of")
        signed = row.get("measure") in {"points", "relative"}
        for name, value in (("n", n), ("of", of)):
            if value is not None and not is_count(abs(value) if signed and _is_whole(value) else value):
                self.fault(f"{path}.{name}", f"应为 0 到 {MOST} 的整数。")
                return None
        return self.made_figure(row, path, Figure(kind, scope, source=(f"facts:{path}",)), n, of, printed)

    def made_figure(
        self, row: Mapping[str, Any], path: str, bare: Figure, n: int | None, of: int | None, printed: Any
    ) -> Figure | None:
        """With its numbers and the way it is printed."""
        how = self.rules.apply(bare)
        try:
            mode = Mode(row.get("mode", how.mode))
            measure = Measure(
                row.get("measure", "score" if bare.kind in {"scores.mean", "scores.max", "scores.min"} else "count")
            )
        except ValueError:
            self.fault(path, "mode 应为 half_up 或 truncate，measure 应为 count、score、points 或 relative。")
            return None
        digits, strip = row.get("digits", how.digits), row.get("strip", how.strip)
        if printed is not None:
            digits, strip = len(str(printed).partition(".")[2]), False
        if digits not in range(5) or not isinstance(strip, bool):
            self.fault(path, "digits 应为 0 到 4，strip 应为 true 或 false。")
            return None
        if n is None:
            n = self.forced(path, printed, of, mode)
            if n is None:
                return None
        try:
            return replace(bare, n=n, of=of, measure=measure, mode=mode, digits=digits, strip=strip)
        except ValueError as error:
            self.fault(path, f"{error}；请核对。")
            return None

    def forced(self, path: str, printed: Any, of: int | None, mode: Mode) -> int | None:
        """The only count that a rate of a whole can stand for."""
        if printed is None or not of:
            self.fault(path, "缺少 n（个数）；只知道百分比时请写 of 和 printed。")
            return None
        possible = counts_behind(str(printed), of, mode)
        if len(possible) != 1:
            which = f"可能是 {possible[0]} 到 {possible[-1]}" if possible else "没有任何个数能得出"
            self.fault(path, f"{of} 的 {printed}%，{which}，请写明 n。")
            return None
        return possible[0]


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_count(value: Any) -> bool:
    """A whole number that a count may be."""
    return _is_whole(value) and 0 <= value <= MOST
