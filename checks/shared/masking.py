"""Numbers of persons leave the checks masked: whatever a check quotes, and for whatever reason, passes through here once.

Captures hold pages as they were published; nothing else that is stored holds a whole ID, mobile or card number.
"""

import re
from dataclasses import fields, replace
from typing import Any, cast

from checks.text.privacy import fold
from domain.findings import Doubt, Finding, Ref, Result, Unjudged

_LONG = re.compile(r"\d(?:[ \-]?\d){10}")
_PERSONAL = re.compile(
    r"(?<![\dA-Za-z*_/=.\-])(?:"
    r"(?P<id>[1-9]\d{5}[ -]?(?:19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[\dXx])"
    r"|(?P<mobile>(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4})"
    r"|(?P<card>6[02](?:[ -]?\d){14,17})"
    r")(?![\dA-Za-z*])"
)
_SHOWN = {"id": (6, 4), "mobile": (3, 4), "card": (4, 4)}  # digits at either end
_ADDRESS = re.compile(r"https?://[!-{}~]+")


def masked(result: Result) -> Result:
    """A result of a check without whole numbers of persons; addresses stay, else nobody could look."""
    if isinstance(result, Doubt):
        return Doubt(cast("Finding", masked(result.finding)))
    if isinstance(result, Unjudged):
        return replace(result, ref=_masked_ref(result.ref), reason=masked_text(result.reason))
    facts = {name: masked_text(value) if isinstance(value, str) else value for name, value in result.facts.items()}
    safe = replace(result, ref=_masked_ref(result.ref), facts=facts, identity=masked_text(result.identity))
    return result if _same(safe, result) else safe


def masked_text(text: str) -> str:
    """Text of the same length, the middle of each number of a person replaced by asterisks."""
    plain = fold(text)
    if not _LONG.search(plain):
        return text
    chars = list(text)
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    for found in _PERSONAL.finditer(plain):
        if any(start <= found.start() < end for start, end in addresses):
            continue
        head, tail = _SHOWN[str(found.lastgroup)]
        places = [place for place in range(found.start(), found.end()) if plain[place].isalnum()]
        for place in places[head:-tail]:
            chars[place] = "*"
    return "".join(chars)


def _masked_ref(ref: Ref) -> Ref:
    return replace(ref, label=masked_text(ref.label))


def _same(one: Any, other: Any) -> bool:
    return all(getattr(one, item.name) == getattr(other, item.name) for item in fields(one))
