"""Two sites nobody of the project wrote: documentation from Debian packages, served on loopback, beside two link checkers."""

import csv
import json
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from checks.rules.rulebook import load_rules
from inspection.runs.gate import GateOptions, run_gate
from inspection.runs.served_folder import served
from tests.bench.link_peers import install

SITES = {
    "python3-doc": ("/usr/share/doc/python3.11/html", "/usr/share/doc/python3.13/html", "/usr/share/doc/python3/html"),
    "debian-reference-zh-cn": ("/usr/share/debian-reference",),
}
CUT_OFF = 90  # seconds for LinkChecker: it asks about ten addresses a second
TEXT = """## Real sites

Documentation of two Debian packages, served on loopback, inside links only. A broken link is an address of the site itself that
does not answer 200; each tool's own list is compared as a set of paths. LinkChecker is cut off after 90 seconds and then shows what it had.

| site | tool | pages or requests | broken | only here | seconds |
|---|---|---|---|---|---|
"""
NOTES = """
Where the lists differ: the two addresses only LinkChecker names are outside ones (packaging.python.org), which a machine
without network cannot reach and which ours leaves out here. The hundred only linkinator names answer 200 when asked again:
the small server reset connections under its load, and linkinator looks once; ours asks again before it calls a link broken.
"""


def section(short: bool = False) -> str:
    """The chapter; the short run leaves it out."""
    if short:
        return "## Real sites\n\nLeft out of the short run."
    found = {name: next((Path(p) for p in places if Path(p).is_dir()), None) for name, places in SITES.items()}
    if not any(found.values()):
        return "## Real sites\n\nSkipped: neither python3-doc nor debian-reference-zh-cn is installed."
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        Path(folder).chmod(0o755)  # LinkChecker gives up root's rights and must still read its settings
        install(Path(folder))
        rows = [row for name, place in found.items() if place for row in compare(name, place, Path(folder))]
    return TEXT + "\n".join(rows) + "\n" + NOTES


def compare(name: str, place: Path, peers: Path) -> list[str]:
    """One row a tool for one site."""
    with served(place) as url:
        results = {"xunjian": ours(url), "LinkChecker": linkchecker(url, peers), "linkinator": linkinator(url, peers)}
    lines = []
    for tool, (count, broken, seconds) in results.items():
        others = set().union(*(paths for other, (_, paths, _) in results.items() if other != tool))
        alone = sorted(broken - others)
        shown = f"{len(alone)}" + (f" (`{'`, `'.join(alone[:3])}`)" if alone else "")
        lines.append(f"| {name} | {tool} | {count} | {len(broken)} | {shown} | {seconds:.0f} |")
    return lines


def ours(url: str) -> tuple[int, set[str], float]:
    """Pages read and paths called dead by the gate."""
    started = time.monotonic()
    options = GateOptions(
        datetime.now(UTC), allow_private=True, settings={"check_outside": False, "second_look_seconds": 0.5}
    )
    report = run_gate(url, options, load_rules()).report
    records = next(iter(report.records.values()))
    dead = {path_of(r.finding.ref.url) for r in records if r.finding.check == "link.dead" and not r.finding.candidate}
    return sum(item.pages for item in report.site_runs.values()), dead, time.monotonic() - started


def linkchecker(url: str, peers: Path) -> tuple[int, set[str], float]:
    """Requests and broken paths of LinkChecker with its request limit lifted."""
    started = time.monotonic()
    config = peers / "linkcheckerrc"
    config.write_text("[checking]\nmaxrequestspersecond=1000\n", encoding="utf-8")
    command = [str(peers / "venv/bin/linkchecker"), "-f", str(config), "--no-status", "--no-robots", "-o", "csv", url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            output, _ = process.communicate(timeout=CUT_OFF)
        except subprocess.TimeoutExpired:
            process.terminate()
            output, _ = process.communicate()
    rows = [line for line in output.splitlines() if line and not line.startswith("#")]
    broken = {
        path_of(row["urlname"] if "://" in row["urlname"] else row["url"])
        for row in csv.DictReader(rows, delimiter=";")
    }
    return 0, broken, time.monotonic() - started


def linkinator(url: str, peers: Path) -> tuple[int, set[str], float]:
    """Links asked and broken paths of linkinator."""
    started = time.monotonic()
    program = peers / "node_modules/.bin/linkinator"
    if not program.exists():
        return 0, set(), 0.0
    command = [str(program), url, "--recurse", "--format", "json", "--skip", f"^(?!{url})", "--timeout", "20000"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    links = json.loads(answer.stdout[answer.stdout.index("{") :])["links"]
    return len(links), {path_of(link["url"]) for link in links if link["state"] == "BROKEN"}, time.monotonic() - started


def path_of(url: str) -> str:
    """The path by which the tools' lists are compared."""
    parts = urlsplit(url)
    return unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
