"""Faults of form, never mixed into typos: brackets, doubled punctuation, impossible dates, units, names spelt two ways."""

import calendar
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from checks.text.hits import Hit, Level, sentence_at
from checks.text.typos.candidates import load_confusion

CHECK = "text.format"
UNPAIRED, DOUBLED = "标点不成对", "标点重复"
_PAIRS = {
    "(": ")",
    "\uff08": "\uff09",
    "[": "]",
    "【": "】",
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "{": "}",
    "「": "」",
    "『": "』",
}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_ITEM = re.compile(r"^\s*(?:[\dA-Za-z一二三四五六七八九十]{1,3})[)\uff09]")
_TWINS = {"，": ",", "。": ".", "；": ";", "：": ":", "！": "!", "？": "?"}
_TWIN_OF = {narrow: wide for wide, narrow in _TWINS.items()}
_DOUBLED = re.compile(
    "([，,、；：。])\\1(?!\\1)|，[、；：。！？]|、[，；：。！？]|；[，、：。！？]|：[，、；。！？]|。[，、；：！？]|[？！]。|、,|"
    + "|".join(f"{re.escape(wide + narrow)}(?![.\\d])|{re.escape(narrow + wide)}" for wide, narrow in _TWINS.items())
)
_DATE = re.compile(
    r"(?<!\d)(?:((?:19|20)\d{2})\s?年\s?)?(\d{1,2})\s?月\s?(\d{1,3})\s?日(?:\s?[(\uff08]?(?:星期|周|礼拜)([一二三四五六日天])[)\uff09]?)?"
)
_PLAIN_DATE = re.compile(r"(?<![\d.\-/第])((?:19|20)\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?![\d.\-/])")
_PERCENT = re.compile(r"\d%%|\d(?:%|\uff05)个百分点|\d{1,9}(?:\.\d{1,9})?个百分百点")
_NUMBER = re.compile(
    r"(?<![\d,.])\d{1,3}(?:,\d{1,2},\d{3}|,\d{4,}(?!\d))(?![\d,])|\d\.\d+\.\d+(?=万|亿|元|%|吨|公里|平方)"
)
_UNIT = re.compile(r"\d(?:公理(?!化)|千米每小时时|平方平方米|元元|吨吨|公里公里|平米平米|名名|个个(?=[一-龥]))")
_TIME = re.compile(r"(?:上午|下午|中午|早上|晚上|凌晨|时间[为:\uff1a]|\d日)\s?(\d{1,2})[:\uff1a](\d{2})(?![\d:\uff1a])")
_ENDS = "。!\uff01?\uff1f;\uff1b…"
_BEFORE = 30  # paragraphs a bracket may stay open
_WEEKDAYS = "一二三四五六日"
_TITLE = "书记|市长|县长|区长|主任|局长|省长|部长|院长|校长|处长|董事长|总经理|常委|主席|副市长|同志"
_PERSON = re.compile(f"(?:{_TITLE})([一-龥]{{3}})(?=[,\uff0c。、在到对表主指强要率带出会来说深调听现察介就为与和])")


def check_formats(text: str) -> list[Hit]:
    """Faults of form in one paragraph."""
    hits = [*_brackets(text), *_doubled(text), *_dates(text), *_patterns(text)]
    return sorted(hits, key=lambda hit: hit.start)


def check_document(paragraphs: Sequence[str], check: Callable[[str], list[Hit]] = check_formats) -> list[list[Hit]]:
    """Faults of form of each paragraph of one document; a bracket may close in a later paragraph than it opened."""
    names = check_names(paragraphs)
    return [
        [hit for hit in check(text) if not _is_carried(hit, paragraphs, number)] + names[number]
        for number, text in enumerate(paragraphs)
    ]


def _is_carried(hit: Hit, paragraphs: Sequence[str], number: int) -> bool:
    if hit.layer != UNPAIRED or hit.text not in _CLOSERS:
        return False
    opener = _CLOSERS[hit.text]
    return any(text.count(opener) > text.count(hit.text) for text in paragraphs[max(0, number - _BEFORE) : number])


