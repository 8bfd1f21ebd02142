"""The wording and settings of notices: those that come along, and what an office writes over them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from domain.errors import ConfigError
from domain.figure_kinds import kind_of
from domain.figures import Mode, Printing

SHIPPED = Path(__file__).with_name("settings.yaml")
SLOT = re.compile(r"\{([^{}]*)\}")
_OPEN = {"printing", "problems", "families", "categories", "platforms"}  # the office may add keys here
_WORDS = {
    "basis", "when", "issuer", "inspection", "city", "month", "direction", "points", "parts", "units", "accounts", "targets",
    "name", "n", "rate", "grade", "some", "title", "due", "due_form",
}  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """Everything in settings.yaml, checked."""

    data: Mapping[str, Any]

    @cached_property
    def printing(self) -> dict[str, Printing]:
        """How rates are printed, by kind."""
        return {
            kind: Printing(Mode(how.get("mode", "half_up")), how.get("digits", 2), how.get("strip", True))
            for kind, how in self.data["printing"].items()
        }

    @property
    def bands(self) -> tuple[float, ...]:
        """Lower edges of the bands of scores."""
        return tuple(self.data["bands"])

    def phrase(self, key: str) -> str:
        """A sentence with its slots."""
        return str(self.data["phrases"][key])

    def grade(self, count: int) -> str:
        """个别, 部分, by how many it were."""
        rows = self.data["grades"]
        return str(next(row["word"] for row in rows if count <= row.get("most", count)))

    @property
    def many(self) -> str:
        """The word for more than a few."""
        return str(self.data["grades"][-1]["word"])

    def platform(self, name: str) -> str:
        """How an account of a platform is called after its name."""
        return str(self.data["platforms"].get(name, name))

    def category(self, check: str, *, is_site: bool) -> str:
        """Which section a kind of problem is named in."""
        if not is_site and check in self.data["categories"]["accounts"]["checks"]:
            return "accounts"
        return next((key for key, row in self.data["categories"].items() if check in row["checks"]), "other")

    def problem(self, check: str, side: str) -> str:
        """How a kind of problem of `site` or `account` is written."""
        own = self.data["problems"].get(check, {})
        return str(own.get(side) or self.data["problems"]["default"][side])

    def family(self, name: str) -> Mapping[str, Any]:
        """Which sections a notice has; ConfigError for a family nobody has described."""
        found = self.data["families"].get(name)
        if found is None:
            raise ConfigError(f"没有“{name}”这种通报；可选：{'、'.join(self.data['families'])}")
        return dict(found)


def load_settings(own: Path | None = None) -> Settings:
    """The shipped settings with the office's on top; ConfigError lists every fault with its place."""
    data = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    if own is not None:
        try:
            written = yaml.safe_load(own.read_text(encoding="utf-8-sig")) or {}
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            where = f"第{mark.line + 1}行 " if mark else ""
            raise ConfigError(f"{own}：{where}不是正确的 YAML，请检查缩进、冒号和引号。") from error
        problems: list[str] = []
        data = _merged(data, written, "", problems)
        if not problems:
            problems += _faults(data)
        if problems:
            raise ConfigError(f"{own}：有 {len(problems)} 处错误，未采用。", tuple(problems))
    return Settings(data)


def _merged(base: Any, own: Any, path: str, problems: list[str]) -> Any:
    if not isinstance(base, dict):
        if base is not None and own is not None and not isinstance(own, type(base)):
            problems.append(
                f"{path}：应与自带设置同一种类（{type(base).__name__}），请对照 reports/notice/settings.yaml。"
            )
        return own
    if not isinstance(own, dict):
        problems.append(f"{path or '文件'}：应为“键: 值”的形式。")
        return base
    merged = dict(base)
    for key, value in own.items():
        place = f"{path}.{key}".lstrip(".")
        if key in base:
            merged[key] = _merged(base[key], value, place, problems)
        elif path.split(".")[0] in _OPEN:
            merged[key] = value
        else:
            problems.append(f"{place}：不认识的键“{key}”。")
    return merged


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    for key, how in data["printing"].items():
        if (
            not isinstance(how, dict)
            or how.get("mode", "half_up") not in {*Mode}
            or how.get("digits", 2) not in range(5)
        ):
            yield f"printing.{key}：mode 应为 half_up 或 truncate，digits 应为 0 到 4。"
    rows = data["grades"]
    if not rows or not all(isinstance(row, dict) and "word" in row for row in rows) or "most" in rows[-1]:
        yield "grades：每行要有 word，最后一行不写 most。"
    if not all(isinstance(edge, int | float) for edge in data["bands"]):
        yield "bands：应为分数的列表，如 [90, 80, 60]。"
    texts = {f"phrases.{key}": text for key, text in data["phrases"].items()}
    for check, sides in data["problems"].items():
        texts |= {f"problems.{check}.{side}": text for side, text in sides.items()}
    for place, text in texts.items():
        for slot in SLOT.findall(str(text)):
            if slot not in _WORDS and kind_of(slot.removesuffix("%").partition("@")[0]) is None:
                yield f"{place}：不认识的写法 {{{slot}}}。"
        if re.search(r"[0-9０-９]", SLOT.sub("", str(text))):
            yield f"{place}：不能写死数字，请用 {{指标}}。"
    yield from _family_faults(data["families"])


def _family_faults(families: Mapping[str, Any]) -> Iterator[str]:
    for name, family in families.items():
        if not isinstance(family, dict) or not {"template", "title", "sections"} <= family.keys():
            yield f"families.{name}：要有 template、title、sections。"
        elif unknown := [key for key in _keys(family["sections"]) if key not in SECTIONS]:
            yield f"families.{name}：没有部分“{unknown[0]}”；可选：{'、'.join(SECTIONS)}。"


def _keys(sections: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for section in sections:
        if "key" in section:
            yield section["key"]
        yield from _keys(section.get("parts", ()))


SECTIONS = (
    "sites", "sites.district", "sites.department", "scores", "accounts", "platforms", "messages", "reports", "special", "ledger",
    "problems", "requirements",
)  # fmt: skip
