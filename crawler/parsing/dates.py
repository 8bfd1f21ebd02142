"""The one place that reads time: texts of pages and addresses to Beijing dates, or why not.

A `Stamp` without a value is something that looks like a date and cannot be read. Values are a `date`, or a naive Beijing
`datetime` when the text says a time of day. Years outside 1949 .. as_of + 20 are implausible and unreadable.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from crawler.parsing.date_patterns import EDGE, GUARDS, LABEL, LONG, LOOKS, MONTH_NAMES, WEEKDAY, WHOLE
from domain.times import BEIJING, beijing_date

FIRST_YEAR = 1949
YEARS_AHEAD = 20  # a slip of the pen in a future year is still a date


@dataclass(frozen=True, slots=True)
class Stamp:
    """One date in a text. `shape`: full, month_day, relative, split, compact, unreadable."""

    start: int
    end: int
    text: str
    value: date | datetime | None
    shape: str

    @property
    def day(self) -> date | None:
        """The calendar date."""
        return self.value.date() if isinstance(self.value, datetime) else self.value


_FOLD = {
    **{chr(0xFF10 + n): str(n) for n in range(10)},
    **dict.fromkeys("－—–‐‑−﹣", "-"),
    **dict.fromkeys("\u00a0\u3000\u2002\u2003\u2009\t\r\n", " "),
    "／": "/", "．": ".", "：": ":", "，": ",", "［": "[", "］": "]", "（": "(", "）": ")", "【": "[", "】": "]", "〔": "[", "〕": "]",
}  # fmt: skip
_FOLDED = re.compile("[" + "".join(map(re.escape, _FOLD)) + "]")
_DIGITS = {**{c: n for n, c in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0, "Ｏ": 0, "O": 0, "０": 0, "两": 2}
# what stands before a date that is no publish date; the words of the second half are also parts of offices' names
OTHER_EVENT = re.compile(
    r"(?:(?:今天是|今天|当前|现在|系统时间|答复|回复|办结|受理|来信|提问|留言|截止|截至|有效|浏览量|版权|copyright|©|生效|施行|实施|征集|失效|废止|起止|到期|页面生成|最后登录|建站|开通|始于|Since|出生|入职)[^,。\])|]{0,8}"
    r"|(?:办公|工作|会议|活动|报名|公示|开标|采购|统计|开放|评审|投标|递交|获取|开始|结束|上映|截屏|上班|施工|停水|停电|考试|培训|打印|访问)(?:的?(?:起止|截止|开始|结束)?(?:时间|日期|时段|期限?))?\s*+[:是为]?\s*+)$",
    re.I,
)


def fold(text: str) -> str:
    """Full-width digits, dashes, brackets and spaces to plain ones; the length stays the same."""
    for char in set(_FOLDED.findall(text)):  # few kinds in one text: five times cheaper than str.translate
        text = text.replace(char, _FOLD[char])
    return text


def is_plausible(day: date, as_of: datetime) -> bool:
    """Whether a year can stand on a government website at `as_of`."""
    return FIRST_YEAR <= day.year <= as_of.year + YEARS_AHEAD and (day.year, day.month, day.day) != (1970, 1, 1)


def search(text: str, as_of: datetime, *, short: bool = False) -> Iterator[Stamp]:
    """Every date in a text, from left to right; with `short` also dates without a year or with a year of two digits."""
    folded = fold(text)
    position = 0
    ahead = [(shape, match) for shape, pattern in _present(folded, short) if (match := pattern.search(folded))]
    while stamp := _first(ahead, as_of):
        yield stamp
        position = max(stamp.end, position + 1)
        ahead = [
            (shape, match)
            for shape, found in ahead
            if (match := found if found.start() >= position else found.re.search(folded, position))
        ]


def read(text: str, as_of: datetime) -> Stamp | None:
    """The date of a place that holds nothing but a date (brackets and a label aside).

    None: no date at all. A Stamp without value: something like a date that cannot be read.
    """
    bare = _bare(fold(text))
    if not bare or len(bare) > 60:
        return None
    for shape, patterns in WHOLE:
        if not GUARDS[shape].search(bare):
            continue
        for pattern in patterns:
            if match := pattern.fullmatch(bare):
                stamp = _stamp(match, shape, as_of)
                if stamp.value is None and shape == "split":
                    continue
                return stamp
    looks = LOOKS.search(fold(text))
    if looks and len(bare) - len(looks[0]) <= 8:
        return Stamp(0, len(bare), text.strip(), None, "unreadable")
    return None


def looks_like_date(text: str) -> bool:
    """Whether a text resembles a date, readable or not."""
    return bool(LOOKS.search(fold(text)))


_ADDRESS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[/_-][tc]?((?:19|20)\d\d)(\d\d)(\d\d)[_/.-]",
        r"/((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})(?=[/_-])",
        r"/((?:19|20)\d\d)[-/]?(\d\d)/(\d\d)(?=[/_-])",
        r"/((?:19|20)\d\d)/(\d\d)(\d\d)(?=[/_-])",
        r"/[PW]0((?:19|20)\d\d)(\d\d)(\d\d)\d{6,}",
        r"[/_-]((?:19|20)\d\d)(\d\d)(\d\d)\d{0,12}\.\w{3,5}$",
        r"[?&](?:date|d|day)=((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)",
    )
)


def from_address(url: str, as_of: datetime) -> date | None:
    """The day an address carries (t20230420_1.html, art/2023/4/20/); never one after `as_of`."""
    path = url.partition("://")[2].partition("/")[2]
    for pattern in _ADDRESS:
        for match in pattern.finditer("/" + path):
            day = _day(int(match[1]), int(match[2]), int(match[3]))
            if day and is_plausible(day, as_of) and day <= beijing_date(as_of) + timedelta(days=1):
                return day
    return None


def from_number(value: int | float, as_of: datetime) -> datetime | None:
    """A Unix time in seconds or milliseconds as Beijing time; None when implausible."""
    seconds = value / 1000 if value > 30_000_000_000 else value
    if not 631_152_000 <= seconds <= 7_000_000_000:
        return None
    moment = datetime.fromtimestamp(seconds, BEIJING).replace(tzinfo=None, microsecond=0)
    return moment if is_plausible(moment.date(), as_of) else None


def _bare(text: str) -> str:
    before = None
    while before != text:
        before = text
        text = EDGE.sub("", text)
        text = LABEL.sub("", text)
        text = WEEKDAY.sub("", text) if text[-1:] in "一二三四五六日天)" or text[:1] in "星周(" else text
    return text


def _present(text: str, short: bool) -> list[tuple[str, re.Pattern[str]]]:
    """The patterns that can match at all, told by a cheap look."""
    found: list[tuple[str, re.Pattern[str]]] = []
    for shape, patterns in WHOLE if short else LONG:
        guard = GUARDS[shape]
        if guard.search(text):
            found += [(shape, pattern) for pattern in patterns]
    return found


def _first(ahead: list[tuple[str, re.Match[str]]], as_of: datetime) -> Stamp | None:
    """The leftmost of the patterns' next matches that is a date."""
    best: Stamp | None = None
    for shape, match in ahead:
        if best is None or match.start() < best.start:
            stamp = _stamp(match, shape, as_of)
            if stamp.value is not None or shape == "full":
                best = stamp
    return best


