"""Why a candidate that the counts favour is nevertheless left alone: names, titles, classical prose, lists, habit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from checks.text.typos.dictionary import digest
from checks.text.typos.surroundings import CLASSICAL, SURNAMES, TRANSLITERATION

_CLASSICAL = set(CLASSICAL) - set("之其乃者也")
_CLASSICAL_SOFT = set("之其乃者也")
_FOREIGN = set(TRANSLITERATION)
_FOREIGN_TOO = _FOREIGN | set(
    "艾爱昂包鲍保堡蔡策柴昌慈代东方丰盖甘冈高根瓜圭果罕洪怀惠计江焦杰京津喀凯夸奎坤隆路吕迈芒毛梅孟敏摩默木慕那能年女"
    "蓬匹齐契钦琴丘曲屈儒撒赛三莎绍生顺腾田廷通伟委翁吾香向逊延阳耀易雍永于宇约云赞早曾张章召哲者珍真芝知朱竹子宗祖岛"
)
_SURNAMES = set(SURNAMES)
_CAPITALS = set("零壹贰叁肆伍陆柒捌玖拾佰仟")
_HAN = re.compile("[一-龥]")
_CLAUSE = re.compile("[一-龥、]+")
_TITLES = re.compile("《[^《》]{1,60}》|〈[^〈〉]{1,40}〉")
_QUOTES = re.compile('“[^“”]{1,8}”|‘[^‘’]{1,8}’|"[^"]{1,8}"|「[^「」]{1,20}」|【[^【】]{1,6}】')
_COUPLET = re.compile(
    "[“‘「]([一-龥]{5,9})[,\uff0c;\uff1b、]([一-龥]{5,9})[。\uff0c,!\uff01]?(?:[一-龥][^”’」]{0,200})?[”’」]"
)
_LIST = re.compile(r"(?:[一-龥]{2,4}[\s\u3000]+){5,}[一-龥]{2,4}")
_OFFICE = re.compile(
    r"(?:记者|书记|主任|市长|县长|区长|局长|部长|院长|校长|处长|科长|总统|总理|首相|主席|教授|经理|董事长|同志|先生|女士|演员"
    r"|导演|作家|诗人|将军|村民|居民|队员|选手|通讯员|编辑|摄影|作者|名叫|叫做|任命|免去|研究员|工程师|主编|主持人)$"
)
_BEFORE_NAME = re.compile(r"[、,\uff0c:\uff1a(\uff08\s]$")
_AFTER_NAME = re.compile(r"^(?:[、,\uff0c)\uff09\s等说]|介绍|表示|告诉|报道|先生|女士|同志|[^一-龥]|$)")
_BEFORE_PLACE = re.compile(r"[在到赴往从由与和及向至市县区州、，。：；（【“\s]$")
_PLACE = re.compile(
    r"(?P<name>[一-龥]{1,3}?)(?:镇(?![政区村长])|乡(?![村镇亲愁土情])|村(?![民级镇庄委务支部])|街道(?!工委)|社区|屯|寨|苏木|嘎查)"
)
_SHORT_FORM = re.compile(r"[一-龥]{2}[委办署局厅](?:[的和与及、,\uff0c。;\uff1b)\uff09]|$)")
_MODERN = re.compile("[的了们这那我你着吗呢吧把被很就都还没说、]|\\d")


@dataclass(frozen=True)
class AllowList:
    """Strings that are right as they stand, as inspectors said (words, names, phrases)."""

    phrases: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def version(self) -> str:
        """Changes with the phrases."""
        return digest(sorted(self.phrases))

    def covers(self, text: str, start: int, end: int) -> bool:
        """Whether an allowed phrase of the paragraph covers the span."""
        if not self.phrases:
            return False
        window = text[max(0, start - 30) : end + 30]
        offset = start - max(0, start - 30)
        for phrase in self.phrases:
            place = window.find(phrase)
            while place >= 0:
                if place <= offset and place + len(phrase) >= offset + end - start:
                    return True
                place = window.find(phrase, place + 1)
        return False


def in_title(text: str, start: int, end: int) -> bool:
    """Inside 《》 or 〈〉: titles are quoted as they are."""
    return any(found.start() < start and end < found.end() for found in _TITLES.finditer(text))


def in_short_quotes(text: str, start: int, end: int) -> bool:
    """Inside quotation marks around a few characters: coined words and slogans."""
    return any(found.start() < start and end < found.end() for found in _QUOTES.finditer(text))


def in_list(text: str, start: int, end: int) -> bool:
    """Inside a row of six or more short items: names, dishes, places."""
    return any(found.start() <= start and end <= found.end() for found in _LIST.finditer(text))


def in_foreign_name(text: str, start: int, end: int) -> bool:
    """Inside a run of characters used to write foreign names, most of them hardly used otherwise, or beside a dot."""
    near = text[max(0, start - 6) : end + 6]
    if any(mark in near for mark in "·•・"):
        return True
    run = _run(text, start, end, _FOREIGN)
    if len(run) >= 4 and all(char in _FOREIGN for char in text[start:end]):
        return True
    run = _run(text, start, end, _FOREIGN_TOO)
    common = sum(char in _FOREIGN for char in run)
    return (
        len(run) >= 4
        and common >= 3
        and common >= 0.6 * len(run)
        and all(char in _FOREIGN_TOO for char in text[start:end])
    )


def _run(text: str, start: int, end: int, allowed: set[str]) -> str:
    low, high = start, end
    while low > 0 and text[low - 1] in allowed:
        low -= 1
    while high < len(text) and text[high] in allowed:
        high += 1
    return text[low:high]


def in_amount(text: str, start: int, end: int) -> bool:
    """A capital numeral beside another one, or before a unit of money or a grade: 壹拾贰万元, 叁级."""
    near = text[max(0, start - 1) : end + 1].replace(text[start:end], "", 1)
    return text[start:end] in _CAPITALS and any(char in _CAPITALS or char in "级等元圆万亿角分整" for char in near)


def in_couplet(text: str, start: int, end: int) -> bool:
    """Inside quoted clauses of equal length: verse, sayings, slogans."""
    return any(
        len(found[1]) == len(found[2]) and found.start() < start and end < found.end()
        for found in _COUPLET.finditer(text)
    )


def ends_short_form(text: str, start: int, end: int) -> bool:
    """An office's short form of three characters may end here: 环认委的批准."""
    return bool(_SHORT_FORM.match(text[max(0, start - 2) : end + 1]))


