"""留痕 and 台账: what was done and what is counted by hand; read only, and handed on as files."""

from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.responses import Response, StreamingResponse

from domain.rights import Action
from domain.trail import Act
from inspection.desk.trail_desk import trail_page
from inspection.people.ledger import write_ledger
from inspection.people.trail_lines import HEADS, trail_text
from web.downloads import TYPES, saved
from web.rendering import page
from web.visit import Route, Rule, Subject, Visit, reads

PARTS = 500  # entries sent at once


def trail(visit: Visit) -> Response:
    """A hundred entries, the newest first; those of a search where one is asked."""
    word, act, to = visit.asked("q")[:100], visit.asked("act"), visit.asked("to")
    until = int(to) if to.isascii() and to.isdigit() and 0 < len(to) < 10 else 0
    found = trail_page(visit.store, until, word, act)
    return page(
        visit, "trail.html", found=found, heads=HEADS, head=visit.store.trail_head(), word=word, act=act,
        acts=[each.label for each in Act],
    )  # fmt: skip


def export_trail(visit: Visit) -> Response:
    """The whole trail, sent as it is read."""
    as_csv = visit.params["ending"] != "jsonl"
    ending = "csv" if as_csv else "jsonl"
    lines = trail_text(visit.store.trail(), as_csv=as_csv)
    parts = iter(lambda: "".join(islice(lines, PARTS)), "")
    told = {"content-disposition": f'attachment; filename="trail.{ending}"'}
    return StreamingResponse(parts, media_type=TYPES[ending], headers=told)


def ledger(visit: Visit) -> Response:
    """The rows of a month, the latest month first."""
    rows = visit.store.ledger()
    months = sorted({row.month for row in rows}, reverse=True)
    month = visit.asked("month") or (months[0] if months else "")
    units = {unit.id: unit.label for unit in visit.view.registry.units}
    shown = [row for row in rows if row.month == month]
    return page(visit, "ledger.html", rows=shown, months=months, month=month, units=units)


def export_ledger(visit: Visit) -> Response:
    """The ledger as a workbook that can be changed and read back."""
    month = visit.asked("month")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        write_ledger(visit.store, path, month)
        return saved(path.read_bytes(), f"工作台账{month}.xlsx")


ROUTES = (
    Route("GET", "/trail", Rule(Action.READ_TRAIL, Subject.OFFICE), trail),
    Route("GET", "/trail.{ending}", Rule(Action.READ_TRAIL, Subject.OFFICE), export_trail),
    Route("GET", "/ledger", reads(Subject.CITY), ledger),
    Route("GET", "/ledger.xlsx", reads(Subject.CITY), export_ledger),
)
