"""Findings for programs: lists, one, what waits for a second person, what could not be judged."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field
from starlette.responses import Response
from typing_extensions import TypedDict

from inspection.desk.city import latest_days
from inspection.desk.decisions import choices
from inspection.desk.documents.findings import (
    FindingDocument,
    OneFinding,
    RequestDocument,
    UnjudgedDocument,
    finding_document,
    request_document,
    unjudged_document,
)
from inspection.desk.finding_lists import lines_of, listing
from inspection.desk.scope import seen_finding
from inspection.desk.versions import version_of
from inspection.wording import RuleWording
from web.answers import document
from web.filters import filter_of, mark_in, mark_words
from web.operation import EXACT, Operation, Word
from web.pages.interface.routes import get
from web.pages.interface.windows import Limit, OfUnit
from web.visit import Subject, Visit


@dataclass(frozen=True, slots=True)
class FindingQuery:
    """The filters of the page; without a stage what waits and what is open."""

    __pydantic_config__ = EXACT
    stage: Literal["", "waiting", "open", "fixed", "waived", "rejected", "all"] = ""
    severity: Literal["", "veto", "deduct", "problem", "notice"] = ""
    check: Word = ""
    unit: Word = ""
    target: Word = ""
    limit: Limit = 50
    at: Annotated[str, Field(pattern=r"^([0-3]\.[0-9a-f]{1,64})?$")] = ""


class FindingsAnswer(TypedDict):
    """A window of findings; `next` is the `at` of the following one."""

    findings: list[FindingDocument]
    next: str | None


class RequestsAnswer(TypedDict):
    """What waits for a second person."""

    requests: list[RequestDocument]


@dataclass(frozen=True, slots=True)
class UnjudgedQuery(OfUnit):
    """Of one target, or of one check."""

    target: Word = ""
    check: Word = ""


class UnjudgedAnswer(TypedDict):
    """What the judgement every target stands by could not say."""

    unjudged: list[UnjudgedDocument]
    next: int | None


def listed(visit: Visit) -> Response:
    """A window of findings."""
    wanted: FindingQuery = visit.wanted
    found = listing(
        visit.store, visit.rules, visit.view, filter_of(visit), after=mark_in(wanted.at), limit=wanted.limit
    )
    rows = [finding_document(line, visit.rules) for line in found.lines]
    return document(visit, {"findings": rows, "next": mark_words(found.behind) or None})


def show(visit: Visit) -> Response:
    """One finding."""
    return document(visit, *one(visit))


def one(visit: Visit) -> tuple[OneFinding, str]:
    """(the finding of the address with what may be done with it, its version)."""
    record = seen_finding(visit.store, visit.view, visit.params["finding"])
    (line,) = lines_of(visit.store, visit.rules, visit.view, [record])
    requests = visit.store.requests(record.fingerprint)
    found: OneFinding = {
        **finding_document(line, visit.rules),
        "choices": choices(visit.view, record, requests),
        "requests": [request_document(item) for item in requests if not item.decided_by],
    }
    return found, version_of(record)


def requested(visit: Visit) -> Response:
    """What waits for a second person."""
    rows = []
    for item in visit.store.requests():
        record = None if item.decided_by else visit.store.finding(item.fingerprint)
        if record is not None and visit.view.reads(visit.view.unit_of(record.target_id)):
            rows.append(request_document(item))
    return document(visit, {"requests": rows})


def unjudged(visit: Visit) -> Response:
    """What could not be judged, target by target in the order of the registry."""
    wanted: UnjudgedQuery = visit.wanted
    days, wording = latest_days(visit.store, visit.view.registry), RuleWording(visit.rules)
    ids = visit.view.target_ids(wanted.unit)
    rows: list[UnjudgedDocument] = []
    for target in visit.view.targets:
        day = days.get(target.id)
        if day is None or (ids is not None and target.id not in ids) or wanted.target not in {"", target.id}:
            continue
        found = visit.store.unjudged(day.run_id, target.id)
        rows += [unjudged_document(id, item, wording) for id, item in found if wanted.check in {"", item.check}]
        if len(rows) > wanted.at + wanted.limit:  # it goes on: nothing behind is read
            break
    end = wanted.at + wanted.limit
    return document(visit, {"unjudged": rows[wanted.at : end], "next": end if len(rows) > end else None})


ROUTES = (
    get(
        "findings", Subject.LISTS, listed,
        Operation("listFindings", "A window of findings", "findings", FindingsAnswer, FindingQuery),
    ),
    get("findings/{finding}", Subject.FINDING, show, Operation("getFinding", "One finding", "findings", OneFinding)),
    get(
        "requests", Subject.LISTS, requested,
        Operation("listRequests", "What waits for a second person", "findings", RequestsAnswer),
    ),
    get(
        "unjudged", Subject.LISTS, unjudged,
        Operation("listUnjudged", "What could not be judged", "findings", UnjudgedAnswer, UnjudgedQuery),
    ),
)  # fmt: skip