def _brackets(text: str) -> Iterator[Hit]:
    opened: list[tuple[str, int]] = []
    skip = len(match[0]) if (match := _ITEM.match(text)) else 0
    for place, char in enumerate(text):
        if char in _PAIRS:
            opened.append((char, place))
        elif char in _CLOSERS and place >= skip:
            if opened and _same(opened[-1][0], _CLOSERS[char]):
                opened.pop()
            elif not _may_close(text, place):
                yield _hit(text, place, "", f"“{char}”前缺少“{_CLOSERS[char]}”", 0.8)
                return
    # A paragraph may leave a quotation open that the next one goes on with.
    for char, place in opened:
        if char in "《【〈(\uff08" and len(text) > place + 1 and text.rstrip()[-1:] in "。!\uff01?\uff1f":
            yield _hit(text, place, "", f"“{char}”没有对应的“{_PAIRS[char]}”", 0.8)
            return


def _may_close(text: str, place: int) -> bool:
    """An apostrophe, the end of a number of an item, of a face, of a quotation or a line that began elsewhere."""
    before = text[place - 1 : place]
    if before == text[place]:
        return False
    if text[place] == "’" or not before or before in ".…" or before in ":\uff1a;\uff1b" or before in _ENDS:
        return True
    return place == len(text.rstrip()) - 1 or bool(re.match(r"[\dA-Za-z一二三四五六七八九十①-⑳]", before))


def _same(left: str, right: str) -> bool:
    return left == right or {left, right} == {"(", "\uff08"}


def _doubled(text: str) -> Iterator[Hit]:
    for found in _DOUBLED.finditer(text):
        marks = found[0]
        if text[max(0, found.start() - 1) : found.start()] == marks[0]:
            continue
        right = _TWIN_OF.get(marks[0], marks[0])
        yield _hit(text, found.start(), marks, right, 0.9, DOUBLED)


def _dates(text: str) -> Iterator[Hit]:
    for found in _DATE.finditer(text):
        year, month, day = int(found[1] or 2000), int(found[2]), int(found[3])
        if not _possible(year, month, day):
            yield _hit(text, found.start(), found[0], "", 0.95, "日期不存在")
        elif found[1] and found[4] and _WEEKDAYS[date(year, month, day).weekday()] != found[4].replace("天", "日"):
            right = f"星期{_WEEKDAYS[date(year, month, day).weekday()]}"
            yield _hit(text, found.start(), found[0], right, 0.95, "日期与星期不符")
    for found in _PLAIN_DATE.finditer(text):
        if not _possible(int(found[1]), int(found[3]), int(found[4])):
            yield _hit(text, found.start(), found[0], "", 0.9, "日期不存在")
    for found in _TIME.finditer(text):
        if int(found[1]) > 24 or int(found[2]) > 59:
            yield _hit(text, found.start(), found[0], "", 0.9, "时间不存在")


def _possible(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _patterns(text: str) -> Iterator[Hit]:
    for pattern, why in ((_PERCENT, "百分比写法有误"), (_NUMBER, "数字写法有误"), (_UNIT, "单位写法有误")):
        for found in pattern.finditer(text):
            yield _hit(text, found.start(), found[0], "", 0.85, why)


def check_names(paragraphs: Sequence[str]) -> list[list[Hit]]:
    """One person's name spelt two ways in a document: the rare spelling, beside one used three times and more."""
    spots = [(row, found.start(1), found[1]) for row, text in enumerate(paragraphs) for found in _PERSON.finditer(text)]
    counts = Counter(name for _, _, name in spots)
    results: list[list[Hit]] = [[] for _ in paragraphs]
    for row, place, name in spots:
        usual = next((other for other in counts if counts[other] >= 3 * counts[name] and _one_apart(name, other)), "")
        if usual:
            text = paragraphs[row]
            results[row].append(_hit(text, place, name, usual, 0.8, "同一文中姓名写法不一致"))
    return results


def _one_apart(left: str, right: str) -> bool:
    places = [place for place in range(len(left)) if left[place] != right[place]]
    if len(left) != len(right) or len(places) != 1 or places[0] == 0:
        return False
    confusion = load_confusion()
    return ord(right[places[0]]) in confusion.others[confusion.row[ord(left[places[0]])]]


def _hit(text: str, start: int, wrong: str, right: str, confidence: float, why: str = UNPAIRED) -> Hit:
    end = start + max(1, len(wrong))
    return Hit(
        start, end, text[start:end], right, CHECK, "notice", confidence, Level.PROBABLE, why,
        sentence_at(text, start, end),
    )  # fmt: skip
