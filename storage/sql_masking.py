"""Taking numbers of persons out of the text that was read, when the bodies they stood in have gone."""

import json
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, delete, exists, insert, select, update

from storage.documents import masked_document, pack, to_text, unpack
from storage.mapping import key_of
from storage.sql_part import SqlPart
from storage.tables import post, reading, visit
from storage.upkeep_marks import newest

Masking = Callable[[str], str]


class SqlMasking(SqlPart):
    """A method of the `Upkeep` port."""

    def mask_texts(
        self, target_id: str, url: str, since: datetime, until: datetime, masking: Masking, *, dry_run: bool = False
    ) -> int:
        """Put masked text in the place of what was read at an address, or in a post."""
        here = visit.c.address_id == key_of(target_id, url)
        with self.db.read() if dry_run else self.db.write() as connection:
            last = connection.scalar(
                select(visit.c.reading_id)
                .where(here, visit.c.reading_id.is_not(None))
                .order_by(*newest(visit))
                .limit(1)
            )
            found = select(visit.c.reading_id).where(here, visit.c.as_of >= since, visit.c.as_of <= until).distinct()
            ids = {each for each in connection.scalars(found) if each is not None and each != last}
            changed = sum(_masked_reading(connection, each, masking, dry_run=dry_run) for each in sorted(ids))
            return changed + _masked_posts(connection, target_id, url, until, masking, dry_run=dry_run)


def _masked_reading(connection: Connection, number: int, masking: Masking, *, dry_run: bool) -> bool:
    row = connection.execute(select(reading).where(reading.c.id == number)).mappings().one()
    document, links = unpack(row["document"]), unpack(row["links"])
    safe, safe_links = masked_document(document, masking), masked_document(links, masking)
    if (safe, safe_links) == (document, links):
        return False
    if dry_run:
        return True
    fresh = dict(row) | {"title": masking(row["title"]), "document": pack(safe), "links": pack(safe_links)}
    fresh["id"] = key_of("masked", str(number))
    if connection.scalar(select(reading.c.id).where(reading.c.id == fresh["id"])) is None:
        connection.execute(insert(reading), [fresh])
    connection.execute(update(visit).where(visit.c.reading_id == number).values(reading_id=fresh["id"]))
    connection.execute(delete(reading).where(reading.c.id == number, ~exists().where(visit.c.reading_id == number)))
    return True


def _masked_posts(
    connection: Connection, account_id: str, url: str, until: datetime, masking: Masking, *, dry_run: bool
) -> int:
    changed = 0
    chosen = select(post.c.id, post.c.document).where(post.c.account_id == account_id, post.c.shown_at <= until)
    for key, text in connection.execute(chosen).all():
        document = json.loads(text)
        safe = masked_document(document, masking)
        if document.get("url") == url and safe != document:
            here = (post.c.account_id == account_id, post.c.id == key)
            if not dry_run:
                connection.execute(update(post).where(*here).values(document=to_text(safe)))
            changed += 1
    return changed
