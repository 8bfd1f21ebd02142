"""登记表: units, sites, accounts and columns, searched, edited one by one, imported and exported."""

from starlette.responses import Response

from domain.errors import RegistryError, UsageError
from domain.rights import Action
from domain.trail import Act
from inspection.desk.registry_desk import KINDS, NAMES, Entry, edited, entry_of, fields_of, found, warned
from inspection.desk.registry_import import exported, read_import, registry_version, take_import
from inspection.desk.trail_desk import trail_page
from inspection.desk.unregistered import adopt, candidates
from web.downloads import go, saved
from web.rendering import page, query
from web.visit import WITH_FILES, Route, Rule, Subject, Visit, reads

SHOWN = 100


def listed(visit: Visit) -> Response:
    """A page of records of one kind."""
    kind = visit.asked("kind") if visit.asked("kind") in KINDS else "sites"
    registry, number = visit.view.registry, visit.asked("page", "1")
    rows = found(registry, kind, visit.asked("q")[:100], visit.asked("unit"), visit.asked("state"))
    pages = max(1, -(-len(rows) // SHOWN))
    at = min(int(number), pages) if number.isascii() and number.isdigit() and 0 < len(number) < 6 else 1
    may_edit = visit.view.may_at_all(Action.REGISTER)
    return page(
        visit, "registry.html", kind=kind, titles=NAMES, rows=rows[max(0, at - 1) * SHOWN :][:SHOWN], total=len(rows),
        number=at, pages=pages, fields=fields_of(registry, kind), may_edit=may_edit, word=visit.asked("q")[:100],
        unit=visit.asked("unit"), state=visit.asked("state"), told=visit.told,
        strangers=candidates(visit.store, visit.view) if may_edit else [],
    )  # fmt: skip


def ask(visit: Visit) -> Response:
    """The form of one record, or of a new one."""
    kind, key = visit.asked("kind", "sites"), visit.asked("key")
    if kind not in KINDS:
        raise UsageError("请从登记表中选择")
    return _form(visit, kind, entry_of(visit.view.registry, kind, key) if key else None)


def _form(visit: Visit, kind: str, entry: Entry | None, problems: tuple[str, ...] = ()) -> Response:
    fields = fields_of(visit.view.registry, kind)
    cells = {field.name: visit.text(f"cell-{field.name}") for field in fields} if problems else {}
    cells = cells or dict(entry.cells if entry else {})
    history = trail_page(visit.store, 0, f"{NAMES[kind]} {entry.key}", Act.REGISTER.label).rows if entry else []
    return page(
        visit, "registry_entry.html", 400 if problems else 200, kind=kind, title=NAMES[kind], entry=entry, fields=fields,
        cells=cells, problems=problems, told=visit.told, history=history,
    )  # fmt: skip


def change(visit: Visit) -> Response:
    """Keep one record as it was filled in, or add it."""
    kind, key, view = visit.text("kind"), visit.text("key"), visit.view
    if kind not in KINDS:
        raise UsageError("请从登记表中选择")
    cells = {field.name: visit.text(f"cell-{field.name}") for field in fields_of(view.registry, kind)}
    try:
        with visit.place.changing:
            result = edited(visit.store, view, kind, key, visit.text("version"), cells, visit.actor, visit.now)
    except RegistryError as error:
        return _form(visit, kind, entry_of(view.registry, kind, key) if key else None, tuple(error.problems))
    told = "；".join([f"{each.name}已保存" for each in result.changes] or ["没有改动"])
    told += f"。请留意：{'；'.join(warned(result))}" if result.warnings else ""
    return go(f"/registry{query(kind=kind, told=told[:400])}")


def ask_import(visit: Visit) -> Response:
    """The form for a file."""
    return page(visit, "registry_import.html", result=None, name="", sha="", version="", whole=False, told="")


def take(visit: Visit) -> Response:
    """First what a file would change, then changing it."""
    whole, sha = visit.text("whole") == "1", visit.text("sha")
    if visit.text("step") == "apply":
        name, data = visit.text("name"), visit.store.body(sha) if len(sha) == 64 else b""
        with visit.place.changing:
            done = take_import(visit.store, name, data, visit.text("version"), visit.actor, visit.now, whole=whole)
        return go(f"/registry{query(told=f'已导入，{len(done.changes)} 处改动')}")
    upload = visit.file("file")
    if upload is None:
        raise UsageError("请选择登记表文件")
    version = registry_version(visit.store.load_registry())
    result = read_import(visit.store, upload.name, upload.data, visit.actor, visit.now, whole=whole)
    sha = "" if result.problems else visit.store.put_body(upload.data)
    return page(
        visit, "registry_import.html", result=result, name=upload.name[-80:], sha=sha, version=version, whole=whole,
        told="",
    )  # fmt: skip


def take_over(visit: Visit) -> Response:
    """One that was linked to and nobody has registered."""
    with visit.place.changing:
        told = adopt(visit.store, visit.view, visit.params["finding"], visit.text("unit"), visit.actor, visit.now)
    return go(f"/registry{query(told=told)}")


def export(visit: Visit) -> Response:
    """Everything as a workbook."""
    return saved(exported(visit.view.registry), "登记表.xlsx")


_EDIT = Rule(Action.REGISTER, Subject.OFFICE)
ROUTES = (
    Route("GET", "/registry", reads(Subject.CITY), listed),
    Route("GET", "/registry.xlsx", reads(Subject.CITY), export),
    Route("GET", "/registry/entry", _EDIT, ask),
    Route("POST", "/registry/entry", _EDIT, change),
    Route("GET", "/registry/import", _EDIT, ask_import),
    Route("POST", "/registry/import", _EDIT, take, WITH_FILES),
    Route("POST", "/findings/{finding}/adopt", Rule(Action.REGISTER, Subject.FINDING), take_over),
)