def recurs(text: str, start: int, end: int) -> bool:
    """The same characters with both neighbours stand twice in the paragraph: a name or a term of its own."""
    token = text[max(0, start - 1) : end + 1]
    return len(token) == end - start + 2 and text.count(token) > 1


def in_person_name(text: str, start: int, end: int) -> bool:
    """In a surname and the one or two characters after it, where a name may begin and end."""
    for surname in range(start, max(-1, start - 3), -1):
        if text[surname] not in _SURNAMES or end > surname + 3:
            continue
        before = text[max(0, surname - 4) : surname]
        if _OFFICE.search(before):
            return True
        stops = (surname + 2, surname + 3)
        if (surname == 0 or _BEFORE_NAME.search(before)) and any(
            end <= stop and _AFTER_NAME.match(text[stop:]) for stop in stops
        ):
            return True
    return False


def in_place_name(text: str, start: int, end: int) -> bool:
    """In the one to three characters before 镇, 乡, 村, 街道 and the like, where such a name may begin: 在鹭洲镇."""
    for head in range(start, max(-1, start - 3), -1):
        if (head == 0 or _BEFORE_PLACE.search(text[max(0, head - 2) : head])) and (found := _PLACE.match(text, head)):
            return end <= found.end("name")
    return False


def is_classical(text: str, start: int, end: int) -> bool:
    """Classical prose by its particles."""
    around = text[max(0, start - 25) : end + 25]
    hard = sum(char in _CLASSICAL for char in around)
    soft = sum(char in _CLASSICAL_SOFT for char in around)
    return hard >= 2 or (hard >= 1 and soft >= 2) or soft >= 5


def is_verse(text: str, start: int, end: int) -> bool:
    """The clause and a neighbour of it have five or seven characters each, and no particle of modern prose."""
    clauses = list(_CLAUSE.finditer(text))
    for number, clause in enumerate(clauses):
        if clause.start() <= start and end <= clause.end():
            size = clause.end() - clause.start()
            near = [item for item in clauses[max(0, number - 1) : number + 2] if item is not clause]
            twins = [
                item[0] for item in near if len(item[0]) == size and abs(item.start() - clause.start()) == size + 1
            ]
            return size in (5, 7) and any(not _MODERN.search(clause[0] + twin) for twin in twins)
    return False


def lacks_modern_words(text: str, start: int, end: int, least: int = 12) -> bool:
    """No particle of modern prose within thirty characters: an old text, a table, a heading of names."""
    around = text[max(0, start - 30) : end + 30]
    return len(_HAN.findall(around)) >= least and not _MODERN.search(around)


def not_modern(text: str) -> bool:
    """Traditional characters, another language, or hardly any prose at all."""
    han = _HAN.findall(text)
    if len(han) < 10:
        return False
    strange = sum(not char.encode("gb2312", "ignore") for char in han)
    return strange / len(han) > 0.08


def too_dense(flags: Sequence[object], characters: int) -> bool:
    """More than five hits in a thousand characters of a long text: a poem, a list, another language."""
    return characters >= 600 and len(flags) > 5 * characters / 1000
