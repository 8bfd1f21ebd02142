"""Reads tests/cases/*.yaml: builds small views from them, runs the check, compares what it yields.

A case file names its `check`, an `as_of`, optional `params` (else those of rules.yaml), and `cases`: name -> view + `expect`.
Another room adds its kind of view with `BUILDERS["account"] = build_account_view`.
"""

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any

from checks import discovery
from checks.rules.rulebook import load_rules
from checks.rules.sections import read_params
from checks.rules.strict_yaml import RuleFile, parse
from checks.rules.typed_values import convert
from domain.captured import Attempt, Page, Probe
from domain.findings import Finding, Result
from domain.targets import Site
from domain.times import BEIJING, Window
from domain.views import Column, LinkTarget, SiteView

CASES = Path(__file__).resolve().parent.parent / "cases"
LOCK = CASES / "lock.json"
HOST = "http://www.example.gov.cn"


@dataclasses.dataclass(frozen=True)
class Case:
    """One case of one check."""

    check: str
    name: str
    as_of: datetime
    params: Mapping[str, Any]
    data: Mapping[str, Any]
    path: Path

    @property
    def kind(self) -> str:
        """`flagged`, `passing` or `not judged`."""
        expected = self.data["expect"]
        if any("finding" in item for item in expected):
            return "flagged"
        return "not judged" if expected else "passing"


def case_files() -> list[Path]:
    return sorted(CASES.glob("*.yaml"))


def load_cases(path: Path) -> list[Case]:
    """The cases of a file; an AssertionError says what is wrong with it."""
    parsed = parse(path.read_text(encoding="utf-8"), path.name)
    assert not parsed.problems, parsed.problems
    data = parsed.data
    assert set(data) <= {"check", "as_of", "params", "cases"}, f"{path.name}: unknown keys {set(data)}"
    default = data["as_of"]
    return [
        Case(data["check"], name, moment(case.get("as_of", default)), case_params(data, case), case, path)
        for name, case in data["cases"].items()
    ]


def case_params(data: Mapping[str, Any], case: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**(data.get("params") or {}), **(case.get("params") or {})}


def run_case(case: Case) -> list[Result]:
    """What the check yields for the case, with the shipped parameters unless the case states its own."""
    scope = discovery.scope_of(case.check)
    cls = discovery.classes(scope)[case.check]
    shipped = load_rules().checks[case.check].params
    parsed = RuleFile(case.path.name)
    own = read_params(parsed, ("params",), case.params, cls, shipped)
    assert not parsed.problems, parsed.problems
    return list(cls(**own)(BUILDERS[scope](case)))


def compare(results: list[Result], expected: list[Mapping[str, Any]]) -> list[str]:
    """Differences between what came and what was expected; facts not named are not compared."""
    if len(results) != len(expected):
        return [f"expected {len(expected)} results, got {len(results)}: {results}"]
    return [text for result, want in zip(results, expected, strict=True) for text in _differences(result, want)]


