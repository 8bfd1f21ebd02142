"""Where the interface says what it is."""

import json
from collections.abc import Sequence
from functools import cache

from starlette.responses import Response

from web.openapi import openapi
from web.visit import PUBLIC, Route, Visit

PATH = "/api/openapi.json"


def description(routes: Sequence[Route]) -> Route:
    """The route of the document about these routes; anybody may read it, it says nothing of an office."""

    @cache
    def text() -> str:
        return json.dumps(openapi(routes), ensure_ascii=False)

    def show(visit: Visit) -> Response:
        return Response(text(), media_type="application/json")

    return Route("GET", PATH, PUBLIC, show)
