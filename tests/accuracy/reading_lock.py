"""Readings under lock: kept pages, and a hash over generated ones. `python -m tests.accuracy.reading_lock` renews both."""

import hashlib
import json
from pathlib import Path

from crawler.parsing import PARSER_VERSION, read_page
from inspection.look.saved_case import PAGE, renew
from storage.documents import to_document, to_text
from tests.accuracy.families.base import AS_OF
from tests.accuracy.pages import ROUNDS, pages

PAGES = Path(__file__).resolve().parents[1] / "pages"
LOCK = PAGES / "lock.json"


def cases() -> list[Path]:
    """The folders of kept pages."""
    return sorted(file.parent for file in PAGES.rglob(PAGE))


def readings_hash() -> str:
    """A hash over every field of the readings of two pages of every family."""
    told = hashlib.sha256()
    for page in pages(tuple(writer for row in ROUNDS for writer in row.writers), 2, "lock"):
        told.update(to_text(to_document(read_page(page.body, page.url, AS_OF, page.content_type))).encode())
    return told.hexdigest()


def lock() -> dict[str, object]:
    """What must not change without a new version of the parser."""
    kept = {str(case.relative_to(PAGES)): hashlib.sha256((case / "expected.json").read_bytes()).hexdigest()[:16] for case in cases()}  # fmt: skip
    return {"parser_version": PARSER_VERSION, "readings": readings_hash(), "cases": kept}


if __name__ == "__main__":
    for folder in cases():
        renew(folder)
    LOCK.write_text(json.dumps(lock(), indent=1) + "\n", encoding="utf-8")
