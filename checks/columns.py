"""What kind of 栏目 a name means, by the regular expressions of rules.yaml; their order is the precedence."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from domain.rules import ColumnRule, RuleBook

_NOISE = re.compile(r"[\s\u200b\ufeff·•|【】\[\]「」『』《》<>»›→▪■◆●★☆:：…\.]+|(?:更多|more)$", re.IGNORECASE)


def classify(name: str, url: str, rulebook: RuleBook) -> ColumnRule | None:
    """The first rule whose names match `name`, else the first whose addresses match the path of `url`, else None."""
    plain = clean(name)
    for rule in rulebook.columns:
        if plain and rule.names and _pattern(rule.names).search(plain):
            return rule
    path = urlsplit(url).path if url else ""
    for rule in rulebook.columns:
        if path and rule.addresses and _pattern(rule.addresses).search(path):
            return rule
    return None


def clean(name: str) -> str:
    """A column's name without spaces, ornaments and 更多; full-width forms made plain."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name))


@lru_cache(maxsize=256)
def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
