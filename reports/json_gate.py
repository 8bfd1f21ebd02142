"""The JSON documents `xunjian.gate/1` and `xunjian.run/1`; their schemas stand in docs/schema/."""

from collections.abc import Mapping
from typing import Any

from domain.findings import FindingRecord
from domain.scores import Rollup, Scorecard, Tally, Verdict
from domain.targets import Account, Site
from domain.times import beijing_date
from reports.account_json import account_document, manual_document
from reports.columns import column_lines
from reports.model import Report
from reports.words import address


def gate_document(report: Report, target_id: str, verdict: Verdict) -> dict[str, Any]:
    """The answer of `gate` for one site. `verdict` is the gate's own; the official one comes from the card."""
    target, card = report.target(target_id), report.cards[target_id]
    return {
        "schema": "xunjian.gate/1",
        "run": report.run.id,
        "as_of": report.run.as_of.isoformat(),
        "target": {"id": target.id, "name": target.name, "url": address(target)},
        "verdict": verdict.value,
        "official": official(card),
        "score": card.score,
        "pages": pages(report, target_id),
        "coverage": {"judged": card.judged, "unjudged": card.unjudged},
        "columns": columns(report, target_id),
        "findings": findings(report, target_id),
        "unjudged": unjudged(report, target_id),
    }


def run_document(report: Report) -> dict[str, Any]:
    """The summary of a run over many targets, for `nightly` and `audit`."""
    run = report.run
    return {
        "schema": "xunjian.run/1",
        "run": run.id,
        "kind": run.kind.value,
        "state": run.state.value,
        "reason": run.reason,
        "as_of": run.as_of.isoformat(),
        "started_at": run.started_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "rules_hash": run.rules_hash or report.rulebook.hash,
        "version": report.version,
        "city": rollup(report.city) if report.city else None,
        "kinds": [rollup(item) for item in report.kinds],
        "units": [rollup(item) for item in report.units],
        "manual": manual_document(report),
        "targets": [target_document(report, target.id) for target in report.targets],
    }


def target_document(report: Report, target_id: str) -> dict[str, Any]:
    """One target of a run; a target that was not scored stays in, with the reason."""
    target, card = report.target(target_id), report.cards.get(target_id)
    site_run = report.site_runs.get(target_id)
    return {
        "id": target.id,
        "name": target.name,
        "url": address(target),
        "unit": target.unit_id,
        "kind": card.target_kind if card else "site" if isinstance(target, Site) else "account",
        "verdict": card.verdict.value if card else Verdict.UNKNOWN.value,
        "score": card.score if card else None,
        "complete": card.complete if card else False,
        "reason": site_run.reason if site_run else "",
        "pages": pages(report, target_id),
        "skipped": dict(site_run.skipped) if site_run else {},
        "coverage": {"judged": card.judged if card else 0, "unjudged": card.unjudged if card else 0},
        "official": official(card) if card else None,
        "account": account_document(report, target) if isinstance(target, Account) else None,
        "columns": columns(report, target_id),
        "findings": findings(report, target_id, across_nights=True),
        "unjudged": unjudged(report, target_id),
    }


def official(card: Scorecard) -> dict[str, Any]:
    """The official verdict with what it rests on; every row names its findings."""
    return {
        "verdict": card.verdict.value,
        "vetoes": [
            {
                "indicator": veto.indicator,
                "title": veto.title,
                "count": veto.count,
                "threshold": veto.threshold,
                "pending": veto.pending,
                "fingerprints": list(veto.fingerprints),
            }
            for veto in card.vetoes
        ],
        "deductions": [
            {
                "indicator": item.indicator,
                "title": item.title,
                "points": item.points,
                "count": item.count,
                "pending": item.pending,
                "fingerprints": list(item.fingerprints),
            }
            for item in card.deductions
        ],
    }


def pages(report: Report, target_id: str) -> int:
    """Pages read of a site in this run."""
    site_run = report.site_runs.get(target_id)
    return site_run.pages if site_run else 0


def columns(report: Report, target_id: str) -> list[dict[str, Any]]:
    """The columns of a site."""
    lines = column_lines(
        report.columns.get(target_id, ()),
        report.records.get(target_id, ()),
        report.unjudged.get(target_id, ()),
        report.run.as_of,
        report.rulebook.near_due_ratio,
    )
    return [
        {
            "name": line.column.name,
            "url": line.column.url,
            "kind": line.column.kind.value,
            "newest": line.column.newest.isoformat() if line.column.newest else None,
            "items": line.column.items,
            "status": line.status,
        }
        for line in lines
    ]


def findings(report: Report, target_id: str, *, across_nights: bool = False) -> list[dict[str, Any]]:
    """Every finding the report holds of a target, most severe first; a run also tells how each stands across nights."""
    records = report.records.get(target_id, ())
    ordered = sorted(records, key=lambda item: (-item.severity.rank, item.finding.check, item.fingerprint))
    return [finding(report, record) | (standing(record) if across_nights else {}) for record in ordered]


def finding(report: Report, record: FindingRecord) -> dict[str, Any]:
    """One finding with its sentence; in a folder with the file and line that show it."""
    seen, place = record.finding, report.files.get(record.fingerprint)
    return {
        "fingerprint": record.fingerprint,
        "check": seen.check,
        "severity": record.severity.value,
        "candidate": seen.candidate,
        "state": record.state.value,
        "url": seen.ref.url,
        "label": seen.ref.label,
        "found_on": list(seen.found_on),
        "count": seen.count,
        "facts": dict(seen.facts),
        "message": report.wording.message(seen),
        "fix": report.wording.fix(seen),
        "capture": seen.ref.capture or None,
        "indicators": [row.id for row in report.indicators_of(record)],
        **({"closed": record.closed_label} if record.closed else {}),
        **({"file": place.path, "line": place.line or None} if place else {}),
    }


def standing(record: FindingRecord) -> dict[str, Any]:
    """How a finding stands across nights: whether this run looked at its place again, and when it was confirmed."""
    return {
        "examined": record.unread is None,
        "unread": record.unread.value if record.unread is not None else None,
        "first_seen": beijing_date(record.first_seen).isoformat(),
        "last_confirmed": beijing_date(record.last_seen).isoformat(),
        "from_archive": record.archived,
    }


def unjudged(report: Report, target_id: str) -> list[dict[str, str]]:
    """What could not be judged of a target."""
    return [
        {"check": item.check, "url": item.ref.url, "reason": item.reason} for item in report.unjudged.get(target_id, ())
    ]


def rollup(item: Rollup) -> dict[str, Any]:
    """Counts and printed percentages of a unit, a kind or the city."""
    return {
        "id": item.id,
        "name": item.name,
        "sites": _tally(item.sites),
        "accounts": _tally(item.accounts),
        "problems": item.problems,
        "unjudged": item.unjudged,
        "lowest_score": item.lowest_score,
    }


def _tally(tally: Tally) -> Mapping[str, Any]:
    return {
        "total": tally.total,
        "passed": tally.passed,
        "failed": tally.failed,
        "unknown": tally.unknown,
        "without_deduction": tally.without_deduction,
        "pass_rate": tally.pass_rate or None,
        "without_deduction_share": tally.without_deduction_share or None,
        "open_vetoes": [{"title": title, "count": count} for title, count in tally.open_vetoes],
    }
