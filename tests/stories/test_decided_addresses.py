"""What a person decided about an address is not asked again when the address answers in other words."""

from datetime import timedelta
from pathlib import Path

import pytest
from faults import DEAD
from town import FIRST, Watch, built, watched

from domain.findings import FindingRecord
from domain.persons import Actor
from inspection.people.findings import review, waive
from inspection.runs.recheck import recheck_run

MISSING = "<html><head><title>页面不存在</title></head><body><h1>404 页面不存在</h1><p>您访问的页面不存在或已删除</p></body></html>"


def states(records: dict[str, FindingRecord]) -> dict[str, str]:
    return {key: record.state.value for key, record in records.items() if key.endswith(" /hall.html")}


def decide(watch: Watch, record: FindingRecord, what: str, night: int) -> None:
    at = FIRST + timedelta(days=night, hours=10)
    if what == "rejected":
        review(watch.store, record.fingerprint, "rejected", Actor("李明"), "内网可以打开", at)
    else:
        waive(watch.store, record.fingerprint, Actor("李明"), "系统停用", f"{at.date() + timedelta(days=1)}", at)


@pytest.mark.parametrize("what", ["rejected", "waived"])
@pytest.mark.parametrize("soft_first", [False, True])
def test_a_decision_stays_with_the_address(tmp_path: Path, what: str, soft_first: bool) -> None:
    town = built()
    DEAD[0](town)
    with watched(tmp_path, town) as watch:
        first, then = ("link.soft404", "link.dead") if soft_first else ("link.dead", "link.soft404")
        for number in range(4):
            if soft_first == (number % 2 == 0):
                town.pages["/hall.html"] = MISSING
            else:
                town.pages.pop("/hall.html", None)
            outcome = watch.inspect(number)
            records = watch.records(outcome)
            again = watch.records(recheck_run(watch.store, outcome.run.id, watch.order(number).rulebook))
            assert states(again) == states(records)
            if number == 0:
                decide(watch, records[f"{first} /hall.html"], what, number)
                continue
            (judged,) = outcome.judged.values()
            is_over = what == "waived" and number == 3
            assert states(records)[f"{then} /hall.html"] == ("persisting" if is_over else what)
            assert {row.indicator for row in judged.card.deductions} == ({"D4.3"} if is_over else set())
