"""The audit trail as it is shown and handed on."""

import csv
import json
from collections import deque
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from domain.errors import UsageError, unwritable
from domain.ports import Store
from domain.times import BEIJING
from domain.trail import Deed, Entry
from reports.spreadsheets import safe

HEADS = ("序号", "时间", "经办人", "系统账号", "事项", "对象", "原为", "现为", "校验值")


def trail_lines(store: Store, last: int, word: str = "") -> Iterator[str]:
    """The last entries, of all or of those that hold a word."""
    lines = (_line(entry) for entry in store.trail())
    yield from deque((line for line in lines if word in line), maxlen=last)


def write_trail(store: Store, path: Path) -> int:
    """Write the whole trail: .csv to be read, .jsonl to be verified elsewhere; returns how many entries."""
    if path.suffix.lower() not in {".csv", ".jsonl"}:
        raise UsageError(f"不能写成 {path.suffix or '没有扩展名的文件'}；请用 .csv 或 .jsonl")
    rows = list(store.trail())
    text = _csv(rows) if path.suffix.lower() == ".csv" else "".join(_json(entry) for entry in rows)
    try:
        path.write_text(text, encoding="utf-8-sig" if path.suffix.lower() == ".csv" else "utf-8")
    except OSError as error:
        raise unwritable(path, error) from error
    return len(rows)


def _csv(rows: list[Entry]) -> str:
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADS)
    writer.writerows([safe(cell) for cell in _cells(entry)] for entry in rows)
    return out.getvalue()


def _json(entry: Entry) -> str:
    row = {"number": entry.number, "previous": entry.previous, "text": entry.text, "hash": entry.hash}
    return json.dumps(row, ensure_ascii=False) + "\n"


def _cells(entry: Entry) -> tuple[str, ...]:
    try:
        deed = Deed.read(entry.text)
    except ValueError:
        return (str(entry.number), "", "", "", "内容已损坏", entry.text, "", "", entry.hash)
    at = f"{deed.at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    return (str(entry.number), at, deed.by, deed.account, deed.act.label, deed.subject, deed.was, deed.now, entry.hash)


def _line(entry: Entry) -> str:
    number, at, by, account, act, subject, was, now, _ = _cells(entry)
    change = f"：{was} → {now}" if was and now else f"：{now or was}" if now or was else ""
    return f"{number}  {at}  {by}{f'（{account}）' if account else ''}  {act}  {subject}{change}"