def _differences(result: Result, want: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(result, Finding) != ("finding" in want):
        yield f"expected {want}, got {result}"
        return
    if not isinstance(result, Finding):
        if want["unjudged"] not in result.reason:
            yield f"expected a reason with “{want['unjudged']}”, got “{result.reason}”"
    else:
        for key, value in (want["finding"] or {}).items():
            if key not in result.facts or result.facts[key] != value:
                yield f"fact {key}: expected {value!r}, got {result.facts.get(key)!r}"
    for key, value in want.items():
        if key in {"finding", "unjudged"}:
            continue
        actual = getattr(result.ref, key) if key in {"url", "label"} else getattr(result, key)
        if (list(actual) if isinstance(actual, tuple) else actual) != value:
            yield f"{key}: expected {value!r}, got {actual!r}"


def build_site_view(case: Case) -> SiteView:
    """A SiteView of the case: site, home, columns, pages, links, probes and plain fields, all optional."""
    data, as_of = case.data, case.as_of
    site = shape({"id": "2101000001", "name": "某某市民政局", "home_url": f"{HOST}/", **data.get("site", {})}, Site)
    home = None if data.get("home", {}) is None else build_page({"url": site.home_url, **data.get("home", {})}, as_of)
    pages = [build_page(page, as_of) for page in data.get("pages", [])]
    columns = [_column(number, row) for number, row in enumerate(data.get("columns", []), 1)]
    links = [shape_link(row, as_of) for row in data.get("links", [])]
    probes = _probes(data.get("probes", []), as_of)
    names = ("complete", "published", "home_lists_newest", "marks", "nights", "ipv6", "search", "disguise")
    plain = {key: data[key] for key in names if key in data}
    hints = typing.get_type_hints(SiteView)
    return SiteView(
        site=site,
        as_of=as_of,
        run_id="r1",
        home=home,
        columns=lambda: iter(columns),
        pages=lambda kind=None, changed_in=None: _of_kind(pages, kind),
        read=lambda kind=None: _of_kind(pages, kind),
        sample=lambda sample: tuple(islice(filter(sample.fits, _of_kind(pages, sample.kind)), sample.size)),
        links=lambda faulty=True: iter(links),
        probes=lambda window: (probe for probe in probes if probe.at >= as_of - timedelta(days=window.length(as_of))),
        **{key: shape(value, hints[key]) for key, value in plain.items()},
    )


def _of_kind(pages: list[Page], kind: Any) -> Iterator[Page]:
    kinds = {kind} if isinstance(kind, str) else set(kind or ())
    return (page for page in pages if not kinds or (page.reading is not None and page.reading.kind in kinds))


def build_page(row: Mapping[str, Any], as_of: datetime) -> Page:
    url = row.get("url", f"{HOST}/")
    basis = {"run_id": "r1", "site_id": "2101000001", "url": url, "final_url": url, "status": 200, "body_hash": "b0"}
    reading = row.get("reading", {})
    row = {**basis, "fetched_at": as_of.isoformat(), **row}
    row["reading"] = None if reading is None else {"kind": "home", **reading}
    return shape(row, Page)


def build_case_page(case: Case) -> Page:
    """The `page:` of a case of a page check."""
    return build_page(case.data["page"], case.as_of)


def _column(number: int, row: Mapping[str, Any]) -> Column:
    row = {"name": "工作动态", "url": f"{HOST}/c{number}/", "kind": "other", **row}
    if "entries" not in row and row.get("newest"):
        row["entries"] = [
            {"title": "一条信息", "url": f"{row['url']}1.html", "published_on": row["newest"], "how": "list"}
        ]
    row.setdefault("items", len(row.get("entries", [])))
    return shape(row, Column)


def shape_link(row: Mapping[str, Any], as_of: datetime) -> LinkTarget:
    row = dict(row)
    sources = row.pop("sources", [f"{HOST}/"])
    sources = [f"{HOST}/p{n}.html" for n in range(sources)] if isinstance(sources, int) else sources
    attempts = tuple(_attempt(row["url"], item, as_of, number) for number, item in enumerate(row.pop("attempts")))
    row = {"text": "某链接", "tag": "a", "inside": row["url"].startswith(HOST), "home": False, **row}
    return LinkTarget(**row, attempts=attempts, sources=lambda: iter(sources))


def _attempt(url: str, row: Mapping[str, Any], as_of: datetime, number: int) -> Attempt:
    at = as_of + timedelta(hours=number)
    return shape({"run_id": "r1", "site_id": "2101000001", "url": url, "at": at.isoformat(), **row}, Attempt)


def _probes(rows: list[Mapping[str, Any]], as_of: datetime) -> list[Probe]:
    """Each row stands for `times` visits, one an hour, going back from `as_of`."""
    probes: list[Probe] = []
    for row in rows:
        row = dict(row)
        for _ in range(row.pop("times", 1)):
            at = as_of - timedelta(hours=len(probes))
            probes.append(shape({"site_id": "2101000001", "url": f"{HOST}/", "at": at.isoformat(), **row}, Probe))
            row.pop("at", None)
    return probes


def moment(text: str) -> datetime:
    """A moment; Beijing time when no offset is written."""
    value = datetime.fromisoformat(text)
    return value if value.tzinfo else value.replace(tzinfo=BEIJING)


def shape(value: Any, wanted: Any) -> Any:
    """Plain data to domain values by their annotations; an unknown key is an AssertionError."""
    origin, parts = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        choices = [part for part in parts if part is not type(None)]
        if date in choices and datetime in choices:
            return shape(value, date if len(value) == 10 else datetime)
        return shape(value, choices[0])
    if dataclasses.is_dataclass(wanted) and wanted is not Window:
        hints = typing.get_type_hints(wanted)
        assert set(value) <= set(hints), f"{wanted.__name__} has no {set(value) - set(hints)}"
        return wanted(**{key: shape(item, hints[key]) for key, item in value.items()})
    if origin is tuple:
        kinds = [parts[0]] * len(value) if len(parts) == 2 and parts[1] is Ellipsis else parts
        return tuple(shape(item, kind) for item, kind in zip(value, kinds, strict=True))
    if origin in (dict, Mapping):
        return {shape(key, parts[0]): shape(item, parts[1]) for key, item in value.items()}
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(value)
    if wanted is datetime:
        return moment(value)
    if wanted is date:
        return date.fromisoformat(value)
    return value if origin is typing.Literal else convert(value, wanted)


def digest(path: Path) -> str:
    """Hash of what a case file says, without its comments and layout."""
    data = parse(path.read_text(encoding="utf-8"), path.name).data
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


def lock() -> dict[str, list[object]]:
    """Check id -> [version of the check, hash of its cases] as they are now."""
    classes = discovery.all_classes()
    return {path.stem: [classes[path.stem].version, digest(path)] for path in case_files() if path.stem in classes}


BUILDERS: dict[str, Callable[[Case], Any]] = {"site": build_site_view, "page": build_case_page}

if __name__ == "__main__":
    LOCK.write_text(json.dumps(lock(), indent=1) + "\n", encoding="utf-8")
