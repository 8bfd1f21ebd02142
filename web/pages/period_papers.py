"""Papers of a period that are kept: the signed notice as it left the office, and the archive."""

import shutil

from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from domain.rights import Action
from inspection.desk.period_papers import archive, issued_file, keep_issued
from web.downloads import attachment, go, saved
from web.rendering import query
from web.sniffing import shown_name
from web.visit import WITH_FILES, Route, Rule, Subject, Visit, reads


def register(visit: Visit) -> Response:
    """The notice as it was signed, kept with its numbers compared."""
    name, upload = visit.params["period"], visit.file("file")
    given = (shown_name(upload.name), upload.data) if upload else ("", b"")
    with visit.place.changing:
        item = keep_issued(
            visit.store, visit.rules, visit.place.data, name, given, visit.actor, visit.now, visit.text("reason")
        )
    told = f"已登记{item.label}，校验值 {item.sha256[:16]}"
    return go(f"/periods/{name}/notice{query(told=told)}")


def issued(visit: Visit) -> Response:
    """A registered notice."""
    return saved(*issued_file(visit.store, visit.params["period"], visit.params["number"]))


def shelf(visit: Visit) -> Response:
    """Everything of a closed period with its evidence; written beside, sent, and dropped."""
    path, folder, name = archive(
        visit.store, visit.rules, visit.place.data, visit.params["period"], visit.actor, visit.now
    )
    dropped = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(path, media_type="application/zip", headers=attachment(name), background=dropped)


_CLOSING = Rule(Action.CLOSE_PERIOD, Subject.CITY)
ROUTES = (
    Route("POST", "/periods/{period}/issued", _CLOSING, register, WITH_FILES),
    Route("GET", "/periods/{period}/issued/{number}", reads(Subject.CITY), issued),
    Route("POST", "/periods/{period}/archive", _CLOSING, shelf),
)
