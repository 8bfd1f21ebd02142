"""What kind of 栏目 a name means, by the regular expressions of rules.yaml; their order is the precedence."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from domain.rules import ColumnRule, RuleBook

_NOISE = re.compile(r"[\s\u200b\ufeff·•【】\[\]「」『』《》▪■◆●★☆:：…\.]+|(?:更多|more)$", re.IGNORECASE)
_PARTS = re.compile(r"[-_|—–→›»>/\\]+")
_OWNER = re.compile(
    r"(人民政府|政府|委员会|管委会|[^办]公室|[^公布答回]局|厅|法院|检察院|门户网站|政府网|信息网|网站|政务网)$"
)


def classify(name: str, url: str, rulebook: RuleBook) -> ColumnRule | None:
    """The first rule whose names match `name`, else the first whose addresses match the path of `url`, else None.

    A page title such as 通知公告-某市民政局 is read part by part without the owner's name; a topic in name or address wins.
    """
    named = [rule for part in _parts(name) if (rule := _first(part, rulebook, "names"))]
    path = urlsplit(url).path if url else ""
    placed = _first(path, rulebook, "addresses") if path else None
    archived = [rule for rule in (*named, placed) if rule and rule.archived]
    timed = [rule for rule in named if rule.deadline is not None]
    return next(iter((*archived, *timed, *named)), placed)


def clean(name: str) -> str:
    """A column's name without spaces, ornaments and 更多; full-width forms made plain."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name))


def _parts(name: str) -> list[str]:
    parts = [part for part in _PARTS.split(clean(name)) if part]
    return [part for part in parts if not _OWNER.search(part)] if len(parts) > 1 else parts


def _first(text: str, rulebook: RuleBook, key: str) -> ColumnRule | None:
    patterns = ((rule, getattr(rule, key)) for rule in rulebook.columns)
    return next((rule for rule, written in patterns if written and _pattern(written).search(text)), None)


@lru_cache(maxsize=256)
def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
