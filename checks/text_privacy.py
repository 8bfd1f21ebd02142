"""text.privacy (个人信息未遮盖)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.text.pages import as_finding, pieces, unreadable
from checks.text.privacy import KINDS, check_privacy
from domain.captured import Page
from domain.findings import Result


@dataclass(frozen=True, slots=True)
class PrivateData:
    """Flag ID numbers, and mobile numbers and bank cards in lists of persons; findings hold the masked value only.

    `key` keys the hash that tells two findings of one number apart from two numbers.
    """

    id: ClassVar[str] = "text.privacy"
    version: ClassVar[int] = 1
    key: str = "xunjian"

    def __call__(self, page: Page) -> Iterator[Result]:
        """Judge the text of one page."""
        if doubt := unreadable(self.id, page):
            yield doubt
            return
        found = pieces(page)
        for piece, hits in zip(found, check_privacy([item.text for item in found], self.key.encode()), strict=True):
            for hit in hits:
                kind, _, digest = hit.layer.partition(":")
                yield as_finding(
                    page, piece, hit, {"masked": hit.text, "digest": digest, "what": KINDS[kind], "layer": kind}
                )
