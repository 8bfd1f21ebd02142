"""For programs, with a token: the same things, filters and rights as in the pages, as JSON; reading only."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from domain.errors import UsageError
from inspection.desk.city import latest_cards
from inspection.desk.documents import (
    card_document,
    finding_document,
    letter_document,
    period_line,
    sums_document,
    target_document,
)
from inspection.desk.finding_lists import lines_of, listing
from inspection.desk.period_desk import period_sums
from inspection.desk.scope import seen_finding, seen_letter, seen_letters
from web.filters import STAGES, filter_of, mark_in, mark_words
from web.problems import API
from web.visit import Route, Subject, Visit, reads

MOST = 200


def findings(visit: Visit) -> Response:
    """A window of findings; `next` is the address of the following one."""
    if visit.asked("stage") not in STAGES:
        raise UsageError(f"stage 可选：{'、'.join(each for each in STAGES if each)}")
    found = listing(
        visit.store, visit.rules, visit.view, filter_of(visit), after=mark_in(visit.asked("at")), limit=_limit(visit)
    )
    rows = [finding_document(line, visit.rules) for line in found.lines]
    return _document(visit, {"findings": rows, "next": mark_words(found.behind) or None})


def finding(visit: Visit) -> Response:
    """One finding."""
    record = seen_finding(visit.store, visit.view, visit.params["finding"])
    (line,) = lines_of(visit.store, visit.rules, visit.view, [record])
    return _document(visit, finding_document(line, visit.rules))


def targets(visit: Visit) -> Response:
    """All sites and accounts."""
    return _document(visit, {"targets": [target_document(visit.view, each) for each in visit.view.targets]})


def scorecards(visit: Visit) -> Response:
    """The latest complete judgement of every target."""
    cards = latest_cards(visit.store, visit.view.registry)
    seen = [each.id for each in visit.view.targets]
    return _document(visit, {"scorecards": [card_document(cards[id]) for id in seen if id in cards]})


def periods(visit: Visit) -> Response:
    """All periods."""
    return _document(visit, {"periods": [period_line(each) for each in visit.store.periods()]})


def period(visit: Visit) -> Response:
    """One period with its figures."""
    sums = period_sums(visit.store, visit.rules, visit.place.data, visit.params["period"])
    return _document(visit, sums_document(sums))


def letters(visit: Visit) -> Response:
    """All letters and slips."""
    return _document(visit, {"letters": [letter_document(each) for each in seen_letters(visit.store, visit.view)]})


def letter(visit: Visit) -> Response:
    """One letter or slip."""
    return _document(visit, letter_document(seen_letter(visit.store, visit.view, visit.params["letter"])))


def _limit(visit: Visit) -> int:
    word = visit.asked("limit", "50")
    if not (word.isascii() and word.isdigit() and len(word) < 4 and 0 < int(word) <= MOST):
        raise UsageError(f"limit 须为 1 至 {MOST}")
    return int(word)


def _document(visit: Visit, document: Mapping[str, Any] | Sequence[Any]) -> Response:
    body = json.dumps(document, ensure_ascii=False).encode()
    headers = {"etag": f'"{hashlib.sha256(body).hexdigest()[:16]}"', "cache-control": "private, no-cache"}
    if visit.known_tag == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


_CITY = reads(Subject.CITY)
ROUTES = (
    Route("GET", f"{API}findings", reads(), findings),
    Route("GET", f"{API}findings/{{finding}}", reads(Subject.FINDING), finding),
    Route("GET", f"{API}targets", reads(), targets),
    Route("GET", f"{API}scorecards", reads(), scorecards),
    Route("GET", f"{API}periods", _CITY, periods),
    Route("GET", f"{API}periods/{{period}}", _CITY, period),
    Route("GET", f"{API}letters", reads(), letters),
    Route("GET", f"{API}letters/{{letter}}", reads(Subject.LETTER), letter),
)
