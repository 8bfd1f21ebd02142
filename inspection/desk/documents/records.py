"""What is counted by hand, what was done, and the questions that wait for a person."""

from collections.abc import Sequence
from datetime import date, datetime

from typing_extensions import TypedDict

from domain.ledger import LedgerRow, Matter
from inspection.desk.questions import Asked
from inspection.people.question_sheet import Question
from inspection.people.worksheet import WorksheetRow


class LedgerDocument(TypedDict):
    """One row; numbers nobody wrote are null, which is not zero."""

    key: str
    month: str
    unit_id: str
    matter: Matter
    count: int | None
    used: int | None
    true: int | None
    category: str
    note: str
    attachment: str
    by: str
    at: datetime | None


class DeedDocument(TypedDict):
    """One entry of the trail as it is shown; `hash` closes the chain up to it."""

    number: int
    at: str
    by: str
    account: str
    act: str
    subject: str
    was: str
    now: str
    hash: str


class QuestionDocument(TypedDict):
    """One question; `key` is what an answer names."""

    key: str
    check: str
    title: str
    reason: str
    url: str


class AccountQuestion(TypedDict):
    """A whole account that has to be looked at."""

    platform: str
    reason: str
    url: str
    last_known: date | None


class AskedDocument(TypedDict):
    """One target with its questions."""

    target: str
    name: str
    unit: str
    kind: str
    account: AccountQuestion | None
    questions: list[QuestionDocument]


def ledger_document(row: LedgerRow) -> LedgerDocument:
    """One row."""
    return {
        "key": row.key, "month": row.month, "unit_id": row.unit_id, "matter": row.matter, "count": row.count,
        "used": row.used, "true": row.true, "category": row.category, "note": row.note, "attachment": row.attachment,
        "by": row.by, "at": row.at,
    }  # fmt: skip


def deed_document(cells: Sequence[str]) -> DeedDocument:
    """One entry, of its cells."""
    number, at, by, account, act, subject, was, now, hash = cells
    return {
        "number": int(number), "at": at, "by": by, "account": account, "act": act, "subject": subject, "was": was,
        "now": now, "hash": hash,
    }  # fmt: skip


def asked_document(asked: Asked) -> AskedDocument:
    """One target."""
    return {
        "target": asked.target.id, "name": asked.target.name, "unit": asked.unit, "kind": asked.kind,
        "account": _account(asked.account) if asked.account else None,
        "questions": [_question(each) for each in asked.questions],
    }  # fmt: skip


def _account(row: WorksheetRow) -> AccountQuestion:
    return {
        "platform": row.platform, "reason": row.reason, "url": row.account.url, "last_known": row.last_known,
    }  # fmt: skip


def _question(item: Question) -> QuestionDocument:
    return {
        "key": item.key, "check": item.item.check, "title": item.title, "reason": item.item.reason,
        "url": item.item.ref.url,
    }  # fmt: skip
