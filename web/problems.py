"""Refusals for programs (RFC 9457)."""

import json
from collections.abc import Sequence

from starlette.responses import Response

from domain.errors import Conflict, UsageError
from web.spoken import spoken

API = "/api/v1/"
TYPE = "application/problem+json"
TITLES = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    409: "Conflict", 412: "Precondition Failed", 413: "Content Too Large", 415: "Unsupported Media Type",
    422: "Unprocessable Content", 428: "Precondition Required", 500: "Internal Server Error",
    503: "Service Unavailable",
}  # fmt: skip


class Moved(UsageError):
    """The thing is not any more what the program has seen."""


class Unconditional(UsageError):
    """A change that does not say what it was decided upon."""


class OtherRequest(UsageError):
    """The key of another request."""


class Underway(Conflict):
    """The same request is at work, or was cut short."""


class NotJson(UsageError):
    """Something else was sent."""


def problem(status: int, detail: str, problems: Sequence[str] = ()) -> Response:
    """One of them."""
    document = {"type": "about:blank", "title": TITLES.get(status, "Bad Request"), "status": status}
    document |= {"detail": spoken(detail), **({"problems": list(problems)} if problems else {})}
    headers = {"www-authenticate": "Bearer"} if status == 401 else {}
    return Response(json.dumps(document, ensure_ascii=False), status, headers, TYPE)
