"""Which addresses of a page belong to its site, and how urgent each is."""

from datetime import date, datetime

from crawler.parsing.html.addresses import scope_of
from crawler.sites.revisits import ARTICLE, ASSET, COLUMN, LATER_LIST, RECENT, REST
from crawler.sites.scope import discover, priorities
from domain.captured import Address, Entry, EntryList, Link, PageKind, Reading
from domain.crawl_policy import CrawlPolicy
from domain.times import BEIJING

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
SITE = "http://a.gov.cn"


def reading(kind: PageKind = PageKind.HOME, **fields: object) -> Reading:
    return Reading(kind, **fields)  # type: ignore[arg-type]


def ranks(page: Reading) -> dict[str, int]:
    return {url.removeprefix(SITE): rank for url, rank in priorities(page, AS_OF, CrawlPolicy()).items()}


def test_reasons_and_their_urgency() -> None:
    page = reading(
        nav=(("政务公开", SITE + "/nav/"),),
        trail=(("首页", SITE + "/trail/"),),
        lists=(
            EntryList(
                "工作动态",
                SITE + "/more/",
                (
                    Entry("新", SITE + "/new.html", date(2023, 4, 20)),
                    Entry("旧", SITE + "/old.html", date(2022, 4, 20)),
                    Entry("无", SITE + "/undated.html"),
                ),
            ),
        ),
        next_pages=(SITE + "/index_1.html",),
        links=(
            Link(SITE + "/other.html"),
            Link(SITE + "/frame.html", tag="iframe"),
            Link(SITE + "/a.png", tag="img"),
            Link(SITE + "/a.css", tag="link"),
        ),
    )
    assert ranks(page) == {
        "/nav/": COLUMN, "/trail/": COLUMN, "/more/": COLUMN, "/new.html": RECENT, "/old.html": ARTICLE,
        "/undated.html": ARTICLE, "/index_1.html": LATER_LIST, "/other.html": REST, "/frame.html": REST,
        "/a.png": ASSET, "/a.css": ASSET,
    }  # fmt: skip


def test_the_most_urgent_reason_wins() -> None:
    url = SITE + "/x/"
    page = reading(
        nav=(("栏目", url),),
        lists=(EntryList("x", "", (Entry("x", url, date(2023, 4, 20)),)),),
        links=(Link(url, tag="img"), Link(url)),
    )
    assert ranks(page) == {"/x/": COLUMN}


def test_navigation_counts_on_a_home_page_only() -> None:
    page = reading(PageKind.ARTICLE, nav=(("栏目", SITE + "/nav/"),), links=(Link(SITE + "/nav/"),))
    assert ranks(page) == {"/nav/": REST}


def test_the_thirtieth_day_is_recent() -> None:
    block = EntryList(
        "x", "", (Entry("a", SITE + "/in", date(2023, 3, 27)), Entry("b", SITE + "/out", date(2023, 3, 26)))
    )
    assert ranks(reading(lists=(block,))) == {"/in": RECENT, "/out": ARTICLE}


def test_only_the_sites_own_hosts_and_ports() -> None:
    urls = [
        "http://a.gov.cn/1", "https://a.gov.cn/2", "http://a.gov.cn:80/3", "http://a.gov.cn:8080/4",
        "http://www.a.gov.cn/5", "http://b.gov.cn/6", "mailto:x@a.gov.cn", "http://A.GOV.CN/7",
    ]  # fmt: skip
    page = reading(links=tuple(Link(url) for url in urls))
    home = Address("a", SITE + "/", depth=3)
    found = list(discover(home, page, {scope_of("http://a.gov.cn/")}, AS_OF, CrawlPolicy()))
    kept = {address.url.rpartition("/")[2] for address in found}
    assert {"1", "3"} <= kept
    assert not kept & {"4", "5", "6"}
    assert not any("mailto" in address.url for address in found)
    assert {address.depth for address in found} == {4}
    assert {address.site_id for address in found} == {"a"}


def test_the_frame_that_holds_a_columns_list_is_asked_like_the_column() -> None:
    page = reading(framed=SITE + "/f.html", links=(Link(SITE + "/f.html", tag="iframe"),))
    assert ranks(page) == {"/f.html": COLUMN}
    assert ranks(reading()) == {}
