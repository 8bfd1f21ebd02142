"""link.soft404 (链接打开后提示页面不存在)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.link_evidence import KINDS, TOPIC, judged_links, link_finding
from domain.accounts import AccountView
from domain.findings import Place, Ref, Result, Severity, Unjudged
from domain.links import Fault, LinkState
from domain.views import SiteView


@dataclass(frozen=True, slots=True)
class SoftMissing:
    """Flag a link target that answers 200 but is an error page: two looks agree on two signals.

    Signals: an error phrase in title or main text, a thin page, the host's answer to a random path, a redirect to the
    home page. One signal, or one look, is not judged. The home page is never accused.
    """

    id: ClassVar[str] = "link.soft404"
    version: ClassVar[int] = 3
    severity_in_accounts: ClassVar[Severity] = Severity.PROBLEM
    place: ClassVar[Place] = Place.LINK
    topic: ClassVar[str] = TOPIC
    kinds: ClassVar[tuple[str, ...]] = KINDS
    sources_named: int = 5

    def __call__(self, view: SiteView | AccountView) -> Iterator[Result]:
        """Judge every target that looked like an error page."""
        for target, verdict in judged_links(view):
            if isinstance(view, SiteView) and target.url.rstrip("/") == view.site.home_url.rstrip("/"):
                continue
            if verdict.state is LinkState.SOFT404:
                yield link_finding(self.id, view, target, verdict, self.sources_named)
            elif verdict.state is LinkState.SUSPECT and verdict.fault is Fault.SOFT:
                yield Unjudged(self.id, Ref(target.url, target.text), verdict.reason)
