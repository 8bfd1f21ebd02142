"""An answer that held up its child process for good: the parent ends the child and starts it again without that address."""

import logging
from pathlib import Path

from crawler.clock import now
from crawler.watch import noted_in
from domain.accounts import Collected, CollectionStatus
from domain.captured import Attempt, SiteRun
from domain.collection_documents import as_document
from domain.links import CRASHED
from domain.ports import Store
from domain.runs import Run
from domain.targets import Source

UNREAD = "返回的内容使采集程序停滞，未能读取"
log = logging.getLogger(__name__)


def accuse(note: Path) -> str:
    """Keep what a child was reading when it was ended, for the child that follows it; returns the address."""
    noted = noted_in(note)
    note.replace(_culprit(note))
    return noted[2] if noted else ""


def leave_out_culprit(store: Store, run: Run, note: Path) -> None:
    """Before a child starts: what held up the one before it counts as asked, and as not read."""
    noted = noted_in(_culprit(note))
    _culprit(note).unlink(missing_ok=True)
    if noted is None:
        return
    _, target_id, url = noted
    log.error("%s: held up the process that read it, and is left out", ascii(url))
    registry = store.load_registry()
    if account := next((item for item in registry.accounts if item.id == target_id), None):
        source = next(iter(account.sources), Source("manual"))
        failed = Collected(account.id, source, CollectionStatus.PARSE_ERROR, message=UNREAD, run_id=run.id)
        store.save_collection(run.id, account.id, as_document((failed,)))
        store.write([SiteRun(run.id, account.id, "complete")])
        return
    owners = [target_id] if target_id else [site.id for site in registry.sites if url in _outside(store, run, site.id)]
    store.write([Attempt(run.id, owner, url, now(), error=CRASHED, look=look) for owner in owners for look in (1, 2)])


def _outside(store: Store, run: Run, site_id: str) -> frozenset[str]:
    return frozenset(store.outside_links(run.id, site_id))


def _culprit(note: Path) -> Path:
    return note.with_name(f"{note.name}.culprit")
