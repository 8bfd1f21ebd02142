"""Names of bodies that exist no longer, in a text that is about to be published.

Never part of a nightly run: what was published under the old name was right on its day. A text that names a year since
the change is sure to be of today; another one is only suspected.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from checks.text import DATA
from checks.text.hits import Hit, Level, sentence_at
from domain.errors import ConfigError

CHECK = "text.misstatement"
_BEFORE = re.compile("(?:原|前|旧|曾|时任|历任|先后|当时)[一-龥、]{0,6}$|[《“〈][^》”〉]*$")
_AFTER = re.compile("^[^。！？]{0,16}(?:更名|改名|改称|撤销|合并|划入|并入|整合|不再保留|前身|挂牌前)")
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s?年")


@dataclass(frozen=True, slots=True)
class FormerName:
    """An old name, the body that does its work now, and since when."""

    pattern: re.Pattern[str]
    now: str
    since: date


@cache
def load_former_names(path: Path = DATA / "former_names.tsv") -> tuple[FormerName, ...]:
    """The shipped list; ConfigError names the first faulty line."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            old, now, since = line.split("\t")
            found.append(FormerName(re.compile(old), now, date.fromisoformat(since)))
        except (ValueError, re.error) as fault:
            raise ConfigError(f"词表 {path.name} 第 {number} 行有误，现为“{line}”。") from fault
    return tuple(found)


def check_former_names(paragraphs: Sequence[str]) -> list[list[Hit]]:
    """Bodies named as if they still existed, by paragraph."""
    years = [int(year) for text in paragraphs for year in _YEAR.findall(text)]
    return [list(_in(text, max(years, default=0))) for text in paragraphs]


def _in(text: str, year: int) -> Iterator[Hit]:
    for name in load_former_names():
        for found in name.pattern.finditer(text):
            start, end = found.span()
            if _BEFORE.search(text[max(0, start - 30) : start]) or _AFTER.match(text[end:]):
                continue
            level = Level.PROBABLE if year >= name.since.year else Level.SUSPECTED
            why = f"该机构 {name.since.year} 年起已撤销或更名"
            sentence = sentence_at(text, start, end)
            yield Hit(start, end, found[0], name.now, CHECK, "problem", 0.85, level, why, sentence)
