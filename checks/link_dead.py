"""link.dead (错链、断链)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from domain.findings import Fact, Finding, Ref, Result, Unjudged
from domain.links import Fault, LinkState, LinkVerdict, classify
from domain.views import LinkTarget, SiteView

_ELSEWHERE = {Fault.SOFT, Fault.HIJACK}  # link.soft404 and link.hijacked speak of these


@dataclass(frozen=True, slots=True)
class DeadLinks:
    """Flag a link target that certainly cannot be opened: 404 or 410 seen twice, or no answer in two looks on two nights.

    One finding a target, whatever number of pages points to it; the home page apart from other pages. What is only
    suspected, blocked by the other side or forbidden by its robots.txt is not judged.
    """

    id: ClassVar[str] = "link.dead"
    version: ClassVar[int] = 1
    kinds: ClassVar[tuple[str, ...]] = ("inside", "outside")
    sources_named: int = 5

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge every target with a failing attempt."""
        for target in view.links(faulty=True):
            verdict = classify(target.attempts, None, view.nights)
            if verdict.state is LinkState.DEAD:
                yield self._finding(target, verdict)
            elif verdict.state is not LinkState.OK and verdict.fault not in _ELSEWHERE:
                yield Unjudged(self.id, Ref(target.url, target.text), verdict.reason)

    def _finding(self, target: LinkTarget, verdict: LinkVerdict) -> Finding:
        pages = target.sources()
        named = tuple(islice(pages, self.sources_named))
        count = len(named) + sum(1 for _ in pages)
        facts: dict[str, Fact] = {
            "text": target.text.strip(),
            "tag": target.tag,
            "fault": verdict.reason.split("，", 1)[0],
            "status": verdict.status,
            "error": verdict.error,
            "looks": verdict.looks,
            "nights": verdict.nights,
            "since": verdict.since.isoformat(timespec="minutes") if verdict.since else None,
            "pages": count if count > 1 else None,
        }
        where = "inside" if target.inside else "outside"
        ref = Ref(target.url, target.text.strip() or target.url)
        return Finding(
            self.id, ref, target.url, facts, kind=where, home=target.home, found_on=named, count=max(count, 1)
        )
