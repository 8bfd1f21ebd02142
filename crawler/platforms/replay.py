"""Saved answers of one source, read again by today's adapters: no network, no Scrapy."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from crawler.platforms.adapters import parse
from crawler.platforms.fold import fold
from crawler.platforms.values import Answer, Limits
from domain.accounts import Collected, Evidence
from domain.targets import Account

XHR = "xhr"  # an answer that a page asked for by itself; it stands before the page it belongs to
KEPT_HEADERS = ("content-type", "last-modified", "content-length")  # those that a reading depends on

Body = Callable[[str], bytes]


def replayed(account: Account, item: Collected, body: Body, as_of: datetime, limits: Limits) -> Collected | None:
    """What today's adapters make of the answers behind `item`; None where no answer was kept to read again.

    A person's entry is nobody's answer. How many pages were asked for stays as it was.
    """
    if item.manual or not any(answer.sha256 for answer in item.evidence):
        return None
    answers = [_answer(group, body, page) for page, group in enumerate(_groups(item.evidence), start=1)]
    results = [parse(account, item.source, answer, as_of, limits) for answer in answers]
    found = fold(account, item.source, results, item.evidence, item.run_id)
    return replace(found, by=item.by)


def _groups(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """One group an answer: what its page asked for, then the page itself."""
    if any(item.step for item in evidence):
        groups: list[list[Evidence]] = [[]]
        for item in evidence:
            groups[-1].append(item)
            if item.step != XHR:
                groups.append([])
        return [group for group in groups if group]
    # Kept before the steps were: what belongs together was fetched in one moment.
    return [list(group) for _, group in groupby(evidence, key=lambda item: item.fetched_at)]


def _answer(group: Sequence[Evidence], body: Body, page: int) -> Answer:
    *own, main = group
    return Answer(
        main.url,
        main.status,
        dict(main.headers),
        body(main.sha256) if main.sha256 else b"",
        main.fetched_at,
        tuple((item.url, body(item.sha256)) for item in own if item.sha256),
        main.step or "list",
        main.error,
        page,
    )
