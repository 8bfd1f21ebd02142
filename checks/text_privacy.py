"""text.privacy (个人信息未遮盖)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.text.pages import Subject, as_finding, sheets, unreadable
from checks.text.privacy import KINDS, check_privacy
from domain.findings import Fact, Result


@dataclass(frozen=True, slots=True)
class PrivateData:
    """Flag ID numbers, and mobile numbers and bank cards in lists of persons; findings hold the masked value only.

    `key` keys the hash that tells two findings of one number apart from two numbers.
    """

    id: ClassVar[str] = "text.privacy"
    version: ClassVar[int] = 1
    key: str = "xunjian"

    def __call__(self, subject: Subject) -> Iterator[Result]:
        """Judge the text of one page, or of the posts of one account."""
        if doubt := unreadable(self.id, subject):
            yield doubt
            return
        for sheet in sheets(subject):
            numbers = check_privacy([item.text for item in sheet.pieces], self.key.encode())
            for piece, hits in zip(sheet.pieces, numbers, strict=True):
                for hit in hits:
                    kind, _, digest = hit.layer.partition(":")
                    facts: dict[str, Fact] = {"masked": hit.text, "digest": digest, "what": KINDS[kind], "layer": kind}
                    yield as_finding(sheet, piece, hit, facts)
