"""Letters and slips."""

from datetime import datetime

from typing_extensions import TypedDict

from domain.letter_moves import ItemState, LetterState, PaperKind
from domain.letters import Claim, Letter, LetterItem
from inspection.desk.versions import version_of_letter


class ItemDocument(TypedDict):
    """One item of a letter: what it asks, what the unit said, what the office decided."""

    no: int
    fingerprint: str
    target: str
    what: str
    url: str
    state: ItemState
    claim: Claim | None
    new_url: str
    remark: str
    reported_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    reason: str


class ReplyDocument(TypedDict):
    """One thing the unit sent."""

    at: datetime
    by: str
    file: str
    sha256: str
    size: int
    is_form: bool
    late: bool


class LetterDocument(TypedDict):
    """One letter or slip; `version` is what a change has to name, and the beginning of its tag."""

    id: str
    name: str
    kind: PaperKind
    unit: str
    unit_id: str
    period: str
    state: LetterState
    drafted_by: str
    drafted_at: datetime
    due: datetime | None
    issued_by: str
    issued_at: datetime | None
    signed_by: str
    signed_at: datetime | None
    closed_at: datetime | None
    withdrawn: str
    items: list[ItemDocument]
    replies: list[ReplyDocument]
    version: str


def letter_document(letter: Letter) -> LetterDocument:
    """One letter or slip with its items."""
    return {
        "id": letter.id, "name": letter.name, "kind": letter.kind, "unit": letter.unit, "unit_id": letter.unit_id,
        "period": letter.period, "state": letter.state, "drafted_by": letter.drafted_by,
        "drafted_at": letter.drafted_at, "due": letter.due, "issued_by": letter.issued_by,
        "issued_at": letter.issued_at, "signed_by": letter.signed_by, "signed_at": letter.signed_at,
        "closed_at": letter.closed_at, "withdrawn": letter.withdrawn,
        "items": [_item(item) for item in letter.items],
        "replies": [
            {
                "at": each.at, "by": each.by, "file": each.file, "sha256": each.sha256, "size": each.size,
                "is_form": each.is_form, "late": each.late,
            }
            for each in letter.replies
        ],
        "version": version_of_letter(letter),
    }  # fmt: skip


def _item(item: LetterItem) -> ItemDocument:
    return {
        "no": item.no, "fingerprint": item.fingerprint, "target": item.target_id, "what": item.what, "url": item.url,
        "state": item.state, "claim": item.claim, "new_url": item.new_url, "remark": item.remark,
        "reported_at": item.reported_at, "decided_by": item.decided_by, "decided_at": item.decided_at,
        "reason": item.reason,
    }  # fmt: skip
