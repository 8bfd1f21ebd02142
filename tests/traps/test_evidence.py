"""`xunjian evidence`: a screenshot of each new finding with its place marked, opened from the dossier."""

from collections.abc import Callable
from pathlib import Path

import pytest
from test_bad_nights import simple_site
from trap_desk import Desk
from trap_server import serving

from checks.rulebook import load_rules
from crawler.policy import CrawlPolicy
from crawler.rendering import find_browser
from inspection.evidence import collect_evidence
from inspection.stored import stored_report
from reports.dossier import write_dossier


@pytest.mark.browser
@pytest.mark.skipif(find_browser(CrawlPolicy()) is None, reason="no Chromium on this machine")
def test_a_dead_link_is_shown_where_it_stands(desk_for: Callable[..., Desk], tmp_path: Path) -> None:
    host = simple_site(3)
    with serving(host):
        desk = desk_for(f"http://127.0.0.1:{host.port}/")
        outcome = desk.inspect(0, render=False)
    record = next(r for r in outcome.judged[desk.sites[0].id].records if r.finding.check == "link.dead")
    collected = collect_evidence(desk.store, outcome.run.id)  # from the captures: the site is gone
    assert collected.pictures > 0
    assert collected.marked > 0
    report = stored_report(desk.store, load_rules(), outcome.run.id, "")
    picture = report.pictures[record.fingerprint]
    assert desk.store.body(picture).startswith(b"\x89PNG")
    page = write_dossier(report, desk.sites, tmp_path / "dossier.html")
    assert f"captures/{picture}.png" in page.read_text(encoding="utf-8")
    assert (tmp_path / "captures" / f"{picture}.png").stat().st_size > 1000
