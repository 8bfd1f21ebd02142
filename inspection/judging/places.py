"""Where a night has to look because of what is already known: the places of findings, and the samples of checks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from checks.discovery import place_of
from crawler.job import PlacesOf
from domain.crawl_policy import CrawlPolicy
from domain.findings import Finding, FindingRecord, FindingState, Place, Severity
from domain.ports import Store
from domain.runs import Run
from domain.targets import Site
from domain.times import beijing_date
from inspection.judging.examination import places
from inspection.judging.link_sources import MAX_SOURCES, known_sources, still_to_read
from inspection.judging.withdrawn import HUBS, LOOSE, WITHDRAWN

CYCLE = 7  # nights in which every place is looked at again
SOON = timedelta(days=7)  # before a waiver expires
FEW_SOURCES = 3  # pages read for a target that is not judged yet


@dataclass(frozen=True, slots=True)
class Places:
    """Tonight's addresses: `findings` first and always, then `samples`."""

    findings: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()


def places_of_run(store: Store, run: Run, policy: CrawlPolicy) -> PlacesOf:
    """What the crawler asks for: addresses of findings and of samples, site by site, beside what it planned itself."""

    def places_of(site: Site, planned: Collection[str] = ()) -> tuple[Sequence[str], Sequence[str]]:
        if policy.only_places:
            return tuple(places_named(store, site, run)), ()
        if not policy.incremental:
            return (), ()
        found = places_tonight(store, site, run, policy.places_per_site, planned)
        return found.findings, found.samples

    return places_of


def places_named(store: Store, site: Site, run: Run) -> Iterator[str]:
    """Where the findings that a re-check names stand, and where their unit says they stand now."""
    wanted = set(named_findings(run))
    yield from _of_records(store, site, run, [r for r in store.findings((site.id,)) if r.fingerprint in wanted])
    yield from moved_to(run)


def named_findings(run: Run) -> tuple[str, ...]:
    """The findings that a run looks at and nothing else; empty for every other run."""
    return _listed(run, "findings")


def moved_to(run: Run) -> tuple[str, ...]:
    """The addresses that a re-check was told."""
    return _listed(run, "moved_to")


def _listed(run: Run, key: str) -> tuple[str, ...]:
    value = run.settings.get(key, ())
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()


def places_tonight(store: Store, site: Site, run: Run, most: int, planned: Collection[str] = ()) -> Places:
    """Addresses of a site to be looked at again in a run, whatever else it plans.

    Findings that cost points, candidates and waivers about to expire every night; the others, and doubts, up to `most`
    a night, those looked at longest ago first, all of them within `CYCLE` nights. `planned` is looked at anyway.
    """
    records = [item for item in store.findings((site.id,)) if item.state.is_open or _ends_soon(item, run)]
    urgent = [item for item in records if _is_urgent(item)]
    others = sorted((item for item in records if not _is_urgent(item)), key=lambda item: item.last_seen)
    number = max(most, -(-len(others) // CYCLE))
    chosen = [*urgent, *others[:number]]
    doubts = _doubted(store, site, run)[: max(0, number - len(others))]
    samples = store.samples(site.id)
    kept = (url for name, urls in samples.items() if name not in {WITHDRAWN, LOOSE} for url in urls)
    drawn = tuple(dict.fromkeys([*samples.get(HUBS, ()), *kept]))
    found = dict.fromkeys([*_of_records(store, site, run, chosen, {*planned, *drawn}), *doubts])
    return Places(tuple(found), drawn)


def _is_urgent(record: FindingRecord) -> bool:
    waits = record.finding.candidate and record.review.verdict == "unreviewed"
    return waits or record.severity.rank >= Severity.DEDUCT.rank or record.state is FindingState.WAIVED


def _ends_soon(record: FindingRecord, run: Run) -> bool:
    expires: date | None = record.waiver.expires if record.waiver else None
    return record.state is FindingState.WAIVED and expires is not None and expires <= beijing_date(run.as_of) + SOON


def _of_records(
    store: Store, site: Site, run: Run, records: list[FindingRecord], planned: Collection[str] = ()
) -> Iterator[str]:
    """The pages of findings; of links the targets and a spread of the pages that point to them."""
    targets = {item.finding.ref.url for item in records if place_of(item.finding.check) is Place.LINK}
    tried = {url for url, _ in store.faulty(site.id, run.as_of)} - targets
    columns = set(store.samples(site.id).get(LOOSE, ()))
    columns |= {item.finding.ref.url for item in records if item.finding.check.startswith("column.")}
    sources = known_sources(store, site.id, run.as_of, targets | tried | columns)
    for record in records:
        yield from places(record.finding)
        yield record.finding.ref.url
    for target in sorted(sources):
        yield from still_to_read(sources[target], planned, FEW_SOURCES if target in tried else MAX_SOURCES)


def _doubted(store: Store, site: Site, run: Run) -> list[str]:
    latest = next((item for item in reversed(store.runs()) if item.as_of < run.as_of and site.id in item.targets), None)
    found = store.doubts(latest.id, site.id) if latest else []
    first: dict[tuple[str, ...], str] = {}  # one page a pattern: a person settles all of them at once
    for _, item in found:
        first.setdefault(_pattern(item.finding), item.finding.ref.url)
    return list(dict.fromkeys(first.values()))


def _pattern(finding: Finding) -> tuple[str, ...]:
    """What makes two doubts one question: the same words to be changed alike, else the same place."""
    facts = finding.facts
    if "wrong" not in facts:
        return finding.check, finding.identity
    return finding.check, str(facts["wrong"]), str(facts.get("suggestion"))
