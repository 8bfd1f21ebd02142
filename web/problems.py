"""Refusals for programs (RFC 9457)."""

import json
from collections.abc import Sequence

from starlette.responses import Response

from web.spoken import spoken

API = "/api/v1/"
TYPE = "application/problem+json"
TITLES = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    409: "Conflict", 413: "Content Too Large", 500: "Internal Server Error", 503: "Service Unavailable",
}  # fmt: skip


def problem(status: int, detail: str, problems: Sequence[str] = ()) -> Response:
    """One of them."""
    document = {"type": "about:blank", "title": TITLES.get(status, "Bad Request"), "status": status}
    document |= {"detail": spoken(detail), **({"problems": list(problems)} if problems else {})}
    headers = {"www-authenticate": "Bearer"} if status == 401 else {}
    return Response(json.dumps(document, ensure_ascii=False), status, headers, TYPE)
