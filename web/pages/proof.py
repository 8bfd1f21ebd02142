"""校对: a text before it is published, for anybody who is logged in; nothing of it is kept."""

from starlette.responses import Response

from inspection.desk.proof_desk import Checked, checked_file, checked_text
from web.downloads import saved
from web.rendering import page
from web.visit import OWN, WITH_FILES, Route, Visit


def ask(visit: Visit) -> Response:
    """The form."""
    return _page(visit, None)


def check(visit: Visit) -> Response:
    """What was found; or the marked copy of it."""
    upload, suspected = visit.file("file"), visit.text("suspected") == "1"
    text = visit.text("text").replace("\r\n", "\n")
    found = checked_file(visit.rules, upload.name, upload.data) if upload else checked_text(visit.rules, text)
    if visit.text("step") == "copy":
        return saved(*found.copy(suspected))
    return _page(visit, found, text if upload is None else "", suspected)


def _page(visit: Visit, found: Checked | None, text: str = "", suspected: bool = False) -> Response:
    return page(
        visit, "proof.html", found=found, text=text, suspected=suspected, lines=found.lines(suspected) if found else [],
        pieces=found.pieces(suspected) if found else [],
    )  # fmt: skip


ROUTES = (Route("GET", "/proof", OWN, ask), Route("POST", "/proof", OWN, check, WITH_FILES))
