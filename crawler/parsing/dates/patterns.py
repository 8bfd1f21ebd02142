"""How dates are written: the patterns of `dates`, by shape, each behind a cheap look that tells whether it can match.

A pattern is quickest where a plain class of characters stands first: what must stand before a figure is asked behind it.
"""

import re
from typing import NamedTuple

_WEEKDAY = r"(?:星期|周|礼拜)\s?[一二三四五六日天]"
_HALF = r"上午|下午|晚上|晚间|夜间|深夜|午后|午间|凌晨|早上|早晨|清晨|中午|正午|傍晚|[早晨午晚夜]"
_TIME = (
    rf"(?:[T,\s日]{{0,9}}(?:\(?{_WEEKDAY}\)?)?\s{{0,9}}(?P<half>{_HALF}|[AaPp][Mm](?=\s{{0,9}}\d))?"
    r"\s{0,9}(?P<H>\d{1,2})\s{0,9}(?:[:时点]\s{0,9}(?P<M>\d{1,2})(?!\d)\s{0,9}(?:[:分]\s{0,9}(?P<S>\d{1,2})(?!\d)(?:\.\d{1,9})?秒?)?分?|[时点][整钟半]?(?![\d:]))"
    r"(?:\s{0,9}(?P<post>[AaPp][Mm])\b)?(?:\s{0,9}(?P<zone>Z|[+-]\d\d:?\d\d)(?!\d))?)?"
)
_LATE = _TIME + rf"(?:\s*(?:{_HALF}))?"  # 4月25日上午: where nothing else follows
_YEAR = (
    r"(?P<y>(?:19|20)\d\d)(?<![\d.]\d{4})(?<![A-Za-z0-9]/\d{4})"  # not behind a document's number: MB15210/2023-04-25
)
MONTH_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_FULL = re.compile(
    _YEAR
    + r"\s{0,9}[-/.年\\~～]\s{0,9}(?P<m>\d{1,2})\s{0,9}(?:[-/.\\~～]|月份?)\s{0,9}(?P<d>\d{1,2}(?=\d\d:\d\d)|\d{1,2}(?!\d|\s\d\s{0,9}[日号]))\s{0,9}[日号號]?"
    + _TIME,
    re.A,
)
_ODD = (
    re.compile(
        _YEAR
        + r"\s{0,9}(?P<sep>[_·•・‧∙,])\s{0,9}(?P<m>\d{1,2})\s{0,9}(?P=sep)\s{0,9}(?P<d>\d{1,2})(?!\d|\s{0,9}(?P=sep)\s{0,9}\d)\s{0,9}[日号]?"
        + _TIME,
        re.A,
    ),
    re.compile(_YEAR + r"\s{0,9}[一ー]\s{0,9}(?P<m>\d{1,2})\s{0,9}[一ー]\s{0,9}(?P<d>\d{1,2})(?!\d)" + _TIME, re.A),
)  # 2023_04_25, 2023·4·25, and the Chinese one for a dash
_SPACED = re.compile(_YEAR + r"\s{1,9}(?P<m>\d{1,2})\s{1,9}(?P<d>\d{1,2})(?!\d)" + _LATE, re.A)
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:\s{0,9}(?P<H>\d\d):?(?P<M>\d\d)(?::?(?P<S>\d\d))?)?(?!\d)",
    re.A,
)
_SPLIT = tuple(
    re.compile(pattern, re.A)
    for pattern in (
        r"(?<!\d:)(?<![\d/.-])(?P<d>\d{1,2})\s{0,9}日?[\s/|,]\s{0,9}(?P<y>(?:19|20)\d\d)\s{0,9}[-/.年]\s{0,9}(?P<m>\d{1,2})(?!\d|\s{0,9}[-/.:]\d)\s{0,9}月?",
        r"(?<!\d:)(?<![\d/.-])(?P<m>\d{1,2})\s{0,9}[-/.月]\s{0,9}(?P<d>\d{1,2})\s{0,9}日?[\s/|,]\s{0,9}(?P<y>(?:19|20)\d\d)(?!\d|\s{0,9}[-/.:]\d)\s{0,9}年?",
        _YEAR
        + r"\s{0,9}年?[\s/|,]\s{0,9}(?P<m>\d{1,2})\s{0,9}[-/.月]\s{0,9}(?P<d>\d{1,2})(?!\d|\s{0,9}[-/.]\d)\s{0,9}日?"
        + _TIME,
        _YEAR
        + r"\s{0,9}[-/.年]\s{0,9}(?P<m>\d{1,2})\s{0,9}月?[\s/|,]\s{0,9}(?P<d>\d{1,2})(?!\d|\s{0,9}[-/.:]\d)\s{0,9}日?",
        r"(?<!\d:)(?<![\d/.-])(?P<d>\d{1,2})\s{0,9}日?[\s/|,]\s{0,9}(?P<m>\d{1,2})\s{0,9}月[\s/|,]{0,9}(?P<y>(?:19|20)\d\d)(?!\d)\s{0,9}年?",
    )
)
_YEAR_LAST = re.compile(
    r"(?<![\d/.-])(?P<a>\d{1,2})\s{0,9}(?P<sep>[-/.])\s{0,9}(?P<b>\d{1,2})\s{0,9}(?P=sep)\s{0,9}(?P<y>(?:19|20)\d\d)(?![\d/-]|\.\d)"
    + _TIME,
    re.A,
)  # 20.04.2023, 04/20/2023: the figures or their neighbours tell which is the day
_ENGLISH = (
    re.compile(
        _NAME + r"\s{0,9}(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s{0,9},\s{0,9}|\s{1,9})(?P<y>(?:19|20)\d\d)(?!\d)" + _TIME,
        re.A,
    ),
    re.compile(
        r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s-]{1,9}"
        + _NAME
        + r"\s{0,9}[,\s-]\s{0,9}(?P<y>(?:19|20)\d\d)(?!\d)"
        + _TIME,
        re.A,
    ),
    re.compile(
        r"[A-Z][a-z]{2}\s{1,9}"
        + _NAME
        + r"\s{1,9}(?P<d>\d{1,2})\s{1,9}(?P<H>\d\d):(?P<M>\d\d):(?P<S>\d\d)\s{1,9}(?:CST|GMT\+08:00)?\s{0,9}(?P<y>(?:19|20)\d\d)(?!\d)"
    ),
)
_SHORT_YEAR = re.compile(
    r"(?<!\d:)(?<![\d.-])(?P<y>\d\d)\s{0,9}年\s{0,9}(?P<m>\d{1,2})\s{0,9}月\s{0,9}(?P<d>\d{1,2})(?!\d)\s{0,9}日?"
    + _TIME,
    re.A,
)
_SHORT = re.compile(
    r"(?<!\d:)(?<![\d.-])(?=\d\d|[\d.]{3,4}\.\d\d|[\d/]{3,4}/\d\d)(?P<a>\d{1,2})\s{0,9}(?P<sep>[-/. _·])\s{0,9}(?P<b>\d{1,2})\s{0,9}(?P=sep)\s{0,9}(?P<c>\d{1,2})(?!\d|\s{0,9}[-/:]\d|\s{0,9}[时点])"
    + _TIME,
    re.A,
)  # 23-04-20: two figures each
_MONTH_DAY = re.compile(
    r"(?<![\d/.年-])(?P<m>\d{1,2})\s{0,9}(?:[-/]|月份?)\s{0,9}(?P<d>\d\d|\d(?!\s\d(?![\d:])))(?!\d|\s{0,9}[-/.]\s{0,9}\d|\s\d\s{0,9}[日号])\s{0,9}[日号號]?"
    + _LATE,
    re.A,
)
_MONTH_DOT = re.compile(r"(?<![\d/.-])(?P<m>\d{1,2})\.(?P<d>\d{1,2})(?![\d.])" + _TIME, re.A)
_ENGLISH_DAY = (
    re.compile(r"(?P<name>[A-Z][a-z]{2,8})\.?\s{1,9}(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\s{1,9}(?P<name>[A-Z][a-z]{2,8})\b"),
)
ONES = "零〇○◯⭕ＯОOo0一壹弌二贰貳两兩弍三叁參弎四肆五伍六陆陸七柒八捌九玖"
_CIPHER = rf"[{ONES}1-9]"
_COUNT = rf"[{ONES}十拾廿卅1-9]"
_CHINESE_DAY = rf"(?P<m>元|{_COUNT}(?:\s*{_COUNT}){{0,2}})\s*(?:月份?|[./-])\s*(?P<d>{_COUNT}(?:\s*{_COUNT}){{0,3}})\s*[日号號]?(?![十拾0-9])"
_CHINESE = re.compile(rf"(?<![0-9])(?P<y>{_CIPHER}(?:\s*{_CIPHER}){{3}})\s*[年./-]\s*{_CHINESE_DAY}" + _TIME)
_CHINESE_MONTH_DAY = re.compile(_CHINESE_DAY.replace("(?:月份?|[./-])", "月份?") + _LATE)
_ALONE = r"(?:(?<![一-鿿])|(?<=[于在])|(?<=时间)|(?<=日期)|(?<=发布)|(?<=发表)|(?<=更新))"  # no word of a sentence
_ENDED = r"(?![一-鿿])|(?=\s{0,9}(?:发布|发表|更新|上传|来源))"
_AGO = re.compile(
    _ALONE + r"(?<![\d.])(?P<n>\d{1,3}|[一二两三四五六七八九十半])\s{0,9}(?P<unit>秒钟?|分钟|个?小时|天|日|周|个?星期)"
    rf"(?:之?前|以前)(?:{_ENDED})",
    re.A,
)
LAST_WEEKDAY = re.compile(rf"(?P<weekday>{_WEEKDAY})" + _LATE)
_DAY_WORD = re.compile(rf"{_ALONE}(?P<word>刚刚|刚才|今天|今日|昨天|昨日|前天|前日|大前天){_TIME}(?:{_ENDED})", re.A)
LOOKS = re.compile(
    r"(?<!\d)\d{2,4}\s?[^\d\s\w一-鿿]{1,2}\s?\d{1,2}\s?[^\d\s\w一-鿿]{1,2}\s?\d{1,2}(?!\d)|\d{4}\s?年\s?\d{0,2}\s?月?\s?\d{0,2}\s?日|NaN|Invalid [Dd]ate"
    r"|undefined|\{\{[^{}]{0,60}(?:[Dd]ate|[Tt]ime)[^{}]{0,60}\}\}|\[!--\w{0,30}time\w{0,30}--\]|\$\{[^{}]{0,60}(?:[Dd]ate|[Tt]ime)[^{}]{0,60}\}|农历|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年"
    r"|\d{4}[^\x00-\x7f一-鿿]{1,4}\d{1,2}[^\x00-\x7f一-鿿]{1,4}\d{1,2}|(?<!\d)\d{1,4}\s{0,9}(?:个月|年)前",
    re.A,
)
_BLANK = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
BEFORE, BEHIND = _BLANK + "[](){}<>《》「」|·•*,;:、。-", _BLANK + "[](){}<>《》「」|·•*,;、。.-"  # around a date
WEEKDAY = re.compile(
    r"^\(?(?:星期|周|礼拜)[一二三四五六日天]\)?\s{1,9}|(?<!\s)\s{0,9}+\(?(?:星期|周|礼拜)[一二三四五六日天]\)?$"
)
LABEL = re.compile(
    r"^(?:(?:最[近后新])?(?:发布|发表|发文|公布|公开|刊登|刊发|添加|录入|上传|更新|创建|提交|编辑|信息|文章|撰稿)?(?:日期|时间|于)|日期|时间|Date|Time|Posted(?: on)?|Published(?: on)?|Updated?(?: on)?)\s{0,9}[:]?\s{0,9}",
    re.I,
)


