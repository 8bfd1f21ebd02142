"""规则 in the browser: read, changed after a look at the effect, never to what would not load, and back."""

from dataclasses import replace

import pytest
from desk import Desk

from checks.rules.rulebook import load_rules
from domain.persons import Role
from inspection.desk.rules_keeping import HISTORY
from inspection.desk.rules_preview import changed_checks, effect, read_book
from inspection.results.rule_layers import layered_text

I = Role.INSPECTOR  # noqa: E741


@pytest.fixture
def own(desk: Desk) -> Desk:
    """A console that reads the rules of its folder anew for every request."""
    path = desk.folder / "rules.yaml"
    path.write_text(layered_text({}), encoding="utf-8")
    return replace(desk, place=replace(desk.place, load_rules=lambda: load_rules(path)))


def test_the_rules_are_read_and_searched(own: Desk) -> None:
    person = own.log_in(Role.AUDITOR)
    person.get("/rules?q=account.stale")
    assert [each["href"] for each in person.page.select("tbody th a")] == ["/rules/account.stale"]
    person.get("/rules/account.stale")
    assert person.page.find("form", action="/rules/account.stale") is None
    assert "14d" in person.text
    assert person.get("/rules/no.such").status_code == 404
    assert own.log_in(Role.LIAISON).get("/rules").status_code == 404


def test_a_change_is_shown_first_then_kept_and_taken_back(own: Desk) -> None:
    person, first = own.log_in(I), own.place.load_rules().hash
    person.get("/rules/account.stale")
    person.send("/rules/account.stale", param__window="7d", title="账号停更")
    assert "“账号内容不更新”的期限：14d → 7d" in person.text
    assert own.place.load_rules().hash == first
    person.send("/rules/account.stale")
    rule = own.place.load_rules().checks["account.stale"]
    assert (rule.title, str(rule.params["window"].days)) == ("账号停更", "7")
    assert "extends: builtin" in (own.folder / "rules.yaml").read_text(encoding="utf-8")
    person.get("/rules")
    assert "14d → 7d" in person.text
    person.send("/rules/back")
    person.send("/rules/back")
    assert own.place.load_rules().hash == first
    assert len([*(own.folder / HISTORY).iterdir()]) == 2


@pytest.mark.parametrize("value", ["十四天", "-3d", "", "{{ 7 }}"])
def test_what_would_not_load_is_not_kept(own: Desk, value: str) -> None:
    before = (own.folder / "rules.yaml").read_text(encoding="utf-8")
    person = own.log_in(I)
    person.get("/rules/account.stale")
    assert person.send("/rules/account.stale", param__window=value, step="apply").status_code == 400
    assert person.page.select("[role=alert] li")
    assert (own.folder / "rules.yaml").read_text(encoding="utf-8") == before


def test_two_who_change_the_rules(own: Desk) -> None:
    one, other = own.log_in(I), own.log_in(Role.ADMIN)
    for person in (one, other):
        person.get("/rules/text.typo")
        person.fields("/rules/text.typo")
    one.send("/rules/text.typo", step="apply", title="错字")
    assert other.send("/rules/text.typo", step="apply", title="别字").status_code == 409
    assert own.place.load_rules().checks["text.typo"].title == "错字"


def test_a_row_from_memory_is_confirmed_once(own: Desk) -> None:
    pending = [row.id for row in own.place.load_rules().indicators if row.pending]
    person = own.log_in(I)
    person.get("/rules")
    person.post("/rules/confirm", {"row": pending[0]})
    assert pending[0] not in [row.id for row in own.place.load_rules().indicators if row.pending]
    assert person.post("/rules/confirm", {"row": pending[0]}).status_code == 400
    assert own.log_in(Role.LEADER).post("/rules/confirm", {"row": pending[0]}).status_code == 403


def test_deadlines_of_columns_are_changed(own: Desk) -> None:
    person = own.log_in(I)
    person.get("/rules/deadlines")
    name = str(person.page.select_one("input[name^=row-]")["name"])
    person.send("/rules/deadlines", **{name.replace("-", "__"): "5mo"})
    assert "栏目规则：" in person.text
    person.send("/rules/deadlines")
    assert "5mo" in (own.folder / "rules.yaml").read_text(encoding="utf-8")
    person.get("/rules/deadlines")
    assert person.send("/rules/deadlines", **{name.replace("-", "__"): "很久"}).status_code == 400


def test_a_preview_keeps_nothing(own: Desk) -> None:
    old = own.place.load_rules()
    new = read_book(layered_text({"checks": {"column.stale": {"enabled": False}}}))
    assert changed_checks(old, new) == {"column.stale"}
    before = (own.store.findings(), own.store.scorecards("r1"), own.store.unjudged("r1"), own.store.trail_head())
    found = effect(own.store, own.store.run("r1"), old, new)
    assert (len(found.go), len(found.appear), found.looked) == (3, 0, 3)
    after = (own.store.findings(), own.store.scorecards("r1"), own.store.unjudged("r1"), own.store.trail_head())
    assert before == after
    late = effect(own.store, own.store.run("r1"), old, new, clock=iter(range(0, 10_000, 61)).__next__)
    assert (late.looked, late.targets) == (0, 3)
