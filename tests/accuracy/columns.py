"""One night on the column-trap site of `tests/traps`, through the whole pipeline."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "traps"))

from column_site import build_host
from column_traps import TRAPS
from column_traps_more import MORE_TRAPS
from column_traps_third import THIRD_TRAPS
from trap_desk import open_desk
from trap_server import serving

TEXT = """## Columns

A site on loopback with {count} columns (`tests/traps/column_traps*.py`), one trap each: fresh sidebars beside dead lists, clocks, counters and document
numbers that look like dates, reversed, pinned and future items, dates in articles, addresses, attributes or scripts only, CDATA and JSON lists, frames,
jumps, wrong charsets, blank and archived columns. One night through the whole pipeline, without a browser.

| truth | columns | judged so | accused wrongly |
|---|---|---|---|
{rows}

The second batch ({second} columns) was written after the first was read right; its first score was: 22 of 24 dead lists found, two rescued (a list of one
item took the date of the footer), 7 of 34 others accused wrongly (dates that tell only a month or a year, a heading 本年度, blank boxes filled by a script of
unknown name). The third batch ({third} columns) holds what four sites of 45-65 columns each, written by people who had not seen the program, showed to be
misread; its first score (commit 49da0ea) was 17 of {third}: nine of 17 dead lists were rescued (a recommendation's datastore, dates without a year, addresses of a
migration, a template that prints today, 最近浏览, a filter's ranges, a document's number, a hidden row), one was called blank, and two others accused wrongly (the
live rows stood on page two; a year nobody could tell). The table shows the program after that.

Whole sites, each written by somebody who had seen neither the program nor the sites before it, and judged once by `xunjian gate` as it then stood (pages that need not be
columns left out); after each, what it showed was mended. *Accused wrongly* is a live column called overdue, blank or undated; *rescued* a dead one called fresh.

| site, in this order | columns | right at first | rescued | not judged, or not seen | **accused wrongly** |
|---|---|---|---|---|---|
| 大汉, 开普, old ASP | 57 | 45 | 4 | 5 | 3 |
| Bootstrap, data islands | 56 | 42 | 5 | 6 | 3 |
| 博达, 苏迪, 帝国, PHPCMS | 58 | 54 | 1 | 3 | 0 |
| TRS, 海云 | 48 | 39 | 7 | 1 | 1 |
| WebForms, JSP, framesets | 40 | 36 | 2 | 2 | 0 |
| deadlines to the day, 42 kinds of trap | 55 | 46 | 2 | 6 | 1 |
| shapes not met before | 39 | 37 | 0 | 2 | 0 |
"""


def section(short: bool = False) -> str:
    """The Markdown section on columns for docs/accuracy.md."""
    traps = [*TRAPS, *MORE_TRAPS, *THIRD_TRAPS]
    host = build_host(traps)
    with tempfile.TemporaryDirectory() as folder, serving(host):
        desk = open_desk(Path(folder), f"http://127.0.0.1:{host.port}/")
        judged = desk.inspect(0, render=False).judged[desk.sites[0].id]
        desk.store.close()
    origin = f"http://127.0.0.1:{host.port}"
    path_of = {url: trap.slug for trap in traps for url in (f"/{trap.slug}/", trap.path) if url}
    found = {
        check: {
            path_of.get(r.finding.ref.url.removeprefix(origin), "") for r in judged.records if r.finding.check == check
        }
        for check in ("column.stale", "column.blank")
    }
    newest = {path_of.get(column.url.removeprefix(origin), ""): column.newest for column in judged.columns}
    rows = []
    for truth, word in (("overdue", "dead"), ("fresh", "live"), ("blank", "blank"), ("open", "cannot be said, or no deadline")):  # fmt: skip
        slugs = {trap.slug for trap in traps if trap.truth == truth}
        right = {
            "overdue": slugs & found["column.stale"],
            "fresh": {slug for slug in slugs if newest.get(slug)} - found["column.stale"],
            "blank": slugs & found["column.blank"],
            "open": slugs - found["column.stale"] - found["column.blank"],
        }[truth]
        wrong = (slugs & found["column.stale"] if truth != "overdue" else set()) | (
            slugs & found["column.blank"] if truth != "blank" else set()
        )
        rows.append(f"| {word} | {len(slugs)} | {len(right)} | {len(wrong)} |")
    return TEXT.format(count=len(traps), second=len(MORE_TRAPS), third=len(THIRD_TRAPS), rows="\n".join(rows))
