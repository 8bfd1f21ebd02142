"""What a crawl brings, and what tidying the stored bodies did."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of an answer, their sha256 in hex (empty: nobody has computed it), and what they resemble.

    Bodies of one `like` are mostly the same bytes, as the pages of one kind of a site are; empty: like no other.
    """

    data: bytes
    sha256: str = ""
    like: str = ""


@dataclass(frozen=True, slots=True)
class Tidied:
    """What tidying did, or would: single files packed, packs rewritten or removed, bytes given back."""

    packed: int = 0
    rewritten: int = 0
    freed: int = 0


def likeness(site_id: str, kind: str | None, *, rendered: bool) -> str:
    """What a page of a site resembles: the site's pages of its kind; nothing where nobody could read it."""
    return f"{site_id} {kind}{' rendered' if rendered else ''}" if kind else ""
