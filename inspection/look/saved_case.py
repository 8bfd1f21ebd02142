"""A page kept as a case: its bytes, how it was asked for, and what the parser read; `look --save` writes it, a test reads it."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.errors import UsageError
from inspection.look.fetched import Document
from inspection.look.page import look

PAGE, META, EXPECTED = "page.html", "meta.json", "expected.json"


def save_case(folder: Path, document: Document, as_of: datetime) -> None:
    """Write a page and today's reading of it into a folder of its own; UsageError when one is there already."""
    if (folder / PAGE).exists():
        raise UsageError(f"{folder} 里已有一个案例；请换一个文件夹，或先删除它")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PAGE).write_bytes(document.body)
    meta = {
        "url": document.url,
        "as_of": as_of.isoformat(),
        "content_type": document.content_type,
        "status": document.status,
    }
    _write(folder / META, meta)
    _write(folder / EXPECTED, read_case(folder))


def read_case(folder: Path) -> dict[str, Any]:
    """What the parser reads in a kept page today, in the shape of `look --format json`."""
    meta = json.loads((folder / META).read_text(encoding="utf-8"))
    seen = look(
        meta["url"],
        as_of=datetime.fromisoformat(meta["as_of"]),
        body=(folder / PAGE).read_bytes(),
        content_type=meta["content_type"],
        status=meta["status"],
    )
    del seen["explain"]["rule"]  # how it was decided is no reading: rules may be split and renamed
    return seen


def expected_of(folder: Path) -> Any:
    """What somebody who looked at the page accepted as right."""
    return json.loads((folder / EXPECTED).read_text(encoding="utf-8"))


def renew(folder: Path) -> None:
    """Take today's reading as the right one."""
    _write(folder / EXPECTED, read_case(folder))


def _write(file: Path, value: dict[str, Any]) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
