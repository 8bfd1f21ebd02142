"""Whether a place certainly shows no date: the one question that may end in 未注明发布日期.

The rule vetoes absence, not our ignorance. So every figure counts as a possible date until a named rule explains it,
and words of time count always. What is written here decides nothing about which date it is.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from crawler.parsing.html.tree import Tree
from domain.plain_text import compatible

_ALONE = r"(?<![\d.,:/\-_·~年月])(?<!\d )"  # no later part of a date: 04.25项目 holds none of a quantity
_COUNT = r"[1-9]\d{0,5}"
_MORE = r"(?:(?:[-~至到或、和]|—+)第?[1-9]\d{0,5})?"
_COUNTED = (
    r"(?:余|多|几)?(?:[万亿千百](?:余|多)?)?(?:元(?![旦月宵])|美元|人次?|名|位|家|户|项|条|件|起|例|次|场|种|类|所|处|座|辆|台|套|部|本|册|篇|页|集|公里|米|"
    r"亩|公顷|吨|公?斤|批|届|倍|小时(?!前)|分钟(?!前)|周年|年(?=来|间|内|期)|[万亿千百]|个(?!月))"
)
_MEASURED = r"(?:[万亿元%‰℃°倍亩吨]|公里|平方|立方|公顷|公?斤|个百分)(?![旦月宵])"


class Explained(NamedTuple):
    """A figure that is no date, by name."""

    name: str
    pattern: re.Pattern[str]
    worded: bool = False  # stands without any figure, too


EXPLAINED = (  # in this order; each takes away what it explains
    Explained("the clock of the page: 今天是2023年4月26日", re.compile(r"(?:今天是|当前(?:时间|日期)|现在时间|系统时间)\s{0,9}:?\s{0,9}(?:\d{4}\s{0,9}[年./-]\s{0,9}\d{1,2}\s{0,9}[月./-]\s{0,9}\d{1,2}\s{0,9}日?)?\s{0,9}(?:(?:星期|周)\s{0,9}[一二三四五六日天])?"), worded=True),
    Explained("number of a document: 〔2023〕12号", re.compile(r"[\[(〔【{]\s{0,9}(?:19|20)\d\d\s{0,9}[\])〕】}]\s{0,9}第?\s{0,9}\d+\s{0,9}号?")),
    Explained("how often it was read: 浏览次数:320", re.compile(r"(?:浏览|点击|阅读|访问|下载|评论|人气|点赞|转发|收藏|热度|观看|播放|[Vv]iews?|[Hh]its?|[Cc]licks?)(?:次数|人次|量|数|率)?\s{0,9}[:(\[]?\s{0,9}\d[\d,.]*\s{0,9}[万wkWK]?\s{0,9}次?")),
    Explained("a telephone number", re.compile(r"(?<!\d)(?:\(?0\d{2,3}\)?\s?-?\s?)\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|\d{3,5}(?=热线|平台|电话)|(?:热线|平台|电话)\s{0,9}:?\s{0,9}\d{3,5}(?![\d年月日./-])")),
    Explained("an ordinal: 第12次", re.compile(rf"第\s*(?:\d{{1,4}}|[零〇一二三四五六七八九十百]+){_MORE}(?!\s*[\d年月日天周./-])"), worded=True),
    Explained("a quantity: 3.5%, 20条", re.compile(rf"{_ALONE}{_COUNT}{_MORE}{_COUNTED}|{_ALONE}\d{{1,6}}\.\d{{1,2}}{_MEASURED}|{_ALONE}{_COUNT}{_MEASURED}")),
    Explained("years of a matter: 2021-2025年", re.compile(r"(?<!\d)(?:19|20)\d\d\s{0,9}(?:年度?)?\s{0,9}(?:[-~至到、和]|—+)\s{0,9}(?:19|20)\d\d\s{0,9}年?度?(?=[一-鿿])(?![一二三四五六七八九十元正腊冬初]+\s{0,9}月)")),
    Explained("the year of a matter: 2023年工作要点", re.compile(r"(?<!\d)(?:19|20)\d\d\s{0,9}年度?(?=[一-鿿])(?!\s{0,9}[一二三四五六七八九十元正腊冬贰叁肆伍陆柒捌玖拾壹\s]+\s{0,9}月)(?!月)")),
    Explained("a name with a letter: 5G, G20, H7N9", re.compile(r"(?<![A-Za-z\d])(?:[A-Za-z]\d{1,3}){1,2}(?![A-Za-z\d])|(?<![A-Za-z\d])\d{1,3}[A-Z](?![A-Za-z\d])")),
    Explained("the number of an item before its title: 3、", re.compile(r"^\s{0,9}[\[(]?\d{1,3}\s{0,9}[\])、.]\s{0,9}(?=[一-鿿《“])(?![一二三四五六七八九十]*\s{0,9}[年月日])")),
    Explained("years counted in words: 十年来", re.compile(r"[一二两三四五六七八九十几多]{1,9}年(?=来|间|内|级|期|计划|规划|行动)"), worded=True),
)  # fmt: skip
_WORDS = re.compile(
    r"[零〇○◯⭕Ｏ一二三四五六七八九十廿卄卅元正腊冬两壹贰叁肆伍陆柒捌玖拾弍弎弌]\s{0,9}[年月日号时]|年\s{0,9}月|月\s{0,9}日|初[一二三四五六七八九十]|廿[一二三四五六七八九]"
    r"|[今昨前明本当]\s{0,9}[天日晨晚早](?![一-鿿]*[报版])|刚[刚才]|[天日周月年时钟秒]\s{0,9}[之以]?前|[本上这]个?(?:周|星期|礼拜|月)|(?:星期|礼拜|周)\s{0,9}[一二三四五六日天末]|农历|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年"
    r"|NaN|undefined|invalid date|\{\{|\$\{|\[!--|[\ue000-\uf8ff]{2}",
    re.I,
)
_NAMES = re.compile(  # of months and days, and words of nearness, in the languages of government sites
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satu?r?|sun)(?:day)?|today|yesterday|ago|just now|last (?:week|month|year)"
    r"|janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|hier|aujourd|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|januar|februar|märz|juni|juli|oktober|dezember|gestern|heute|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|ayer|hoy|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|novembre|dicembre|ieri|oggi"
    r"|tháng|ngày|hôm)\b"
    r"|январ|феврал|март|апрел|ма[йя]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|понедельник|вторник|сред[ау]|четверг|пятниц|суббот|воскресен|вчера|сегодня|назад"
    r"|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан|дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма|сенбі|\bсар(?:ын|ы)?\b|өдөр"
    r"|يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|ئاي|كۈن|يانۋار|فېۋرال|ماي|ئىيۇن|ئىيۇل|ئاۋغۇست|سېنتەبىر|ئۆكتەبىر|نويابىر|دېكابىر"
    r"|ཟླ|ཚེས|ᠰᠠᠷ|ᠡᠳᠦᠷ|[월일]|[時昨]日",
    re.I,
)  # fmt: skip


def may_hold_date(text: str) -> bool:
    """Whether anything in a text could be a date: a figure that no rule explains, or a word of time in any language."""
    return _of_short(text) if len(text) <= _SHORT else _may_hold(text)


_SHORT = 100  # characters; the names of columns and offices stand on every page of a site


def _may_hold(text: str) -> bool:
    text = compatible(text)
    if not text.strip():
        return False
    for rule in EXPLAINED if _DIGIT.search(text) else _WORDED:
        text = rule.pattern.sub(" \x00 ", text)
    if _DIGIT.search(text) or _has_other_figure(text) or _WORDS.search(text):
        return True
    return bool(_LETTER.search(text) and _NAMES.search(text))


_of_short = lru_cache(maxsize=4096)(_may_hold)
_DIGIT = re.compile(r"\d")
_WORDED = tuple(rule for rule in EXPLAINED if rule.worded)
_LETTER = re.compile(r"[^\x00-@\[-`{-~\u3000-\u303f一-鿿\uff01-\uff0f\uff1a-\uff20]|[時昨]日")  # what any name needs
_USUAL = re.compile(r"[\x00-\xb1㐀-鿿\u3000-\u3006\u3008-\u301b\uff01-\uff5e]*")


def _has_other_figure(text: str) -> bool:
    """A figure that is none of the ten digits: ①, Ⅳ, ½."""
    return not _USUAL.fullmatch(text) and any(char.isnumeric() and not "㐀" <= char <= "鿿" for char in text)


_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_RUN = re.compile(
    rf"{_YEAR}[-_/.]?{_MONTH}[-_/.]?{_DAY}|(?<!\d){_YEAR}(?:[-_/.]\d{{1,2}}(?!\d)|{_MONTH}(?!\d))"
    rf"|(?<!\d)\d\d[-_/.]?{_MONTH}[-_/.]?{_DAY}(?!\d)|(?<!\d)1\d{{9}}(?:\d{{3}})?(?!\d)"
)  # a whole day, a year with its month, a day of six figures, seconds or milliseconds since 1970


def address_may_hold_date(url: str) -> bool:
    """Whether an address, behind its host, holds what could be a day or a month of some year."""
    return bool(_RUN.search(url.partition("://")[2].partition("/")[2]))


TIMELY = re.compile(r"time|date|stamp|pub|(?:^|[-_])(?:day|rq|sj|riqi)", re.I)
_SPOKEN = frozenset(("title", "alt", "aria-label", "placeholder", "content", "value", "datetime"))
_SILENT = frozenset(("href", "src", "class", "style", "id", "width", "height", "target", "rel", "onclick"))


def attributes_may_hold_date(tree: Tree, start: int, stop: int) -> bool:
    """Whether an attribute of the elements [start, stop), or a script among them, holds what could be a date."""
    first, last = bisect_left(tree.script_at, start), bisect_left(tree.script_at, stop)
    return any(_attribute_may(name, value) for name, value in _attributes(tree, start, stop)) or any(
        may_hold_date(script) for _, script in tree.scripts[first:last]
    )


def _attributes(tree: Tree, start: int, stop: int) -> Iterator[tuple[str, str]]:
    for index in range(start, stop):
        for name, value in tree.attrs[index].items():
            if value and name not in _SILENT:
                yield name, value
            elif name[:1].isnumeric():  # <Apr. 25>: what a person typed in angle brackets became an element
                yield "title", name


def _attribute_may(name: str, value: str) -> bool:
    if name in _SPOKEN:
        return may_hold_date(value)
    if TIMELY.search(name):
        return any(char.isnumeric() for char in value) or may_hold_date(value)
    return bool(_RUN.search(value))


def certainly_undated(texts: Iterable[str], tree: Tree, start: int, stop: int, url: str) -> bool:
    """Whether an item of a list, or an article, shows no date: nothing in its texts, elements [start, stop) and address."""
    return not (
        address_may_hold_date(url)
        or any(may_hold_date(text) for text in texts)
        or attributes_may_hold_date(tree, start, stop)
    )
