"""What programs read: findings, targets, scorecards, periods and letters as plain documents."""

from collections.abc import Mapping
from typing import Any

from domain.findings import FindingRecord
from domain.letters import Letter
from domain.periods import Period
from domain.rules import RuleBook
from domain.scores import Scorecard
from domain.targets import Account, Site
from inspection.desk.finding_lists import Line
from inspection.desk.scope import View
from inspection.periods.closing import Sums
from inspection.wording import RuleWording
from reports.period_json import period_document

Document = Mapping[str, Any]


def finding_document(line: Line, rulebook: RuleBook) -> Document:
    """One finding."""
    record: FindingRecord = line.record
    finding, review = record.finding, record.review
    return {
        "fingerprint": record.fingerprint, "target": record.target_id, "target_name": line.target, "unit": line.unit,
        "check": finding.check, "title": line.title, "severity": record.severity.value, "stage": line.stage.value,
        "state": record.state.value, "message": line.message, "fix": RuleWording(rulebook).fix(finding),
        "url": finding.ref.url, "label": finding.ref.label, "found_on": list(finding.found_on), "count": finding.count,
        "first_seen": record.first_seen.isoformat(), "last_seen": record.last_seen.isoformat(), "nights": record.nights,
        "review": {"verdict": review.verdict, "by": review.by, "at": review.at.isoformat() if review.at else None},
        "version": line.version,
    }  # fmt: skip


def target_document(view: View, target: Site | Account) -> Document:
    """One site or account."""
    unit = view.registry.unit_of(target)
    is_site = isinstance(target, Site)
    return {
        "id": target.id, "name": target.name, "kind": "site" if is_site else "account",
        "type": target.kind.value if isinstance(target, Site) else target.platform.value,
        "url": target.home_url if isinstance(target, Site) else target.url, "unit": unit.label if unit else None,
        "state": target.state.value, "valid_from": target.valid_from.isoformat() if target.valid_from else None,
        "valid_to": target.valid_to.isoformat() if target.valid_to else None,
    }  # fmt: skip


def card_document(card: Scorecard) -> Document:
    """The latest judgement of one target."""
    return {
        "target": card.target_id, "name": card.target_name, "run": card.run_id, "as_of": card.as_of.isoformat(),
        "verdict": card.verdict.value, "score": card.score, "complete": card.complete, "problems": card.problems,
        "vetoes": [{"indicator": row.indicator, "title": row.title, "count": row.count} for row in card.vetoes],
        "deductions": [
            {"indicator": row.indicator, "title": row.title, "points": row.points, "count": row.count}
            for row in card.deductions
        ],
    }  # fmt: skip


def period_line(period: Period) -> Document:
    """One period of the list."""
    return {
        "id": period.id, "label": period.label, "start": period.start.isoformat(), "end": period.end.isoformat(),
        "cutoff": period.cutoff.isoformat(), "state": period.state.value, "version": period.version,
    }  # fmt: skip


def sums_document(sums: Sums) -> Document:
    """One period with its figures and standings."""
    return dict(period_document(sums.period, sums.figures, sums.standings))


def letter_document(letter: Letter) -> Document:
    """One letter or slip with its items."""
    moments = {"due": letter.due, "issued_at": letter.issued_at, "signed_at": letter.signed_at}
    return {
        "id": letter.id, "name": letter.name, "kind": letter.kind.value, "unit": letter.unit,
        "state": letter.state.value, **{name: at.isoformat() if at else None for name, at in moments.items()},
        "items": [
            {
                "no": item.no, "fingerprint": item.fingerprint, "target": item.target_id, "what": item.what,
                "url": item.url, "state": item.state.value, "claim": item.claim.value if item.claim else None,
                "new_url": item.new_url, "remark": item.remark,
            }
            for item in letter.items
        ],
    }  # fmt: skip
