"""What could not be judged and what is only a doubt, in a number that a person can go through."""

import re
from collections.abc import Iterable
from dataclasses import replace

from domain.findings import Doubt, Unjudged

MOST = 10  # attachments named for one check and one reason
MOST_DOUBTS = 200  # of one target, the surest first
_FILE = re.compile("^(?:附件|图片)“.*”[：过]", re.DOTALL)


def folded(questions: Iterable[Unjudged]) -> tuple[Unjudged, ...]:
    """The questions, the attachments that cannot be read for one reason shortened to the first ones and their number."""
    kept: list[Unjudged] = []
    groups: dict[tuple[str, str], list[int]] = {}
    for item in questions:
        if not (named := _FILE.match(item.reason)):
            kept.append(item)
            continue
        places = groups.setdefault((item.check, item.reason[named.end() :]), [])
        if len(places) < MOST:
            kept.append(item)
        places.append(len(kept) - 1)
    for places in groups.values():
        if (more := len(places) - MOST) > 0:
            last = kept[places[MOST - 1]]
            kept[places[MOST - 1]] = replace(last, reason=f"{last.reason}；另有 {more} 个附件也是如此")
    return tuple(kept)


def kept_doubts(items: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """What is kept of one target: each wording once in a place, the surest first."""
    unique = {(item.finding.check, item.finding.identity): item for item in items}
    return tuple(sorted(unique.values(), key=lambda item: -item.confidence)[:MOST_DOUBTS])
