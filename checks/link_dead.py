"""link.dead (错链、断链)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from checks.shared.link_evidence import KINDS, TOPIC, judged_links, link_finding
from domain.accounts import AccountView
from domain.findings import Place, Ref, Result, Severity, Unjudged
from domain.links import Fault, LinkState
from domain.views import SiteView

_FILE = {"empty", "bad_type"}  # an attachment without a byte, or that is something else
_ELSEWHERE = {Fault.SOFT, Fault.HIJACK}  # link.soft404 and link.hijacked speak of these


@dataclass(frozen=True, slots=True)
class DeadLinks:
    """Flag a link target that certainly cannot be opened: 404 or 410 seen twice, or no answer in two looks on two nights.

    One finding a target, whatever number of pages points to it; the home page apart from other pages. What is only
    suspected, blocked by the other side or forbidden by its robots.txt is not judged. An attachment that twice came
    empty, or as something else than its name says, is a candidate: a person opens it before it counts.
    """

    id: ClassVar[str] = "link.dead"
    version: ClassVar[int] = 4
    severity_in_accounts: ClassVar[Severity] = Severity.PROBLEM
    place: ClassVar[Place] = Place.LINK
    topic: ClassVar[str] = TOPIC
    kinds: ClassVar[tuple[str, ...]] = KINDS
    sources_named: int = 5

    def __call__(self, view: SiteView | AccountView) -> Iterator[Result]:
        """Judge every target with a failing attempt."""
        for target, verdict in judged_links(view):
            if target.tag == "form" and verdict.status >= 500:
                yield Unjudged(self.id, Ref(target.url, target.text), "表单地址须带查询内容访问，不能据此判断是否可用")
            elif verdict.state is LinkState.DEAD:
                yield link_finding(self.id, view, target, verdict, self.sources_named)
            elif verdict.fault is Fault.ODD and verdict.looks > 1 and _FILE & set(verdict.signals):
                finding = link_finding(self.id, view, target, verdict, self.sources_named)
                yield replace(finding, candidate=True)
            elif verdict.state is not LinkState.OK and verdict.fault not in _ELSEWHERE:
                yield Unjudged(self.id, Ref(target.url, target.text), verdict.reason)
