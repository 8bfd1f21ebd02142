"""Which targets outside the sites a run has to ask, and what is already known of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from crawler.parsing.html.addresses import scope_of
from domain.captured import Attempt
from domain.collection_documents import from_document
from domain.ports import Store
from domain.post_links import RECENT, post_links
from domain.runs import Run
from domain.targets import Account, Site


@dataclass(slots=True)
class Targets:
    """Targets with the sites that point to them; `faulty` ones had no good answer the last time."""

    owners: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    copied: list[Attempt] = field(default_factory=list)  # of targets that another site of the run has asked

    def add(self, url: str, site_id: str, *, faulty: bool = False) -> None:
        """One target of one site; what is no web address is nothing to ask."""
        if not url.startswith(("http://", "https://")):
            return
        known = self.owners.get(url, ())
        if site_id not in known:
            self.owners[url] = (*known, site_id)
        if faulty:
            self.faulty.add(url)

    def keep(self, urls: Collection[str]) -> None:
        """Leave out all but some targets."""
        self.owners = {url: owners for url, owners in self.owners.items() if url in urls}

    def by_host(self) -> dict[str, list[str]]:
        """The targets of each host."""
        hosts: dict[str, list[str]] = {}
        for url in self.owners:
            hosts.setdefault(scope_of(url), []).append(url)
        hosts.pop("", None)
        return hosts


def collect(store: Store, run: Run, sites: Sequence[Site], accounts: Sequence[Account] = ()) -> Targets:
    """Every outside target of the run once, of sites and of posts, and those that were faulty on an earlier night."""
    found = Targets()
    scopes = {scope_of(site.home_url): site.id for site in sites}
    for site in sites:
        for url in store.outside_links(run.id, site.id):
            found.add(url, site.id)
        for url, attempts in store.faulty(site.id, run.as_of):
            if attempts[-1].run_id != run.id and scope_of(url) != scope_of(site.home_url):
                found.add(url, site.id, faulty=True)
            elif attempts[-1].run_id == run.id and attempts[-1].look > 1:
                found.owners.pop(url, None)  # a resumed run has asked it to the end
    for account in accounts:
        _add_posts(store, run, account, found)
    _reuse(store, run, scopes, found)
    return found


def _add_posts(store: Store, run: Run, account: Account, found: Targets) -> None:
    """Where the recent posts of an account lead, those that this run collected."""
    collected = from_document(account.id, run.id, dict(store.collections(account.id, run.as_of)).get(run.id, {}))
    seen = {post.id for item in collected for post in item.posts}
    if not seen:
        return
    kept = store.posts(account.id, run.as_of - RECENT, run.as_of + timedelta(days=1))
    linked = post_links((post for post in kept if post.id in seen), account.platform, run.as_of)
    tried = dict(store.faulty(account.id, run.as_of)) if linked else {}
    for url in linked:
        attempts = tried.get(url, ())
        if attempts and attempts[-1].run_id == run.id and attempts[-1].look > 1:
            continue  # a resumed run has asked it to the end
        found.add(url, account.id, faulty=bool(attempts) and attempts[-1].run_id != run.id)


def _reuse(store: Store, run: Run, scopes: dict[str, str], found: Targets) -> None:
    """What one site of the run was asked for itself need not be asked again for another."""
    for url in [url for url in found.owners if scope_of(url) in scopes]:
        owner = scopes[scope_of(url)]
        tried = [item for item in store.attempts(owner, url, run.as_of) if item.run_id == run.id]
        page = store.page(owner, url, run.as_of)
        seen = page is not None and page.run_id == run.id and 200 <= page.status < 300
        if not tried and not (seen and url not in found.faulty):
            continue
        for site_id in found.owners.pop(url):
            found.copied.extend(replace(item, site_id=site_id) for item in tried)


def copies(attempt: Attempt, owners: Sequence[str]) -> Iterator[Attempt]:
    """The attempt as each site that points to the target keeps it."""
    for site_id in owners:
        yield replace(attempt, site_id=site_id)
