"""The one place that reads time: texts of pages and addresses to Beijing dates, or why not.

A `Stamp` without a value is something that looks like a date and cannot be read. Values are a `date`, or a naive Beijing
`datetime` when the text says a time of day. Years outside 1949 .. as_of + 20 are implausible and unreadable.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from crawler.parsing.dates.patterns import (
    BEFORE,
    BEHIND,
    LABEL,
    LAST_WEEKDAY,
    LONG,
    LOOKS,
    MONTH_NAMES,
    WEEKDAY,
    WHOLE,
    possible,
)
from domain.plain_text import compatible, visible
from domain.times import BEIJING, beijing_date

FIRST_YEAR = 1949
YEARS_AHEAD = 20  # a slip of the pen in a future year is still a date


@dataclass(frozen=True, slots=True)
class Stamp:
    """One date in a text. `shape`: full, month_day, relative, split, compact, unreadable.

    `figures`: those whose order only neighbours or another source can tell; three of a day, two of a month and day
    that may be a number with a point.
    """

    start: int
    end: int
    text: str
    value: date | datetime | None
    shape: str
    figures: tuple[int, ...] = ()

    @property
    def day(self) -> date | None:
        """The calendar date."""
        return self.value.date() if isinstance(self.value, datetime) else self.value


_FOLD = {
    **{chr(0xFF10 + n): str(n) for n in range(10)},
    **dict.fromkeys("－—–‐‑−﹣﹘─━ｰ⁃˗", "-"),
    **dict.fromkeys("\u00a0\u3000\t\r\n\u202f\u205f\u1680\u2800\u2028\u2029" + "".join(map(chr, range(0x2000, 0x200B))), " "),
    **dict.fromkeys("：∶﹕︓ː꞉˸", ":"), **dict.fromkeys("／⁄∕╱", "/"), **dict.fromkeys("．﹒", "."), **dict.fromkeys("，﹐︐", ","),
    "＿": "_", "［": "[", "］": "]", "（": "(", "）": ")", "【": "[", "】": "]", "〔": "[", "〕": "]", "號": "号",
}  # fmt: skip
_FOLDED = re.compile("[" + "".join(map(re.escape, _FOLD)) + "]")
_DIGITS = {
    char: n
    for n, chars in enumerate(
        ("零〇○◯⭕ＯОOo", "一壹弌", "二贰貳两兩弍", "三叁參弎", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for char in (*chars, str(n))
}
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
    ahead = [
        (shape, match)
        for shape, pattern in possible(folded, WHOLE if short else LONG)
        if (match := pattern.search(folded))
    ]
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
    return _short(text, as_of) if len(text) <= _SHORT else _whole(text, as_of)


_SHORT = 40  # characters; a list is asked for its dates several times, and many pages show the same


def _whole(text: str, as_of: datetime) -> Stamp | None:
    text = visible(text)
    stamp = _read(fold(text), text, as_of)
    if stamp is None and not text.isascii() and (plain := compatible(text)) != text:
        return _read(fold(plain), text, as_of)
    return stamp


_short = lru_cache(maxsize=4096)(_whole)
_PARTED = re.compile(
    r"\d(?<!\d\d)(?:\s\d){1,9}(?=\s{0,9}[年月日号])|(?<=\s月\s)\d\s\d(?!\d|\s?\d|\s?[:时点])", re.A
)  # 2 0 2 3 年, written for the eye


def _read(folded_text: str, text: str, as_of: datetime) -> Stamp | None:
    folded_text = _PARTED.sub(lambda parted: "".join(parted[0].split()), folded_text)
    edged = folded_text.lstrip(BEFORE).rstrip(BEHIND)
    if len(folded_text) < 30 and edged[:1] in _WEEK and (match := LAST_WEEKDAY.fullmatch(edged)):
        return _stamp(match, "relative", as_of)
    bare = _bare(edged)
    if not bare or len(bare) > 60:
        return None
    for shape, patterns, looks in WHOLE:
        if not looks[-1].search(bare):
            continue
        for pattern in patterns:
            if match := pattern.fullmatch(bare):
                stamp = _stamp(match, shape, as_of)
                if stamp.value is None and not stamp.figures and shape in _TRIED:
                    continue
                return stamp
    resembling = LOOKS.search(folded_text)
    if resembling and len(bare) - len(resembling[0]) <= 8:
        return Stamp(0, len(bare), text.strip(), None, "unreadable")
    return None


_WEEK = ("星", "周", "礼")
_TRIED = frozenset(("split", "spaced", "chinese", "chinese_day"))  # another pattern may know better


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
    """Without labels and weekdays around it; `text`: without what stands at its edges."""
    while True:
        rest = text if text[:1].isdecimal() else LABEL.sub("", text)
        rest = WEEKDAY.sub("", rest) if rest[-1:] in _WEEKDAY_ENDS or rest[:1] in _WEEKDAY_STARTS else rest
        if rest == text:
            return text
        text = rest.lstrip(BEFORE).rstrip(BEHIND)


_WEEKDAY_ENDS, _WEEKDAY_STARTS = "一二三四五六日天)", "星周("


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
    told = "month_day" if shape == "chinese_day" else "full" if shape == "spaced" else shape
    return Stamp(
        match.start(), match.end(), match[0].strip(), value, told if value else "unreadable", _figures(match, shape)
    )


def _figures(match: re.Match[str], shape: str) -> tuple[int, ...]:
    """The figures that do not tell by themselves which is the day."""
    names = match.re.groupindex
    if "a" in names:
        return int(match["a"]), int(match["b"]), int(match["c" if "c" in names else "y"])
    if shape != "month_day" or "m" not in names or match.string[match.end("m") : match.start("d")] != ".":
        return ()
    weak = len(match["m"]) + len(match["d"]) < 4 and not match["H"]
    return (int(match["m"]), int(match["d"])) if weak else ()


_ORDERS = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}  # where year, month and day stand


def in_orders(figures: tuple[int, ...], as_of: datetime) -> dict[str, date]:
    """The days that three figures mean, by the order of year, month and day; only days that can be."""
    found = {}
    for order, (y, m, d) in _ORDERS.items():
        if len(figures) != 3 or (order == "ymd" and figures[2] > 99):
            continue
        day = _day(_whole_year(figures[y], as_of), figures[m], figures[d])
        if day and is_plausible(day, as_of):
            found[order] = day
    return found


def _whole_year(year: int, as_of: datetime) -> int:
    """A year of two figures is of this century unless it lies ahead."""
    if year > 99:
        return year
    return year + (2000 if 2000 + year <= as_of.year + 1 else 1900)


def _calendar(match: re.Match[str], as_of: datetime) -> date | datetime | None:
    groups = match.groupdict()
    if "a" in groups:
        return _by_figures(match, groups, as_of)
    month = int(groups["m"]) if groups.get("m") else _month(groups.get("name") or "")
    return _with_time(_day(_whole_year(int(groups["y"]), as_of), month, int(groups["d"])), groups)


def _by_figures(match: re.Match[str], groups: dict[str, str | None], as_of: datetime) -> date | datetime | None:
    """The only day that the figures can be, or the usual order of a year of two figures (23-04-20)."""
    days = in_orders(_figures(match, ""), as_of)
    if len({*days.values()}) > 1 and "ymd" not in days:
        return None
    return _with_time(next(iter(days.values()), None), groups)


def _month_day(match: re.Match[str], as_of: datetime) -> date | datetime | None:
    """The latest such day that is not in the future (tomorrow is allowed: clocks differ)."""
    groups = match.groupdict()
    month = int(groups["m"]) if groups.get("m") else _month(groups.get("name") or "")
    return _latest(month, int(groups["d"]), groups, as_of)


def _latest(month: int, number: int, groups: dict[str, str | None], as_of: datetime) -> date | datetime | None:
    latest = beijing_date(as_of) + timedelta(days=1)
    for year in range(latest.year, latest.year - 9, -1):
        day = _day(year, month, number)
        if day and day <= latest:
            return _with_time(day, groups)
    return None


_IN_WORDS = re.compile(r"[^\d\s]")


def _chinese(match: re.Match[str], as_of: datetime) -> date | datetime | None:
    if not _IN_WORDS.search(match["y"] + match["m"] + match["d"]):
        return None  # plain figures are for the other patterns
    year = int("".join(str(_DIGITS[char]) for char in match["y"] if not char.isspace()))
    day = _day(year, _small_number(match["m"]), _small_number(match["d"]))
    return _with_time(day, match.groupdict())


def _chinese_day(match: re.Match[str], as_of: datetime) -> date | datetime | None:
    return _latest(_small_number(match["m"]), _small_number(match["d"]), match.groupdict(), as_of)


def _relative(match: re.Match[str], as_of: datetime) -> date | datetime | None:
    groups, now = match.groupdict(), as_of.astimezone(BEIJING).replace(tzinfo=None)
    if weekday := groups.get("weekday"):
        back = (now.weekday() - "一二三四五六日".index(weekday[-1].replace("天", "日"))) % 7
        return _with_time(now.date() - timedelta(days=back), groups)
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
    if hour < 12 and (half in ("下午", "午后", "傍晚", "pm") or (half[:1] in ("晚", "夜") and hour > 4)):
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
    """一 .. 三十一, 廿三, 叁拾, 25; 0 where it is none."""
    text = "".join(text.split()).replace("廿", "二十").replace("卅", "三十").replace("拾", "十").replace("元", "一")
    tens, mark, ones = text.partition("十")
    if len(tens) > (1 if mark else 2) or len(ones) > 1:
        return 0
    if not mark:
        return int("".join(str(_DIGITS[char]) for char in text)) if text else 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


_READERS: dict[str, Callable[[re.Match[str], datetime], date | datetime | None]] = {
    "full": _calendar,
    "english": _calendar,
    "short_year": _calendar,
    "compact": _calendar,
    "spaced": _calendar,
    "chinese_day": _chinese_day,
    "split": _calendar,
    "chinese": _chinese,
    "relative": _relative,
    "month_day": _month_day,
}
