"""Doubts that are names: of what is registered, of places, of a city's or a district's offices (市交通局, 本溪市)."""

import re
from collections.abc import Iterator

from domain.findings import Finding
from domain.targets import Registry
from inspection.people.lessons import spot_of

_LEVELS = "省市县区旗州镇乡村"
_OFFICE = re.compile(
    "(?:政府|人大|政协|纪委|监委|委|局|厅|办|院|直|属|级|本级|长|管|域|内|外|民|民政|"
    "[一-龥]{1,8}?(?:局|委|办|院|厅|中心|队|所|会|站|公司))"
)
_PLACE = re.compile("[一-龥]{1,3}(?:省|市|县|区|旗|州|镇|乡|村|街道|社区|水库|流域|大街|大道|路|河|江|湖)")
_SUFFIX = re.compile("(?:人民政府|市|县|区|镇|乡|街道办事处|街道)$")
_SHORTEST = 2


class Names:
    """The names of a registry and their short forms, to ask whether characters stand in one of them."""

    def __init__(self, registry: Registry) -> None:
        self.names = frozenset(name for name in _names(registry) if len(name) >= _SHORTEST)

    def hold(self, finding: Finding) -> bool:
        """Whether the doubtful characters of a finding are part of a name."""
        sentence, wrong, at = spot_of(finding)
        if at < 0:
            return False
        end = at + len(wrong)
        return self._registered(sentence, at, end) or _is_level(sentence, at, end) or _is_place(sentence, at, end)

    def _registered(self, sentence: str, start: int, end: int) -> bool:
        for name in self.names:
            place = sentence.find(name, max(0, end - len(name)))
            if 0 <= place <= start and end <= place + len(name):
                return True
        return False


def _names(registry: Registry) -> Iterator[str]:
    for unit in registry.units:
        yield from (unit.name, unit.short_name)
    yield from (site.name for site in registry.sites)
    yield from (account.name for account in registry.accounts)
    for place in {found[0] for unit in registry.units for found in re.finditer("^[一-龥]{2,4}?[市县区]", unit.name)}:
        yield from (place, _SUFFIX.sub("", place))


def _is_level(sentence: str, start: int, end: int) -> bool:
    """市, 县, 区 before an office or what belongs to it."""
    return end - start == 1 and sentence[start] in _LEVELS and bool(_OFFICE.match(sentence, end))


def _is_place(sentence: str, start: int, end: int) -> bool:
    """One character of a short name before 市, 县, 区, 街道 and the like."""
    if end - start != 1 or sentence[start] in _LEVELS:
        return False
    begin = max(0, start - 2)
    return any(
        (found := _PLACE.match(sentence, first)) is not None and first <= start and end < found.end()
        for first in range(begin, start + 1)
    )
