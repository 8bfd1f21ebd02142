"""The notice as it left the office: the signed file is kept, numbered, and compared with the draft."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

from docx import Document

from domain.errors import UsageError, ValueRefused
from domain.issued import IssuedNotice
from domain.periods import PeriodState
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.trail import Act
from inspection.acting import demand, note
from inspection.people.office_packages import SPOILT, broken, content_within, demand_harmless
from inspection.periods.closing import found_period
from inspection.periods.notices import Made
from reports.notice.model import GAP

FILES = {".docx", ".pdf"}
MOST_BYTES = 50_000_000
_SIGNS = {".docx": b"PK", ".pdf": b"%PDF"}
_ADVICE = "请用 Word 重新保存后再登记"
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")


def register_issued(store: Store, made: Made, path: Path, actor: Actor, at: datetime, reason: str = "") -> IssuedNotice:
    """Keep the file that was signed, as the next version of its period's notice.

    UsageError when the period is open, the file is no .docx or .pdf, or was kept before; a second one is a 更正, and it
    and numbers that the draft does not have need a reason.
    """
    demand(store, actor, Action.CLOSE_PERIOD)
    period = found_period(store, made.facts.period.id)
    if period.state is PeriodState.OPEN:
        raise UsageError(f"{period.label}尚未关闭，不能登记通报；请先运行 xunjian period close {period.id}")
    data = _content(path)
    digest = hashlib.sha256(data).hexdigest()
    kept = store.issued_notices(period.id)
    if any(item.sha256 == digest for item in kept):
        raise UsageError(f"{path.name} 已经登记过，没有重复登记")
    if kept and not reason.strip():
        raise UsageError(f"{period.label}已出具{kept[-1].label}；再次登记为更正，须写明理由（--reason）")
    texts = list(_texts(path, data)) if path.suffix.lower() == ".docx" else []
    if gaps := [gap for text in texts for gap in GAP.findall(text)]:
        raise UsageError(f"{path.name} 还有 {len(gaps)} 处没有填写：{'；'.join(dict.fromkeys(gaps))}；请填好再登记")
    added = tuple(added_numbers(texts, made))
    if added and not reason.strip():
        raise UsageError(f"{path.name} 有底稿中没有的数字：{'、'.join(added[:10])}；请核对，属实的用 --reason 写明来源")
    head = store.trail_head()
    item = IssuedNotice(
        period.id, len(kept) + 1, period.version, path.name, digest, len(data), actor.name, at, reason.strip(), added,
        head.number if head else 0, head.hash if head else "",
    )  # fmt: skip
    store.put_body(data, digest)
    _insert(store, item)
    told = f"{item.label}，{path.name}（{digest}）" + (f"，{item.reason}" if item.reason else "")
    note(store, actor, Act.NOTICE, period.id, at, now=told)
    return item


def _insert(store: Store, item: IssuedNotice) -> None:
    try:
        store.save_issued_notice(item)
    except ValueRefused as error:
        raise UsageError(f"{item.period} 的通报刚由他人登记；请查看后重试") from error


def _content(path: Path) -> bytes:
    suffix = path.suffix.lower()
    if suffix not in FILES:
        raise UsageError(f"{path.name} 不能登记为通报；请用 .docx 或 .pdf")
    data = content_within(path, MOST_BYTES)
    if not data.startswith(_SIGNS[suffix]):
        raise UsageError(f"{path.name} 的内容不是 {suffix} 文件；请核对")
    if suffix == ".docx":
        demand_harmless(path, data, _ADVICE)
    return data


def added_numbers(texts: Iterable[str], made: Made) -> Iterator[str]:
    """Numbers that the signed file has and the draft has not, in its order; those of dates and headings are left out."""
    known = Counter(_numbers(_texts_of(made)))
    seen: set[str] = set()
    for number in _numbers(texts):
        if number not in known and number not in seen:
            seen.add(number)
            yield number


def _numbers(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        plain = re.sub(
            r"\d{4}年|\d{1,2}月|\d{1,2}日|〔\d{4}〕\d+号|\d{4}-\d{2}-\d{2}|[（(]?\d{1,2}[)）]?[.．、]", "", text
        )
        yield from _NUMBER.findall(plain)


def _texts_of(made: Made) -> Iterator[str]:
    notice = made.notice
    yield from (sentence.text for _, sentence in notice.sentences())
    yield notice.title.text
    for table in notice.tables:
        for row in table.rows:
            yield from row


def _texts(path: Path, data: bytes) -> Iterator[str]:
    try:
        document = Document(BytesIO(data))
        yield from (paragraph.text for paragraph in document.paragraphs)
        for table in document.tables:
            for row in table.rows:
                yield from dict.fromkeys(cell.text for cell in row.cells)
    except SPOILT as error:
        raise UsageError(broken(path, _ADVICE)) from error
