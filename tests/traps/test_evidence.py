"""`xunjian evidence`: a screenshot of each new finding with its place marked, opened from the dossier."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_bad_nights import ROOT, simple_site
from trap_desk import Desk
from trap_server import serving

from checks.rules.rulebook import load_rules
from crawler.browser.rendering import find_browser
from domain.crawl_policy import CrawlPolicy
from inspection.results.screenshots import collect_evidence
from inspection.results.stored_report import stored_report
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


@pytest.mark.browser
@pytest.mark.skipif(find_browser(CrawlPolicy()) is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("command", ["audit", "gate"])
def test_pictures_are_taken_right_after_the_run(desk_for: Callable[..., Desk], tmp_path: Path, command: str) -> None:
    host = simple_site(3)
    with serving(host):
        desk = desk_for(f"http://127.0.0.1:{host.port}/")
        target = "2101000000" if command == "audit" else f"http://127.0.0.1:{host.port}/"
        done = run(desk, tmp_path, command, target, "--evidence")
    assert done.returncode == (0 if command == "audit" else 1), done.stderr
    text = "".join(page.read_text(encoding="utf-8") for page in tmp_path.glob("*.html"))
    row = next(part for part in text.split("<tr>") if "/gone.html" in part and "链接不可用" in part)
    for ending in ("png", "html"):
        name = re.search(rf'href="(captures/\w+\.{ending})"', row)
        assert name is not None
        assert (tmp_path / name[1]).stat().st_size > 300


def test_without_a_browser_the_run_is_judged_all_the_same(desk_for: Callable[..., Desk], tmp_path: Path) -> None:
    host = simple_site(3)
    with serving(host):
        desk = desk_for(f"http://127.0.0.1:{host.port}/")
        rules = (ROOT / "rules.yaml").read_text(encoding="utf-8")
        (desk.folder / "rules.yaml").write_text(
            rules.replace("crawl:\n", "crawl:\n  browser: /nowhere\n", 1), encoding="utf-8"
        )
        done = run(desk, tmp_path, "audit", "2101000000", "--evidence")
    assert done.returncode == 0, done.stderr
    assert "未能截图" in done.stderr


def test_a_gate_without_a_report_has_no_place_for_pictures(desk_for: Callable[..., Desk]) -> None:
    command = [sys.executable, "-m", "cli", "gate", "http://127.0.0.1:1/", "--evidence", "--allow-private"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "--html" in done.stderr


def run(desk: Desk, folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [
        sys.executable,
        "-m",
        "cli",
        *words,
        "--data",
        str(desk.folder),
        "--html",
        str(folder),
        "--allow-private",
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
