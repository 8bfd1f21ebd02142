"""Whether a page speaks like one that took over a domain: gambling, porn, a domain for sale. Words are in `data/`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

KINDS = {"gambling": "博彩", "porn": "色情"}  # what takes over a page of its own site
DATA = Path(__file__).resolve().parent / "data"
HEAD = 300  # characters of a page that say what it is
PARKED_TEXT = 1_500
_CHANCE = 2  # characters of a name that other words may hold
_SPACE = re.compile(r"[\s\u200b\ufeff·\-_|,，。.!！]+")


@dataclass(frozen=True, slots=True)
class Hits:
    """Distinct words of one kind found in a text, by weight."""

    brand: tuple[str, ...] = ()
    promo: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All of them, the telling ones first."""
        return self.brand + self.promo + self.topic


def strange_signals(title: str, text: str) -> tuple[str, ...]:
    """`parked`, `hijack:gambling`, `hijack:porn`, or nothing."""
    if _is_parked(title, text):
        return ("parked",)
    return tuple(f"hijack:{kind}" for kind in KINDS if strange_words(kind, title, text))


def strange_words(kind: str, title: str, text: str) -> tuple[str, ...]:
    """The words that give a page away as `kind`; empty for a page that is none, or that speaks of it lawfully."""
    head = text[:HEAD]
    in_head = hits(kind, f"{title}\n{head}")
    if not in_head.brand and len(in_head.promo) < 2:
        return ()
    in_title = hits(kind, title)
    if speaks_lawfully(title) or (speaks_lawfully(head, least=2) and not in_title.brand):
        return ()
    named = len(in_title.brand) + min(len(in_title.promo), len(in_title.topic))
    total = len(in_head.brand) + len(in_head.promo)
    given_away = (named >= 1 and total >= 2) or (bool(in_head.brand) and total >= 4)
    return in_head.words if given_away else ()


def named_words(kind: str, title: str, text: str) -> tuple[str, ...]:
    """The names such pages call themselves by, in a title that says nothing lawful, or two of them in the first text.

    Weaker than `strange_words`: enough to show a page of an official site to a person. Names of two characters are left
    out, as longer words hold them by chance (亚博会).
    """
    if speaks_lawfully(title):
        return ()
    in_title = tuple(word for word in hits(kind, title).brand if len(word) > _CHANCE)
    if in_title:
        return in_title
    head = text[:HEAD]
    in_head = tuple(word for word in hits(kind, head).brand if len(word) > _CHANCE)
    return in_head if len(in_head) >= 2 and not speaks_lawfully(head) else ()


def hits(kind: str, text: str) -> Hits:
    """The words of one kind in a text; spaces and separators between characters hide nothing."""
    plain = _plain(text)
    table = _words()[kind]
    return Hits(**{weight: tuple(word for word in words if word in plain) for weight, words in table.items()})


@lru_cache(maxsize=8)
def _plain(text: str) -> str:
    """A text is looked through once for every kind of words."""
    return _SPACE.sub("", text).lower()


def speaks_lawfully(text: str, least: int = 1) -> bool:
    """Whether a text is a rule, a warning or news of the police: `least` such words stand in it."""
    return sum(word in text for word in _lawful()) >= least


def _is_parked(title: str, text: str) -> bool:
    if len(text) >= PARKED_TEXT or speaks_lawfully(title):
        return False
    return bool(hits("parked", f"{title}\n{text[:HEAD]}").brand)


@cache
def _words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    table: dict[str, dict[str, list[str]]] = {}
    for line in (DATA / "strange_words.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, weight, word = line.split("\t")
            table.setdefault(kind, {}).setdefault(weight, []).append(_SPACE.sub("", word).lower())
    return {kind: {weight: tuple(words) for weight, words in rows.items()} for kind, rows in table.items()}


@cache
def _lawful() -> tuple[str, ...]:
    lines = (DATA / "lawful_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
