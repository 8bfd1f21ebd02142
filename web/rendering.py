"""Pages from templates: autoescaped, with the navigation a person may use."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from domain.rights import Action
from domain.times import beijing_date
from inspection.desk.words import moment
from web.spoken import spoken
from web.visit import Visit

HERE = Path(__file__).parent
FILES: Mapping[str, tuple[str, str]] = {
    "console.css": ("text/css; charset=utf-8", "style"),
    "console.js": ("text/javascript; charset=utf-8", "script"),
    "htmx.min.js": ("text/javascript; charset=utf-8", "script"),
    "icon.svg": ("image/svg+xml", "picture"),
}


@cache
def static_file(name: str) -> tuple[bytes, str]:
    """(bytes, tag) of a file that comes with the console."""
    data = (HERE / "static" / name).read_bytes()
    return data, hashlib.sha256(data).hexdigest()[:16]


def asset(name: str) -> str:
    """The address of such a file; a changed file has another one."""
    return f"/static/{name}?{static_file(name)[1]}"


def day(value: datetime | date | None) -> str:
    """2023-04-26, Beijing."""
    if value is None:
        return ""
    return str(beijing_date(value)) if isinstance(value, datetime) else value.isoformat()


def outside(url: str) -> str:
    """An address it is safe to link to; empty for any other (javascript:, data:)."""
    try:
        return url if urlsplit(url.strip()).scheme.lower() in {"http", "https"} else ""
    except ValueError:
        return ""


def points(value: float) -> str:
    """1 and 0.1, not 1.0."""
    return f"{value:g}"


def query(**values: Any) -> str:
    """`?a=b` of the values that are not empty."""
    pairs = [(name, each) for name, value in values.items() for each in _many(value) if each not in ("", None)]
    return f"?{urlencode(pairs)}" if pairs else ""


def _many(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


@cache
def environment() -> Environment:
    """The templates, where a name that is not there is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"moment": moment, "day": day, "outside": outside, "points": points, "spoken": spoken}
    made.globals |= {"asset": asset, "query": query, "Action": Action}
    return made


def navigation(visit: Visit) -> list[tuple[str, str]]:
    """(path, label) of what a person may open."""
    view = visit.view
    entries = [
        ("/", "工作台", True),
        ("/city", "全市" if view.is_whole else "本单位", True),
        ("/findings", "问题", True),
        ("/doubts", "疑点", view.may_at_all(Action.REVIEW)),
        ("/worksheet", "人工核查", view.may_at_all(Action.ANSWER)),
        ("/letters", "整改", True),
        ("/proof", "校对", True),
        ("/periods", "考核期", view.is_whole),
        ("/runs", "批次", view.is_whole),
        ("/registry", "登记表", view.is_whole),
        ("/rules", "规则", view.is_whole),
        ("/ledger", "台账", view.is_whole),
        ("/trail", "留痕", view.may_at_all(Action.READ_TRAIL)),
        ("/persons", "人员", view.may_at_all(Action.PERSONS)),
        ("/settings", "设置", view.may_at_all(Action.OPERATE)),
    ]
    return [(path, label) for path, label, shown in entries if shown]


def page(visit: Visit, template: str, status: int = 200, **values: Any) -> Response:
    """A page, or a fragment of one."""
    person = visit.person
    shared = {
        "visit": visit,
        "person": person,
        "view": visit.view if person else None,
        "navigation": navigation(visit) if person else [],
        "here": f"/{visit.path.split('/')[1]}",
        "token": visit.token,
        "now": visit.now,
    }
    text = environment().get_template(template).render({**shared, **values})
    return HTMLResponse(text, status)
