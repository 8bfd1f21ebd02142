"""Letters and slips, and their numbers."""

import json
from collections.abc import Iterable

from sqlalchemy import select

from domain.letter_moves import PaperKind
from domain.letters import Letter
from storage.documents import from_document, to_document, to_text
from storage.mapping import Values
from storage.sql_part import SqlPart
from storage.tables import letter, series


class SqlLetters(SqlPart):
    """Methods of the `Letters` port."""

    def letters(self, kind: PaperKind | None = None) -> list[Letter]:
        """All of a kind, or of both, in the order they were drafted."""
        query = select(letter.c.document).order_by(letter.c.drafted_at, letter.c.position)
        with self.db.read() as connection:
            texts = connection.scalars(query.where(letter.c.kind == kind.value) if kind else query).all()
        return [from_document(Letter, json.loads(text)) for text in texts]

    def letter(self, letter_id: str) -> Letter | None:
        """One of them."""
        with self.db.read() as connection:
            text = connection.scalar(select(letter.c.document).where(letter.c.id == letter_id))
        return None if text is None else from_document(Letter, json.loads(text))

    def save_letters(self, items: Iterable[Letter]) -> None:
        """Insert or update, all or nothing; ValueRefused when a number is taken."""
        if rows := [_row(item) for item in items]:
            with self.db.write() as connection:
                connection.execute(self.db.replace(letter), rows)

    def next_number(self, name: str) -> int:
        """The next number of a series, from 1; it is never given again."""
        first = self.db.insert(series).values(name=name, last=1)
        following = first.on_conflict_do_update(index_elements=["name"], set_={"last": series.c.last + 1})
        with self.db.write() as connection:
            return int(connection.execute(following.returning(series.c.last)).scalar_one())


def _row(item: Letter) -> Values:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "official": f"{item.kind}/{item.year}/{item.number}" if item.number else None,
        "drafted_at": item.drafted_at,
        "position": int(item.id[1:]),
        "document": to_text(to_document(item)),
    }
