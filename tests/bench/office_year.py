"""A year of an office: 56 sites, 273 accounts, a run a night, findings that come and go, every month closed in its turn.

    make year [YEAR="--short"] [YEAR="--db postgresql+psycopg://..."]

Prints, for the scorecard, the closing of a month, the table of the year and the city of the console: rows read and
shown, seconds, peak memory; and the size of the database. Only the counts are the same on every machine.
"""

import argparse
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import text

import storage
from checks.rules.rulebook import load_rules
from domain.findings import Finding, FindingRecord, FindingState, Ref, Severity, Unjudged
from domain.persons import Actor, Person, Role
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.scores import Deduction, Scorecard, Verdict, counts_of
from domain.targets import Account, Platform, Registry, Site, SiteKind, Unit, UnitKind
from domain.times import BEIJING
from inspection.desk.city import city_of
from inspection.desk.scope import View
from inspection.periods.closing import close_period, open_period, sums_of
from inspection.results.report import trend_of
from inspection.results.stored_report import stored_report
from scorecards.figures import FigureRules
from tests.bench.rows_read import watching

FIRST = datetime(2023, 1, 1, 2, tzinfo=BEIJING)
BOOK, RULES = load_rules(), FigureRules()
CHECKS = (
    ("link.dead", Severity.DEDUCT), ("column.stale", Severity.DEDUCT), ("text.typo", Severity.PROBLEM),
    ("mark.missing", Severity.DEDUCT), ("column.near_due", Severity.NOTICE), ("meta.missing", Severity.NOTICE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the office is."""

    sites: int = 56
    accounts: int = 273
    nights: int = 365
    findings: int = 200_000
    open: int = 50_000
    noted: int = 5  # rows of a finding among those of the nights

    @property
    def a_night(self) -> int:
        """New findings."""
        return -(-self.findings // self.nights)


SHORT = Scale(sites=6, accounts=9, nights=212, findings=3_180, open=400)


def registry_of(scale: Scale) -> Registry:
    """Invented units, sites and accounts."""
    units = tuple(
        Unit(f"u{n}", f"单位{n}", kind=UnitKind.DISTRICT if n < 9 else UnitKind.DEPARTMENT) for n in range(scale.sites)
    )
    kinds = dict.fromkeys(range(1, 9), SiteKind.DISTRICT_PORTAL) | {0: SiteKind.CITY_PORTAL}
    sites = tuple(
        Site(f"21{n:08}", f"网站{n}", f"http://s{n}.example/", f"u{n}", kinds.get(n, SiteKind.DEPARTMENT))
        for n in range(scale.sites)
    )
    platforms = list(Platform)[:6]
    accounts = tuple(
        Account(f"weibo:{n}", f"账号{n}", platforms[n % 6], f"u{n % scale.sites}", str(n))
        for n in range(scale.accounts)
    )
    return Registry(units, sites, accounts)


@dataclass
class Office:
    """The store as it grows night by night."""

    store: Store
    scale: Scale
    dice: random.Random = field(default_factory=lambda: random.Random(7))
    open: dict[str, dict[str, FindingRecord]] = field(default_factory=dict)  # target -> fingerprint -> record
    made: int = 0

    def live(self) -> None:
        """Every night, and after each month its closing."""
        registry = registry_of(self.scale)
        self.store.save_registry(registry)
        self.targets = [*registry.sites, *registry.accounts]
        self.open = {target.id: {} for target in self.targets}
        for number in range(self.scale.nights):
            moment = FIRST + timedelta(days=number)
            if moment.day == 1 and number:
                self.close(moment - timedelta(days=1))
            self.night(moment)

    def close(self, last: datetime) -> None:
        """The month of a day, by the one use case there is."""
        name = f"{last:%Y-%m}"
        open_period(self.store, name, Actor("王敏"), last)
        close_period(self.store, BOOK, RULES, name, Actor("王敏"), last + timedelta(days=1))

    def night(self, moment: datetime) -> None:
        """A run with its findings, questions and cards."""
        run = Run(
            f"nightly-{moment:%Y%m%d}", RunKind.NIGHTLY, moment, moment, RunState.COMPLETE,
            targets=tuple(target.id for target in self.targets),
        )  # fmt: skip
        self.store.save_run(run)
        self.store.save_findings(list(self._changes(run)))
        for target in self.targets:
            asked = [Unjudged(f"inquiry.{n}", Ref(f"http://x.example/{n}"), "页面由脚本生成") for n in range(2)]
            self.store.save_unjudged(run.id, target.id, asked)
        self.store.save_scorecards([self._card(target, run) for target in self.targets])

    def _changes(self, run: Run) -> Iterator[FindingRecord]:
        """New ones for every target; old ones are seen again a few times, and mended when there are too many."""
        for _ in range(self.scale.a_night):
            target = self.dice.choice(self.targets).id
            yield self._kept(self._found(target, run))
        everything = [record for found in self.open.values() for record in found.values()]
        again = self.dice.sample(everything, min(len(everything), self.scale.a_night * (self.scale.noted - 2)))
        surplus = max(0, len(everything) - self.scale.open)
        for number, record in enumerate(again):
            state = FindingState.FIXED if number < surplus else FindingState.PERSISTING
            yield self._kept(replace(record, state=state, last_seen=run.as_of, last_run=run.id))

    def _kept(self, record: FindingRecord) -> FindingRecord:
        found = self.open[record.target_id]
        if record.state is FindingState.FIXED:
            found.pop(record.fingerprint, None)
        else:
            found[record.fingerprint] = record
        return record

    def _found(self, target: str, run: Run) -> FindingRecord:
        self.made += 1
        check, severity = self.dice.choice(CHECKS)
        url = f"http://{target}.example/content/2023/{self.made}.html"
        facts: dict[str, Any] = {"label": f"工作动态{self.made}", "status": 404, "age": 37, "newest": "2023-03-20", "rule": "14 天", "wrong": "按装", "suggestion": "安装", "sentence": "请各单位按装好设备。" * 3}  # fmt: skip
        found = Finding(check, Ref(url, f"栏目{self.made}", f"{self.made:064x}"), url, facts, found_on=(url,))
        key = f"{self.made:016x}"
        return FindingRecord(key, target, found, FindingState.NEW, severity, "1", run.as_of, run.as_of, run.id, run.id)

    def _card(self, target: Site | Account, run: Run) -> Scorecard:
        records = self.open[target.id].values()
        counts, is_site = counts_of(records), isinstance(target, Site)
        charge = (Deduction("D1.8", "其他栏目", 3, counts.deduct),) if counts.deduct and is_site else ()
        kind = "department" if isinstance(target, Site) else "account"
        return Scorecard(
            target.id, target.name, kind, target.unit_id, run.id, run.as_of, Verdict.PASS,
            100.0 - 3 * len(charge) if is_site else None, deductions=charge, judged=28, unjudged=2,
            problems=len(records), counts=counts,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """What one view of the year cost, in a process of its own."""

    name: str
    shown: int
    read: int
    seconds: float
    peak: float  # MB
    worst: str  # the statements that read most

    @property
    def is_greedy(self) -> bool:
        """Whether it reads more than it may."""
        return self.read > MOST.get(self.name, 2) * self.shown

    @property
    def line(self) -> str:
        """A row of the table."""
        share = self.read / max(1, self.shown)
        return f"| {self.name} | {self.shown:,} | {self.read:,} | {share:.2f} | {self.seconds:.2f} | {self.peak:.0f} |"


def _scorecard(store: Store, last: datetime) -> int:
    report = stored_report(store, BOOK, "", "")
    return len(report.cards) + sum(len(each) for each in (*report.records.values(), *report.unjudged.values()))


def _closing(store: Store, last: datetime) -> int:
    name = f"{last:%Y-%m}"
    open_period(store, name, Actor("王敏"), last)
    sums = close_period(store, BOOK, RULES, name, Actor("王敏"), last + timedelta(days=31)).sums
    return len(sums.standings) + sum(len(each.items) for each in sums.standings) + len(sums.figures)


def _shown(store: Store, last: datetime) -> int:
    sums = sums_of(store, BOOK, RULES, f"{last:%Y-%m}")
    return len(sums.standings) + len(sums.figures)


def _year(store: Store, last: datetime) -> int:
    values = [(p.sites_passed, p.sites_clean, p.accounts_passed, p.problems) for p in trend_of(store, last)]
    return sum(value is not None for row in values for value in row)


def _city(store: Store, last: datetime) -> int:
    inspector = Person("wang", "王敏", Role.INSPECTOR)
    city = city_of(store, View(inspector, store.load_registry()), last)
    return len(list(city.cells)) + sum(len(rows) for _, rows in city.groups)


CITY = "the city in the console (全市一览)"
VIEWS: Mapping[str, Callable[[Store, datetime], int]] = {
    "scorecard (评分表)": _scorecard,
    "period close (关闭考核期)": _closing,
    "period show (已关闭的考核期)": _shown,
    "year table (全年走势)": _year,
    CITY: _city,
}
MOST = {CITY: 7}  # rows read for one shown; of the city: registry, the step to its last days, the days; else 2


def measured(store: Any, name: str, last: datetime, *, small: bool = False) -> Measured:
    """Do it once, and look at what was asked of the database. `small`: PostgreSQL would rather scan than search it."""
    with watching(store.db.engine, small=small) as reading:
        begun = time.perf_counter()
        shown = VIEWS[name](store, last)
        seconds = time.perf_counter() - begun
        peak = peak_memory()
    greedy = sorted(reading.by_query.items(), key=lambda item: -item[1])[:5]
    worst = "\n".join(f"{rows:,}: {query[:300]}" for query, rows in greedy)
    return Measured(name, shown, reading.rows, seconds, peak, worst)


def peak_memory() -> float:
    """MB of this process alone; what getrusage says is handed on by the process that started it."""
    told = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(told[1]) / 1024 if told else 0.0


def _apart(url: str, folder: str, name: str, last: datetime) -> Measured:
    store = storage.open_store(url, folder)
    try:
        found = measured(store, name, last)
        know_the_tables(store)
        return found
    finally:
        store.close()


def lived(url: str, folder: str, scale: Scale) -> tuple[datetime, int]:
    """An office with all its nights: the last of them, and the bytes of its database."""
    storage.upgrade(url)
    store = storage.open_store(url, folder)
    try:
        Office(store, scale).live()
        know_the_tables(store)
        return FIRST + timedelta(days=scale.nights - 1), size_of(store)
    finally:
        store.close()


def views(url: str, folder: str, last: datetime) -> Iterator[Measured]:
    """What the office waits for, each in a new process, so that its memory is its own."""
    for name in VIEWS:
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            yield pool.submit(_apart, url, folder, name, last).result()


def know_the_tables(store: Any) -> None:
    """What PostgreSQL does by itself in quiet minutes; a plan without it is a guess."""
    if store.db.file is None:
        with store.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def size_of(store: Any) -> int:
    """Bytes of the database, indexes included."""
    if store.db.file is not None:
        with store.db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return int(store.db.file.stat().st_size)
    with store.db.read() as connection:
        return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)


def main() -> int:
    """Print the table; 1 when a view reads more than it may."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", default="", help="an empty database; default: an SQLite file that is thrown away")
    parser.add_argument("--short", action="store_true", help="a small office: shows that it works")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="year-") as folder:
        url = args.db or f"sqlite:///{folder}/xunjian.db"
        begun = time.perf_counter()
        last, size = lived(url, folder, SHORT if args.short else Scale())
        print(f"lived until {last:%Y-%m-%d} in {time.perf_counter() - begun:.0f} s, database {size / 1e6:.0f} MB\n")
        print("| view | rows shown | rows read | read / shown | s | peak MB |\n|---|---|---|---|---|---|")
        greedy = []
        for row in views(url, folder, last):
            print(row.line, flush=True)
            greedy += [row] if row.is_greedy else []
        for row in greedy:
            print(f"\n{row.name} reads too much:\n{row.worst}")
    return int(bool(greedy))


if __name__ == "__main__":
    raise SystemExit(main())
