"""Property: a place looked at tonight without a fault has no open finding, a fault looked at tonight is open.

Captures are written as a crawl would, so that hundreds of histories fit into a test.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.rules.rulebook import load_rules
from crawler.parsing import PARSER_VERSION, read_page
from domain.captured import Attempt, Page, SiteRun
from domain.findings import FindingState
from domain.runs import Run, RunKind, RunState
from domain.targets import Registry, Site
from domain.times import BEIJING
from inspection.judging.sites import judge_site
from storage.memory import MemoryStore

HOME = "http://a.example/"
DAY = datetime(2023, 4, 20, 22, 30, tzinfo=BEIJING)
ARTICLES = tuple(f"{HOME}xw/{number}.html" for number in range(4))
DEAD = f"{HOME}gone.html"
BOOK = load_rules()
WATCHED = {"text.typo", "link.dead"}


@dataclass(frozen=True)
class Night:
    """Which articles carry a typo, which the dead link; which were read; whether the home page was."""

    typos: frozenset[int]
    links: frozenset[int]
    read: frozenset[int]
    home: bool
    answers: bool  # the target of the link answers well


SOME = st.frozensets(st.integers(0, len(ARTICLES) - 1))
NIGHTS = st.lists(st.builds(Night, SOME, SOME, SOME, st.booleans(), st.booleans()), min_size=1, max_size=6)


def page(run: Run, url: str, html: str) -> Page:
    reading = read_page(html.encode(), url, run.as_of, "text/html; charset=utf-8", home=url == HOME, status=200)
    return Page(
        run.id,
        "s1",
        url,
        url,
        200,
        run.as_of,
        body_hash=str(hash(html)),
        reading=reading,
        parser_version=PARSER_VERSION,
    )


def article(number: int, night: Night) -> str:
    day = date(2023, 2, 1) + timedelta(days=number)
    text = "各部门要认真布署工作。" if number in night.typos else "各部门要认真部署工作。"
    link = f'<p><a href="{DEAD}">办事大厅</a></p>' if number in night.links else ""
    return (
        f'<html><head><meta charset="utf-8"><title>第{number}次会议</title></head><body><h1>第{number}次会议召开</h1>'
        f"<div>发布时间：{day}</div><div><p>{text * 6}</p>{link}</div></body></html>"
    )


def written(store: MemoryStore, run: Run, night: Night) -> None:
    """What a crawl of the night leaves in the store; the first one reads everything."""
    rows = "".join(
        f'<li><a href="{url}">第{n}次会议召开</a><span>2023-02-0{n + 1}</span></li>' for n, url in enumerate(ARTICLES)
    )
    if night.home:
        store.write([page(run, HOME, f"<html><head><title>某局</title></head><body><ul>{rows}</ul></body></html>")])
    store.write([page(run, ARTICLES[number], article(number, night)) for number in sorted(night.read)])
    status = 200 if night.answers else 404
    store.write(
        [Attempt(run.id, "s1", DEAD, run.as_of + timedelta(minutes=look), status=status, look=look) for look in (1, 2)]
    )
    store.write([SiteRun(run.id, "s1", "complete", len(night.read) + night.home)])


@settings(max_examples=60, deadline=None)
@given(nights=NIGHTS)
def test_what_was_looked_at_tonight_is_told_as_it_is(nights: list[Night]) -> None:
    store = MemoryStore()
    site = Site("s1", "某局", HOME)
    store.save_registry(Registry(sites=(site,)))
    everything = frozenset(range(len(ARTICLES)))
    for number, night in enumerate(nights):
        night = night if number else Night(night.typos, night.links, everything, True, night.answers)
        as_of = DAY + timedelta(days=number)
        run = Run(f"r{number}", RunKind.NIGHTLY, as_of, as_of, RunState.COMPLETE, targets=("s1",))
        store.save_run(run)
        written(store, run, night)
        judged = judge_site(store, site, run, BOOK)
        records = [record for record in judged.records if record.finding.check in WATCHED]
        opened = {(r.finding.check, r.finding.ref.url) for r in records if r.state.is_open}
        for read in night.read:
            assert (("text.typo", ARTICLES[read]) in opened) == (read in night.typos)
        linked = bool(night.links & night.read) and not night.answers
        if night.answers or (night.home and night.read == everything):
            assert (("link.dead", DEAD) in opened) == linked
        elif linked:
            assert ("link.dead", DEAD) in opened
        for record in records:
            looked = record.finding.ref.url in {ARTICLES[n] for n in night.read} or record.finding.check == "link.dead"
            assert looked or not record.state.is_open or record.unread is not None
            assert record.state is not FindingState.NEW or record.first_run != run.id or looked


def test_an_empty_night_changes_nothing() -> None:
    store, site = MemoryStore(), Site("s1", "某局", HOME)
    store.save_registry(Registry(sites=(site,)))
    first = Night(frozenset({1}), frozenset({2}), frozenset(range(4)), True, False)
    for number, night in enumerate([first, Night(frozenset(), frozenset(), frozenset(), False, False)]):
        as_of = DAY + timedelta(days=number)
        run = Run(f"r{number}", RunKind.NIGHTLY, as_of, as_of, RunState.COMPLETE, targets=("s1",))
        store.save_run(run)
        written(store, run, night)
        judged = judge_site(store, site, run, BOOK)
    opened = {r.finding.check for r in judged.records if r.state.is_open}
    assert opened >= WATCHED
    assert all(r.unread is not None for r in judged.records if r.state.is_open and r.finding.check in WATCHED)
