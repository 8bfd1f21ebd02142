"""A filled reply form read back, Word or Excel; what is no such form, or would burst, is one sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from docx import Document

from domain.errors import UsageError
from domain.letters import Claim
from inspection.people.fill_in_sheets import KEY, read_filled, text_of
from inspection.people.office_packages import SPOILT, broken, demand_harmless
from reports.letters.forms import CLAIM, FILL, NEW_URL, REMARK, TITLE

MOST_FORM = 10_000_000
LONGEST_REMARK = 2000
_ADVICE = "请用下发的回执填写"
_KEY = re.compile(r"([0-9a-f]{12})-(\d{1,4})")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")


@dataclass(frozen=True, slots=True)
class FormRow:
    """One answered row: of which letter and item, and what the unit says."""

    code: str
    no: int
    claim: Claim
    new_url: str = ""
    remark: str = ""


def read_form(path: Path, data: bytes) -> tuple[tuple[FormRow, ...], tuple[str, ...]]:
    """(answered rows, problems); UsageError when the file is no reply form at all."""
    demand_harmless(path, data, _ADVICE)
    lines = _of_document(path, data) if path.suffix.lower() == ".docx" else _of_workbook(path)
    rows: dict[tuple[str, int], FormRow] = {}
    problems: list[str] = []
    for place, cells in lines:
        if not any(cells.get(name) for name in FILL):
            continue
        read = row_of(cells)
        if isinstance(read, str):
            problems.append(f"{place}：{read}")
        elif (read.code, read.no) in rows:
            problems.append(f"{place}：与前面的行是同一项，请只留一行")
        else:
            rows[read.code, read.no] = read
    return tuple(rows.values()), tuple(problems)


def row_of(cells: dict[str, str]) -> FormRow | str:
    """A filled row, or a sentence on what is wrong with it."""
    found = _KEY.fullmatch(cells.get(KEY, ""))
    if not found:
        return f"“{KEY}”被删改，不知道是哪一项，请从原回执复制"
    claim, new_url, remark = (cells.get(name, "") for name in (CLAIM, NEW_URL, REMARK))
    if claim not in {*Claim}:
        return f"整改情况“{claim}”不在可选范围内，请填：{'、'.join(Claim)}"
    if claim != Claim.MENDED and not remark:
        return f"填“{claim}”的须在“{REMARK}”中写明计划或理由"
    if new_url and not _ADDRESS.fullmatch(new_url):
        return f"整改后网址“{new_url[:60]}”不是网址"
    if len(remark) > LONGEST_REMARK:
        return f"“{REMARK}”超过 {LONGEST_REMARK} 字"
    return FormRow(found[1], int(found[2]), Claim(claim), new_url, remark)


def _of_workbook(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for number, cells in read_filled(path, TITLE, CLAIM, "xunjian letters issue"):
        yield f"第 {number} 行", {name: text_of(cell) for name, cell in cells.items()}


def _of_document(path: Path, data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        tables = [
            [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
            for table in Document(BytesIO(data)).tables
        ]
    except SPOILT as error:
        raise UsageError(broken(path, _ADVICE)) from error
    found = next((rows for rows in tables if rows and {CLAIM, KEY} <= {*rows[0]}), None)
    if found is None:
        raise UsageError(f"{path.name} 中没有回执表（“{CLAIM}”和“{KEY}”两列）；请用下发的回执填写")
    for number, row in enumerate(found[1:], 2):
        yield f"第 {number} 行", dict(zip(found[0], row, strict=False))
