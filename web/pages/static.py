"""Style, script and icon: they come with the program, nothing is asked elsewhere."""

from starlette.responses import Response

from domain.errors import NotThere
from inspection.desk.scope import GONE
from web.rendering import FILES, static_file
from web.visit import PUBLIC, Route, Visit


def file(visit: Visit) -> Response:
    """One of our files."""
    name = visit.params["name"]
    if name not in FILES:
        raise NotThere(GONE)
    data, tag = static_file(name)
    headers = {"cache-control": "public, max-age=31536000, immutable", "etag": f'"{tag}"'}
    if visit.known_tag == f'"{tag}"':
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=FILES[name][0], headers=headers)


ROUTES = (Route("GET", "/static/{name}", PUBLIC, file),)