def _stamp(match: re.Match[str], shape: str, as_of: datetime) -> Stamp:
    value = _READERS[shape](match, as_of)
    if value is not None and not is_plausible(value, as_of):
        value = None
    return Stamp(match.start(), match.end(), match[0].strip(), value, shape if value else "unreadable")


def _calendar(match: re.Match[str], as_of: datetime) -> date | datetime | None:
    groups = match.groupdict()
    month = int(groups["m"]) if groups.get("m") else _month(groups.get("name") or "")
    year, day = int(groups["y"]), int(groups["d"])
    if year < 100:
        year += 2000 if 2000 + year <= as_of.year + 1 else 1900
    if month > 12 >= day and match.start("m") < match.start("d") < match.start("y"):
        month, day = day, month  # 20/04/2023
    return _with_time(_day(year, month, day), groups)


def _month_day(match: re.Match[str], as_of: datetime) -> date | datetime | None:
    """The latest such day that is not in the future (tomorrow is allowed: clocks differ)."""
    groups = match.groupdict()
    month = int(groups["m"]) if groups.get("m") else _month(groups.get("name") or "")
    latest = beijing_date(as_of) + timedelta(days=1)
    for year in range(latest.year, latest.year - 9, -1):
        day = _day(year, month, int(groups["d"]))
        if day and day <= latest:
            return _with_time(day, groups)
    return None


def _chinese(match: re.Match[str], as_of: datetime) -> date | None:
    year = int("".join(str(_DIGITS[char]) for char in match["y"]))
    return _day(year, _small_number(match["m"]), _small_number(match["d"]))


def _relative(match: re.Match[str], as_of: datetime) -> date | datetime | None:
    groups, now = match.groupdict(), as_of.astimezone(BEIJING).replace(tzinfo=None)
    if word := groups.get("word"):
        if word in ("刚刚", "刚才"):
            return now
        back = {"今": 0, "昨": 1, "前": 2, "大": 3}[word[0]]
        return _with_time(now.date() - timedelta(days=back), groups)
    text = groups["n"]
    number = 0.5 if text == "半" else int(text) if text.isdecimal() else _small_number(text)
    unit = groups["unit"].lstrip("个")[0]
    if unit in "天日":
        return now.date() - timedelta(days=int(number))
    if unit in "周星":
        return now.date() - timedelta(weeks=int(number))
    step = {"秒": 1, "分": 60, "小": 3600}[unit]
    return now - timedelta(seconds=number * step)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_time(day: date | None, groups: dict[str, str | None]) -> date | datetime | None:
    if day is None or not groups.get("H"):
        return day
    hour, minute, second = int(groups["H"] or 0), int(groups["M"] or 0), int(groups.get("S") or 0)
    half = (groups.get("half") or groups.get("post") or "").lower()
    if half in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001 - naive Beijing time
    except ValueError:
        return day
    zone = groups.get("zone")
    if not zone:
        return moment
    return _to_beijing(moment, zone)


def _to_beijing(moment: datetime, zone: str) -> datetime:
    offset = timedelta()
    if zone != "Z":
        digits = zone[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if zone[0] == "-" else 1)
    if abs(offset) >= timedelta(days=1):
        return moment
    return moment.replace(tzinfo=timezone(offset)).astimezone(BEIJING).replace(tzinfo=None)


def _month(name: str) -> int:
    short = name[:3].lower()
    return MONTH_NAMES.index(short) + 1 if short in MONTH_NAMES else 0


def _small_number(text: str) -> int:
    """一 .. 三十一, 廿三."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, mark, ones = text.partition("十")
    if not mark:
        return int("".join(str(_DIGITS[char]) for char in text)) if text else 0
    return (_DIGITS[tens[0]] if tens else 1) * 10 + (_DIGITS[ones[0]] if ones else 0)


_READERS: dict[str, Callable[[re.Match[str], datetime], date | datetime | None]] = {
    "full": _calendar,
    "english": _calendar,
    "short_year": _calendar,
    "compact": _calendar,
    "split": _calendar,
    "chinese": _chinese,
    "relative": _relative,
    "month_day": _month_day,
}
