"""Counts and printed percentages; the D rows are real notices."""

from datetime import datetime

import pytest

from domain.scores import Deduction, Scorecard, Verdict
from domain.targets import Registry, Unit, UnitKind
from domain.times import BEIJING
from scorecards.rollup import PASS_RATE, SHARE, UNREGISTERED, Percentage, build_rollups

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
ROUND1, ROUND2, TRUNC1 = Percentage(1, "round"), Percentage(2, "round"), PASS_RATE


@pytest.mark.parametrize(
    ("part", "whole", "how", "printed"),
    [
        pytest.param(54, 56, SHARE, "96", id="D1"),
        pytest.param(51, 57, SHARE, "89", id="D2"),
        pytest.param(553, 556, TRUNC1, "99.4", id="D3"),
        pytest.param(1938, 1940, TRUNC1, "99.8", id="D4"),
        pytest.param(637, 641, TRUNC1, "99.3", id="D5"),
        pytest.param(596, 600, TRUNC1, "99.3", id="D6"),
        pytest.param(200, 557, SHARE, "36", id="D7 share"),
        pytest.param(199, 200, TRUNC1, "99.5", id="D7 sites"),
        pytest.param(317, 320, TRUNC1, "99", id="D7 accounts"),
        pytest.param(591, 4935, SHARE, "12", id="D12 share"),
        pytest.param(566, 591, ROUND2, "95.77", id="D12 rate"),
        pytest.param(209, 224, TRUNC1, "93.3", id="D13"),
        pytest.param(21, 22, ROUND1, "95.5", id="B4"),
        pytest.param(38, 40, SHARE, "95", id="A6"),
        pytest.param(56, 56, TRUNC1, "100", id="all"),
        pytest.param(0, 56, TRUNC1, "0", id="none"),
        pytest.param(0, 0, TRUNC1, "", id="nothing to divide"),
        pytest.param(1, 8, Percentage(0, "round"), "13", id="half up"),
    ],
)
def test_printed_percentages(part, whole, how, printed):
    assert how.of(part, whole) == printed


@pytest.mark.parametrize("how", [SHARE, ROUND1, TRUNC1])
def test_never_100_percent_while_one_is_missing(how):
    assert how.of(99_999, 100_000).startswith("99")


@pytest.mark.parametrize(("part", "whole"), [(-1, 3), (4, 3), (1, 0)])
def test_a_part_beyond_the_whole_is_refused(part, whole):
    with pytest.raises(ValueError, match="is no part of"):
        SHARE.of(part, whole)


def card(target, unit, verdict=Verdict.PASS, score=100.0, kind="department", lost=0.0, problems=0, unjudged=0):
    deductions = (Deduction("D1.5", "政策文件", lost, 1),) if lost else ()
    score = None if verdict is Verdict.FAIL or kind == "account" else score - lost
    return Scorecard(
        target, target, kind, unit, "r1", AS_OF, verdict, score, (), deductions, problems=problems, unjudged=unjudged
    )


UNITS = (
    Unit("office", "市政府办公室", kind=UnitKind.CITY),
    Unit("east", "东区政府", kind=UnitKind.DISTRICT),
    Unit("mzj", "市民政局"),
    Unit("idle", "市参事室"),
)


def test_city_kinds_and_units():
    cards = [
        card("s1", "office", kind="portal"),
        card("s2", "east", kind="portal", lost=5, problems=2),
        card("s3", "mzj", Verdict.UNKNOWN, unjudged=3),
        card("s4", "mzj", Verdict.FAIL, problems=1),
        card("a1", "mzj", kind="account"),
        card("a2", "east", Verdict.FAIL, kind="account"),
    ]
    result = build_rollups(Registry(UNITS), cards, city_name="甲市")
    sites, accounts = result.city.sites, result.city.accounts
    assert (sites.total, sites.passed, sites.failed, sites.unknown, sites.without_deduction) == (4, 2, 1, 1, 1)
    assert (sites.pass_rate, sites.without_deduction_share) == ("66.6", "25")
    assert (accounts.total, accounts.passed, accounts.failed, accounts.pass_rate) == (2, 1, 1, "50")
    assert (result.city.name, result.city.problems, result.city.unjudged) == ("甲市", 3, 3)
    assert result.city.lowest_score == 95.0
    assert [kind.name for kind in result.kinds] == ["市本级", "区县", "部门"]
    assert [unit.id for unit in result.units] == ["office", "east", "mzj"]
    assert result.units[2].sites.unknown == 1


def test_cards_of_unknown_units_are_gathered_and_counted():
    result = build_rollups(Registry(UNITS[:1]), [card("s1", "office"), card("s9", "gone"), card("s8", "")])
    assert [(unit.name, unit.sites.total) for unit in result.units] == [("市政府办公室", 1), (UNREGISTERED, 2)]
    assert [(kind.name, kind.sites.total) for kind in result.kinds] == [("市本级", 1), (UNREGISTERED, 2)]
    assert result.city.sites.total == 3


def test_the_month_of_the_seed():
    """沈阳 2023-04: 56 sites and 273 accounts pass, 54 sites without a deduction are 96 %."""
    cards = [card(f"s{n}", "mzj", lost=5 if n < 2 else 0) for n in range(56)]
    cards += [card(f"a{n}", "mzj", kind="account", problems=1 if n < 4 else 0) for n in range(273)]
    city = build_rollups(Registry(UNITS), cards).city
    assert (city.sites.passed, city.sites.without_deduction, city.sites.without_deduction_share) == (56, 54, "96")
    assert (city.sites.pass_rate, city.accounts.total, city.accounts.pass_rate) == ("100", 273, "100")


def test_other_provinces_round():
    cards = [card(f"a{n}", "mzj", Verdict.FAIL if n == 0 else Verdict.PASS, kind="account") for n in range(22)]
    city = build_rollups(Registry(UNITS), cards, pass_rate=ROUND1).city
    assert (city.accounts.failed, city.accounts.passed, city.accounts.pass_rate) == (1, 21, "95.5")


def test_nothing_inspected():
    result = build_rollups(Registry(UNITS), [])
    assert (result.kinds, result.units, result.city.sites.pass_rate, result.city.lowest_score) == ((), (), "", None)


def test_accounts_have_no_deduction_free_share_of_sites():
    city = build_rollups(Registry(UNITS), [card("a", "mzj", kind="account")]).city
    assert (city.sites.total, city.sites.without_deduction_share) == (0, "")
