"""Notes N1-N12 of the general scoring rules, and the worked cases A and B."""

from dataclasses import replace

import pytest

from domain.findings import FindingState, Ref, Unjudged
from domain.rules import Totals
from domain.runs import RunState
from domain.scores import Bonus, Verdict
from scorecards.scoring import build_scorecard

HOME = "http://www.jia.gov.cn/"


@pytest.fixture
def card(run, rules, portal):
    def build(records=(), unjudged=(), target=portal, run=run, rules=rules, **more):
        more = {"checks_run": 8, "complete": True} | more
        return build_scorecard(target, run, records, unjudged, rules, **more)

    return build


def points(card):
    return {item.indicator: item.points for item in card.deductions}


def test_nothing_found_is_full_marks(card, run):
    result = card()
    assert (result.verdict, result.score, result.deductions, result.vetoes) == (Verdict.PASS, 100.0, (), ())
    assert (result.judged, result.unjudged, result.problems, result.complete) == (8, 0, 0, True)
    assert (result.target_kind, result.unit_id, result.run_id, result.as_of) == ("portal", "u1", "r1", run.as_of)


def test_rules_hash_comes_from_the_run_or_else_from_the_rules(card, run):
    assert card().rules_hash == "rules-1"
    assert card(run=replace(run, rules_hash="older")).rules_hash == "older"


def test_a1_worked_case(card, found):
    records = [
        *found("column.stale", kind="policy"),
        *found("column.stale", kind="statistics"),
        *found("mark.missing", 4),
    ]
    result = card(records)
    assert points(result) == {"D1.5": 5, "D2.3": 2, "D4.2": 3}
    assert (result.score, result.verdict) == (90.0, Verdict.PASS)


def test_any_veto_fails_without_a_score(card, found):
    result = card([*found("text.misstatement"), *found("mark.missing")], bonus=[Bonus("创新发展", 5)])
    assert (result.verdict, result.score, result.deductions, result.bonus) == (Verdict.FAIL, None, (), ())
    veto = result.vetoes[0]
    assert (veto.indicator, veto.count, veto.threshold, veto.pending) == ("W-V1.1", 1, 1, False)
    assert veto.fingerprints == ("text.misstatement--0",)


def test_veto_threshold_is_reached_exactly(card, found):
    assert card(found("column.blank", 4)).verdict is Verdict.PASS
    assert [veto.indicator for veto in card(found("column.blank", 5)).vetoes] == ["W-V4.3"]


def test_vetoes_count_a_finding_freely_while_it_pays_once(card, found):
    records = [*found("column.stale", 2, kind="policy"), *found("column.stale", 2, kind="news")]
    assert points(card(records)) == {"D1.4": 5, "D1.5": 5}
    fifth = found("column.stale", 1, kind="notice")
    assert points(card([*records[:1], *fifth])) == {"D1.5": 5, "D1.8": 1}
    assert [veto.count for veto in card([*records, *fifth]).vetoes] == [5]


def test_caps_hold_per_row_and_over_rows_that_share_one(card, found):
    assert points(card(found("mark.missing", 7))) == {"D4.2": 3}
    both = card([*found("link.dead", 4, home=True), *found("link.dead", 30, start=10)])
    assert points(both) == {"D4.3": 4, "D4.3b": 2}
    assert both.score == 94.0
    assert points(card([*found("link.dead", 9, home=True), *found("link.dead", 3, start=10)])) == {"D4.3": 6}


def test_tenths_stay_tenths(card, found):
    result = card(found("link.dead", 27))
    assert (points(result), result.score) == ({"D4.3b": 2.7}, 97.3)
    assert repr(card(found("link.dead", 3)).deductions[0].points) == "0.3"


def test_deductions_name_their_findings_and_whether_the_row_is_pending(card, found):
    deductions = {item.indicator: item for item in card(found("column.stale", 2, kind="policy")).deductions}
    assert deductions["D1.5"].fingerprints == ("column.stale-policy-0", "column.stale-policy-1")
    assert (deductions["D1.5"].count, deductions["D1.5"].pending) == (2, False)
    assert card(found("mark.missing")).deductions[0].pending


