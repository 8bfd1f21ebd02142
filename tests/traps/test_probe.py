"""`xunjian probe`: one visit of every home page, as the scheduler starts it."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from test_bad_nights import ROOT, simple_site
from trap_desk import Desk
from trap_server import Host, Reply, serving

CLOUDFLARE = b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"


def run_probe(folder: Path) -> subprocess.CompletedProcess[str]:
    text = (ROOT / "rules.yaml").read_text(encoding="utf-8")
    text = text.replace("  timeout_seconds: 15 ", "  probe_again_seconds: 0.2\n  timeout_seconds: 2 ")
    (folder / "rules.yaml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "cli", "probe", "--data", str(folder), "--allow-private", "--format", "json"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_every_kind_of_answer_is_kept_as_what_it_is(desk_for: Callable[..., Desk]) -> None:
    good, flaky = simple_site(1), simple_site(1)
    page = flaky.pages["/"]
    flaky.pages["/"] = lambda asked: Reply(503) if asked.times == 1 else page(asked)
    broken = Host({"/": lambda asked: Reply(500)})
    walled = Host({"/": lambda asked: Reply(403, CLOUDFLARE)})
    slow = Host({"/": lambda asked: Reply(delay=4.0)})
    moved = Host({"/": lambda asked: Reply(302, headers=(("Location", "/index.html"),)), "/index.html": page})
    hosts = (good, flaky, broken, walled, slow, moved)
    with serving(*hosts):
        desk = desk_for(*(f"http://127.0.0.1:{host.port}/" for host in hosts), "http://127.0.0.1:1/")
        done = run_probe(desk.folder)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    outcomes = [row["outcome"] for row in document["probes"]]
    assert outcomes == ["ok", "ok", "http_error", "blocked", "timeout", "ok", "refused"]
    kept = [
        [
            probe.outcome.value
            for probe in desk.store.probes(site.id, datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
        ]
        for site in desk.sites
    ]
    assert kept == [[outcome] for outcome in outcomes]


def test_silence_of_all_is_our_own_network(desk_for: Callable[..., Desk]) -> None:
    desk = desk_for("http://127.0.0.1:1/", "http://127.0.0.1:2/")
    done = run_probe(desk.folder)
    assert done.returncode == 3
    assert "本机网络" in done.stderr.strip().splitlines()[-1]
    assert {row["outcome"] for row in json.loads(done.stdout)["probes"]} == {"own_network"}
