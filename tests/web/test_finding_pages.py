"""Findings in the browser: lists, one of them, decisions that race, many at once."""

import threading
from dataclasses import replace

import pytest
from desk import Desk
from staff import AT, PERSONS, SECOND, SEVERE, STALE, record
from staff import SITES as STAFFED

from domain.findings import FindingState, Review, Severity
from domain.persons import Role
from domain.scores import Verdict

I = Role.INSPECTOR  # noqa: E741
OWN = STALE[0].fingerprint


def test_the_worklist_says_what_waits(desk: Desk) -> None:
    person = desk.log_in(I)
    person.get("/")
    assert "待确认 1" in person.text
    assert "未能判定 1" in person.text
    assert "未通知单位 3" in person.text
    assert person.page.find("a", href="/findings?stage=waiting")
    leader = desk.log_in(Role.LEADER)
    leader.get("/")
    assert "待确认" not in leader.text
    liaison = desk.log_in(Role.LIAISON)
    liaison.get("/")
    assert "本单位一览" in liaison.text
    assert "昨夜未完成" not in liaison.text


def test_a_list_is_cut_to_what_a_person_may_see(shared_desk: Desk) -> None:
    shown = {}
    for role in (I, Role.SUPERVISOR, Role.LIAISON):
        person = shared_desk.log_in(role)
        person.get("/findings")
        shown[role] = {link["href"].split("/")[2][:16] for link in person.page.select(".row-main")}
    assert shown[Role.LIAISON] == {OWN, SEVERE.fingerprint}
    assert shown[Role.SUPERVISOR] == shown[Role.LIAISON] | {STALE[1].fingerprint}
    assert shown[I] == shown[Role.SUPERVISOR] | {STALE[2].fingerprint}
    person = shared_desk.log_in(Role.LIAISON)
    person.get("/findings?unit=U3&stage=all")
    assert person.page.select(".row-main") == []
    assert person.get("/findings?target=S3").status_code == 404


def test_filters_live_in_the_address_and_are_saved_under_names(desk: Desk) -> None:
    person = desk.log_in(I)
    person.get("/findings?check=column.stale&severity=deduct&stage=open")
    assert len(person.page.select(".row-main")) == 3
    assert person.page.find("option", value="column.stale").has_attr("selected")
    person.send("/findings/filters", name="<旧栏目>")
    assert str(person.answer.url).endswith("/findings?stage=open&severity=deduct&check=column.stale")
    assert "<旧栏目>" in [link.get_text() for link in person.page.select(".actions .button")]
    assert person.get("/findings?stage=nonsense&severity=x&at=9.zz&back=7").status_code == 200


def test_long_lists_go_on_by_keys_there_and_back(desk: Desk) -> None:
    many = [record(STAFFED[number % 3], "link.dead", f"n{number}") for number in range(120)]
    desk.store.save_findings(many)
    person = desk.log_in(I)
    pages, path = [], "/findings"
    while path:
        answer = person.get(path)
        assert len(answer.content) < 200_000
        pages.append([link["href"] for link in person.page.select(".row-main")])
        onward = person.page.find("a", rel="next")
        path = onward["href"] if onward else ""
    assert [len(each) for each in pages] == [50, 50, 24]
    assert len({link for each in pages for link in each}) == 124
    person.get(person.page.find("a", rel="prev")["href"])
    assert [link["href"] for link in person.page.select(".row-main")] == pages[1]
    first = pages[0][1].split("?")[0]
    person.get(first)
    assert [person.page.find("a", rel=name)["href"] for name in ("prev", "next")] == [pages[0][0], pages[0][2]]


def test_a_finding_says_what_it_rests_on(shared_desk: Desk) -> None:
    person = shared_desk.log_in(I)
    person.get(f"/findings/{OWN}")
    for words in ("工作动态", "2023-04-26", "整改建议", "国办秘函", "经过", "新增"):
        assert words in person.text
    assert [button["value"] for button in person.form("/review").find_all("button")] == ["confirmed", "rejected"]
    leader = shared_desk.log_in(Role.LEADER)
    leader.get(f"/findings/{OWN}")
    assert leader.page.find("form", action=f"/findings/{OWN}/review") is None
    assert "没有可以办理的操作" in leader.text


