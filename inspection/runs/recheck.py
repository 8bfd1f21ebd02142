"""Judge a finished run again from its stored captures, without the network."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from crawler.parsing import PARSER_VERSION, read_page
from crawler.platforms.replay import replayed
from crawler.platforms.values import Limits
from domain.accounts import Collected, CollectionStatus
from domain.captured import Detail, Page, PageKind, Post
from domain.errors import BodyLost, UsageError
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run, RunKind
from domain.targets import Account
from inspection.files.attachments import write_read
from inspection.files.reader import DocumentReader
from inspection.forgotten import demand_remembered
from inspection.judging.account_views import collected_in, save_collected
from inspection.judging.accounts import account_window
from inspection.judging.run import Outcome, judge_run

BATCH = 200
log = logging.getLogger(__name__)


def found_run(store: Store, run_id: str) -> Run:
    """A run by its id; UsageError when there is none."""
    run = store.run(run_id)
    if run is None:
        raise UsageError(f"没有批次 {run_id}；用 xunjian status 查看已有的批次")
    return run


def recheck_run(store: Store, run_id: str, rulebook: RuleBook, *, reparse: bool = False) -> Outcome:
    """The outcome of a run under a rule book; `reparse` first reads the stored bodies with today's parser."""
    run = found_run(store, run_id)
    demand_remembered(store, run.as_of, f"批次 {run_id} 不能重新判定；它的评分和问题仍可查看")
    if reparse:
        for site_id in run.targets:
            reread(store, run, site_id)
        reread_accounts(store, run, rulebook)
    return judge_run(store, run, rulebook, published=run.kind is not RunKind.GATE, by_archive=True)


def reread_accounts(store: Store, run: Run, rulebook: RuleBook) -> None:
    """Read the saved answers of the accounts of a run again; a post that is no longer read out of them is withdrawn."""
    limits = Limits(account_window(rulebook))
    for account in store.load_registry().accounts:
        if account.id not in run.targets:
            continue
        pairs = [(item, _replayed(store, account, item, run, limits)) for item in collected_in(store, account.id, run)]
        # What today's adapters cannot make out at all stays as it was read then.
        read = [
            (old, new)
            for old, new in pairs
            if new and (old.status.failed or new.status is not CollectionStatus.PARSE_ERROR)
        ]
        changed = [new for _, new in read]
        save_collected(store, run, changed)
        store.save_posts(run.id, _withdrawn([old for old, new in read], changed))


def _replayed(store: Store, account: Account, item: Collected, run: Run, limits: Limits) -> Collected | None:
    """An answer read again; None where there is none to read, or it is damaged."""
    try:
        return replayed(account, item, store.body, run.as_of, limits)
    except BodyLost as error:
        log.error("%s: %s", ascii(account.id), error)
        return None


def _withdrawn(old: Sequence[Collected], new: Sequence[Collected]) -> list[Post]:
    """Posts that an earlier reading made and today's does not: another author's, or what never was a post."""
    left = {post.id for item in new for post in item.posts}
    return [replace(post, deleted=True) for item in old for post in item.posts if post.id not in left]


def reread(store: Store, run: Run, site_id: str) -> None:
    """Read the bodies of one site's captures of a run again."""
    home = next((site.home_url for site in store.load_registry().sites if site.id == site_id), "")
    batch: list[Page] = []
    files: list[Page] = []
    for page in store.pages(site_id, run.as_of, run_id=run.id):
        if page.reading is None or not page.body_hash or page.reading.detail is Detail.STYLES:
            continue
        if page.reading.kind is PageKind.FILE:
            files.append(replace(page, reading=replace(page.reading, text="", places=())))
            continue
        try:
            body = store.body(page.body_hash)
        except BodyLost as error:
            log.error("%s: %s", ascii(page.url), error)  # its reading of then stands
            continue
        reading = read_page(
            body,
            page.url,
            run.as_of,
            page.content_type,
            home=home in {page.url, page.final_url},
            status=page.status,
        )
        batch.append(replace(page, reading=reading, parser_version=PARSER_VERSION, unchanged=False))
        if len(batch) >= BATCH:
            store.write(batch)
            batch = []
    store.write(batch)
    with DocumentReader() as reader:
        write_read(store, run, site_id, files, reader.read)
