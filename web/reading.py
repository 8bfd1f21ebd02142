"""A request read into a visit, within bounds."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

from inspection.entrance.sessions import person_of
from inspection.entrance.tokens import person_by_token
from web.cleaning import cleaned
from web.cookies import FORM, SESSION, secret_in
from web.origins import own_path
from web.problems import API
from web.visit import Place, Route, Upload, Visit

MOST_FIELDS = 3000
MOST_FILES = 8


class TooLarge(Exception):
    """More was sent than the route takes."""


def bounded(receive: Receive, most: int) -> Receive:
    """The same stream, which fails as soon as more came than is taken."""
    taken = 0

    async def next_part() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise TooLarge
        return message

    return next_part


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with a request: fields and files of a form, or the body of a program."""

    fields: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, list[Upload]] = field(default_factory=dict)
    raw: bytes = b""


NOTHING_SENT = Sent()


async def read_body(request: Request, largest: int) -> Sent:
    """At most so many bytes of a program; TooLarge otherwise."""
    _demand_size(request, largest)
    return Sent(raw=await Request(request.scope, bounded(request.receive, largest)).body())


def _demand_size(request: Request, largest: int) -> None:
    told = request.headers.get("content-length", "0")
    if not (told.isascii() and told.isdigit()) or int(told) > largest:
        raise TooLarge


async def read_form(request: Request, largest: int) -> Sent:
    """Fields and files of a form of at most so many bytes; TooLarge, or HTTPException for what is no form."""
    _demand_size(request, largest)
    fields: dict[str, list[str]] = defaultdict(list)
    files: dict[str, list[Upload]] = defaultdict(list)
    form_request = Request(request.scope, bounded(request.receive, largest))
    async with form_request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=500_000) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                if value.filename:
                    files[name].append(Upload(cleaned(value.filename), await value.read()))
            else:
                fields[cleaned(name)].append(cleaned(str(value)))
    return Sent(fields, files)


def visit_of(request: Request, place: Place, route: Route, sent: Sent = NOTHING_SENT) -> Visit:
    """The request as a value; who is logged in is looked up here."""
    now = place.clock()
    polled = request.headers.get("hx-request") == "true"  # asked by the page by itself: nobody is at work
    secret, shown = "", None
    if route.path.startswith(API):  # a browser that is logged in is no program
        shown = person_by_token(place.store, _bearer(request), now)
        person = shown[0] if shown else None
    else:
        secret = secret_in(request, SESSION)
        person = person_of(place.store, secret, now, at_work=not polled) if secret else None
    query: dict[str, list[str]] = defaultdict(list)
    for name, value in request.query_params.multi_items():
        query[name].append(value if route.operation else cleaned(value))  # of a program: once it is measured
    headers = request.headers
    return Visit(
        place, request.method, request.url.path, now, {name: cleaned(word) for name, word in request.path_params.items()}, query, sent.fields, sent.files, person,
        secret if person else secret_in(request, FORM), request.client.host if request.client else "",
        headers.get("user-agent", ""), _came_from(request), polled,
        headers.get("if-none-match", ""), request.url.scheme == "https", f"{request.url.scheme}://{request.url.netloc}",
        headers.get("sec-fetch-site", "same-origin") == "same-origin" and _is_own_referer(request),
        shown[1] if shown else None, sent.raw, headers.get("content-type", "").partition(";")[0].strip().lower(),
        headers.get("if-match", ""), headers.get("idempotency-key"),
    )  # fmt: skip


def _bearer(request: Request) -> str:
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""


def _is_own_referer(request: Request) -> bool:
    told = request.headers.get("referer")
    return told is None or told.startswith(f"{request.url.scheme}://{request.url.netloc}/")


def _came_from(request: Request) -> str:
    told = request.headers.get("hx-current-url") or request.headers.get("referer", "")
    try:
        parts = urlsplit(told)
    except ValueError:
        return "/"
    if parts.netloc != request.url.netloc:
        return "/"
    return own_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def demand_name(request: Request, place: Place) -> None:
    """HTTPException for a host name that is not ours: somebody points his own name at this address."""
    told = request.headers.get("host", "")
    try:
        name = urlsplit(f"//{told}").hostname or ""
    except ValueError:
        name = ""
    if name not in place.names:
        raise HTTPException(400, "不是本控制台的主机名")
