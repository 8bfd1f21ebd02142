"""Every date printed on an article page, ranked by how surely it is the day of publishing."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from crawler.parsing.articles.spots import Spot
from crawler.parsing.dates import reader as dates
from crawler.parsing.dates.labels import Label, label_of
from crawler.parsing.dates.reader import Stamp
from crawler.parsing.html.lines import Line
from domain.times import beijing_date

WRITTEN = 6  # the rank of a date of writing
NO_DATE = 9  # the rank of what is no publish date
_FIELD = re.compile(
    r"(?:供稿(?:单位|人)?|来源|稿源|出处|作者|撰稿人?|文字|文/?图?|图片|摄影|责任编辑|责编|编辑|编审|审核人?|审校|校对|初审|复审|终审|信息员|录入员?|发布(?:人|机构|单位|者))\s*:\s*[^\s:,;|\]]{1,24}"
)  # who wrote, checked and sent it
_NOISE = re.compile(
    r"字体|字号|(?:[【\[]|(?<!\s))\s*+[大中小]\s*+[】\]]|浏览(?:次数|量)?|点击(?:率|数|量)?|阅读(?:次数|量)?|次数|分享|打印|收藏|关闭|扫一扫|来源|作者|编辑|责任|[:|\s\d次]"
)
_PROSE = re.compile(r"[,。;!?、“”]")
_ENDS_PERIOD = re.compile(r"(?:[\d日号时分]|时间:?)\s*(?:至|到|[~～-]{1,2})\s*$")
_STARTS_PERIOD = re.compile(r"^\s*(?:至|到|~|～|-{1,2}\s*(?:19|20)\d\d|起|止|前|之前|以前|以后|之后)")
_EVENT = re.compile(r"^[^\s,;|\])]{0,30}?(?:通过|批准|修订|修正|施行|实施|召开|举行|开幕|开标|生效)")
_ELSE = re.compile(
    r"(?:相关|关联|附件|原文|政策|解读)(?:的)?(?:文件|链接|解读|信息|阅读|稿件|报道|新闻|原文|政策)?\s*:"
)
_DIGIT = re.compile(r"\d\D{0,3}\d|昨|今|前|刚|[零〇○◯Ｏ一二三四五六七八九十元壹贰貳叁肆伍陆柒捌玖拾廿]\s*[年月]")
_LABELLED = re.compile(r"(?:发\s?布|发表|日\s?期|时\s?间|Date|Posted|Published)\s*[于]?\s*:?", re.I)
_TURN = re.compile(r"[上下前后]一?[篇条则]\s*:.*?(?=\||(?<=\))\s+(?:19|20)\d\d|[上下前后]一?[篇条则]\s*:|$)")


@dataclass(frozen=True, slots=True)
class Seen:
    """One printed date."""

    stamp: Stamp
    rank: int  # smaller is better; NO_DATE: not a publish date
    spot: Spot
    listed: bool = False  # beside a link, as in a box of other articles


class Frame(NamedTuple):
    """Where things stand: the headline and its line, and the lines [first, last) of the text."""

    headline: str
    title: int
    first: int
    last: int

    def inside(self, number: int) -> bool:
        """Whether a line belongs to the text."""
        return self.first <= number < self.last


class _Place(NamedTuple):
    """A date with its surroundings."""

    number: int
    line: str  # folded
    before: str
    stamp: Stamp
    frame: Frame
    today: bool
    future: bool
    listed: bool  # between two links, as in a box of other articles

    @property
    def rest(self) -> str:
        """What the line says beside the date; the headline, who wrote it and how often it was read left out."""
        start, end = self.stamp.start, self.stamp.end
        headline = dates.fold(self.frame.headline)
        if headline and len(headline) > 5 and (at := self.line.find(headline)) >= 0 and at + len(headline) <= start:
            return _NOISE.sub("", _FIELD.sub("", f"{self.line[at + len(headline) : start]} {self.line[end:]}"))
        return _NOISE.sub("", _FIELD.sub("", f"{self.line[:start]} {self.line[end:]}"))

    @property
    def near(self) -> bool:
        """Between the headline and the text."""
        return self.frame.title <= self.number <= self.frame.first + 1


def printed_dates(lines: list[Line], frame: Frame, heads: dict[int, str], as_of: datetime) -> list[Seen]:
    """The dates of a page's lines, in page order. `heads`: line -> name of its table column."""
    seen = []
    today = beijing_date(as_of)
    for number, line in enumerate(lines):
        text, linked = line.text, line.linked
        if line.place == "nav" or len(text) > 300 or _is_prose(number, text, frame) or not _DIGIT.search(text):
            continue
        folded = dates.fold(text)
        if "篇" in folded or "条:" in folded:
            folded = _TURN.sub(lambda turn: "|" * len(turn[0]), folded)  # the articles before and behind
            linked = 0 if folded.count("|") > linked else linked
        if linked > 12:
            continue
        said = dates.fold(heads.get(number) or (lines[number - 1].text if number else ""))
        said = said if len(said) <= 12 and (number - 1 != frame.title or len(frame.headline) < 6) else ""
        listed = all(beside.linked > 9 for beside in lines[max(0, number - 1) : number + 2 : 2])
        for stamp, before in _stamps(folded, said, dates.fold(frame.headline), as_of):
            future = stamp.day is not None and stamp.day > today + timedelta(days=1)
            place = _Place(number, folded, before, stamp, frame, stamp.day == today, future, listed)
            if line.place and label_of(before) is not Label.PUBLISHED:
                continue  # what is called a bottom may be the article's
            rank, spot = (NO_DATE, Spot.HIDDEN) if line.hidden else _rank(place)
            seen.append(Seen(stamp, rank, spot, listed))
    return seen


