"""Findings about link targets: the facts and source pages that the `link.*` checks share."""

from itertools import islice

from domain.findings import Fact, Finding, Ref
from domain.links import LinkVerdict
from domain.views import LinkTarget, SiteView

KINDS = ("inside", "outside")


def second_level(view: SiteView) -> frozenset[str]:
    """Addresses that count as home page beside it: the second-level pages of a navigation-only home page."""
    if view.home is None or view.home.reading is None or view.home.reading.detail != "nav_home":
        return frozenset()
    return frozenset(column.url for column in view.columns() if column.level == 1)


def link_finding(
    check: str, target: LinkTarget, verdict: LinkVerdict, home_pages: frozenset[str], named: int
) -> Finding:
    """One finding a target, with all source pages counted and the first ones named."""
    first = tuple(islice(target.sources(), named))
    count, home = 0, target.home
    for source in target.sources():
        count += 1
        home = home or source in home_pages
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
    if verdict.signals:
        facts["signals"] = ",".join(verdict.signals)
    ref = Ref(target.url, target.text.strip() or target.url)
    kind = "inside" if target.inside else "outside"
    return Finding(check, ref, target.url, facts, kind=kind, home=home, found_on=first, count=max(count, 1))
