"""Figures for Prometheus: as a text file for node_exporter, or asked for at a port."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from domain.errors import StoreError, unwritable
from domain.leases import LeaseState
from domain.operations import JobState, MessageState
from domain.ports import Store
from domain.runs import RunKind, RunState
from domain.times import beijing_date
from inspection.operations.ages import judgement_ages, oldest
from inspection.operations.crews import work_of
from inspection.operations.status import last_job_runs

NEVER = 10.0 * 366 * 86400  # seconds; the age of what was never judged
Opening = Callable[[], Store]


class Figures(Collector):
    """Reads the store whenever it is asked."""

    def __init__(self, opening: Opening, data: Path, clock: Callable[[], datetime]) -> None:
        self._opening, self._data, self._clock = opening, data, clock

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """All figures; only `xunjian_up` 0 when the store is away."""
        try:
            store = self._opening()
        except StoreError:
            yield GaugeMetricFamily("xunjian_up", "Whether the store answers", value=0)
            return
        try:
            now = self._clock()
            yield GaugeMetricFamily("xunjian_up", "Whether the store answers", value=1)
            yield from _ages(store, now)
            yield from _nights(store)
            yield from _work(store, now)
            yield from _findings(store)
            yield from _jobs(store, now)
            yield from _rest(store, self._data)
        finally:
            store.close()


def _ages(store: Store, now: datetime) -> Iterator[GaugeMetricFamily]:
    ages = judgement_ages(store, store.load_registry().on(beijing_date(now)))
    last = oldest(ages, now)
    each = GaugeMetricFamily(
        "xunjian_judgement_age_seconds", "Age of the newest judgement of a target", labels=["target"]
    )
    for age in ages:
        each.add_metric([age.target_id], min(age.at(now).total_seconds(), NEVER))
    yield each
    pages = GaugeMetricFamily(
        "xunjian_oldest_page_age_seconds",
        "Age of the oldest page that a site's newest judgement rests on",
        labels=["target"],
    )
    for age in ages:
        if age.oldest_page is not None:
            pages.add_metric([age.target_id], (now - age.oldest_page).total_seconds())
    yield pages
    if last is not None:
        value = min(last.at(now).total_seconds(), NEVER)
        yield GaugeMetricFamily("xunjian_oldest_judgement_age_seconds", "Age of the oldest judgement", value=value)
    yield GaugeMetricFamily("xunjian_targets", "Valid sites and accounts", value=len(ages))


def _nights(store: Store) -> Iterator[GaugeMetricFamily]:
    runs = [run for run in store.runs() if run.kind is RunKind.NIGHTLY]
    ended = [run for run in runs if run.finished_at is not None]
    yield GaugeMetricFamily(
        "xunjian_nights_running", "Nights at work", value=sum(run.state is RunState.RUNNING for run in runs)
    )
    if ended and (finished := ended[-1].finished_at):
        run = ended[-1]
        yield GaugeMetricFamily(
            "xunjian_last_night_end_timestamp_seconds", "When the last night ended", value=finished.timestamp()
        )
        yield GaugeMetricFamily(
            "xunjian_last_night_complete", "Whether it came to its end", value=run.state is RunState.COMPLETE
        )
        yield GaugeMetricFamily(
            "xunjian_last_night_seconds", "How long it took", value=(finished - run.started_at).total_seconds()
        )
        yield GaugeMetricFamily(
            "xunjian_last_night_unjudged", "What could not be judged", value=len(store.unjudged(run.id))
        )


def _work(store: Store, now: datetime) -> Iterator[GaugeMetricFamily]:
    pieces = GaugeMetricFamily("xunjian_work", "Pieces of work of the runs at work", labels=["kind", "state"])
    silent = GaugeMetricFamily("xunjian_work_silent_seconds", "Longest silence of a holder of work", labels=["kind"])
    going = [work for run in store.runs() if run.state is RunState.RUNNING for work in work_of(store, run)]
    for kind in sorted({work.kind for work in going}):
        mine = [work for work in going if work.kind == kind]
        for state in LeaseState:
            pieces.add_metric([kind, state.value], sum(work.counts.get(state, 0) for work in mine))
        signs = [item.heartbeat for work in mine for item in work.held]
        if signs:
            silent.add_metric([kind], max(0.0, now.timestamp() - min(signs)))
    yield pieces
    yield silent


def _findings(store: Store) -> Iterator[GaugeMetricFamily]:
    opened = GaugeMetricFamily("xunjian_open_findings", "Open findings", labels=["severity"])
    counts: dict[str, int] = {}
    for record in store.findings():
        if record.state.is_open:
            counts[record.severity.value] = counts.get(record.severity.value, 0) + 1
    for severity, count in sorted(counts.items()):
        opened.add_metric([severity], count)
    yield opened


def _jobs(store: Store, now: datetime) -> Iterator[GaugeMetricFamily]:
    ended = GaugeMetricFamily("xunjian_job_end_timestamp_seconds", "When a job last ended", labels=["job"])
    good = GaugeMetricFamily("xunjian_job_success", "Whether it went well (left out counts as well)", labels=["job"])
    for name, item in sorted(last_job_runs(store, now).items()):
        if item.ended:
            ended.add_metric([name], item.ended.timestamp())
            good.add_metric([name], item.state in {JobState.DONE, JobState.SKIPPED})
    yield ended
    yield good


def _rest(store: Store, data: Path) -> Iterator[GaugeMetricFamily]:
    failed = sum(item.state is MessageState.FAILED for item in store.messages())
    yield GaugeMetricFamily("xunjian_messages_failed", "Messages that did not go", value=failed)
    yield GaugeMetricFamily("xunjian_bodies_lost", "Captures that are to come back", value=len(store.lost_bodies()))
    yield GaugeMetricFamily(
        "xunjian_disk_free_bytes", "Free space of the data folder", value=shutil.disk_usage(data).free
    )


def registry_of(figures: Figures) -> CollectorRegistry:
    """A registry with our figures only."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(figures)
    return registry


def write_figures(figures: Figures, path: Path) -> None:
    """The text file, put in place at once: a half one would be read."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(generate_latest(registry_of(figures)))
        draft.chmod(0o644)  # another user's exporter reads it; no secret stands in it
        draft.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        draft.unlink(missing_ok=True)
