"""Stale columns come near the veto: the office is warned, and no longer once they are mended or set aside."""

from datetime import timedelta
from pathlib import Path

from town import FIRST, Town, Watch, built, item, watched

from domain.findings import FindingRecord
from domain.persons import Actor
from inspection.judging.rescoring import rescoring
from inspection.people.findings import review, waive
from inspection.runs.recheck import recheck_run


def aged(town: Town, number: int, days: int) -> None:
    """A notice column whose newest entry is some days old."""
    day = FIRST.date() - timedelta(days=days)
    town.column(f"/tz{number}/", f"通知公告{number}", item(day, f"/tz{number}/1.html", "关于开展检查工作的通知"))
    town.article(
        f"/tz{number}/1.html", "关于开展检查工作的通知", day, "请各单位按时报送材料。" * 8, column=f"/tz{number}/"
    )


def warnings(watch: Watch, records: dict[str, FindingRecord] | None = None) -> list[tuple[str, int, str]]:
    found = (records or {}).values() if records is not None else watch.store.findings()
    return [
        (r.finding.kind, r.finding.facts["total"], r.state.value)
        for r in found
        if r.finding.check == "veto.early_warning"
    ]


def test_a_warning_follows_the_findings_it_counts(tmp_path: Path) -> None:
    town = built()
    for number in (1, 2, 3):
        aged(town, number, 300)
    with watched(tmp_path, town) as watch:
        outcome = watch.inspect(0)
        assert warnings(watch, watch.records(outcome)) == [("W-V4.1", 3, "new")]
        assert warnings(watch, watch.records(recheck_run(watch.store, outcome.run.id, watch.order(0).rulebook))) == [
            ("W-V4.1", 3, "new")
        ]
        watch.inspect(1)
        assert warnings(watch) == [("W-V4.1", 3, "persisting")]

        stale = [record for record in watch.store.findings() if record.finding.check == "column.stale"]
        at = FIRST + timedelta(days=1, hours=10)
        with rescoring(watch.store, watch.order(1).rulebook) as store:
            waive(store, stale[0].fingerprint, Actor("李明"), "栏目即将归并", f"{at.date() + timedelta(days=1)}", at)
        assert warnings(watch) == [("W-V4.1", 3, "fixed")]

        watch.inspect(4)  # the waiver is over
        assert warnings(watch) == [("W-V4.1", 3, "reopened")]
        aged(town, 1, 0)
        watch.inspect(5)
        assert warnings(watch) == [("W-V4.1", 3, "fixed")]


def test_a_site_that_cannot_be_reached_keeps_its_warning(tmp_path: Path) -> None:
    town = built()
    for number in (1, 2, 3):
        aged(town, number, 300)
    with watched(tmp_path, town) as watch:
        watch.inspect(0)
        town.is_down = True
        watch.inspect(1)
        assert [(kind, state) for kind, _, state in warnings(watch)] == [("W-V4.1", "new")]


def test_a_rejected_warning_stays_rejected(tmp_path: Path) -> None:
    town = built()
    for number in (1, 2, 3):
        aged(town, number, 300)
    with watched(tmp_path, town) as watch:
        watch.inspect(0)
        (warning,) = (record for record in watch.store.findings() if record.finding.check == "veto.early_warning")
        review(watch.store, warning.fingerprint, "rejected", Actor("李明"), "已另行布置", FIRST + timedelta(hours=9))
        watch.inspect(1)
        assert [state for _, _, state in warnings(watch)] == ["rejected"]
