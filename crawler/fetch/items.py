"""The one item the spiders yield: captures with the bodies and addresses that belong to them."""

from dataclasses import dataclass

from domain.bodies import Body, likeness
from domain.captured import Address, Capture, Page


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one answer brought. Written in one transaction: addresses first, then captures."""

    captures: tuple[Capture, ...]
    body: bytes = b""
    addresses: tuple[Address, ...] = ()

    @property
    def kept(self) -> Body:
        """The body as it is kept."""
        page = next((item for item in self.captures if isinstance(item, Page) and item.reading), None)
        like = likeness(page.site_id, page.reading.kind, rendered=page.rendered) if page and page.reading else ""
        return Body(self.body, self.body_hash, like)

    @property
    def body_hash(self) -> str:
        """The sha256 of the body where a page tells it; empty where nobody has computed it."""
        return next((item.body_hash for item in self.captures if isinstance(item, Page)), "")
