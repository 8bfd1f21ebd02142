"""Which items of an answer are the account's own: by its ids or name, by the page's own profile, else by one voice."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from domain.accounts import AccountFacts
from domain.captured import Post


@dataclass(frozen=True, slots=True)
class Draft:
    """One item and the ids and names of who published it; no authors: the list says nothing about them."""

    post: Post
    authors: tuple[str, ...] = ()


_MANY = 3  # items from which on the author of more than half of them owns a list that nothing else is known of


def own(
    drafts: Sequence[Draft], ids: frozenset[str], name: str, profile: AccountFacts | None = None
) -> tuple[list[Post], int]:
    """(posts of the account itself, number of foreign ones); without proof that a list is the account's, none is.

    `ids`, `name`: what the registry and the source know; `profile`: what the answer says of the account it belongs to.
    """
    if not any(draft.authors for draft in drafts):
        return [draft.post for draft in drafts], 0
    wanted = _owner([draft.authors for draft in drafts if draft.authors], ids, name, profile)
    kept = [draft.post for draft in drafts if wanted and (not draft.authors or not wanted.isdisjoint(draft.authors))]
    return kept, len(drafts) - len(kept)


def _owner(
    named: Sequence[tuple[str, ...]], ids: frozenset[str], name: str, profile: AccountFacts | None
) -> frozenset[str]:
    shown = frozenset().union(*named)
    if known := (ids & shown) or (frozenset([name]) & shown if name else frozenset()):
        return known
    if ids:
        return frozenset()
    if profile is not None and (words := {profile.platform_id, profile.name, profile.alias} - {""}):
        return frozenset(words & shown)
    return _one_voice(named, name)


def _one_voice(named: Sequence[tuple[str, ...]], name: str) -> frozenset[str]:
    """The author of every item, or of most where nobody says whose list it should be; strangers speak with many voices."""
    author, count = Counter(word for authors in named for word in dict.fromkeys(authors)).most_common(1)[0]
    most = not name and len(named) >= _MANY and count * 2 > len(named)
    return frozenset([author]) if count == len(named) or most else frozenset()
