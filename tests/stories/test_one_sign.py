"""The sign of a target is the same in the console, in the report and among the kept days, whatever is decided."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from faults import FAULTS
from town import FIRST, Watch, built, watched

from domain.findings import Severity
from domain.persons import Actor
from domain.runs import RunKind
from domain.times import beijing_date
from inspection.desk.city import cell_of, latest_days
from inspection.judging.rescoring import rescoring
from inspection.people.findings import review
from inspection.results.stored_report import stored_report
from reports.glance import glance
from reports.sheets import build_sheet


def told(watch: Watch) -> tuple[str, str]:
    """What the console's cell and the report's show."""
    registry, run = watch.store.load_registry(), watch.store.runs()[-1]
    (site,) = registry.sites
    cell = cell_of(site, latest_days(watch.store, registry).get(site.id))
    report = stored_report(watch.store, watch.order(0).rulebook, run.id, "")
    return cell.sign.symbol, glance(build_sheet(report, site)).sign


def test_console_and_report_show_one_sign(tmp_path: Path) -> None:
    with watched(tmp_path, built()) as watch:
        watch.inspect(0)
        clean = told(watch)
        assert clean in {("✓", "✓"), ("!", "!")}
        for fault in FAULTS:
            fault.plant(watch.town)
        watch.inspect(1)
        watch.inspect(1, RunKind.AUDIT, hours=10)
        assert told(watch) in {("!", "!"), ("✗", "✗")}
        site = watch.store.load_registry().sites[0].id
        first, _, last = watch.store.days(beijing_date(FIRST), beijing_date(FIRST + timedelta(days=9)), site)
        assert (first.run_id, last.run_id) == (watch.store.runs()[0].id, watch.store.runs()[-1].id)
        assert last.counts.named > first.counts.named

        with rescoring(watch.store, watch.order(1).rulebook) as store:
            for record in [record for record in watch.store.findings() if record.counts]:
                if record.severity is Severity.PROBLEM:  # as a rule that was made milder would leave it
                    store.save_findings([replace(record, severity=Severity.NOTICE)])
                else:
                    at = FIRST + timedelta(days=1, hours=11)
                    review(store, record.fingerprint, "rejected", Actor("王敏"), "误报", at)
        (day,) = (each for each in watch.store.latest_days() if each.complete)
        assert (day.counts.named, day.counts.notice > 0) == (0, True)
        assert (day.sign.symbol, *told(watch)) == ("✓", "✓", "✓")
