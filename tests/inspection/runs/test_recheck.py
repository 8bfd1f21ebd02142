"""Judging again from captures, without the network: under the same rules, under changed ones, with today's parser."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from offices import AS_OF, Office

from checks.rules.rulebook import load_rules
from democity.city import build_city
from democity.server import served
from domain.errors import UsageError
from domain.findings import FindingRecord, FindingState
from domain.rules import RuleBook
from domain.times import Window
from inspection.judging.run import Outcome
from inspection.results import column_proposal as proposal
from inspection.runs.recheck import recheck_run
from registry import build, export, read_file
from storage import open_store


@pytest.fixture(scope="module")
def inspected(new_office: Callable[..., Any]) -> Iterator[tuple[Office, Outcome]]:
    """A night of four sites; the city is gone when the tests begin."""
    city = build_city("small", sites=4)
    with new_office(city, 0) as office:
        with served(city, day=date(2023, 4, 26)) as office.port:
            outcome = office.inspect(check_outside=False)
        yield office, outcome


def strict_rules(days: int) -> RuleBook:
    """The shipped rules with one deadline for every column that has one."""
    rules = load_rules()
    columns = tuple(replace(row, deadline=row.deadline and Window(days=days)) for row in rules.columns)
    return replace(rules, columns=columns)


def stale(outcome: Outcome) -> dict[str, FindingRecord]:
    records = (r for judged in outcome.judged.values() for r in judged.records)
    return {r.fingerprint: r for r in records if r.finding.check == "column.stale" and r.state.is_open}


def restore(office: Office, outcome: Outcome) -> Outcome:
    return recheck_run(office.store, outcome.run.id, load_rules())


def test_the_same_rules_give_the_same_result_with_and_without_parsing(inspected: tuple[Office, Outcome]) -> None:
    office, outcome = inspected
    for reparse in (False, True):
        again = recheck_run(office.store, outcome.run.id, load_rules(), reparse=reparse)
        assert {k: v.card for k, v in again.judged.items()} == {k: v.card for k, v in outcome.judged.items()}
        assert {k: v.columns for k, v in again.judged.items()} == {k: v.columns for k, v in outcome.judged.items()}
        assert set(stale(again)) == set(stale(outcome))


def test_a_shorter_deadline_is_honoured_and_taken_back(inspected: tuple[Office, Outcome]) -> None:
    office, outcome = inspected
    before = stale(outcome)
    strict = recheck_run(office.store, outcome.run.id, strict_rules(1))
    assert stale(strict).keys() > before.keys()
    assert all(r.finding.facts["limit"] == 1 for r in stale(strict).values())
    again = restore(office, outcome)
    assert stale(again).keys() == before.keys()
    states = {r.state for r in office.store.findings() if r.fingerprint in stale(strict).keys() - before.keys()}
    assert states == {FindingState.FIXED}


def test_a_longer_deadline_closes(inspected: tuple[Office, Outcome]) -> None:
    office, outcome = inspected
    try:
        assert stale(outcome)
        assert stale(recheck_run(office.store, outcome.run.id, strict_rules(3_000))) == {}
    finally:
        restore(office, outcome)


def test_a_disabled_check_says_nothing(inspected: tuple[Office, Outcome]) -> None:
    office, outcome = inspected
    rules = load_rules()
    checks = {key: replace(rule, enabled=rule.id == "column.stale") for key, rule in rules.checks.items()}
    try:
        again = recheck_run(office.store, outcome.run.id, replace(rules, checks=checks))
        assert {item.check for judged in again.judged.values() for item in judged.unjudged} <= {"column.stale"}
    finally:
        restore(office, outcome)


def test_an_unknown_run_is_refused(inspected: tuple[Office, Outcome]) -> None:
    with pytest.raises(UsageError, match="没有批次 r9"):
        recheck_run(inspected[0].store, "r9", load_rules())


def test_an_older_run_judged_again_leaves_the_findings_of_later_ones(
    inspected: tuple[Office, Outcome], tmp_path: Path
) -> None:
    office, outcome = inspected
    shutil.copytree(office.folder, tmp_path / "copy")
    store = open_store(f"sqlite:///{tmp_path}/copy/xunjian.db", tmp_path / "copy")
    try:
        store.save_run(replace(outcome.run, id="later", as_of=AS_OF + timedelta(days=3)))
        recheck_run(store, "later", load_rules())
        before = {r.fingerprint: r for r in store.findings()}
        again = recheck_run(store, outcome.run.id, strict_rules(1))
        assert {r.fingerprint: r for r in store.findings()} == before
        assert any(judged.card != outcome.judged[key].card for key, judged in again.judged.items())
    finally:
        store.close()


def test_proposed_columns_can_be_corrected_and_imported_again(
    inspected: tuple[Office, Outcome], tmp_path: Path
) -> None:
    office, outcome = inspected
    registry = replace(office.store.load_registry(), accounts=())
    restore(office, outcome)
    proposed = proposal.proposed_columns(office.store, registry, load_rules())
    assert set(proposed) == {site.id for site in registry.sites}
    for site in registry.sites:
        kinds = {column.url: column.kind for column in outcome.judged[site.id].columns}
        assert {spec.url: spec.kind for spec in proposed[site.id]} == kinds
        assert all(spec.name and not spec.deadline for spec in proposed[site.id])
    export(registry, tmp_path / "all.xlsx", columns=proposed)
    result = build(read_file(tmp_path / "all.xlsx"), registry, as_of=date(2023, 4, 26))
    assert not result.problems
    columns = {site.id: {spec.url for spec in site.columns} for site in result.registry.sites}
    assert columns == {key: {spec.url for spec in specs} for key, specs in proposed.items()}
