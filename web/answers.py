"""Answers to programs: a document by its declared type, with a tag that says which state of a thing it shows."""

import hashlib
import re
from typing import Any

from starlette.responses import Response

from web.operation import adapter
from web.problems import Moved
from web.visit import Visit

_TAG = re.compile(r'"([0-9a-f]{12})(?:-[0-9a-f]{8})?"')
MOVED = "这一项在读取之后已有变化，没有办理；请重新读取，看过之后再决定"


def document(visit: Visit, content: Any, version: str = "") -> Response:
    """JSON; unchanged it costs nothing. `version`: of the thing, where it can be changed."""
    operation = visit.operation
    body = adapter(operation.answer).dump_json(content)
    digest = hashlib.sha256(body).hexdigest()
    tag = f'"{version}-{digest[:8]}"' if version else f'"{digest[:16]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if visit.method in {"GET", "HEAD"} and visit.known_tag == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, operation.status, headers, operation.media)


def is_condition(text: str) -> bool:
    """Whether it is a tag of a thing that can be changed, or `*`."""
    return text == "*" or _TAG.fullmatch(text) is not None


def demand_seen(visit: Visit, version: str) -> None:
    """Moved unless a thing still has the version of a tag the program names; `*` stands for whatever it is."""
    tag = _TAG.fullmatch(visit.condition)
    if visit.condition != "*" and (tag is None or tag[1] != version):
        raise Moved(MOVED)
