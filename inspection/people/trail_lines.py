"""The audit trail as it is shown and handed on."""

import csv
import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
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
    text = "".join(trail_text(rows, as_csv=path.suffix.lower() == ".csv"))
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(path, error) from error
    return len(rows)


def trail_text(entries: Iterable[Entry], *, as_csv: bool) -> Iterator[str]:
    """The trail line by line, as it is handed on; a table begins with the mark that spreadsheets ask for."""
    if not as_csv:
        yield from map(_json, entries)
        return
    yield "\ufeff" + _row(HEADS)
    yield from (_row([safe(cell) for cell in trail_cells(entry)]) for entry in entries)


def _row(cells: Sequence[object]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _json(entry: Entry) -> str:
    row = {"number": entry.number, "previous": entry.previous, "text": entry.text, "hash": entry.hash}
    return json.dumps(row, ensure_ascii=False) + "\n"


def trail_cells(entry: Entry) -> tuple[str, ...]:
    """One entry, cell by cell as `HEADS` names them."""
    try:
        deed = Deed.read(entry.text)
    except ValueError:
        return (str(entry.number), "", "", "", "内容已损坏", entry.text, "", "", entry.hash)
    at = f"{deed.at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    return (str(entry.number), at, deed.by, deed.account, deed.act.label, deed.subject, deed.was, deed.now, entry.hash)


def _line(entry: Entry) -> str:
    number, at, by, account, act, subject, was, now, _ = trail_cells(entry)
    change = f"：{was} → {now}" if was and now else f"：{now or was}" if now or was else ""
    return f"{number}  {at}  {by}{f'（{account}）' if account else ''}  {act}  {subject}{change}"
