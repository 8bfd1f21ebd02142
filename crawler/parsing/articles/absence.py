"""Whether an article certainly shows no publish date: nothing that could be one where publish dates stand."""

import re
from collections.abc import Iterator

from crawler.parsing.articles.printed_dates import Frame, Seen
from crawler.parsing.articles.spots import Spot
from crawler.parsing.dates import reader as dates
from crawler.parsing.dates.absence import TIMELY, address_may_hold_date, attributes_may_hold_date, may_hold_date
from crawler.parsing.html.lines import Line
from crawler.parsing.html.tree import Tree

_ABOVE, _BEHIND = 3, 6  # lines around headline and text in which publish dates stand
_PROSE = re.compile(r"[。！？!?；]\s*$|[，,].*[，,。]")
_SAYS_BEFORE = re.compile(
    r"(?:时间|日期|期限?|时段|截[止至]|有效|最[近后]\S{2}|登录|浏览|[自从于至到是在:])\s{0,9}[\])]?\s{0,9}$"
)
_SAYS_BEHIND = re.compile(r"\s*(?:至|到|起|止|之?前|以前|施行|实施|生效|通过|召开|举行|[~～-]{1,2}\s*\d)")
_WRITES = re.compile(
    r"(?:date|time|发布|日期|fbsj|rq)\W[^\n;]{0,60}?(?:(?:19|20)\d\d\D{0,3}\d{1,2}|\b1\d{9}(?:\d{3})?\b)|document\.write",
    re.I,
)


def is_undated(tree: Tree, lines: list[Line], frame: Frame, seen: list[Seen], meta: dict[str, str], url: str) -> bool:
    """Whether no line near headline and text, no meta tag, attribute, script and address could tell a date.

    Dates that were read and are known to be of something else (`seen`) explain their own characters, not the line's rest.
    """
    told = [
        found.stamp.text
        for found in seen
        if found.stamp.value is not None and found.spot in (Spot.OF_ELSE, Spot.OF_ATTACHED)
    ]
    spoken = (_without(line.text, told) for line in _where_dates_stand(lines, frame))
    return not (
        address_may_hold_date(url)
        or any(TIMELY.search(name) and any(map(str.isnumeric, value)) for name, value in meta.items())
        or any(may_hold_date(text) for text in spoken)
        or attributes_may_hold_date(tree, *_elements(tree, lines, frame))
        or any(len(script) < 20_000 and _WRITES.search(script) for _, script in tree.scripts)
    )


def _where_dates_stand(lines: list[Line], frame: Frame) -> Iterator[Line]:
    head = range(max(0, frame.title - _ABOVE), min(len(lines), frame.first + 2))
    tail = range(max(frame.first + 2, frame.last - 2), min(len(lines), frame.last + _BEHIND))
    for number in (*head, *tail):
        line = lines[number]
        listed = line.linked > 9 and number > frame.title
        if (
            line.place == "footer"
            or listed
            or (frame.inside(number) and (len(line.text) > 60 or _PROSE.search(line.text)))
        ):
            continue
        yield line


def _without(text: str, told: list[str]) -> str:
    """The text without dates whose neighbours say plainly of what they are; a name that only sounds so says nothing."""
    plain = dates.fold(text)
    for stamp in told:
        before, found, behind = plain.partition(stamp)
        if found and (_SAYS_BEFORE.search(before) or _SAYS_BEHIND.match(behind)):
            plain = f"{before} {behind}"
    return plain


def _elements(tree: Tree, lines: list[Line], frame: Frame) -> tuple[int, int]:
    """From the headline to the first line of the text."""
    if not lines:
        return tree.body, tree.body
    first = lines[min(frame.title, len(lines) - 1)].start
    return tree.parents[first], lines[min(frame.first, len(lines) - 1)].stop
