"""Two weeks of a small city that changes every night: each event is open on its night, and nothing else ever is."""

import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from checks.rules.rulebook import load_rules
from democity.city import City, build_city
from democity.server import served
from democity.story import Fault
from domain.ports import Store
from domain.runs import RunKind
from domain.times import BEIJING
from inspection.judging.run import Outcome
from inspection.runs.run import Order, run_inspection
from storage import open_store, upgrade

FIRST, NIGHTS = datetime(2023, 4, 26, 22, tzinfo=BEIJING), 14
QUICK = {"second_look_seconds": 0.2, "retry_seconds": 0.2, "render": False}
NEW_HOST = "www.new-jyj.example"
# what is so from which night on, and until which (not any more on that one)
ALWAYS = (Fault("stale", "ycyd", "gzdt:11"),)  # goes silent by itself; answers again on 8 May
EVENTS = (
    (2, 6, Fault("dead_link", "fgw", "gzdt")),
    (3, 9, Fault("dead_home", "www")),
    (4, 5, Fault("down", "yclx")),
    (7, 8, Fault("unreachable", "fgw")),
    (9, 12, Fault("error_500", "yclq", "gzdt")),
    (10, 12, Fault("moved", "jyj", NEW_HOST)),
)
SILENT = ("bilibili", "wechat")  # one account each posts no more: its last post is 8 days old on the first night
ONE_CHANNEL = "wechat"  # whose silence a single channel proves to nobody: asked of a person, by the same name


def city_of(night: int) -> City:
    """The city as it is on a night."""
    faults = ALWAYS + tuple(fault for begins, ends, fault in EVENTS if begins <= night < ends)
    city = build_city("small", sites=8, faults=faults)
    known = city.answer_sheet(FIRST)["accounts"]["accounts"]
    plans, silent = [], set[str]()
    for plan in city.accounts:
        sheet = known[f"{plan.platform}:{plan.id}"]
        if sheet["status"] == "ok" and not plan.typo and plan.platform in SILENT and plan.platform not in silent:
            silent.add(plan.platform)
            plan = replace(plan, rhythm=replace(plan.rhythm, lag=8, resumes=date(2023, 6, 30)))
        plans.append(plan)
    return replace(city, accounts=tuple(plans))


def truth(city: City, night: int) -> dict[str, set[str]]:
    """target -> `check place` that is so on a night."""
    sheet = city.answer_sheet(FIRST + timedelta(days=night))
    found: dict[str, set[str]] = {}
    for site in sheet["sites"].values():
        mine = found[site["id"]] = {f"column.stale {column['url']}" for column in site["overdue"]}
        mine |= {f"column.near_due {column['url']}" for column in site["near_due"]}
        mine |= {f"column.blank {column['url']}" for column in site["blank"]}
        mine |= {f"link.dead {fault['url']}" for fault in site["faults"] if fault["kind"].startswith("dead")}
        second = any(begins < night for begins, _, fault in EVENTS if fault.kind == "error_500")  # certain on the next
        mine |= {f"link.dead {fault['url']}" for fault in site["faults"] if fault["kind"] == "error_500" and second}
    for target, account in sheet["accounts"]["accounts"].items():
        age = account["age"] if account["collected"] and account["age"] is not None else 0
        asked = "?" if target.startswith(ONE_CHANNEL) else ""
        found[target] = {f"{asked}account.stale"} if age > 14 else {f"{asked}account.near_due"} if age >= 10 else set()
    return found


def opened(outcome: Outcome, target: str) -> set[str]:
    """What stands open of a target, without what text analysis says (the city has typos of its own)."""
    records = outcome.judged[target].records
    told = [
        record.finding for record in records if record.state.is_open and not record.finding.check.startswith("text.")
    ]
    asked = {
        f"?{item.check}"
        for item in outcome.judged[target].unjudged
        if item.check in {"account.stale", "account.near_due"} and "仅一个渠道" in item.reason
    }
    return asked | {
        finding.check if finding.check.startswith("account.") else f"{finding.check} {finding.ref.url}"
        for finding in told
    }


def nights(folder: Path) -> Iterator[tuple[int, City, Store, Outcome]]:
    """Inspect the city on every night."""
    db = f"sqlite:///{folder}/xunjian.db"
    upgrade(db)
    store = open_store(db, folder)
    store.save_registry(city_of(0).registry())
    try:
        for night in range(NIGHTS):
            city, as_of = city_of(night), FIRST + timedelta(days=night)
            registry = store.load_registry()
            with served(city, day=as_of.date()) as port:
                moment = f"{as_of.replace(tzinfo=None).isoformat()}"
                urllib.request.urlopen(f"http://127.0.0.1:{port}/__clock?date={moment}", timeout=10).close()
                settings: dict[str, Any] = {"resolver": city.resolver_map(port), "ipv6": city.ipv6_map(), **QUICK}
                order = Order(
                    RunKind.NIGHTLY, registry.sites, as_of, load_rules(), db, str(folder), settings,
                    allow_private=True, accounts=registry.accounts,
                )  # fmt: skip
                yield night, city, store, run_inspection(order, store)
    finally:
        store.close()


@pytest.mark.slow
def test_every_event_is_known_on_its_night_and_nothing_else_is(tmp_path: Path) -> None:
    before: dict[str, set[str]] = {}
    wrong: list[str] = []
    took: list[str] = []
    begun = time.monotonic()
    for night, city, store, outcome in nights(tmp_path):
        told = truth(city, night)
        away = {site.code for site in city.sites for kind in ("down", "unreachable", "moved") if site.faults_of(kind)}
        for target in outcome.judged:
            expected = before.get(target, set()) if target in away else told[target]
            seen = opened(outcome, target)
            if seen != expected:
                wrong.append(
                    f"night {night} {target}: false {sorted(seen - expected)} missed {sorted(expected - seen)}"
                )
            before[target] = expected
        pages = sum(item.pages for item in store.site_runs(outcome.run.id))
        states = Counter(record.state.value for judged in outcome.judged.values() for record in judged.records)
        took.append(f"{night}: {time.monotonic() - begun:.1f} s, {pages} pages, {outcome.run.state}, {dict(states)}")
        begun = time.monotonic()
    print("\n".join(took + wrong))
    assert wrong == []