def test_a_decision_counts_at_once_and_can_be_taken_back(desk: Desk) -> None:
    person, before = desk.log_in(I), desk.store.trail_head().number
    person.get(f"/findings/{OWN}")
    assert person.send("/review", choice="rejected", reason=" ").status_code == 400
    person.get(f"/findings/{OWN}")
    person.send("/review", choice="rejected", reason="页面可以打开", onward="")
    assert "误报" in person.text
    assert desk.store.finding(OWN).state is FindingState.REJECTED
    assert desk.store.scorecards("r1")[0].problems == 0  # the severe candidate counts nowhere yet
    person.get(f"/findings/{OWN}")
    assert [button["value"] for button in person.form("/review").find_all("button")] == ["unreviewed"]
    person.send("/review", choice="unreviewed", onward="")
    assert desk.store.finding(OWN).state is FindingState.PERSISTING
    assert desk.store.trail_head().number == before + 2


def test_of_two_who_race_one_wins_and_the_other_is_told(desk: Desk) -> None:
    one, other = desk.log_in(I), desk.log_in(SECOND)
    for person in (one, other):
        person.get(f"/findings/{OWN}")
    one.send("/review", choice="confirmed")
    answer = other.send("/review", choice="rejected", reason="误报")
    assert answer.status_code == 409
    assert f"{PERSONS[I].name} 2023-05-26 09:00 标为“已确认”" in other.text
    assert desk.store.finding(OWN).review.verdict == "confirmed"


