"""The one item the spiders yield: captures with the bodies and addresses that belong to them."""

from dataclasses import dataclass

from domain.captured import Address, Capture


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one answer brought. Written in one transaction: addresses first, then captures."""

    captures: tuple[Capture, ...]
    body: bytes = b""
    addresses: tuple[Address, ...] = ()
