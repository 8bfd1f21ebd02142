"""Notices that left the office. They are only ever inserted."""

import json

from sqlalchemy import select

from domain.errors import ValueRefused
from domain.issued import IssuedNotice
from storage.documents import from_document, to_document, to_text
from storage.memory_issued import KEPT
from storage.sql_part import SqlPart
from storage.tables import issued_notice


class SqlIssued(SqlPart):
    """Methods of the `Office` port for notices that left the office."""

    def issued_notices(self, period: str = "") -> list[IssuedNotice]:
        """What was issued for a period, or for all, by period and version."""
        query = select(issued_notice.c.document).order_by(issued_notice.c.period_id, issued_notice.c.version)
        with self.db.read() as connection:
            texts = connection.scalars(query.where(issued_notice.c.period_id == period) if period else query).all()
        return [from_document(IssuedNotice, json.loads(text)) for text in texts]

    def save_issued_notice(self, item: IssuedNotice) -> None:
        """Keep one for good; ValueRefused when this version of the period's notice was kept before."""
        key = {"period_id": item.period, "version": item.version}
        kept = select(issued_notice.c.version).filter_by(**key)
        with self.db.write() as connection:
            if connection.scalar(kept) is not None:
                raise ValueRefused(KEPT.format(period=item.period, version=item.version))
            connection.execute(issued_notice.insert(), [key | {"document": to_text(to_document(item))}])