class Shape(NamedTuple):
    """Patterns of one shape and the looks that have to find something before they can match."""

    name: str
    patterns: tuple[re.Pattern[str], ...]
    looks: tuple[re.Pattern[str], ...]


_YEARS = re.compile(r"(?:19|20)\d\d", re.A)
_IN_WORDS = re.compile(f"[{ONES.replace('0', '')}十拾廿卅元]")
LONG = (
    Shape("full", (_FULL,), (_YEARS,)),
    Shape("full", (_YEAR_LAST,), (re.compile(r"[-/.]\s{0,9}(?:19|20)\d\d", re.A),)),
    Shape("full", _ODD, (re.compile(r"(?:19|20)\d\d\s{0,9}[_·•・‧∙,一ー]", re.A),)),
    Shape(
        "english",
        _ENGLISH,
        (
            re.compile(r"[A-Za-z][A-Za-z]"),
            re.compile(r"[A-Za-z]{3}\W.{0,60}(?:19|20)\d\d|\d[\s-][A-Z][a-z]{2}", re.A),
        ),
    ),
    Shape(
        "chinese",
        (_CHINESE,),
        (
            _IN_WORDS,
            re.compile(rf"[{ONES}1-9]\s{{0,9}}[年./-]\s{{0,9}}[{ONES}元十拾1-9]|[{ONES}十拾]\s{{0,9}}[月./-]"),
        ),
    ),
    Shape("relative", (_AGO, _DAY_WORD), (re.compile(r"[前昨今刚]"),)),
)
WHOLE = (
    *LONG,
    Shape("spaced", (_SPACED,), (re.compile(r"(?:19|20)\d\d\s{1,9}\d", re.A),)),
    Shape("compact", (_COMPACT,), (re.compile(r"(?:19|20)\d{6}", re.A),)),
    Shape("split", _SPLIT, (_YEARS,)),
    Shape(
        "month_day",
        (_MONTH_DAY, _MONTH_DOT, *_ENGLISH_DAY),
        (re.compile(r"\d\s{0,9}[-/月.]\s{0,9}\d|[A-Z][a-z]{2}", re.A),),
    ),
    Shape(
        "chinese_day",
        (_CHINESE_MONTH_DAY,),
        (re.compile(r"[零〇一二三四五六七八九十元壹贰叁肆伍陆柒捌玖拾廿\d]\s{0,9}月"),),
    ),
    Shape("short_year", (_SHORT_YEAR, _SHORT), (re.compile(r"\d\s{0,9}[-/.年 _·]\s{0,9}\d", re.A),)),
)


def possible(text: str, shapes: tuple[Shape, ...]) -> list[tuple[str, re.Pattern[str]]]:
    """The patterns that can match somewhere in a folded text, with the names of their shapes."""
    found = []
    for name, patterns, looks in shapes:
        if looks[0].search(text) and (len(looks) == 1 or looks[1].search(text)):
            found += [(name, pattern) for pattern in patterns]
    return found
