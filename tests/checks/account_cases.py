"""Account views for case files, and what the two site checks on registration need beside a plain site view.

A collection names its `source` ("weibo 123"), a `status` (default ok), `posts` (a moment, or a mapping of a Post's fields
with `at`), and whether it is `complete` (default: only when ok).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from casebook import BUILDERS, Case, build_site_view, moment, shape, shape_link

from domain.accounts import AccountFacts, AccountView, Collected, CollectionStatus, Coverage, Evidence
from domain.captured import Post
from domain.targets import Account, Registry, Source
from domain.views import LinkTarget, SiteView


def build_account_view(case: Case) -> AccountView:
    data, as_of = case.data, case.as_of
    sources = [row["source"] for row in data.get("collections", []) if "source" in row]
    row = {
        "id": "a1",
        "name": "某市发布",
        "platform": "douyin",
        "url": "https://www.douyin.com/user/x",
        **data.get("account", {}),
    }
    account = shape({key: value for key, value in row.items() if key != "sources"}, Account)
    account = replace(account, sources=tuple(_source(text) for text in row.get("sources", sources)))
    history = tuple(_post(item, number) for number, item in enumerate(data.get("history", [])))
    earlier = tuple(_collected(item, moment(item["on"])) for item in data.get("earlier", []))
    registry = shape(data["registry"], Registry) if "registry" in data else None
    return AccountView(
        account=account,
        as_of=as_of,
        run_id="r1",
        collections=tuple(_collected(item, as_of) for item in data.get("collections", [])),
        posts=lambda: iter(history),
        registry=registry,
        earlier=lambda: iter(earlier),
        links=lambda faulty=True: (shape_link({"owner": account.name, **row}, as_of) for row in data.get("links", [])),
    )


def _source(text: str) -> Source:
    adapter, _, argument = text.partition(" ")
    return Source(adapter, argument)


def _collected(row: Mapping[str, Any], at: datetime) -> Collected:
    status = CollectionStatus(row.get("status", "ok"))
    whole = row.get("complete", status is CollectionStatus.OK)
    posts = tuple(_post(item, number) for number, item in enumerate(row.get("posts", [])))
    lows = [post.time_low for post in posts if post.time_low]
    spoken = moment(row["source_as_of"]) if "source_as_of" in row else at
    coverage = Coverage(min(lows, default=None), max(lows, default=None), whole, whole, spoken)
    return Collected(
        account_id="a1",
        source=_source(row.get("source", "json x")),
        status=status,
        facts=shape(row.get("facts", {}), AccountFacts),
        posts=posts,
        coverage=coverage,
        message=row.get("message", ""),
        skipped=row.get("skipped", {}),
        evidence=(Evidence("http://source.example", at, 200, "hash"),),
        run_id="r1",
        by=row.get("by", ""),
    )


def _post(item: Any, number: int) -> Post:
    row = dict(item) if isinstance(item, Mapping) else {"at": item}
    at = row.pop("at", None)
    if at:
        row = {"time_low": at, "time_high": at, "published_at": at, "time_source": "explicit", **row}
    return shape({"account_id": "a1", "id": f"p{number}", **row}, Post)


def build_registered_view(case: Case) -> SiteView | AccountView:
    """A site view with `registry` and `outside` (address -> text) where a case has them; an account's, where it names one."""
    if "account" in case.data:
        return build_account_view(case)
    view, data = build_site_view(case), case.data
    outside = data.get("outside", {})

    def links() -> Iterator[LinkTarget]:
        return (
            LinkTarget(url, *_text_and_tag(text), False, False, (), lambda: iter([view.site.home_url]))
            for url, text in outside.items()
        )

    registry = shape(data["registry"], Registry) if "registry" in data else None
    return replace(view, registry=registry, outside=links if "outside" in data else None)


def _text_and_tag(told: str | Mapping[str, str]) -> tuple[str, str]:
    """A link's text, or the words beside a code: `{qr: words}`."""
    return (told, "a") if isinstance(told, str) else (told["qr"], "qr")


BUILDERS["account"] = build_account_view
BUILDERS["site"] = build_registered_view
