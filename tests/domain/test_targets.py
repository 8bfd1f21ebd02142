"""Who is inspected on which day."""

from dataclasses import replace
from datetime import date

import pytest

from domain.targets import Account, Platform, Registry, Site, SiteKind, TargetState, Unit, is_valid

DAY = date(2023, 4, 26)
SITE = Site("2101000001", "甲市人民政府", "http://www.jia.gov.cn/", "u1")
ACCOUNT = Account("wechat:jia", "甲市发布", Platform.WECHAT, "u1")


@pytest.mark.parametrize("target", [SITE, ACCOUNT])
@pytest.mark.parametrize(
    ("changes", "valid"),
    [
        ({}, True),
        ({"valid_from": DAY}, True),
        ({"valid_from": date(2023, 4, 27)}, False),
        ({"valid_to": date(2023, 4, 27)}, True),
        ({"valid_to": DAY}, False),
        ({"state": TargetState.CLOSING}, True),
        ({"state": TargetState.MISSING}, True),
        ({"state": TargetState.CLOSED}, False),
        ({"state": TargetState.CLOSED, "valid_to": date(2023, 5, 1)}, True),
        ({"state": TargetState.CLOSED, "valid_to": DAY}, False),
    ],
)
def test_validity(target: Site | Account, changes: dict[str, object], valid: bool) -> None:
    assert is_valid(replace(target, **changes), DAY) is valid


def test_registry_of_a_day_keeps_order_and_units() -> None:
    units = (Unit("u1", "甲市民政局", "市民政局"), Unit("u2", "甲市统计局"))
    sites = tuple(replace(SITE, id=str(n), valid_to=DAY if n == 1 else None) for n in range(3))
    registry = Registry(units, sites, (ACCOUNT, replace(ACCOUNT, id="x", valid_from=date(2024, 1, 1))))
    today = registry.on(DAY)
    assert [site.id for site in today.sites] == ["0", "2"]
    assert today.accounts == (ACCOUNT,)
    assert today.units == units
    assert len(registry.on(date(2023, 4, 25)).sites) == 3


def test_owner_of_a_target() -> None:
    registry = Registry((Unit("u1", "甲市民政局", "市民政局"), Unit("u2", "甲市统计局")))
    owner = registry.unit_of(SITE)
    assert owner is not None
    assert owner.label == "市民政局"
    assert Unit("u2", "甲市统计局").label == "甲市统计局"
    assert registry.unit_of(replace(SITE, unit_id="u9")) is None


def test_portals() -> None:
    assert [kind.is_portal for kind in SiteKind] == [True, True, False]
