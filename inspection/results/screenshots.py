"""Evidence: a screenshot for every new finding that stands on a page, taken after the run, within a budget."""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checks.text.sheets import OFFERED
from crawler.browser.screenshots import Shot, take_pictures
from domain.captured import Page
from domain.crawl_policy import CrawlPolicy
from domain.errors import NotJudged, StoreError, UsageError
from domain.findings import Finding, FindingRecord, FindingState
from domain.ports import Store
from domain.runs import Run
from domain.times import BEIJING

BUDGET = 200
AT_ONCE_SECONDS = 120.0  # for the pictures of an audit or a gate, which somebody waits for
FOOT = ("mark.missing",)  # what should stand at the end of the page
NO_PICTURES = ("text.privacy",)  # the full value must not be shown


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of a run's new findings."""

    findings: int
    pictures: int
    marked: int


def collect_evidence(store: Store, run_id: str, budget: int = BUDGET, seconds: float = math.inf) -> Collected:
    """Take and keep the pictures of a run's new findings, within a number and a time. NotJudged when there is no browser."""
    run = store.run(run_id)
    if run is None:
        raise UsageError(f"没有批次 {run_id}；用 xunjian status 查看已有的批次")
    policy = CrawlPolicy.from_settings({**run.settings, "allow_private": run.allow_private})
    records = [r for r in store.findings(run_id=run_id) if r.state in {FindingState.NEW, FindingState.REOPENED}]
    shots = [shot for record in records[:budget] for shot in _shots(store, run, record)]
    taken = list(take_pictures(shots, policy, seconds))
    if shots and not taken:
        raise NotJudged("没有可用的浏览器，未能截图；请安装 Chromium，或在 rules.yaml 的 crawl.browser 中写明路径")
    for picture in taken:
        kept = {"picture": store.put_body(picture.png), "marked": picture.marked, "run": run_id}
        store.cache({_key(picture.key): json.dumps(kept)})
    return Collected(len(records), len(taken), sum(picture.marked for picture in taken))


def collect_at_once(store: Store, run_id: str) -> str:
    """The pictures of a run that has just ended; a sentence when there can be none, which fails nothing."""
    try:
        collect_evidence(store, run_id, seconds=AT_ONCE_SECONDS)
    except NotJudged as error:
        return str(error)
    return ""


def pictures_of(store: Store, records: Iterable[FindingRecord]) -> dict[str, str]:
    """Fingerprint -> hash of the picture, of findings that have one."""
    return pictures_by_fingerprint(store, (record.fingerprint for record in records))


def pictures_by_fingerprint(store: Store, fingerprints: Iterable[str]) -> dict[str, str]:
    """The same for findings of which only the fingerprint is known."""
    keys = {_key(each): each for each in fingerprints}
    return {keys[key]: json.loads(text)["picture"] for key, text in store.cached(tuple(keys)).items()}


def _key(fingerprint: str) -> str:
    return f"evidence|{fingerprint}"


def _shots(store: Store, run: Run, record: FindingRecord) -> Iterator[Shot]:
    """The page a finding stands on, in the capture that it speaks of."""
    finding = record.finding
    if finding.check in NO_PICTURES or finding.check.startswith("account."):
        return
    is_link = finding.check.startswith("link.") or finding.kind in OFFERED  # shown by the page that offers it
    url = (finding.found_on[0] if finding.found_on else "") if is_link else finding.ref.url
    page = store.page(record.target_id, url, run.as_of) if url else None
    if page is None:
        return
    capture = page.body_hash if is_link else finding.ref.capture or page.body_hash
    if not capture:
        return
    try:
        body = store.body(capture)
    except StoreError:
        return
    charset = page.reading.charset if page.reading else ""
    kind = f"text/html; charset={charset}" if charset else page.content_type
    address, words = (finding.ref.url, "") if is_link else _place(finding, page)
    words = str(finding.facts.get("wrong") or finding.facts.get("text") or words)
    listed = tuple(entry.url for entry in page.reading.entries) if page.reading and not is_link else ()
    yield Shot(
        record.fingerprint, page.url, body, kind, address, words, finding.check in FOOT, _caption(page, capture),
        str(finding.facts.get("sentence") or ""), listed,
    )  # fmt: skip


def _place(finding: Finding, page: Page) -> tuple[str, str]:
    """(address, words) of what proves a finding on its page: of a stale column its newest dated row."""
    newest = finding.facts.get("newest")
    if not newest or page.reading is None:
        return "", finding.ref.label
    entries = [entry for entry in page.reading.entries if str(entry.published_on) == newest]
    row = next((entry for entry in entries if not entry.pinned), next(iter(entries), None))
    return (row.url, row.title) if row else ("", str(newest))


def _caption(page: Page, capture: str) -> tuple[str, ...]:
    """Where, when, and which stored body: printed on the picture."""
    taken = page.fetched_at.astimezone(BEIJING)
    when = f"{taken:%Y-%m-%d %H:%M:%S}（北京时间）" if capture == page.body_hash else "见页面快照"
    return f"网址 {page.url}", f"采集 {when}  快照 {capture}"
