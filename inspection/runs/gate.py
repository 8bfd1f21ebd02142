"""上线前检查: one site, pass, fail or unknown, for a build pipeline. The store is thrown away afterwards."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.guard import require_allowed
from crawler.parsing.html.addresses import scope_of
from crawler.parsing.maintenance import stands_in
from domain.errors import UsageError
from domain.findings import FindingRecord, Severity, Why, fingerprint
from domain.links import describe
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import RunKind, RunState
from domain.scores import Verdict
from domain.targets import Registry, Site
from inspection.judging.run import Outcome
from inspection.judging.site_views import home_answer, home_page
from inspection.results.report import build_report
from inspection.results.screenshots import collect_at_once, pictures_of
from inspection.runs.children import Progress
from inspection.runs.folder_places import places_of
from inspection.runs.run import Order, run_inspection
from inspection.runs.served_folder import served
from reports.machine import failing
from reports.model import Report
from storage import create_throwaway, open_store

_NO_ENTRY = {
    "robots": "网站的 robots.txt 不允许自动访问",
    "private": "内部网络地址",
    "too_large": "页面过大，未能完整读取",
}


OWN_FOLDER: Mapping[str, Any] = {  # served by ourselves: nobody has to be spared, and a second answer is the same
    "is_own_folder": True, "concurrency_per_host": 16, "delay_seconds": 0.0, "retry_times": 0,
    "check_search": False, "check_ipv6": False, "check_disguise": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GateOptions:
    """What the gate asks for; `baseline` holds fingerprints of findings already known and accepted."""

    as_of: datetime
    known_as: str = ""
    max_pages: int | None = None
    fail_on: Severity = Severity.DEDUCT
    min_score: float | None = None
    min_pages: int = 1
    baseline: frozenset[str] = frozenset()
    strict: bool = False
    allow_private: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    outside: bool = True  # whether links to other hosts are asked
    evidence: bool = False  # screenshots of what was found
    default_pages: tuple[str, ...] = ()  # of a folder, before index.html and the other usual ones


@dataclass(frozen=True, slots=True)
class GateResult:
    """The verdict, one Chinese sentence why, and the report it rests on."""

    verdict: Verdict
    why: str
    report: Report
    target_id: str
    no_pictures: str = ""  # why there are no screenshots although they were asked for


def run_gate(
    target: str | Site, options: GateOptions, rulebook: RuleBook, progress: Progress = lambda _: None
) -> GateResult:
    """Inspect one site or folder in a throw-away store."""
    if isinstance(target, str) and Path(target).is_dir():
        with served(Path(target), options.default_pages) as url:
            site = Site(options.known_as or Path(target).resolve().name, Path(target).resolve().name, url)
            settings = {**OWN_FOLDER, **options.settings}
            options = replace(options, allow_private=True, settings=settings)
            result = _inspect(site, options, rulebook, progress, published=False)
            files = places_of(result.report, Path(target), url, options.default_pages)
            return replace(result, report=replace(result.report, files=files))
    site = target if isinstance(target, Site) else site_of(target)
    require_allowed(site.home_url, options.allow_private)
    return _inspect(site, options, rulebook, progress, published=True)


def site_of(text: str) -> Site:
    """An unregistered address as a site; UsageError when it is no web address."""
    url = text if "://" in text else f"http://{text}"
    scope = scope_of(url)
    is_word = "://" not in text and not any(mark in text for mark in ".:") and text != "localhost"
    if not scope or is_word or not url.startswith(("http://", "https://")):
        raise UsageError(f"“{text}”不是网址、已登记网站，也不是文件夹")
    return Site(scope, scope, url if url.count("/") > 2 else f"{url}/")


@contextmanager
def _throwaway(site: Site) -> Iterator[tuple[Store, str, str]]:
    with tempfile.TemporaryDirectory(prefix="xunjian-gate-") as folder:
        db = f"sqlite:///{folder}/gate.db"
        create_throwaway(db)
        store = open_store(db, folder)
        try:
            store.save_registry(Registry(sites=(site,)))
            yield store, db, folder
        finally:
            store.close()


def _inspect(
    site: Site, options: GateOptions, rulebook: RuleBook, progress: Progress, *, published: bool
) -> GateResult:
    settings: dict[str, Any] = {"second_look_seconds": 5.0, "incremental": False, **options.settings}
    if not options.outside:
        settings["check_outside"] = False
    if options.max_pages is not None:
        settings["page_budget"] = options.max_pages
    with _throwaway(site) as (store, db, data):
        order = Order(
            RunKind.GATE, (site,), options.as_of, rulebook, db, data, settings, options.allow_private, published
        )
        outcome = run_inspection(order, store, progress=progress)
        home = home_page(store, site, options.as_of)
        marks = home.reading.marks if home and home.reading else None
        missing = collect_at_once(store, outcome.run.id) if options.evidence else ""
        records = outcome.judged[site.id].records
        outcome, target_id = _renamed(outcome, site, options.known_as or (marks.site_code if marks else ""))
        report = build_report(outcome, store, rulebook)
        report = replace(report, site_runs=dict.fromkeys([target_id], *report.site_runs.values()))
        report = replace(report, pictures=_pictures(store, records, target_id))
        captures = {
            hash_: body for hash_ in _capture_hashes(report) if report.capture and (body := report.capture(hash_))
        }
        report = replace(report, capture=captures.get, accepted=options.baseline)
        verdict, why = decide(
            report, target_id, options, no_home="" if marks else _why_no_home(store, site, options.as_of)
        )
        return GateResult(verdict, why, report, target_id, missing)


def _pictures(store: Store, records: Iterable[FindingRecord], target_id: str) -> dict[str, str]:
    """Screenshots by the fingerprints that the findings have in the report."""
    taken = pictures_of(store, records)
    return {
        _relabelled(record, target_id).fingerprint: taken[record.fingerprint]
        for record in records
        if record.fingerprint in taken
    }


def _capture_hashes(report: Report) -> set[str]:
    refs = {r.finding.ref.capture for records in report.records.values() for r in records}
    columns = {column.capture for columns in report.columns.values() for column in columns}
    return (refs | columns | set(report.pictures.values())) - {""}


def _renamed(outcome: Outcome, site: Site, target_id: str) -> tuple[Outcome, str]:
    """Give the site the id by which its findings match those of production."""
    if not target_id or target_id == site.id:
        return outcome, site.id
    judged = outcome.judged[site.id]
    records = tuple(_relabelled(record, target_id) for record in judged.records)
    judged = replace(judged, records=records, card=replace(judged.card, target_id=target_id))
    registry = replace(outcome.registry, sites=(replace(site, id=target_id),))
    return replace(outcome, judged={target_id: judged}, registry=registry), target_id


def _relabelled(record: FindingRecord, target_id: str) -> FindingRecord:
    finding = record.finding
    key = fingerprint(finding.check, target_id, finding.identity)
    return replace(record, target_id=target_id, fingerprint=key)


def _why_no_home(store: Store, site: Site, as_of: datetime) -> str:
    """What kept us from the home page, in Chinese."""
    if (answer := home_answer(store, site, as_of)) and stands_in(answer.reading):
        return Why.MAINTENANCE.label
    tried = store.attempts(site.id, site.home_url, as_of)
    if not tried:  # a redirect to a faulty address, or an answer with nothing in it
        tried = next((attempts for _, attempts in store.faulty(site.id, as_of)), ())
    if not tried:
        return "没有内容，或不是网页"
    return _NO_ENTRY.get(tried[-1].error) or describe(tried[-1])


def decide(report: Report, target_id: str, options: GateOptions, *, no_home: str = "") -> tuple[Verdict, str]:
    """Pass, fail or unknown by the contract of DESIGN.md section 6, with the reason in Chinese.

    `no_home` says why the home page was not obtained; empty when it was.
    """
    card = report.cards[target_id]
    pages = sum(item.pages for item in report.site_runs.values())
    if reason := _cannot_judge(report, pages, options, no_home):
        return Verdict.UNKNOWN, reason
    wrong = [record for record in report.open_records(target_id) if failing(report, record, options.fail_on)]
    if wrong:
        first = report.wording.message(wrong[0].finding)
        return Verdict.FAIL, f"未通过：{len(wrong)} 个“{options.fail_on.label}”及以上级别的问题，如：{first}"
    vetoes = [veto for veto in card.vetoes if not set(veto.fingerprints) <= options.baseline]
    if vetoes:
        return Verdict.FAIL, f"未通过：单项否决“{vetoes[0].title}”"
    if options.min_score is not None and (card.score or 0.0) < options.min_score:
        return Verdict.FAIL, f"未通过：得分 {card.score or 0.0:g} 低于要求的 {options.min_score:g}"
    if options.strict and report.unjudged[target_id]:
        return Verdict.UNKNOWN, f"未能判定：有 {len(report.unjudged[target_id])} 项需人工核查（--strict）"
    known = sum(record.fingerprint in options.baseline for record in report.open_records(target_id))
    return Verdict.PASS, f"通过：共读取 {pages} 个页面" + (f"，基线中的已知问题 {known} 个" if known else "")


def _cannot_judge(report: Report, pages: int, options: GateOptions, no_home: str) -> str:
    if report.run.state is RunState.PARTIAL:
        return f"未能判定：{report.run.reason}"
    if no_home:
        ours = "；不能排除本机网络故障" if report.run.state is RunState.UNKNOWN else ""
        return f"未能判定：首页未能读取（{no_home}{ours}）"
    if report.run.state is RunState.UNKNOWN:
        return f"未能判定：{report.run.reason}"
    if pages < options.min_pages:
        return f"未能判定：只读取到 {pages} 个页面，少于要求的 {options.min_pages} 个"
    return ""
