"""A whole period written by hand (YAML or JSON): typed figures, who is named, the office's texts. Strict.

A number stands in `figures` or nowhere: only remarks (praise, requirements, special actions) are free text.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

from domain.errors import ConfigError
from domain.figure_kinds import kind_of
from domain.figures import CITY, Figure
from domain.notices import Facts, Key, Named, Office, Remark
from domain.periods import Period, counted, period_named
from domain.times import BEIJING
from scorecards.facts_figures import FigureForm, is_count
from scorecards.facts_named import named_faults
from scorecards.figures import FigureRules
from scorecards.placed import load_placed

TOP = ("period", "family", "office", "figures", "named", "remarks", "lists", "partitions")
PERIOD = ("name", "from", "to", "cutoff", "nth")
NAMED = ("check", "unit", "target", "platform", "count", "veto")
REMARK = ("section", "title", "text")
REMARKS = ("sites.district", "sites.department", "sites", "accounts", "messages", "reports", "special", "requirements")
OFFICE = tuple(item.name for item in fields(Office))


def read_facts(
    path: Path, checks: Mapping[str, str], rules: FigureRules, base: Facts | None = None
) -> tuple[Facts, str]:
    """(facts, family) of a file; with `base` the file adds to it and may contradict none of its figures."""
    form = FactsForm(load_placed(path), rules=rules, checks=checks)
    facts = form.read(base)
    if form.problems:
        raise ConfigError(f"{path}：有 {len(form.problems)} 处错误，未生成通报。", tuple(form.problems))
    assert facts is not None, "without a period there is a fault"  # noqa: S101
    return facts, form.family


@dataclass
class FactsForm(FigureForm):
    """A whole facts file."""

    checks: Mapping[str, str] = field(kw_only=True)
    family: str = ""

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
        for place, sentence in named_faults(named, base):
            self.fault(place, sentence)
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
        if not is_count(nth):
            self.fault("period.nth", "应为本年第几次检查的次数，如 4。")
            return None
        moment = datetime.combine(cutoff, time(23, 59, 59), BEIJING) if cutoff else None
        try:
            return counted(period_named(str(row.get("name", "")), start, end, moment), nth)
        except ValueError as error:
            self.fault("period", f"{error}。")
            return None

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
            elif (
                not is_count(row.get("count", 1))
                or row.get("count") == 0
                or not isinstance(row.get("veto", False), bool)
            ):
                self.fault(path, "count 应为 1 以上的整数，veto 应为 true 或 false。")
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
