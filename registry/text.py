"""Cells as text: what spreadsheets do to words, numbers and dates, undone."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from domain.workbook_days import serial_moment, whole_day

CellValue = str | float | int | bool | date | datetime | time | timedelta | None

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028\u2029\u2060\ufeff\u00ad]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BETWEEN_WORDS = re.compile(r"(?<=[!-~])\s*\n\s*(?=[!-~])")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?(?:[ T]\d{1,2}:\d{2}.*)?")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+[eE]\+?|[eE]\+)\d+")
_FLOAT = re.compile(r"[+-]?\d+\.\d+")
# Excel's General format shows at most 11 digits; beyond that people see 1.2E+11 and the tail may be gone.
_LONGEST_SAFE_NUMBER = 10**11


class CellError(ValueError):
    """One cell cannot be used; the message is the Chinese half-sentence that follows the column's name."""


def clean(text: str) -> str:
    """One line without full-width spaces, line breaks or invisible characters; single inner spaces stay."""
    text = _BETWEEN_WORDS.sub(" ", _INVISIBLE.sub("", text))
    text = re.sub(r"[\u3000\n]", "", text.replace("\r", "").replace("\u00a0", " ").replace("\t", " "))
    return re.sub(r"\s+", " ", text).strip()


def clean_lines(text: str) -> tuple[str, ...]:
    """The non-empty lines of a cell that holds one thing a line (；separates as well)."""
    return tuple(line for line in (clean(part) for part in re.split(r"[\r\n；]+", text)) if line)


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """What two spellings of one name share: no spaces, one width, one case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", clean(text))).casefold()


def cell_text(value: CellValue) -> str:
    """A cell as a person reads it; whole numbers without `.0`, dates as ISO, TRUE as 是."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _LONGEST_SAFE_NUMBER else f"{value:.10G}"
    if isinstance(value, datetime):
        return whole_day(value).date().isoformat()
    return value if isinstance(value, str) else str(value)


def identifier(text: str) -> str:
    """An id kept as text; CellError when Excel has turned it into a number and may have lost digits."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", clean(text)))
    text = re.sub(r"^['‘’`](?=[\w=@-]{4})", "", text)  # Excel's own sign of a text
    if _SCIENTIFIC.fullmatch(text) or _FLOAT.fullmatch(text):
        raise CellError(f"“{text}”是被 Excel 改成数字的编号，原来的数位可能已丢失；请把该列设为“文本”格式后重新填写")
    return text


def day(text: str, *, month_alone: bool = False) -> date | None:
    """A date in the forms offices write (2023-04-20, 2023/4/20, 2023年4月20日, 20230420), None when blank."""
    text = key(text) if " " not in text else clean(text)
    if not text:
        return None
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    match = compact or _DATE.fullmatch(text)
    try:
        if match and (match[3] or month_alone):
            return date(int(match[1]), int(match[2]), int(match[3] or 1))
        if re.fullmatch(r"[2-6]\d{4}", text):  # Excel's serial day of an unformatted date cell
            return serial_moment(int(text)).date()
    except ValueError:
        pass
    raise CellError(f"“{text}”不是完整的日期；请写成 2023-04-20 的样子")


def yes_no(text: str, default: bool) -> bool:
    """是/否 and what people write instead; blank means the default."""
    word = key(text)
    if not word:
        return default
    if word in {"是", "有", "y", "yes", "true", "1", "√", "✓", "对"}:
        return True
    if word in {"否", "无", "没有", "不是", "n", "no", "false", "0", "×", "x"}:
        return False
    raise CellError(f"“{clean(text)}”看不懂；请写“是”或“否”")
