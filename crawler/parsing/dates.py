"""The one place that reads time: texts of pages and addresses to Beijing dates, or why not.

A `Stamp` without a value is something that looks like a date and cannot be read. Values are a `date`, or a naive Beijing
`datetime` when the text says a time of day. Years outside 1949 .. as_of + 5 are implausible and unreadable.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from domain.times import BEIJING, beijing_date

FIRST_YEAR = 1949
YEARS_AHEAD = 5


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


_FOLD = str.maketrans(
    {
        **{chr(0xFF10 + n): str(n) for n in range(10)},
        **dict.fromkeys("－—–‐‑−﹣", "-"),
        **dict.fromkeys("\u00a0\u3000\u2002\u2003\u2009\t\r\n", " "),
        "／": "/", "．": ".", "：": ":", "，": ",", "［": "[", "］": "]", "（": "(", "）": ")", "【": "[", "】": "]", "〔": "[", "〕": "]",
    }
)  # fmt: skip
_FOLDED = re.compile("[" + "".join(re.escape(chr(code)) for code in _FOLD) + "]")
_DIGITS = {**{c: n for n, c in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0, "Ｏ": 0, "O": 0, "０": 0, "两": 2}
_TIME = (
    r"(?:(?:T|,|\s|日)*(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?\s*(?P<half>上午|下午|晚上|凌晨|早上|中午|[AaPp][Mm](?=\s*\d))?"
    r"\s*(?P<H>\d{1,2})\s*[:时点]\s*(?P<M>\d{1,2})(?!\d)\s*(?:[:分]\s*(?P<S>\d{1,2})(?!\d)(?:\.\d{1,9})?秒?)?分?"
    r"(?:\s*(?P<post>[AaPp][Mm])\b)?(?:\s*(?P<zone>Z|[+-]\d\d:?\d\d)(?!\d))?)?"
)
_YEAR = r"(?<![\d.])(?P<y>(?:19|20)\d\d)"
_MONTH_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_FULL = re.compile(
    _YEAR + r"\s*[-/.年\\]\s*(?P<m>\d{1,2})\s*[-/.月\\]\s*(?P<d>\d{1,2}(?=\d\d:\d\d)|\d{1,2}(?!\d))\s*[日号]?" + _TIME,
    re.A,
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:\s*(?P<H>\d\d):?(?P<M>\d\d)(?::?(?P<S>\d\d))?)?(?!\d)", re.A
)
_SPLIT = tuple(
    re.compile(pattern, re.A)
    for pattern in (
        r"(?<!\d:)(?<![\d/.-])(?P<d>\d{1,2})\s*日?[\s/|,]\s*(?P<y>(?:19|20)\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})(?!\d|\s*[-/.:]\d)\s*月?",
        r"(?<!\d:)(?<![\d/.-])(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?[\s/|,]\s*(?P<y>(?:19|20)\d\d)(?!\d|\s*[-/.:]\d)\s*年?",
        _YEAR + r"\s*年?[\s/|,]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?!\d|\s*[-/.]\d)\s*日?" + _TIME,
        _YEAR + r"\s*[-/.年]\s*(?P<m>\d{1,2})\s*月?[\s/|,]\s*(?P<d>\d{1,2})(?!\d|\s*[-/.:]\d)\s*日?",
        r"(?<!\d:)(?<![\d/.-])(?P<d>\d{1,2})\s*日?[\s/|,]\s*(?P<m>\d{1,2})\s*月[\s/|,]*(?P<y>(?:19|20)\d\d)(?!\d)\s*年?",
    )
)
_US = re.compile(r"(?<![\d/])(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>(?:19|20)\d\d)(?!\d)" + _TIME, re.A)
_ENGLISH = (
    re.compile(_NAME + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(?P<y>(?:19|20)\d\d)(?!\d)" + _TIME, re.A),
    re.compile(
        r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s-]+" + _NAME + r"\s*[,\s-]\s*(?P<y>(?:19|20)\d\d)(?!\d)" + _TIME, re.A
    ),
    re.compile(
        r"[A-Z][a-z]{2}\s+"
        + _NAME
        + r"\s+(?P<d>\d{1,2})\s+(?P<H>\d\d):(?P<M>\d\d):(?P<S>\d\d)\s+(?:CST|GMT\+08:00)?\s*(?P<y>(?:19|20)\d\d)(?!\d)"
    ),
)
_SHORT_YEAR = re.compile(
    r"(?<!\d:)(?<![\d.-])(?P<y>\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?!\d|\s*[-/:]\d)\s*日?"
    + _TIME,
    re.A,
)
_MONTH_DAY = re.compile(
    r"(?<![\d/.年-])(?P<m>\d{1,2})\s*[-/月]\s*(?P<d>\d{1,2})(?!\d|\s*[-/.]\s*\d)\s*[日号]?" + _TIME, re.A
)
_MONTH_DOT = re.compile(r"(?<![\d/.-])(?P<m>\d{2})\.(?P<d>\d{2})(?![\d.])", re.A)
_ENGLISH_DAY = (
    re.compile(r"(?P<name>[A-Z][a-z]{2,8})\.?\s+(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\s+(?P<name>[A-Z][a-z]{2,8})\b"),
)
_CHINESE = re.compile(
    r"(?P<y>[一二][零〇○Ｏ０O一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十廿卅]{1,3})[日号]?"
)
_AGO = re.compile(
    r"(?<![\d.])(?P<n>\d{1,3}|[一二两三四五六七八九十半])\s*(?P<unit>秒钟?|分钟|个?小时|天|日|周|个?星期)(?:之?前|以前)",
    re.A,
)
_DAY_WORD = re.compile(r"(?P<word>刚刚|刚才|今天|今日|昨天|昨日|前天|大前天)" + _TIME, re.A)
_LOOKS = re.compile(
    r"(?<!\d)\d{2,4}\s?[^\d\s\w一-鿿]{1,2}\s?\d{1,2}\s?[^\d\s\w一-鿿]{1,2}\s?\d{1,2}(?!\d)|\d{4}\s?年\s?\d{0,2}\s?月?\s?\d{0,2}\s?日|NaN|Invalid [Dd]ate"
    r"|undefined|\{\{[^}]*(?:[Dd]ate|[Tt]ime)[^}]*\}\}|\[!--\w*time\w*--\]|\$\{[^}]*(?:[Dd]ate|[Tt]ime)[^}]*\}|农历|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年"
    r"|\d{4}[^\x00-\x7f一-鿿]{1,4}\d{1,2}[^\x00-\x7f一-鿿]{1,4}\d{1,2}|\d+\s*(?:个月|年)前",
    re.A,
)
_EDGE = re.compile(r"^[\s\[\](){}<>《》「」|·•*,;:、。-]+|[\s\[\](){}<>《》「」|·•*,;、。-]+$")
_LABEL = re.compile(
    r"^(?:(?:最[近后新])?(?:发布|发表|发文|公布|公开|刊登|刊发|添加|录入|上传|更新|创建|提交|编辑|信息|文章|撰稿)?(?:日期|时间|于)|日期|时间|Date|Time|Posted(?: on)?|Published(?: on)?|Updated?(?: on)?)\s*[:]?\s*",
    re.I,
)

# what stands before a date that is no publish date
OTHER_EVENT = re.compile(
    r"(今天是|今天|当前|现在|系统时间|打印|答复|回复|办结|受理|来信|提问|留言|截止|截至|有效|访问|浏览量|版权|copyright|©|生效|施行|实施|开标|会议|活动|报名|征集|公示|失效|废止|起止|开始|结束|到期|页面生成|最后登录|统计|建站|开通|始于|Since|出生|入职|上映|开放|办公|工作|截屏|评审|采购|投标|递交|获取)[^,。]{0,8}$",
    re.I,
)


def fold(text: str) -> str:
    """Full-width digits, dashes, brackets and spaces to plain ones; the length stays the same."""
    return text.translate(_FOLD) if _FOLDED.search(text) else text  # most texts have none; looking is cheaper


def is_plausible(day: date, as_of: datetime) -> bool:
    """Whether a year can stand on a government website at `as_of`."""
    return FIRST_YEAR <= day.year <= as_of.year + YEARS_AHEAD and (day.year, day.month, day.day) != (1970, 1, 1)


def search(text: str, as_of: datetime, *, short: bool = False) -> Iterator[Stamp]:
    """Every date in a text, from left to right; with `short` also dates without a year or with a year of two digits."""
    folded = fold(text)
    wanted = _present(folded, short)
    position = 0
    while wanted and (stamp := _first(folded, position, as_of, wanted)):
        yield stamp
        position = max(stamp.end, position + 1)


def read(text: str, as_of: datetime) -> Stamp | None:
    """The date of a place that holds nothing but a date (brackets and a label aside).

    None: no date at all. A Stamp without value: something like a date that cannot be read.
    """
    bare = _bare(fold(text))
    if not bare or len(bare) > 60:
        return None
    for shape, patterns in _WHOLE:
        if not _GUARDS[shape].search(bare):
            continue
        for pattern in patterns:
            if match := pattern.fullmatch(bare):
                stamp = _stamp(match, shape, as_of)
                if stamp.value is None and shape == "split":
                    continue
                return stamp
    looks = _LOOKS.search(fold(text))
    if looks and len(bare) - len(looks[0]) <= 8:
        return Stamp(0, len(bare), text.strip(), None, "unreadable")
    return None


def looks_like_date(text: str) -> bool:
    """Whether a text resembles a date, readable or not."""
    return bool(_LOOKS.search(fold(text)))


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
        text = _EDGE.sub("", text)
        text = _LABEL.sub("", text)
    return text


def _present(text: str, short: bool) -> list[tuple[str, re.Pattern[str]]]:
    """The patterns that can match at all, told by a cheap look."""
    found: list[tuple[str, re.Pattern[str]]] = []
    for shape, patterns in _WHOLE if short else _LONG:
        guard = _GUARDS[shape]
        if guard.search(text):
            found += [(shape, pattern) for pattern in patterns]
    return found


def _first(text: str, position: int, as_of: datetime, wanted: list[tuple[str, re.Pattern[str]]]) -> Stamp | None:
    best: Stamp | None = None
    for shape, pattern in wanted:
        match = pattern.search(text, position)
        if match and (best is None or match.start() < best.start):
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
    year = int(groups["y"])
    if year < 100:
        year += 2000 if 2000 + year <= as_of.year + 1 else 1900
    return _with_time(_day(year, month, int(groups["d"])), groups)


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
    number = 0.5 if text == "半" else int(text) if text.isdigit() else _small_number(text)
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
    return _MONTH_NAMES.index(short) + 1 if short in _MONTH_NAMES else 0


def _small_number(text: str) -> int:
    """一 .. 三十一, 廿三."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, mark, ones = text.partition("十")
    if not mark:
        return int("".join(str(_DIGITS[char]) for char in text)) if text else 0
    return (_DIGITS[tens[0]] if tens else 1) * 10 + (_DIGITS[ones[0]] if ones else 0)


