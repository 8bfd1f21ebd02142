"""A week of visits every hour: 6 % away is a veto, 4 % a warning, 2 % nothing, and each of it only while it is so."""

from datetime import timedelta
from pathlib import Path

import pytest
from town import FIRST, SITE_ID, Watch, built, watched

from domain.captured import Probe, ProbeOutcome
from domain.scores import Verdict
from inspection.judging.run import Outcome

HOURS = 7 * 24


def visit_hourly(watch: Watch, hours: range, away: set[int]) -> None:
    """Visits from the hours before the first night on; `away`: those nobody answered."""
    url = f"http://127.0.0.1:{watch.town.port}/"
    watch.store.write(
        [
            Probe(
                SITE_ID, url, FIRST - timedelta(days=7) + timedelta(hours=hour, minutes=13),
                ProbeOutcome.REFUSED if hour in away else ProbeOutcome.OK, 0.2, 0 if hour in away else 200,
            )
            for hour in hours
        ]
    )  # fmt: skip


def told(watch: Watch, outcome: Outcome) -> tuple[str, str, Verdict]:
    """(state of the veto, state of the warning, verdict)."""
    (judged,) = outcome.judged.values()
    states = {record.finding.check: record.state.value for record in judged.records}
    return states.get("site.unreachable", ""), states.get("veto.early_warning", ""), judged.card.verdict


@pytest.mark.parametrize(
    ("failed", "veto", "warning", "verdict"),
    [
        (10, "new", "", Verdict.FAIL),  # 6.0 %
        (9, "new", "", Verdict.FAIL),  # 5.4 %
        (8, "", "new", Verdict.PASS),  # 4.8 %
        (7, "", "new", Verdict.PASS),  # 4.2 %
        (5, "", "", Verdict.PASS),  # 3.0 %, a hair below the warning
    ],
)
def test_a_week_with_an_outage(tmp_path: Path, failed: int, veto: str, warning: str, verdict: Verdict) -> None:
    with watched(tmp_path, built()) as watch:
        visit_hourly(watch, range(HOURS), set(range(60, 60 + failed)))
        assert told(watch, watch.inspect(0)) == (veto, warning, verdict)


def test_a_veto_becomes_a_warning_and_goes_when_the_outage_leaves_the_week(tmp_path: Path) -> None:
    with watched(tmp_path, built()) as watch:
        visit_hourly(watch, range(HOURS), set(range(60, 70)))
        assert told(watch, watch.inspect(0)) == ("new", "", Verdict.FAIL)
        away, seen = set(range(60, 70)), []
        for night in range(1, 5):
            visit_hourly(watch, range(HOURS + 24 * (night - 1), HOURS + 24 * night), away)
            seen.append(told(watch, watch.inspect(night)))
        assert seen[0] == ("persisting", "", Verdict.FAIL)
        assert seen[-1] == ("fixed", "", Verdict.PASS)
        assert all(veto != "persisting" or warning != "new" for veto, warning, _ in seen)


def test_a_day_without_probes_is_not_held_against_the_site(tmp_path: Path) -> None:
    with watched(tmp_path, built()) as watch:
        visit_hourly(watch, range(130), set(range(60, 70)))  # 130 of 140: our own scheduler stood still
        veto, warning, verdict = told(watch, watch.inspect(0))
        assert (veto, warning) == ("", "")
        assert verdict is not Verdict.FAIL
