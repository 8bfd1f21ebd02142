"""What was collected of accounts, into the store and back as the view the account checks judge."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache, partial
from typing import Any

from domain.accounts import AccountView, Collected, CollectionStatus
from domain.captured import Link, Post
from domain.collection_documents import as_document, from_document
from domain.ports import Store
from domain.post_links import post_links
from domain.runs import Run
from domain.targets import Account, Registry
from domain.times import beijing_date
from domain.views import LinkTarget
from inspection.judging.gone_posts import gone_posts

HISTORY = timedelta(days=62)  # how far back kept posts take part in a judgement
WORDS = 20  # of a post without a title, to name it by
Document = Mapping[str, Any]
Linked = Mapping[str, tuple[Link, tuple[Post, ...]]]


def save_collected(store: Store, run: Run, items: Sequence[Collected]) -> None:
    """Add what sources or persons gave to a run; a source asked again replaces its earlier answer."""
    for id in dict.fromkeys(item.account_id for item in items):
        own = [item for item in items if item.account_id == id]
        kept = {item.source: item for item in (*collected_in(store, id, run), *own)}
        store.save_collection(run.id, id, as_document(kept.values()))
        store.save_posts(run.id, [post for item in own for post in item.posts])


def collected_in(store: Store, account_id: str, run: Run) -> tuple[Collected, ...]:
    """What the sources of an account gave in a run, posts without texts; empty when it was not collected."""
    return from_document(account_id, run.id, dict(store.collections(account_id, run.as_of)).get(run.id, {}))


def checked_by_hand(collected: Mapping[str, Sequence[Collected]]) -> dict[str, str]:
    """Account id -> the person, of the accounts that a person looked at."""
    return {
        id: item.by or "人工"
        for id, items in collected.items()
        for item in items
        if item.manual and item.status is not CollectionStatus.MANUAL_PENDING
    }


def source_lines(items: Sequence[Collected]) -> tuple[str, ...]:
    """What each source of an account gave, in the order they were asked, in Chinese."""
    return tuple(_source_line(item) for item in items)


def _source_line(item: Collected) -> str:
    parts = [item.status.label, item.message, f"内容 {len(item.posts)} 条" if item.posts and not item.manual else ""]
    if item.coverage.newest_seen:
        parts.append(f"最近 {beijing_date(item.coverage.newest_seen)}")
    return f"{item.label}：{'，'.join(filter(None, [*parts, item.by]))}"


def account_view(store: Store, account: Account, run: Run, registry: Registry | None = None) -> AccountView:
    """Everything known of one account as of a run; `registry` may hold the accounts of its unit only."""
    documents = store.collections(account.id, run.as_of)
    kept = cache(partial(_posts, store, account.id, run))
    own = from_document(account.id, run.id, dict(documents).get(run.id, {}))
    earlier = partial(_earlier, store, account.id, run, documents)
    gone = gone_posts(own, kept(), earlier) if own else {}
    read = frozenset(post.id for item in own for post in item.posts)
    linked = partial(_linked, account, run, kept, gone, read)
    return AccountView(
        account=account,
        as_of=run.as_of,
        run_id=run.id,
        collections=tuple(_with_texts(item, kept()) for item in own),
        posts=lambda: iter(kept().values()),
        registry=registry,
        earlier=earlier,
        gone=gone,
        links=partial(_links, store, account, run, linked),
        nights={item.id: beijing_date(item.as_of) for item in store.runs()} if linked() else {},
    )


def _linked(
    account: Account, run: Run, kept: Callable[[], Mapping[str, Post]], gone: Mapping[str, str], read: frozenset[str]
) -> dict[str, tuple[Link, tuple[Post, ...]]]:
    there = (post for post in kept().values() if post.id not in gone and post.id in read)
    return post_links(there, account.platform, run.as_of)


def _links(
    store: Store, account: Account, run: Run, linked: Callable[[], Linked], faulty: bool = True
) -> Iterator[LinkTarget]:
    """Where the recent posts that this run read lead, with what was tried in it; `faulty` ones only, or all of them."""
    found = linked()
    if not found:  # the store is asked only where there is something to ask
        return
    faults = store.faulty(account.id, run.as_of)
    tried = {url: attempts for url, attempts in faults if any(item.run_id == run.id for item in attempts)}
    for url, (link, posts) in sorted(found.items(), key=lambda item: item[0]):
        if url in tried or not faulty:
            addresses = tuple(dict.fromkeys(post.url or account.url for post in posts))
            yield LinkTarget(
                url, link.text, link.tag, False, False, tried.get(url, ()), partial(iter, addresses), owner=account.name,
                post=_first_words(posts[0]),
            )  # fmt: skip


def _first_words(post: Post) -> str:
    words = " ".join((post.title or post.text).split())
    return words if len(words) <= WORDS else f"{words[:WORDS]}…"


def _posts(store: Store, account_id: str, run: Run) -> Mapping[str, Post]:
    until = run.as_of + timedelta(days=1)
    return {post.id: post for post in store.posts(account_id, run.as_of - HISTORY, until)}


def _with_texts(item: Collected, kept: Mapping[str, Post]) -> Collected:
    posts = tuple(_with_text(post, kept[post.id]) if post.id in kept else post for post in item.posts)
    return replace(item, posts=posts)


def _with_text(post: Post, kept: Post) -> Post:
    return replace(post, title=kept.title, text=kept.text, links=kept.links, images=kept.images)


def _earlier(store: Store, account_id: str, run: Run, documents: Sequence[tuple[str, Document]]) -> Iterator[Collected]:
    """Collections of runs of earlier days, newest first."""
    moments = {item.id: item.as_of for item in store.runs()}
    for run_id, document in reversed(documents):
        if beijing_date(moments[run_id]) < beijing_date(run.as_of):
            for item in from_document(account_id, run_id, document):
                yield replace(item, as_of=moments[run_id])