def test_a_confirmed_row_is_no_longer_pending(card, found, rules):
    rows = tuple(replace(row, confirmed_by="张三") for row in rules.indicators)
    assert not card(found("mark.missing"), rules=replace(rules, indicators=rows)).deductions[0].pending


@pytest.mark.parametrize(
    ("lost", "verdict", "score"),
    [(40.0, Verdict.PASS, 60.0), (40.1, Verdict.FAIL, 59.9), (140.0, Verdict.FAIL, 0.0)],
)
def test_pass_line(card, found, rules, lost, verdict, score):
    row = next(row for row in rules.indicators if row.id == "D4.2")
    result = card(found("mark.missing"), rules=replace(rules, indicators=(replace(row, points=lost, cap=None),)))
    assert (result.verdict, result.score) == (verdict, score)


@pytest.mark.parametrize(("lost", "score", "opened"), [(20.0, 80.0, False), (19.9, 110.1, True), (0.5, 129.5, True)])
def test_bonus_opens_strictly_above_its_line_and_is_capped(card, found, rules, lost, score, opened):
    row = next(row for row in rules.indicators if row.id == "D4.2")
    rules = replace(rules, indicators=(replace(row, points=lost, cap=None),))
    result = card(found("mark.missing"), rules=rules, bonus=[Bonus("调查征集", 20), Bonus("创新发展", 25.5)])
    assert (result.score, bool(result.bonus)) == (score, opened)


def test_a3_no_service_function_scales_75_points(card, found, rules, portal):
    row = next(row for row in rules.indicators if row.id == "D4.2")
    rules = replace(rules, indicators=(replace(row, points=15, cap=None),))
    target = replace(portal, service_function=False)
    result = card(found("mark.missing"), target=target, rules=rules, bonus=[Bonus("创新发展", 9)])
    assert (result.score, result.bonus) == (80.0, ())
    tenth = replace(rules, indicators=(replace(row, points=0.1, cap=None),))
    assert card(found("mark.missing"), target=target, rules=tenth).score == 99.87


def test_service_rows_are_not_looked_at_without_service_function(card, found, portal):
    target = replace(portal, service_function=False)
    result = card(found("column.stale", kind="statistics"), target=target)
    assert points(result) == {"D1.8": 1}
    assert result.score == 98.67


def test_deductions_may_apply_to_portals_only(card, found, rules, department):
    rules = replace(rules, totals=Totals(deduction_applies_to=("portal",)))
    records = found("mark.missing", target=department.id)
    result = card(records, target=department, rules=rules)
    assert (result.verdict, result.score, result.deductions, result.problems) == (Verdict.PASS, None, (), 1)
    assert points(card(records, target=department, rules=replace(rules, totals=Totals()))) == {"D4.2": 1}


def test_accounts_are_vetoed_or_pass_and_have_no_score(card, found, account):
    passed = card(found("text.typo", 3, target=account.id), target=account)
    assert (passed.verdict, passed.score, passed.problems, passed.target_kind) == (Verdict.PASS, None, 3, "account")
    failed = card(found("account.stale", target=account.id), target=account)
    assert (failed.verdict, failed.score) == (Verdict.FAIL, None)


@pytest.mark.parametrize(
    "state", [FindingState.FIXED, FindingState.WAIVED, FindingState.REJECTED], ids=lambda state: state.value
)
def test_closed_findings_do_not_count(card, found, state):
    result = card(found("mark.missing", state=state))
    assert (result.score, result.problems) == (100.0, 0)


def test_candidates_count_only_when_confirmed(card, found):
    assert card(found("text.misstatement", candidate=True)).verdict is Verdict.PASS
    assert card(found("text.misstatement", candidate=True, review="confirmed")).verdict is Verdict.FAIL


