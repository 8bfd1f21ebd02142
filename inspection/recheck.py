"""Judge a finished run again from its stored captures, without the network."""

from dataclasses import replace

from crawler.parsing import PARSER_VERSION, read_page
from domain.captured import Page
from domain.errors import UsageError
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run, RunKind
from inspection.run import Outcome, judge_run

BATCH = 200


def recheck_run(store: Store, run_id: str, rulebook: RuleBook, *, reparse: bool = False) -> Outcome:
    """The outcome of a run under a rule book; `reparse` first reads the stored bodies with today's parser."""
    run = store.run(run_id)
    if run is None:
        raise UsageError(f"没有批次 {run_id}；用 xunjian status 查看已有的批次")
    if reparse:
        for site_id in run.targets:
            reread(store, run, site_id)
    return judge_run(store, run, rulebook, published=run.kind is not RunKind.GATE)


def reread(store: Store, run: Run, site_id: str) -> None:
    """Read the bodies of one site's captures of a run again."""
    home = next((site.home_url for site in store.load_registry().sites if site.id == site_id), "")
    batch: list[Page] = []
    for page in store.pages(site_id, run.as_of, run_id=run.id):
        if page.reading is None or not page.body_hash:
            continue
        reading = read_page(
            store.body(page.body_hash),
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
