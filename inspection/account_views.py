"""What was collected of accounts, into the store and back as the view the account checks judge."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from domain.accounts import AccountView, Collected
from domain.captured import Post
from domain.runs import Run
from domain.targets import Account, Registry
from storage.documents import from_document, to_document

HISTORY = timedelta(days=62)  # how far back kept posts take part in a judgement


class AccountStore(Protocol):
    """What both stores offer for accounts."""

    def save_posts(self, run_id: str, posts: Sequence[Post]) -> None:
        """Insert or update posts."""
        ...

    def posts(self, account_id: str, since: datetime | None, until: datetime) -> Iterator[Post]:
        """Posts of an account in a stretch of time."""
        ...

    def save_collection(self, run_id: str, account_id: str, document: Mapping[str, Any]) -> None:
        """Keep how collecting went."""
        ...

    def collections(self, account_id: str, as_of: datetime) -> list[tuple[str, Mapping[str, Any]]]:
        """(run id, document), oldest first."""
        ...


def save_collected(store: AccountStore, run: Run, items: Sequence[Collected]) -> None:
    """Keep what the sources of accounts gave in a run; a source asked again replaces its earlier answer."""
    for id in dict.fromkeys(item.account_id for item in items):
        own = [item for item in items if item.account_id == id]
        kept = {item.source: item for item in (*_of_run(store, id, run), *own)}
        store.save_collection(run.id, id, {"items": [to_document(item) for item in kept.values()]})
        store.save_posts(run.id, [post for item in own for post in item.posts])


def account_view(store: AccountStore, account: Account, run: Run, registry: Registry | None = None) -> AccountView:
    """Everything known of one account as of a run."""
    return AccountView(
        account=account,
        as_of=run.as_of,
        run_id=run.id,
        collections=_of_run(store, account.id, run),
        posts=lambda: store.posts(account.id, run.as_of - HISTORY, run.as_of + timedelta(days=1)),
        registry=registry,
        earlier=lambda: _earlier(store, account.id, run),
    )


def _of_run(store: AccountStore, account_id: str, run: Run) -> tuple[Collected, ...]:
    return tuple(
        item for id, document in store.collections(account_id, run.as_of) if id == run.id for item in _items(document)
    )


def _earlier(store: AccountStore, account_id: str, run: Run) -> Iterator[Collected]:
    for id, document in reversed(store.collections(account_id, run.as_of)):
        if id != run.id:
            yield from _items(document)


def _items(document: Mapping[str, Any]) -> list[Collected]:
    return [from_document(Collected, item) for item in document.get("items", ())]
