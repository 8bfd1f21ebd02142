"""What programs read: everything the pages show, in windows, cut to what their person may see."""

from dataclasses import replace
from datetime import timedelta

import pytest
from desk import Desk
from programs import Program, program
from staff import AT, SITES, UNITS, actor, later

from domain.persons import Role
from domain.runs import Run, RunKind, RunState
from domain.scores import Scorecard, Verdict
from domain.targets import Account, ColumnSpec, Platform, Registry
from domain.trail import Act
from inspection.acting import note

I = Role.INSPECTOR  # noqa: E741


@pytest.fixture
def city(desk: Desk) -> Desk:
    """The same office with a column and an account, and a second night."""
    columns = (ColumnSpec("http://s1.example.gov.cn/gzdt/", "工作动态"), ColumnSpec("http://s1.example.gov.cn/tzgg/"))
    sites = (replace(SITES[0], columns=columns), *SITES[1:])
    accounts = (Account("other/百家号:第2局/发布", "第2局发布", Platform.OTHER, "U2", platform_label="百家号"),)
    desk.store.save_registry(Registry(UNITS, sites, accounts))
    at = later(1)
    desk.store.save_run(Run("r2", RunKind.NIGHTLY, at, at, RunState.COMPLETE, finished_at=at, targets=("S1", "S2")))
    cards = [Scorecard(s.id, s.name, "department", s.unit_id, "r2", at, Verdict.FAIL, 55.0) for s in SITES[:2]]
    desk.store.save_scorecards(cards)
    return desk


def everything(asking: Program, path: str, name: str) -> list[dict[str, object]]:
    found, at = [], ""
    while at is not None:
        answer = asking.get(f"{path}{'&' if '?' in path else '?'}limit=1{f'&at={at}' if at != '' else ''}")
        assert answer.status_code == 200, answer.text
        found += answer.json()[name]
        at = answer.json()["next"]
    return found


def test_lists_go_on_to_their_end_and_are_cut_to_the_person(city: Desk) -> None:
    office, below, own = (program(city, role) for role in (I, Role.SUPERVISOR, Role.LIAISON))
    for asking, units in ((office, ["U1", "U2", "U3"]), (below, ["U1", "U2"]), (own, ["U1"])):
        assert [each["id"] for each in everything(asking, "units", "units")] == units
        targets = everything(asking, "targets", "targets")
        assert {each["unit_id"] for each in targets} == {*units}
        cards = everything(asking, "scorecards", "scorecards")
        assert {each["target"] for each in cards} == {f"S{unit[1]}" for unit in units}
    assert [each["name"] for each in everything(own, "columns", "columns")] == ["工作动态", ""]
    assert everything(program(city, Role.LIAISON), "targets?unit=U3", "targets") == []
    assert [each["id"] for each in everything(office, "targets?kind=account", "targets")] == ["other/百家号:第2局/发布"]


def test_an_id_with_a_slash_is_one_thing(city: Desk) -> None:
    office = program(city, I)
    path = "targets/other%2F%E7%99%BE%E5%AE%B6%E5%8F%B7:%E7%AC%AC2%E5%B1%80%2F%E5%8F%91%E5%B8%83"
    assert office.get(path).json()["name"] == "第2局发布"
    assert office.get(f"{path}/days").json() == {"days": []}
    assert program(city, Role.LIAISON).get(path).status_code == 404


def test_how_a_target_stood_day_by_day(city: Desk) -> None:
    city.clock.turn(days=900)  # the last judgement counts, not today
    office = program(city, I)
    days = office.get("targets/S1/days").json()["days"]
    assert [(each["day"], each["verdict"], each["score"]) for each in days] == [
        ("2023-05-26", "pass", 99.0), ("2023-05-27", "fail", 55.0),
    ]  # fmt: skip
    assert len(office.get("targets/S1/days?since=2023-05-27&until=2023-05-27").json()["days"]) == 1
    assert office.get("targets/S1/days?since=0001-01-01").status_code == 400
    assert program(city, Role.LIAISON).get("targets/S2/days").status_code == 404


def test_what_could_not_be_judged_is_that_of_the_standing_judgement(city: Desk) -> None:
    office = program(city, I)
    assert office.get("unjudged").json()["unjudged"] == []  # the second night said nothing of S1
    old = city.store.unjudged("r1", "S1")
    city.store.save_unjudged("r2", "S1", [item for _, item in old])
    (row,) = office.get("unjudged?target=S1").json()["unjudged"]
    assert (row["check"], row["reason"], row["why"]) == ("home.stale", "首页没有日期", "open")
    assert office.get("unjudged?check=link.dead").json()["unjudged"] == []
    assert program(city, Role.LIAISON).get("unjudged?unit=U2").json()["unjudged"] == []


def test_runs_jobs_and_the_trail(city: Desk) -> None:
    office = program(city, I)
    assert [each["id"] for each in everything(office, "runs", "runs")] == ["r2", "r1"]
    assert everything(office, "runs?kind=audit", "runs") == []
    run = office.get("runs/r2").json()
    assert (run["scorecards"], run["targets"], run["unjudged"]) == (2, 2, [])
    assert office.get("jobs").json()["plan"][0]["title"] == "例行巡检"
    for number in range(130):
        note(city.store, actor(I), Act.INSPECT, f"第 {number} 次", AT + timedelta(seconds=number))
    first = office.get("trail?act=inspect").json()
    assert len(first["entries"]) == 100
    rest = office.get(f"trail?act=inspect&to={first['next']}").json()
    assert len(rest["entries"]) == 30
    assert [each["subject"] for each in office.get("trail?q=第 7 次").json()["entries"]] == ["第 7 次"]
    for path in ("runs", "jobs", "ledger", "periods"):
        assert program(city, Role.LIAISON).get(path).status_code == 404
    assert program(city, Role.VERIFIER).get("trail").status_code == 403


def test_letters_by_task_and_kind(city: Desk) -> None:
    office = program(city, I)
    made = office.post("letters", {"kind": "letter"}).json()["letters"]
    assert len(made) == 3
    assert [each["id"] for each in everything(office, "letters", "letters")] == ["L3", "L2", "L1"]
    assert len(everything(office, "letters?task=drafts&unit=U2", "letters")) == 1
    assert everything(office, "letters?kind=slip", "letters") == []
    office.post("letters/L1/issue", {"days": 5}, if_match="*")
    assert [each["id"] for each in everything(program(city, Role.LIAISON), "letters?task=to_sign", "letters")] == ["L1"]
