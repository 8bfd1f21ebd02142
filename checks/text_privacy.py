"""text.privacy (个人信息未遮盖)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from checks.text.hits import Hit
from checks.text.personal_details import DETAILS, check_details, find_details, hidden
from checks.text.privacy import KINDS, check_privacy
from checks.text.sheets import Piece, Sheet, Subject, as_finding, sheets, unreadable
from domain.findings import Fact, Finding, Place, Result

SHOWN = 3  # masked numbers named of a file


@dataclass(frozen=True, slots=True)
class PrivateData:
    """Flag ID numbers, and mobile numbers and bank cards in lists of persons; findings hold the masked value only.

    `key` keys the hash that tells two findings of one number apart from two numbers. `further` names kinds that a person
    has to confirm: address, born, passport, landline, hardship.
    """

    id: ClassVar[str] = "text.privacy"
    version: ClassVar[int] = 3
    place: ClassVar[Place] = Place.PAGE
    key: str = "xunjian"
    further: tuple[str, ...] = ()

    def __call__(self, subject: Subject) -> Iterator[Result]:
        """Judge the text of one page, or of the posts of one account."""
        if doubt := unreadable(self.id, subject):
            yield doubt
        for sheet in sheets(subject):
            found = list(self._of_sheet(sheet))
            yield from found if sheet.file is None else _by_kind(found)

    def _of_sheet(self, sheet: Sheet) -> Iterator[Finding]:
        texts, key = [item.text for item in sheet.pieces], self.key.encode()
        details = find_details(texts, self.further)
        for piece, hits in zip(sheet.pieces, check_privacy(hidden(texts, details), key), strict=True):
            yield from (_finding(sheet, piece, hit) for hit in hits)
        for number, hit in check_details(texts, details, key):
            yield replace(_finding(sheet, sheet.pieces[number], hit), candidate=True)


def _finding(sheet: Sheet, piece: Piece, hit: Hit) -> Finding:
    kind, _, digest = hit.layer.partition(":")
    facts: dict[str, Fact] = {"masked": hit.text, "digest": digest, "what": (KINDS | DETAILS)[kind], "layer": kind}
    return as_finding(sheet, piece, hit, facts)


def _by_kind(found: Sequence[Finding]) -> Iterator[Finding]:
    """A list of a thousand persons is one finding for each kind of number, counted, the first ones shown masked."""
    kinds: dict[object, list[Finding]] = {}
    for finding in found:
        kinds.setdefault(finding.facts["layer"], []).append(finding)
    for kind, group in kinds.items():
        first = group[0]
        masked = list(dict.fromkeys(str(item.facts["masked"]) for item in group))
        more = f"{'、'.join(masked[:SHOWN])}{'等' if len(masked) > SHOWN else ''}（共 {len(group)} 处）"
        facts = {**first.facts, "masked": more if len(group) > 1 else masked[0], "numbers": len(group)}
        yield replace(first, identity=f"{first.ref.url}|{kind}", facts=facts, count=len(group))
