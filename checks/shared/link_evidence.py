"""Findings about link targets: the facts and source pages that the `link.*` checks share."""

from collections.abc import Iterator
from itertools import islice

from domain.accounts import AccountView
from domain.captured import Detail
from domain.findings import Fact, Finding, Ref
from domain.links import LinkVerdict, classify
from domain.views import LinkTarget, SiteView

KINDS = ("inside", "outside")
TOPIC = "link.useless"  # a visitor finds nothing there, whatever words the answer has for it
_THINGS = {
    "img": "图片", "iframe": "内嵌页面", "frame": "内嵌页面", "script": "脚本文件", "css": "样式文件或其中的图片", "form": "表单",
    "meta": "自动跳转", "video": "视频", "audio": "音频", "embed": "嵌入内容", "source": "音视频",
}  # fmt: skip
_NAMELESS = {"link", "css", "script", "meta"}  # their text is a word for the browser
_TEMPLATE = {"nav": "导航", "footer": "页脚"}


def second_level(view: SiteView | AccountView) -> frozenset[str]:
    """Addresses that count as home page beside it: the second-level pages of a navigation-only home page."""
    if (
        isinstance(view, AccountView)
        or view.home is None
        or view.home.reading is None
        or view.home.reading.detail is not Detail.NAV_HOME
    ):
        return frozenset()
    return frozenset(column.url for column in view.columns() if column.level == 1)


def judged_links(view: SiteView | AccountView) -> Iterator[tuple[LinkTarget, LinkVerdict]]:
    """Every target with a failing attempt and what all attempts together mean."""
    for target in view.links(faulty=True):
        yield target, classify(target.attempts, None, view.nights)


def link_finding(
    check: str, view: SiteView | AccountView, target: LinkTarget, verdict: LinkVerdict, named: int
) -> Finding:
    """One finding a target, with all source pages or posts counted and the first ones named."""
    home_pages = second_level(view)
    first = tuple(islice(target.sources(), named))
    count, home = 0, target.home
    for source in target.sources():
        count += 1
        home = home or source in home_pages
    facts: dict[str, Fact] = {
        "text": "" if target.tag in _NAMELESS else target.text.strip(),
        "tag": target.tag,
        "what": _THINGS.get(target.tag, "链接"),
        "fault": verdict.reason.split("，", 1)[0],
        "status": verdict.status,
        "error": verdict.error,
        "looks": verdict.looks,
        "nights": verdict.nights,
        "since": verdict.since.isoformat(timespec="minutes") if verdict.since else None,
        "pages": count if count > 1 else None,
    }
    if target.owner:
        facts |= {"account": target.owner, "post": target.post}
    if target.place in _TEMPLATE:
        facts["place"] = _TEMPLATE[target.place]
    if last := next((hop for attempt in reversed(target.attempts) for hop in attempt.chain[-1:]), None):
        facts["final"] = last[1]
    if verdict.signals:
        facts["signals"] = ",".join(verdict.signals)
    ref = Ref(target.url, str(facts["text"]) or target.url)
    kind = "inside" if target.inside else "outside"
    return Finding(check, ref, _identity(target), facts, kind=kind, home=home, found_on=first, count=max(count, 1))


def _identity(target: LinkTarget) -> str:
    """In-site addresses by path and query, so that a preview on another port matches; outside ones in full."""
    if not target.inside:
        return target.url
    return "/" + target.url.partition("//")[2].partition("/")[2]