_Patterns = tuple[re.Pattern[str], ...]
_LONG: tuple[tuple[str, _Patterns], ...] = (
    ("full", (_FULL, _US)),
    ("english", _ENGLISH),
    ("chinese", (_CHINESE,)),
    ("relative", (_AGO, _DAY_WORD)),
)
_WHOLE: tuple[tuple[str, _Patterns], ...] = (
    *_LONG,
    ("compact", (_COMPACT,)),
    ("split", _SPLIT),
    ("month_day", (_MONTH_DAY, _MONTH_DOT, *_ENGLISH_DAY)),
    ("short_year", (_SHORT_YEAR,)),
)
_YEARS = re.compile(r"(?:19|20)\d\d", re.A)
_GUARDS = {
    "full": _YEARS,
    "english": re.compile(r"[A-Za-z]{3}\W.*(?:19|20)\d\d|\d[\s-][A-Z][a-z]{2}", re.A),
    "chinese": re.compile(r"[一二].{3}年"),
    "relative": re.compile(r"[前昨今刚]"),
    "compact": re.compile(r"(?:19|20)\d{6}", re.A),
    "split": _YEARS,
    "month_day": re.compile(r"\d\s*[-/月.]\s*\d|[A-Z][a-z]{2}", re.A),
    "short_year": re.compile(r"\d\d\s*[-/.年]\s*\d", re.A),
}
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
