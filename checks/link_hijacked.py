"""link.hijacked (外链变质)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from checks.shared.link_evidence import KINDS, judged_links, link_finding
from domain.accounts import AccountView
from domain.findings import Place, Ref, Result, Severity, Unjudged
from domain.links import Fault, LinkState
from domain.views import SiteView

_NAMES = {
    "parked": ("parked", "域名待售或已停用"),
    "hijack:gambling": ("gambling", "博彩"),
    "hijack:porn": ("porn", "色情"),
}


@dataclass(frozen=True, slots=True)
class HijackedLinks:
    """Flag a link target that two looks found for sale, or serving gambling or porn. Always a candidate.

    The signals come from words in title and first text; texts that speak of such things lawfully carry none.
    """

    id: ClassVar[str] = "link.hijacked"
    version: ClassVar[int] = 3
    severity_in_accounts: ClassVar[Severity] = Severity.PROBLEM
    place: ClassVar[Place] = Place.LINK
    kinds: ClassVar[tuple[str, ...]] = KINDS
    sources_named: int = 5

    def __call__(self, view: SiteView | AccountView) -> Iterator[Result]:
        """Judge every target whose content spoke of something else."""
        for target, verdict in judged_links(view):
            if verdict.fault is not Fault.HIJACK:
                continue
            if verdict.state is LinkState.HIJACKED:
                found = link_finding(self.id, view, target, verdict, self.sources_named)
                level, seen = next((_NAMES[each] for each in verdict.signals if each in _NAMES), ("", "其他用途"))
                ref = replace(found.ref, capture=target.attempts[-1].head_hash)
                yield replace(found, ref=ref, facts={**found.facts, "turned_into": seen}, level=level, candidate=True)
            else:
                yield Unjudged(self.id, Ref(target.url, target.text), verdict.reason)
