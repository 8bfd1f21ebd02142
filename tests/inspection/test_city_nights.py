"""The demo city through several nights, compared with its answer sheet."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from offices import AS_OF, Office

from checks.rules.rulebook import load_rules
from democity.city import City
from democity.server import served
from domain.scores import Verdict
from inspection.judging.run import Outcome
from inspection.runs.recheck import recheck_run


def control(port: int, path: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def nights(small_city: City, new_office: Callable[..., Any]) -> Iterator[tuple[Office, Outcome]]:
    with served(small_city, day=date(2023, 4, 26)) as port, new_office(small_city, port) as office:
        yield office, office.inspect()


def overdue(outcome: Outcome) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for site_id, judged in outcome.judged.items():
        for record in judged.records:
            if record.state.is_open and record.finding.check == "column.stale":
                found.setdefault(site_id, set()).add(record.finding.ref.url)
    return found


def test_answer_sheet_is_met(nights: tuple[Office, Outcome]) -> None:
    office, outcome = nights
    sheet = office.city.answer_sheet(AS_OF)
    expected = {
        site["id"]: {column["url"] for column in site["columns"] if column["status"] == "stale"}
        for site in sheet["sites"].values()
    }
    assert overdue(outcome) == {site: urls for site, urls in expected.items() if urls}
    counted = [r for j in outcome.judged.values() for r in j.records if r.counts and r.severity.rank >= 2]
    assert [r.finding for r in counted if r.finding.check != "column.stale"] == []
    assert {judged.card.verdict for judged in outcome.judged.values()} == {Verdict.PASS}


def test_columns_read_as_the_sheet_says(nights: tuple[Office, Outcome]) -> None:
    office, outcome = nights
    wrong, unread, judgeable = [], 0, 0
    for site in office.city.answer_sheet(AS_OF)["sites"].values():
        columns = {column.url: column for column in outcome.judged[site["id"]].columns}
        for told in site["columns"]:
            if not told["judgeable"] or told["status"] == "archived":
                continue
            judgeable += 1
            column = columns.get(told["url"])
            if column is None or column.newest is None:
                unread += 1
            elif column.newest.isoformat() != told["newest"]:
                wrong.append((told["url"], column.newest, told["newest"]))
    assert not wrong
    assert unread <= 0.05 * judgeable, f"{unread} of {judgeable} judgeable columns were not read without a browser"


def test_recheck_gives_the_same_cards(nights: tuple[Office, Outcome]) -> None:
    office, outcome = nights
    again = recheck_run(office.store, outcome.run.id, load_rules())
    assert {k: v.card for k, v in again.judged.items()} == {k: v.card for k, v in outcome.judged.items()}
    states = {r.fingerprint: r.state for j in outcome.judged.values() for r in j.records}
    assert {r.fingerprint: r.state for j in again.judged.values() for r in j.records} == states


def test_second_night_asks_little_and_changes_nothing(nights: tuple[Office, Outcome]) -> None:
    office, outcome = nights
    first = {r.fingerprint for j in outcome.judged.values() for r in j.records if r.state.is_open}
    asked_first = sum(item.pages for item in office.store.site_runs(outcome.run.id))
    control(office.port, "/__reset")
    second = office.inspect(AS_OF + timedelta(minutes=30))
    records = [r for j in second.judged.values() for r in j.records]
    assert {r.fingerprint for r in records if r.state.is_open} == first
    assert not [r for r in records if r.state.value in {"new", "fixed", "reopened"}]
    asked = sum(item.pages for item in office.store.site_runs(second.run.id))
    assert asked <= asked_first  # small sites: home, lists, news and samples are most of them


def test_no_good_address_is_fetched_twice(small_city: City, new_office: Callable[..., Any]) -> None:
    with served(small_city, day=date(2023, 4, 26)) as port, new_office(small_city, port) as office:
        office.inspect()
        hits = control(port, "/__stats")
    good = [row for row in hits["hits"] if row[2] == 200 and row[1] != "/robots.txt"]
    assert good
    assert [row for row in good if row[3] > 1] == []
