"""Chinese and platform time texts as intervals: how early and how late a post can have been published."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

from domain.times import BEIJING


@dataclass(frozen=True, slots=True)
class When:
    """An interval of aware moments; `source` is explicit, relative, derived_id or import."""

    low: datetime
    high: datetime
    source: str = "explicit"
    zoned: bool = True  # False: the text named no zone
    likely: datetime | None = None  # the moment to show, where the interval only covers the doubt about the zone

    @property
    def exact(self) -> bool:
        """Whether both ends agree to the second."""
        return self.low == self.high


_MONTHS = {
    name: i + 1
    for i, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
}
_NOISE = re.compile(
    r"(发布|编辑|更新|发表|修改)(于|时间)?[:：]?|(时间|日期)[:：]|来自.*$|(?<!\s)\s*+IP属地.*+$|投稿了视频|发布了动态"
)
_AGO = re.compile(r"((?<!\d)\d{1,5}|半|一|两|几)\s*(秒|分钟|分|个小时|小时|天|日|周|星期|个月|月|年)(?:钟)?(?:以)?前")
_AGO_EN = re.compile(r"(?<!\d)(\d{1,5})\s*(sec|min|hour|day|week|month|year)\w{0,8}\s{1,9}ago", re.I)
_CLOCK = re.compile(
    r"(上午|下午|晚上|凌晨|早上|中午|傍晚)?\s{0,9}(\d{1,2})\s{0,9}[:：时点]\s{0,9}(\d{1,2})?\s{0,9}(?:[:：分]\s{0,9}(\d{1,2})(?:[.,]\d+)?)?\s{0,9}(AM|PM)?",
    re.I,
)
_NAMED_ZONES = {"Z": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "PST": -8, "PDT": -7, "JST": 9, "HKT": 8}
_ZONE = re.compile(
    rf"(?<=[\d\s])((?:GMT|UTC)\s*[+-]\d{{1,2}}(?::?\d{{2}})?|{'|'.join(_NAMED_ZONES)}|[+-]\d{{2}}:?\d{{2}}|\+\d{{2}}$)\b",
    re.I,
)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$")
_FULL = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*日?")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?$")
_SHORT = re.compile(r"(?<![\d:])(\d{1,2})\s*[-/月]\s*(\d{1,2})(?!\d)\s*日?")
_ENGLISH = re.compile(
    r"(?:(\d{1,2})\s{1,9}([A-Za-z]{3})[a-z]{0,9}\s{1,9}(\d{4}|\d{2}(?=\s{1,9}\d{1,2}:)))"
    r"|(?:([A-Za-z]{3})[a-z]{0,9}\s{1,9}(\d{1,2}),?\s{1,9}(?:(\d{4})\b|(?:.{0,40}\s)?(\d{4})$))"
)
_CHINESE_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s+(十[一二]?|[一二三四五六七八九])月\s+(\d{4})")
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])")
_DAYS = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}
_UNITS = {
    "秒": timedelta(seconds=1), "分": timedelta(minutes=1), "分钟": timedelta(minutes=1), "小时": timedelta(hours=1),
    "个小时": timedelta(hours=1), "天": timedelta(days=1), "日": timedelta(days=1), "周": timedelta(days=7),
    "星期": timedelta(days=7), "sec": timedelta(seconds=1), "min": timedelta(minutes=1), "hour": timedelta(hours=1),
    "day": timedelta(days=1), "week": timedelta(days=7),
}  # fmt: skip
_LONG_UNITS = {"个月": (28, 31), "月": (28, 31), "month": (28, 31), "年": (365, 366), "year": (365, 366)}
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def read_time(value: Any, now: datetime | None, zone: tzinfo = BEIJING) -> When | None:
    """Read a number (unix seconds or milliseconds) or a text against `now`; None when it is no time.

    Texts without a zone are read in `zone`. Without `now` relative texts are not read.
    """
    if isinstance(value, bool) or value is None:
        return None
    text = str(value).strip()
    if re.fullmatch(r"\d{9,17}(\.\d+)?", text) and not _COMPACT.match(text):
        return unix_time(float(text))
    if isinstance(value, int | float) or not text:
        return None
    compact = _COMPACT.match(text)
    if compact:
        return _compact(compact, zone)
    local = now.astimezone(zone) if now else None
    text = _NOISE.sub(" ", text).strip()
    return (_relative(text, local) if local else None) or _dated(text, local, zone)


_APART = timedelta(days=3)
_DRAFTED = timedelta(days=60)  # between the number of a draft and its publishing


def with_id(when: When | None, told: When | None) -> When | None:
    """A time that was read against now, set right by the one its id tells; the id alone where they do not go together."""
    if when is None or told is None:
        return when or told
    if when.source != "relative" or abs(when.low - told.low) <= _DRAFTED:
        return when
    for year in (told.low.year, told.low.year - 1, told.low.year + 1):
        moved = _in_year(when, year)
        if moved and abs(moved.low - told.low) <= _APART:
            return moved
    return told


def _in_year(when: When, year: int) -> When | None:
    try:
        low = when.low.replace(year=year)
    except ValueError:
        return None
    return When(low, low + (when.high - when.low), "explicit", when.zoned)


def unix_time(number: float) -> When | None:
    """Unix seconds, milliseconds or microseconds; None outside 2005..2100."""
    while number >= 1e11:
        number /= 1000
    if not 1.1e9 <= number < 4.1e9:
        return None
    moment = datetime.fromtimestamp(int(number), UTC)
    return When(moment, moment)


def _compact(match: re.Match[str], zone: tzinfo) -> When | None:
    year, month, day, hour, minute, second = (int(part) if part else None for part in match.groups())
    try:
        start = datetime(year or 0, month or 0, day or 0, hour or 0, minute or 0, second or 0, tzinfo=zone)
    except ValueError:
        return unix_time(float(match[0])) if match[0].isdigit() else None
    step = timedelta(0) if second is not None else timedelta(seconds=59) if minute is not None else _DAY_REST
    return When(start, start + step, zoned=False)


_DAY_REST = timedelta(days=1, seconds=-1)


def _relative(text: str, now: datetime) -> When | None:
    if "刚刚" in text or text.lower() == "just now":
        return When(now - timedelta(minutes=5), now, "relative")
    match = _AGO.search(text) or _AGO_EN.search(text)
    if match:
        return _ago(match[1], match[2].lower(), now)
    for word, back in _DAYS.items():
        if word in text:
            return _on_day(now.date() - timedelta(days=back), text, now.tzinfo, "relative")
    weekday = _WEEKDAY.search(text)
    if weekday and not re.search(r"\d{4}|月", text) and "上" not in text:
        back = (now.weekday() - ("一二三四五六日天".index(weekday[1]) % 7 if weekday[1] != "天" else 6)) % 7
        return _on_day(now.date() - timedelta(days=back), text, now.tzinfo, "relative")
    return None


def _ago(number: str, unit: str, now: datetime) -> When | None:
    if number == "几":
        return None
    count = {"半": 0.5, "一": 1.0, "两": 2.0}.get(number) or float(number)
    if unit in _LONG_UNITS:
        short, long = _LONG_UNITS[unit]
        return When(now - timedelta(days=long * (count + 1)), now - timedelta(days=short * count), "relative")
    step = _UNITS.get(unit)
    if step is None:
        return None
    return When(now - step * (count + 1), now - step * count, "relative")


def _dated(text: str, now: datetime | None, zone: tzinfo) -> When | None:
    if re.search(r"[〇零一二三四五六七八九十]年", text):
        text = _arabic(text)
    if now:
        text = re.sub("[今去前]年", lambda match: f"{now.year - '今去前'.index(match[0][0])}年", text)
    text = _CHINESE_MONTH.sub(lambda match: f"{match[3]}年{_arabic(match[2] + '月').strip()}{match[1]}日", text)
    full = _FULL.search(text)
    if full:
        return _on_day(_date(full[1], full[2], full[3]), text[full.end() :], zone, "explicit")
    english = _ENGLISH.search(_ZONE.sub(" ", text).strip())
    if english:
        day, month, year = english.group(1, 2, 3) if english[1] else (english[5], english[4], english[6] or english[7])
        year = f"20{year}" if len(year) == 2 else year
        number = _MONTHS.get(month.lower())
        return _on_day(_date(year, number, day), text, zone, "explicit") if number else None
    short = _SHORT.search(text)
    if short and now:
        day_of = _date(now.year, short[1], short[2])
        if day_of is None or day_of > now.date() + timedelta(days=1):
            day_of = _date(now.year - 1, short[1], short[2])
        return _on_day(day_of, text[short.end() :], zone, "relative")
    if now and _CLOCK.fullmatch(text):
        return _on_day(now.date(), text, zone, "relative")
    return None


def _arabic(text: str) -> str:
    text = re.sub(r"([二三])?十([一二三四五六七八九])?(?=[月日号])", lambda m: f"{m[1] or '一'}{m[2] or '〇'}", text)
    return text.translate(_DIGITS)


def _date(year: Any, month: Any, day: Any) -> date | None:
    try:
        return date(int(year), int(month), int(day)) if 1994 < int(year) < 2100 else None
    except ValueError:
        return None


def _on_day(day: date | None, rest: str, zone: tzinfo | None, source: str) -> When | None:
    if day is None:
        return None
    named = _ZONE.search(rest)
    zone = _zone(named[1]) if named else zone
    clock = _CLOCK.search(rest[: named.start()] + " " + rest[named.end() :] if named else rest)
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    if not clock or (clock[3] is None and not clock[1] and "时" not in clock[0] and "点" not in clock[0]):
        return When(midnight, midnight + _DAY_REST, source, bool(named))
    hour = _hour(int(clock[2]), (clock[1] or clock[5] or "").lower())
    minute, second = int(clock[3] or 0), clock[4]
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        return When(midnight, midnight + _DAY_REST, source, bool(named))
    start = midnight + timedelta(hours=hour, minutes=minute, seconds=int(second or 0))
    rest_of = timedelta(0) if second else timedelta(seconds=59) if clock[3] else timedelta(minutes=59, seconds=59)
    return When(start, start + rest_of, source, bool(named))


def _hour(hour: int, half: str) -> int:
    if half in {"下午", "晚上", "傍晚", "pm"} and hour < 12:
        return hour + 12
    if half == "中午" and hour < 5:
        return hour + 12
    return 0 if half in {"am", "凌晨"} and hour == 12 else hour


def _zone(text: str) -> tzinfo:
    offset = _OFFSET.search(text)
    if offset is None:
        return timezone(timedelta(hours=_NAMED_ZONES[text.upper()]))
    span = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(-span if offset[1] == "-" else span) if span < timedelta(hours=15) else UTC
