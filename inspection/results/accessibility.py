"""Accessibility of sites: which pages are looked at, what came of it, and the one figure. Never a finding or a score."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.browser.accessibility import Breach, PageLook, look_at_pages, rules
from domain.captured import PageKind
from domain.crawl_policy import CrawlPolicy
from domain.errors import NotJudged
from domain.ports import Store
from domain.targets import Site

SCHEMA = "xunjian.access/1"
TYPICAL = ((PageKind.COLUMN,), (PageKind.ARTICLE,), (PageKind.GUIDE, PageKind.INQUIRY))
ENTRIES = {
    "works": "有入口，打开后页面有变化",
    "unchanged": "有入口，打开后页面没有变化，需人工复核",
    "none": "首页没有找到入口",
    "": "未能判定",
}


@dataclass(frozen=True, slots=True)
class SiteLook:
    """A site and its looked-at pages, the home page first."""

    site: Site
    pages: tuple[PageLook, ...]

    @property
    def unknown(self) -> str:
        """Why the site cannot be judged, or empty: one page that could not be looked at is enough."""
        failed = next((f"{page.unknown}：{page.url}" for page in self.pages if page.unknown), "")
        return failed or ("" if self.pages[0].entry else "未能判定首页的无障碍入口")

    @property
    def passes(self) -> bool:
        """Whether no page breaks a rule and the entry works."""
        return not self.unknown and self.pages[0].entry == "works" and not any(page.violations for page in self.pages)


def look_at_sites(store: Store, sites: Iterable[Site], policy: CrawlPolicy, now: datetime) -> tuple[SiteLook, ...]:
    """Look at the sites one after the other. NotJudged when there is no browser."""
    looks = []
    for site in sites:
        pages = look_at_pages(typical_pages(store, site, now), policy)
        if not pages:
            raise NotJudged(
                "没有可用的浏览器，未能检查无障碍；请安装 Chromium，或在 rules.yaml 的 crawl.browser 中写明路径"
            )
        looks.append(SiteLook(site, pages))
    return tuple(looks)


def typical_pages(store: Store, site: Site, now: datetime) -> tuple[str, ...]:
    """The home page and up to three captured pages of different kinds that opened."""
    found = [site.home_url]
    for kinds in TYPICAL:
        pages = store.pages(site.id, now, kinds)
        url = next((page.url for page in pages if page.status == 200 and page.url not in found), "")
        found += [url] if url else []
    return tuple(found)


def as_document(looks: tuple[SiteLook, ...], now: datetime) -> dict[str, Any]:
    """The result as `xunjian.access/1`; sites that could not be judged count in `unknown`, never as passed."""
    judged = [each for each in looks if not each.unknown]
    return {
        "schema": SCHEMA,
        "at": now.isoformat(),
        "figure": {
            "sites": len(looks),
            "judged": len(judged),
            "passed": sum(each.passes for each in judged),
            "unknown": len(looks) - len(judged),
        },
        "sites": [_site(each) for each in looks],
    }


def _site(look: SiteLook) -> dict[str, Any]:
    return {
        "id": look.site.id,
        "name": look.site.name,
        "unknown": look.unknown,
        "passed": None if look.unknown else look.passes,
        "entry": look.pages[0].entry or None,
        "entry_said": ENTRIES[look.pages[0].entry],
        "pages": [
            {
                "url": page.url,
                "unknown": page.unknown,
                "requests": page.requests,
                "violations": [_breach(each) for each in page.violations],
                "needs_review": [_breach(each) for each in page.incomplete],
            }
            for page in look.pages
        ],
    }


def _breach(breach: Breach) -> dict[str, Any]:
    places = [{"selector": selector, "text": text} for selector, text in breach.places]
    return {"rule": breach.rule, **rules()[breach.rule], "count": breach.count, "places": places}


def as_lines(document: dict[str, Any]) -> str:
    """The same for a terminal."""
    figure = document["figure"]
    head = (
        f"检查网站 {figure['sites']} 个：能判定 {figure['judged']} 个，其中没有问题且入口有效 {figure['passed']} 个；"
    )
    lines = [f"{head}未能判定 {figure['unknown']} 个（不计入合格）"]
    for site in document["sites"]:
        lines.append(f"\n{site['name']}　{'未能判定：' + site['unknown'] if site['unknown'] else site['entry_said']}")
        for page in site["pages"]:
            lines.append(f"  {page['url']}" + (f"　{page['unknown']}" if page["unknown"] else ""))
            lines += [f"    {_said(each)}　改法：{each['fix']}" for each in page["violations"]]
            lines += [f"    需人工复核　{_said(each)}" for each in page["needs_review"]]
    return "\n".join(lines)


def _said(breach: dict[str, Any]) -> str:
    where = breach["places"][0]["selector"] if breach["places"] else ""
    return f"{breach['title']} {breach['count']} 处，如 {where}"