def test_block_row_unjudged_makes_the_verdict_unknown_and_says_why(card, found):
    result = card(found("mark.missing"), [Unjudged("home.stale", Ref(HOME), "首页日期无法识别")])
    assert (result.verdict, result.score) == (Verdict.UNKNOWN, 99.0)
    assert [(row.indicator, row.reason) for row in result.blocked] == [("W-V3", "首页日期无法识别")]
    assert (result.judged, result.unjudged) == (7, 1)


def test_note_row_unjudged_changes_coverage_only(card):
    result = card(unjudged=[Unjudged("mark.missing", Ref(HOME), "x"), Unjudged("mark.missing", Ref(""), "y")])
    assert (result.verdict, result.blocked, result.judged, result.unjudged) == (Verdict.PASS, (), 7, 1)


def test_open_questions_that_cannot_reach_the_threshold_do_not_block(card, found):
    questions = [Unjudged("column.blank", Ref(f"{HOME}c{n}/"), "栏目未能读取") for n in range(3)]
    assert card(found("column.blank", 1), questions).verdict is Verdict.PASS
    result = card(found("column.blank", 2), questions)
    assert result.verdict is Verdict.UNKNOWN
    assert result.blocked[0].reason == "栏目未能读取（等3项）"


def test_the_same_place_asked_twice_is_one_open_question(card, found):
    questions = [Unjudged("column.blank", Ref(f"{HOME}c/"), reason) for reason in ("甲", "乙")]
    assert card(found("column.blank", 3), questions).verdict is Verdict.PASS


@pytest.mark.parametrize("url", ["", HOME])
def test_a_question_about_the_whole_site_may_hide_any_number(card, url):
    assert card(unjudged=[Unjudged("column.blank", Ref(url), "未找到栏目")]).verdict is Verdict.UNKNOWN


def test_open_questions_never_save_a_failed_target(card, found):
    result = card(found("text.misstatement"), [Unjudged("home.stale", Ref(HOME), "x")], complete=False)
    assert (result.verdict, result.blocked, result.complete) == (Verdict.FAIL, (), False)


def test_block_on_a_deducting_row_blocks_while_it_could_still_cost_points(card, found, rules):
    rows = tuple(replace(row, when_unjudged="block" if row.id == "D4.2" else "note") for row in rules.indicators)
    rules = replace(rules, indicators=rows)
    question = [Unjudged("mark.missing", Ref(HOME), "x")]
    assert card(found("mark.missing", 2), question, rules=rules).verdict is Verdict.UNKNOWN
    assert card(found("mark.missing", 3), question, rules=rules).verdict is Verdict.PASS
    portals_only = replace(rules, totals=Totals(deduction_applies_to=()))
    assert card((), question, rules=portals_only).verdict is Verdict.PASS
    once = replace(rules, indicators=tuple(replace(row, once=True, cap=None) for row in rows if row.id == "D4.2"))
    assert card(found("mark.missing"), question, rules=once).verdict is Verdict.PASS
    assert points(card(found("mark.missing", 2), rules=once)) == {"D4.2": 1}


def test_partial_run_cannot_pass(card):
    result = card(complete=False)
    assert (result.verdict, result.score, result.complete) == (Verdict.UNKNOWN, 100.0, False)


def test_our_own_network_down_costs_nobody_anything(card, found, run):
    result = card(found("text.misstatement"), run=replace(run, state=RunState.UNKNOWN))
    assert (result.verdict, result.score, result.vetoes, result.complete) == (Verdict.UNKNOWN, None, (), False)


def test_findings_of_another_target_are_refused(card, found):
    with pytest.raises(ValueError, match="cannot be scored for 2101000001"):
        card(found("mark.missing", target="2101000099"))


def test_more_open_questions_than_checks_never_count_below_zero(card):
    questions = [Unjudged(f"c{n}", Ref(""), "x") for n in range(3)]
    assert card(unjudged=questions, checks_run=2).judged == 0


def test_same_input_gives_the_same_card(card, found):
    records = found("link.dead", 5)
    assert card(records) == card(list(records))