def _is_prose(number: int, text: str, frame: Frame) -> bool:
    """Dates in running text say nothing."""
    middle = frame.first + 3 <= number < frame.last - 3
    return frame.inside(number) and len(text) > (60 if middle else 120)


def _stamps(folded: str, said: str, headline: str, as_of: datetime) -> list[tuple[Stamp, str]]:
    """The dates of a line, each with what stands before it, the line above included where that is its label.

    The headline is no label (…工作会议 2023-04-20).
    """
    start = folded.find(headline) + len(headline) if len(headline) > 5 and headline in folded else 0
    above = said if label_of(said) is not Label.NONE else ""
    stamps, labelled = list(dates.search(folded, as_of)), False
    if not stamps and len(folded) < 120 and (above or _LABELLED.search(folded)):
        stamps, labelled = list(dates.search(folded, as_of, short=True)), True
    found = []
    for stamp in stamps:
        before = folded[max(start if start <= stamp.start else 0, stamp.start - 28) : stamp.start]
        if above and stamp.start < 3:
            before = above + before
        if (stamp.shape == "month_day" or len(stamp.text) < 9) and labelled and label_of(before) in _UNSURE:
            continue
        found.append((stamp, before))
    return found


_UNSURE = (Label.NONE, Label.OTHER, Label.WRITTEN)  # a day without its year needs better


def _rank(place: _Place) -> tuple[int, Spot]:
    after = place.line[place.stamp.end :]
    if _is_in_headline(place):
        return NO_DATE, Spot.IN_HEADLINE
    label = label_of(place.before)
    if (
        label is Label.OTHER
        or _ENDS_PERIOD.search(place.before)
        or _STARTS_PERIOD.search(after)
        or _EVENT.search(after)
    ):
        return NO_DATE, Spot.OF_ELSE
    if _ELSE.search(place.line[: place.stamp.start]):
        return NO_DATE, Spot.OF_ATTACHED
    if place.future and label is not Label.PUBLISHED:
        return NO_DATE, Spot.AHEAD
    if label is Label.WRITTEN:
        return WRITTEN, Spot.WRITTEN
    return _rank_plain(place) if label is Label.NONE else _rank_labelled(place, label)


_BY_LABEL = {Label.PUBLISHED: 1, Label.BARE: 2, Label.UPDATED: 4}


def _rank_labelled(place: _Place, label: Label) -> tuple[int, Spot]:
    frame, number, length = place.frame, place.number, len(place.rest)
    inside = frame.inside(number)
    if place.near and (not inside or length < 40):
        return _BY_LABEL[label], Spot.LABELLED_ABOVE
    late = 5 if label is Label.UPDATED else 3
    if inside:
        at_end = number >= frame.last - 2 and length < (40 if label is Label.PUBLISHED else 8)
        return (late, Spot.LABELLED_AT_END) if at_end else (NO_DATE, Spot.IN_TEXT)
    if frame.last <= number <= frame.last + 8:
        return late, Spot.LABELLED_BELOW
    return (5, Spot.LABELLED_ELSEWHERE) if length < 30 else (NO_DATE, Spot.UNPLACED)


def _rank_plain(place: _Place) -> tuple[int, Spot]:
    frame, number, rest = place.frame, place.number, place.rest
    if frame.inside(number):
        return NO_DATE, Spot.SIGNED if len(rest) < 4 else Spot.IN_TEXT
    if place.listed:
        return NO_DATE, Spot.IN_A_LIST
    if place.near and len(rest) < 24 and not _PROSE.search(rest):
        return 3, Spot.ALONE_ABOVE
    alone = len(rest) < 4 and not place.today
    if alone and frame.title - 2 <= number < frame.title:
        return 4, Spot.OVER_HEADLINE
    if alone and frame.last <= number <= frame.last + 1 and "年" not in place.stamp.text:
        return 5, Spot.ALONE_BELOW
    return NO_DATE, Spot.UNPLACED


def _is_in_headline(place: _Place) -> bool:
    """Whether a date stands in the words of the headline."""
    headline = dates.fold(place.frame.headline)
    at = place.line.find(headline) if headline else -1
    stamp = place.stamp
    return 0 <= at <= stamp.start and stamp.end <= at + len(headline) and len(headline) > len(stamp.text)


def dates_in_pieces(lines: list[Line], frame: Frame, as_of: datetime) -> list[Seen]:
    """A date cut into several short lines or elements beside the title (20 | 2023-04)."""
    for width in (1, 2, 3):
        for start in range(max(0, frame.title - 3), min(frame.first, frame.title + 7) - width + 1):
            pieces = lines[start : start + width]
            if any(len(line.text) > 12 or line.linked or line.place or line.hidden for line in pieces):
                continue
            text = " ".join(line.text for line in pieces)
            stamp = dates.read(text, as_of) if _DIGIT.search(text) else None
            if stamp and stamp.value is not None and (stamp.shape == "split" or (width > 1 and stamp.shape == "full")):
                return [Seen(stamp, 4, Spot.PIECES_ABOVE)]
    return []
