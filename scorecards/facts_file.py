"""A whole period written by hand (YAML or JSON): typed figures, who is named, the office's texts. Strict.

A number stands in `figures` or nowhere: only remarks (praise, requirements, special actions) are free text.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from domain.errors import ConfigError
from domain.figure_kinds import KINDS, kind_of
from domain.figures import CITY, Figure, Measure, Mode, counts_behind
from domain.notices import Facts, Key, Named, Office, Remark
from domain.periods import Period, period_named
from domain.times import BEIJING
from scorecards.figures import FigureRules
from scorecards.placed import Placed, load_placed

TOP = ("period", "family", "office", "figures", "named", "remarks", "lists", "partitions")
PERIOD = ("name", "from", "to", "cutoff", "nth")
FIGURE = ("kind", "scope", "n", "of", "printed", "measure", "mode", "digits", "strip")
NAMED = ("check", "unit", "target", "platform", "count", "veto")
REMARK = ("section", "title", "text")
REMARKS = ("sites.district", "sites.department", "sites", "accounts", "messages", "reports", "special", "requirements")
OFFICE = tuple(item.name for item in fields(Office))
_SCOPE = re.compile(r"全市|(level|group|platform|band|unit)/\S.*")
_PRINTED = re.compile(r"[+-]?\d{1,6}(\.\d{1,4})?")
MOST = 100_000_000


def read_facts(
    path: Path, checks: Mapping[str, str], rules: FigureRules, base: Facts | None = None
) -> tuple[Facts, str]:
    """(facts, family) of a file; with `base` the file adds to it and may contradict none of its figures."""
    form = Form(load_placed(path), checks, rules)
    facts = form.read(base)
    if form.problems:
        raise ConfigError(f"{path}：有 {len(form.problems)} 处错误，未生成通报。", tuple(form.problems))
    assert facts is not None, "without a period there is a fault"  # noqa: S101
    return facts, form.family


@dataclass
class Form:
    """A facts file and every fault found in it."""

    document: Placed
    checks: Mapping[str, str]
    rules: FigureRules
    problems: list[str] = field(default_factory=list)
    family: str = ""

    def fault(self, path: str, text: str) -> None:
        """Note a fault with its place."""
        where = self.document.place(path)
        self.problems.append(f"{self.document.name}：{where}：{text}" if where else f"{self.document.name}：{text}")

    def read(self, base: Facts | None) -> Facts | None:
        """Everything in it; None without a period."""
        data = self.document.value
        if not self.is_mapping(data, "", TOP):
            return base
        self.family = self.text(data.get("family"), "family")
        period = self.read_period(data.get("period")) if base is None else base.period
        if base is not None and "period" in data:
            self.fault("period", "已用 --period 指明考核期，文件中不要再写 period。")
        figures, stated = self.read_figures(base.figures if base else {})
        remarks, named = tuple(self.read_remarks()), tuple(self.read_named())
        office = self.read_office(data.get("office"), base.office if base else Office())
        lists = dict(self.read_lists(figures))
        partitions = tuple(self.read_partitions())
        if period is None:
            if not self.problems:
                self.fault("period", "缺少考核期，请写明，如 period: 2023-04。")
            return base
        base = base or Facts(period, {})
        return replace(
            base, figures={**figures, **base.figures}, stated=stated, named=(*base.named, *named),
            remarks=(*base.remarks, *remarks), office=office, lists=lists, partitions=partitions,
        )  # fmt: skip

    def read_period(self, value: Any) -> Period | None:
        """`2023-04`, or a mapping with the days."""
        if value is None:
            return None
        row = value if isinstance(value, dict) else {"name": value}
        if not self.is_mapping(row, "period", PERIOD):
            return None
        start, end, cutoff = (self.day(row.get(key), f"period.{key}") for key in ("from", "to", "cutoff"))
        nth = row.get("nth", 0)
        if not _is_count(nth):
            self.fault("period.nth", "应为本年第几次检查的次数，如 4。")
            return None
        moment = datetime.combine(cutoff, time(23, 59, 59), BEIJING) if cutoff else None
        try:
            period = period_named(str(row.get("name", "")), start, end, moment)
        except ValueError as error:
            self.fault("period", f"{error}。")
            return None
        return replace(period, ordinal=nth or period.ordinal)

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
            if value is not None and not _is_count(abs(value) if signed and _is_whole(value) else value):
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

    def read_named(self) -> Iterator[Named]:
        """Who is named for what."""
        for path, row in self.rows("named", NAMED):
            check, unit = str(row.get("check", "")), self.text(row.get("unit"), f"{path}.unit")
            if check not in self.checks:
                near = difflib.get_close_matches(check, list(self.checks), n=1)
                self.fault(
                    f"{path}.check" if "check" in row else path,
                    f"没有检查项“{check}”{f'，是否为 {near[0]}？' if near else '。'}",
                )
            elif not unit:
                self.fault(path, "缺少 unit（单位）。")
            elif not _is_count(row.get("count", 1)) or not isinstance(row.get("veto", False), bool):
                self.fault(path, "count 应为整数，veto 应为 true 或 false。")
            else:
                target, platform = (self.text(row.get(key), f"{path}.{key}") for key in ("target", "platform"))
                if bool(target) != bool(platform):
                    self.fault(path, "账号须同时写 target（账号名称）和 platform（平台）；网站两项都不写。")
                yield Named(
                    check, unit, self.checks[check], target, platform, row.get("count", 1), row.get("veto", False), unit,
                    (f"facts:{path}",),
                )  # fmt: skip

    def read_remarks(self) -> Iterator[Remark]:
        """The office's own words."""
        for path, row in self.rows("remarks", REMARK):
            section, text = str(row.get("section", "")), self.text(row.get("text"), f"{path}.text")
            if section not in REMARKS:
                self.fault(f"{path}.section" if "section" in row else path, f"section 应为：{'、'.join(REMARKS)}。")
            elif not text:
                self.fault(path, "缺少 text（文字）。")
            else:
                yield Remark(section, text, self.text(row.get("title"), f"{path}.title"), f"facts:{path}")

    def read_office(self, value: Any, base: Office) -> Office:
        """Who writes, and until when."""
        if value is None or not self.is_mapping(value, "office", OFFICE):
            return base
        told: dict[str, Any] = {}
        for key, item in value.items():
            if key in {"issued", "due"}:
                told[key] = self.day(item, f"office.{key}")
            elif key in OFFICE:
                told[key] = self.text(item, f"office.{key}")
        office = replace(base, **told)
        if office.issued and office.due and office.due < office.issued:
            self.fault("office.due", f"整改期限 {office.due} 早于成文日期 {office.issued}；请改正。")
        return office

    def read_lists(self, figures: Mapping[Key, Figure]) -> Iterator[tuple[Key, tuple[str, ...]]]:
        """Names behind a figure."""
        for path, row in self.rows("lists", ("kind", "scope", "names")):
            key, names = (str(row.get("kind", "")), str(row.get("scope", CITY))), row.get("names")
            if key not in figures:
                self.fault(path, f"figures 中没有 {key[0]}（{key[1]}）。")
            elif not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
                self.fault(path, "names 应为名字的列表。")
            else:
                yield key, tuple(names)

    def read_partitions(self) -> Iterator[tuple[str, str]]:
        """Kinds whose parts by a dimension are complete."""
        for path, row in self.rows("partitions", ("kind", "by")):
            kind, dimension = str(row.get("kind", "")), str(row.get("by", ""))
            if kind_of(kind) is None or dimension not in {"level", "group", "platform", "band"}:
                self.fault(path, "kind 应为指标，by 应为 level、group、platform 或 band。")
            else:
                yield kind, dimension

    def rows(self, key: str, keys: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """(path, row) of a list of mappings."""
        value = self.document.value.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.fault(key, "应为列表，每项一行，以 - 开头。")
            return
        for number, row in enumerate(value, 1):
            path = f"{key}[{number}]"
            if self.is_mapping(row, path, keys):
                yield path, row

    def is_mapping(self, value: Any, path: str, keys: Sequence[str]) -> bool:
        """Whether it is one; unknown keys are faults."""
        if not isinstance(value, dict):
            self.fault(path, f"{'' if path else '文件内容'}应为“键: 值”的形式，可用的键：{'、'.join(keys)}。")
            return False
        for key in value:
            if key not in keys:
                self.fault(f"{path}.{key}".lstrip("."), f"不认识的键“{key}”，可用的键：{'、'.join(keys)}。")
        return True

    def text(self, value: Any, path: str) -> str:
        """A text, trimmed; empty where there is none."""
        if value is not None and not isinstance(value, str):
            self.fault(path, "应为文字；数字请加引号。")
            return ""
        return (value or "").strip()

    def day(self, value: Any, path: str) -> date | None:
        """A date."""
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fault(path, f"“{value}”不是日期，请写成 2023-05-04。")
            return None


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return _is_whole(value) and 0 <= value <= MOST
