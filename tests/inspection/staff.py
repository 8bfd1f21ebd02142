"""An office with one person of every role, three units and a finding of each."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from domain.findings import Finding, FindingRecord, FindingState, Ref, Severity, Unjudged, fingerprint
from domain.persons import Actor, Person, Role
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.scores import Scorecard, Verdict
from domain.targets import Registry, Site, Unit
from domain.times import BEIJING
from storage import open_store, upgrade

AT = datetime(2023, 5, 26, 9, tzinfo=BEIJING)
UNITS = tuple(Unit(f"U{n}", f"云川市第{n}局", f"第{n}局", order=n) for n in (1, 2, 3))
SITES = tuple(Site(f"S{n}", f"第{n}局网站", f"http://s{n}.example.gov.cn/", f"U{n}") for n in (1, 2, 3))
PERSONS = {
    role: Person(
        f"P{number}", f"人员{role.label}", role, "U1" if role.has_unit else "", ("U2",) * (role is Role.SUPERVISOR)
    )
    for number, role in enumerate(Role)
}
SECOND = Person("P9", "第二监管员", Role.INSPECTOR)
COLUMN = {"label": "工作动态", "kind": "news", "limit": 14, "items": 20, "age": 30, "newest": "2023-04-26"}
STATEMENT = {"wrong": "错误表述", "suggestion": "正确表述", "sentence": "这是错误表述。", "reason": "不规范"}


def actor(role: Role) -> Actor:
    return Actor(PERSONS[role].name, PERSONS[role], "uid")


def record(site: Site, check: str = "column.stale", name: str = "gzdt") -> FindingRecord:
    url = f"{site.home_url}{name}/"
    candidate = check == "text.misstatement"
    finding = Finding(
        check,
        Ref(url, "工作动态", "0" * 64),
        url,
        STATEMENT if candidate else COLUMN,
        candidate=candidate,
        kind="news",
        level="1",
    )
    key = fingerprint(check, site.id, url)
    severity = Severity.VETO if candidate else Severity.DEDUCT
    return FindingRecord(key, site.id, finding, FindingState.NEW, severity, "1", AT, AT, "r1", "r1")


STALE = tuple(record(site) for site in SITES)
SEVERE = record(SITES[0], "text.misstatement", "art")


def office(folder: Path, *, staffed: bool = True) -> Store:
    """A new store in a folder."""
    url = f"sqlite:///{folder}/xunjian.db"
    upgrade(url)
    store = open_store(url, folder)
    store.save_registry(Registry(UNITS, SITES))
    ids = tuple(site.id for site in SITES)
    store.save_run(Run("r1", RunKind.NIGHTLY, AT, AT, RunState.COMPLETE, targets=ids, crawled="complete"))
    store.save_findings([*STALE, SEVERE])
    store.save_unjudged("r1", "S1", [Unjudged("home.stale", Ref(SITES[0].home_url), "首页没有日期")])
    cards = [Scorecard(s.id, s.name, "department", s.unit_id, "r1", AT, Verdict.PASS, 99.0) for s in SITES]
    store.save_scorecards(cards)
    if staffed:
        store.save_persons([*PERSONS.values(), SECOND])
    return store


def contents(folder: Path) -> list[str]:
    """Every row of the database, to see whether anything changed."""
    with sqlite3.connect(folder / "xunjian.db") as connection:
        return list(connection.iterdump())


def later(days: float) -> datetime:
    return AT + timedelta(days=days)
