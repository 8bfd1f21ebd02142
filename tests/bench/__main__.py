"""`make bench`: our whole pipeline beside bare Scrapy on generated sites, in one run. Only ratios mean anything."""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from inspection.runs.shares import usable_cores
from tests.bench.link_peers import costs
from tests.bench.measure import Cost, ask, run, served

ROOT = Path(__file__).resolve().parents[2]
OTHER = os.environ.get("XUNJIAN_BENCH_SITES", "")  # a script that serves other sites in the same way
GENERATOR = [OTHER, "--slow-ms", "300"] if OTHER else ["-m", "tests.bench.generated_sites"]


def main() -> int:
    """Print the table; 1 when a bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true", help="a few small sites: shows that it works, proves little")
    parser.add_argument("--sites", type=int, default=0)
    parser.add_argument("--pages", type=int, default=0)
    args = parser.parse_args()
    sites, pages = (args.sites or (6 if args.short else 56)), (args.pages or (120 if args.short else 500))
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, served(GENERATOR, sites, pages, port) as server:
        work = Path(folder)
        bare = run(
            [sys.executable, str(ROOT / "tests/bench/bare.py"), str(port), str(sites)], server, work / "bare.log"
        )
        prepare(work, sites, port)
        first = run(nightly(work, "2026-04-26T09:00"), server, work / "first.log")
        planted = broken(ask(server, "truth"))
        found = faulty(work)
        second = run(nightly(work, "2026-04-27T09:00"), server, work / "second.log")
        spread = work / "spread"
        spread.mkdir()
        prepare(spread, sites, port)
        shared = run(nightly(spread, "2026-04-26T09:00", "auto"), server, work / "shared.log")
        costs_of = {
            "bare Scrapy, defaults, LinkExtractor": bare,
            "xunjian, first night": first,
            "xunjian, second night": second,
            f"xunjian, first night, all {usable_cores()} cores": shared,
        }
        code = report(sites, pages, costs_of, planted, found, faulty(spread))
    print(f"\n{costs()}")
    return code


def nightly(work: Path, as_of: str, processes: str = "1") -> list[str]:
    options = ["--data", str(work / "data"), "--rules", str(work / "rules.yaml"), "--as-of", as_of]
    return [sys.executable, "-m", "cli", "nightly", *options, "--allow-private", "--processes", processes]


def prepare(work: Path, sites: int, port: int) -> None:
    """A data folder with the generated sites registered and a short second look."""
    rules = (ROOT / "rules.yaml").read_text(encoding="utf-8")
    (work / "rules.yaml").write_text(
        rules.replace("second_look_minutes: 30", "second_look_minutes: 0.01"), encoding="utf-8"
    )
    rows = ["网站标识码,网站名称,主办单位,首页网址,网站类型"]
    rows += [f"99{k:08d},第{k + 1}站,第{k + 1}局,http://127.1.0.{k + 1}:{port}/,部门" for k in range(sites)]
    (work / "sites.csv").write_text("\n".join(rows), encoding="utf-8")
    data = ["--data", str(work / "data")]
    for command in (["init", *data], ["registry", "import", str(work / "sites.csv"), "--apply", *data]):
        subprocess.run([sys.executable, "-m", "cli", *command], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


def faulty(work: Path) -> set[str]:
    """Addresses the first night calls dead."""
    command = [sys.executable, "-m", "cli", "findings", "list", "--format", "json", "--data", str(work / "data")]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return {row["url"] for row in json.loads(answer.stdout)["findings"] if row["check"] == "link.dead"}


def broken(truth: dict) -> set[str]:
    return {f"http://{host}{path}" for host, planted in truth.items() for path in planted["broken"]}


def report(
    sites: int, pages: int, costs_of: dict[str, Cost], planted: set[str], found: set[str], found_shared: set[str]
) -> int:
    """Print what was measured and whether the bars hold."""
    bare, first, second, shared = costs_of.values()
    print(f"\n{sites} sites x {pages} pages, one run on this machine; compare rows, not machines\n")
    print("| row | CPU s | wall s | pages | pages per CPU s | requests | asked twice | peak MB | exit |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, cost in costs_of.items():
        print(
            f"| {name} | {cost.cpu:.1f} | {cost.wall:.1f} | {cost.pages} | {cost.per_cpu_second:.0f} | {cost.requests} | {cost.repeated} "
            f"| {cost.peak_mb:.0f} | {cost.code} |"
        )
    ratio = first.per_cpu_second / bare.per_cpu_second
    bars = {
        f"pages per CPU second beside bare Scrapy: {ratio:.2f} (bar 1.5)": ratio >= 1.5,
        f"peak memory {first.peak_mb:.0f} MB (bar 300)": first.peak_mb <= 300,
        f"planted broken links found {len(planted & found)} of {len(planted)}, others accused {len(found - planted)}": found
        == planted,
        f"second night asked {second.requests / first.requests:.0%} of the addresses (bar 25%)": second.requests
        <= 0.25 * first.requests,
        f"second night cost {second.cpu / first.cpu:.0%} of the CPU (bar 25%)": second.cpu <= 0.25 * first.cpu,
    }
    print(
        f"\nthe first night on all cores took {shared.wall / first.wall:.0%} of the time of one process (the server runs here too)"
    )
    small = pages < 300
    for text, held in bars.items():
        print(f"{'ok  ' if held else 'MISS'} {text}{' - short form, not a bar' if small and not held else ''}")
    wrong = first.code != 0 or second.code != 0 or found != planted or shared.code != 0 or found_shared != found
    return 1 if wrong or (not small and not all(bars.values())) else 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main())