def test_two_at_the_same_moment_leave_one_decision_and_one_entry(desk: Desk) -> None:
    people = [desk.log_in(I), desk.log_in(SECOND)]
    codes: list[int] = []
    for person in people:
        person.get(f"/findings/{OWN}")
    before = desk.store.trail_head().number
    threads = [
        threading.Thread(
            target=lambda p=person, c=choice: codes.append(p.send("/review", choice=c, reason="x").status_code)
        )
        for person, choice in zip(people, ("confirmed", "rejected"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200, 409]
    assert desk.store.trail_head().number == before + 1


def test_a_double_click_and_the_back_button_do_it_once(desk: Desk) -> None:
    person = desk.log_in(I)
    person.get(f"/findings/{OWN}")
    fields = person.fields("/review") | {"choice": "confirmed"}
    before = desk.store.trail_head().number
    for _ in range(2):
        assert person.post(f"/findings/{OWN}/review", fields).status_code == 200
    assert desk.store.trail_head().number == before + 1
    assert "没有重复办理" in person.client.get(person.answer.history[-1].headers["location"]).text


def test_a_severe_misstatement_takes_two_persons(desk: Desk) -> None:
    key = SEVERE.fingerprint
    one, other, leader = desk.log_in(I), desk.log_in(SECOND), desk.log_in(Role.LEADER)
    one.get(f"/findings/{key}")
    assert "confirmed" not in [button.get("value") for button in one.form("/review").find_all("button")]
    one.send("/ask-confirmation", reason="原文如此")
    assert one.page.find("form", action=f"/findings/{key}/confirmation") is None  # not by himself
    assert one.post(f"/findings/{key}/confirmation", {"choice": "grant"}).status_code in {400, 409}
    leader.get("/")
    assert "待批准 1" in leader.text
    leader.get("/requests")
    assert "原文如此" in leader.text
    other.get(f"/findings/{key}")
    other.send("/confirmation", choice="grant")
    assert desk.store.finding(key).review.verdict == "confirmed"
    assert desk.store.scorecards("r1")[0].verdict is Verdict.FAIL


def test_a_unit_asks_for_a_waiver_and_the_office_grants_it(desk: Desk) -> None:
    liaison, leader = desk.log_in(Role.LIAISON), desk.log_in(Role.LEADER)
    liaison.get(f"/findings/{OWN}")
    assert liaison.send("/ask-waiver", reason="改版", until="2023-01-01").status_code == 400
    liaison.get(f"/findings/{OWN}")
    liaison.send("/ask-waiver", reason="改版", until="2023-06-30")
    leader.get(f"/findings/{OWN}")
    leader.send("/waiver", choice="grant")
    assert desk.store.finding(OWN).state is FindingState.WAIVED
    assert desk.store.finding(OWN).waiver.expires.isoformat() == "2023-06-30"


def ticked(person, *keys: str) -> list[str]:
    values = [box["value"] for box in person.page.select("input.tick")]
    return [value for value in values if value.partition(".")[0] in keys]


def test_many_at_once_with_preview_one_entry_and_undo(desk: Desk) -> None:
    person = desk.log_in(I)
    person.get("/findings")
    keys = ticked(person, *(item.fingerprint for item in STALE))
    before = desk.store.trail_head().number
    person.send("/findings/bulk", key=keys, choice="rejected")
    assert "批量标为误报：3 个问题" in person.text
    assert desk.store.finding(OWN).review.verdict == "unreviewed"
    assert person.send("/findings/bulk", reason="").status_code == 400
    assert desk.store.trail_head().number == before
    person.get("/findings")
    person.send("/findings/bulk", key=keys, choice="rejected")
    person.send("/findings/bulk", reason="网站改版")
    assert {desk.store.finding(item.fingerprint).state for item in STALE} == {FindingState.REJECTED}
    assert desk.store.trail_head().number == before + 1
    assert all(item.fingerprint in desk.store.trail_head().text for item in STALE)
    assert person.send("/findings/bulk").status_code == 200, person.text
    assert {desk.store.finding(item.fingerprint).state for item in STALE} == {FindingState.PERSISTING}
    assert desk.store.trail_head().number == before + 2


def test_a_bulk_that_meets_another_decision_changes_nothing(desk: Desk) -> None:
    person = desk.log_in(I)
    person.get("/findings")
    keys = ticked(person, *(item.fingerprint for item in STALE))
    person.send("/findings/bulk", key=keys, choice="rejected")
    decided = replace(desk.store.finding(OWN), review=Review("confirmed", "李敏", AT))
    desk.store.save_findings([decided])
    assert person.send("/findings/bulk", reason="网站改版").status_code == 409
    assert "李敏" in person.text
    assert desk.store.finding(STALE[1].fingerprint).review.verdict == "unreviewed"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"choice": "rejected"}, "没有选中任何问题"),
        ({"choice": "anything", "key": "x"}, "请选择要办理的操作"),
        ({"choice": "confirmed", "key": [f"{number:016x}.x" for number in range(201)]}, "一次最多处理 200"),
    ],
)
def test_a_bulk_of_nothing_of_too_much_or_of_no_known_act_is_refused(desk: Desk, sent, words: str) -> None:
    person = desk.log_in(I)
    answer = person.post("/findings/bulk", sent)
    assert (answer.status_code, words in person.text) == (400, True)


def test_what_two_must_confirm_is_not_confirmed_in_bulk(desk: Desk) -> None:
    person = desk.log_in(I)
    person.get("/findings")
    keys = ticked(person, SEVERE.fingerprint)
    person.send("/findings/bulk", key=keys, choice="confirmed")
    assert person.send("/findings/bulk").status_code == 400
    assert "两人经办" in person.text
    assert desk.store.finding(SEVERE.fingerprint).severity is Severity.VETO


def test_the_city_has_a_cell_for_every_target_and_a_table_beside_it(shared_desk: Desk) -> None:
    person = shared_desk.log_in(I)
    person.get("/city")
    cells = person.page.select(".cell")
    assert [cell["href"] for cell in cells] == ["/targets/S1", "/targets/S2", "/targets/S3"]
    assert all(cell.select_one(".sign").get_text() and "合格" in cell.get_text() for cell in cells)
    person.get("/city?view=table")
    assert len(person.page.select("tbody tr th a")) == 3
    person.get("/targets/S1")
    assert "首页没有日期" in person.text
