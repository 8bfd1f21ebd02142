"""Values the storage tests are made of."""

from datetime import UTC, date, datetime, timedelta

from domain.captured import Attempt, Dated, DateHow, Entry, EntryList, Link, Page, PageKind, Reading
from domain.runs import Run, RunKind

DAY = datetime(2023, 4, 26, 1, tzinfo=UTC)
SITE = "2101000001"
HOME = "http://www.example.gov.cn/"


def night(number: int) -> datetime:
    return DAY + timedelta(days=number)


def run(number: int = 0, **changes: object) -> Run:
    values = {"id": f"r{number}", "kind": RunKind.NIGHTLY, "as_of": night(number), "started_at": night(number)}
    return Run(**{**values, **changes})


def reading(title: str = "标题", kind: PageKind = PageKind.ARTICLE, links: tuple[Link, ...] = ()) -> Reading:
    entry = Entry("关于开展检查的通知", HOME + "1.html", date(2023, 4, 20), DateHow.LIST)
    return Reading(
        kind,
        title,
        "utf-8",
        text="第一段\n第二段",
        published=Dated(date(2023, 4, 20), DateHow.META),
        lists=(EntryList("通知公告", HOME, (entry,)),),
        links=links,
        meta={"PubDate": "2023-04-20"},
    )


def page(path: str = "", number: int = 0, **changes: object) -> Page:
    values = {
        "run_id": f"r{number}",
        "site_id": SITE,
        "url": HOME + path,
        "final_url": HOME + path,
        "status": 200,
        "fetched_at": night(number) + timedelta(minutes=1),
        "body_hash": f"hash of {path}",
        "content_type": "text/html",
        "parser_version": 1,
        "reading": reading(),
    }
    return Page(**{**values, **changes})


def attempt(url: str, number: int = 0, minute: int = 0, **changes: object) -> Attempt:
    values = {"run_id": f"r{number}", "site_id": SITE, "url": url, "at": night(number) + timedelta(minutes=minute)}
    return Attempt(**{**values, **changes})
