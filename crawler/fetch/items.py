"""The one item the spiders yield: captures with the bodies and addresses that belong to them."""

from dataclasses import dataclass

from domain.captured import Address, Capture, Page


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one answer brought. Written in one transaction: addresses first, then captures."""

    captures: tuple[Capture, ...]
    body: bytes = b""
    addresses: tuple[Address, ...] = ()

    @property
    def body_hash(self) -> str:
        """The sha256 of the body where a page tells it; empty where nobody has computed it."""
        return next((item.body_hash for item in self.captures if isinstance(item, Page)), "")
