"""Why a candidate that the counts favour is nevertheless left alone: names, titles, classical prose, lists, habit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from checks.text.setting import CLASSICAL, SURNAMES, TRANSLITERATION

_CLASSICAL = set(CLASSICAL) - set("之其乃者也")
_CLASSICAL_SOFT = set("之其乃者也")
_FOREIGN = set(TRANSLITERATION)
_SURNAMES = set(SURNAMES)
_HAN = re.compile("[一-龥]")
_CLAUSE = re.compile("[一-龥]+")
_TITLES = re.compile("《[^《》]{1,60}》|〈[^〈〉]{1,40}〉")
_QUOTES = re.compile("“[^“”]{1,8}”|‘[^‘’]{1,8}’|\"[^\"]{1,8}\"|「[^「」]{1,20}」|【[^【】]{1,6}】")
_LIST = re.compile(r"(?:[一-龥]{2,4}[\s、,，]+){5,}[一-龥]{2,4}")
_BEFORE_NAME = re.compile(
    r"(?:记者|书记|主任|市长|县长|区长|局长|部长|院长|校长|处长|科长|总统|总理|首相|主席|教授|经理|董事长|同志|先生|女士|演员"
    r"|导演|作家|诗人|将军|村民|居民|队员|选手|通讯员|编辑|摄影|作者|名叫|叫做|任命|免去|[、,，:：(（\s])$"
)


@dataclass(frozen=True)
class AllowList:
    """Strings that are right as they stand, as inspectors said (words, names, phrases)."""

    phrases: frozenset[str] = field(default_factory=frozenset)

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
    """Inside a run of four characters used to write foreign names, or beside the dot between them."""
    near = text[max(0, start - 6) : end + 6]
    if any(mark in near for mark in "·•・"):
        return True
    low, high = start, end
    while low > 0 and text[low - 1] in _FOREIGN:
        low -= 1
    while high < len(text) and text[high] in _FOREIGN:
        high += 1
    return high - low >= 4 and text[start:end] != "" and all(char in _FOREIGN for char in text[start:end])


def in_person_name(text: str, start: int, end: int) -> bool:
    """In the two characters after a surname that stands where names begin, or the surname itself."""
    for surname in range(start, max(-1, start - 3), -1):
        if text[surname] not in _SURNAMES:
            continue
        before = text[max(0, surname - 4) : surname]
        if (surname == 0 or _BEFORE_NAME.search(before)) and end - surname <= 3:
            return True
    return False


def is_classical(text: str, start: int, end: int) -> bool:
    """Classical prose or verse around the span, by its particles and by clauses of equal length."""
    around = text[max(0, start - 25) : end + 25]
    hard = sum(char in _CLASSICAL for char in around)
    soft = sum(char in _CLASSICAL_SOFT for char in around)
    if hard >= 2 or (hard >= 1 and soft >= 2) or soft >= 5:
        return True
    return is_verse(text[max(0, start - 40) : end + 40])


def is_verse(text: str) -> bool:
    """Three clauses in a row of one length, five or seven characters (or four: six in a row)."""
    lengths = [len(clause) for clause in _CLAUSE.findall(text)][1:-1] or [len(c) for c in _CLAUSE.findall(text)]
    run, last = 1, 0
    for length in lengths:
        run = run + 1 if length == last else 1
        last = length
        if (length in (5, 7) and run >= 2) or (length == 4 and run >= 6):
            return True
    return False


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
