"""A period as JSON: its figures with their sources, and how every target stood."""

from collections.abc import Iterable
from typing import Any

from domain.figures import Figure
from domain.periods import Period
from domain.standings import Standing


def period_document(period: Period, figures: Iterable[Figure], standings: Iterable[Standing]) -> dict[str, Any]:
    """Answer of `xunjian period show --format json`."""
    return {
        "schema": "xunjian.period/1",
        "period": {
            "id": period.id, "label": period.label, "kind": period.kind.value, "state": period.state.value,
            "version": period.version, "start": period.start.isoformat(), "end": period.end.isoformat(),
            "cutoff": period.cutoff.isoformat(), "scoring": period.scoring.value, "closed_by": period.closed_by,
            "cutoffs": {name: moment.isoformat() for name, moment in period.cutoffs.items()},
        },
        "figures": [figure_document(figure) for figure in figures],
        "targets": [_standing(item) for item in standings],
    }  # fmt: skip


def figure_document(figure: Figure) -> dict[str, Any]:
    """One figure; `rate` is null where there is no whole."""
    return {
        "kind": figure.kind, "scope": figure.scope, "n": figure.n, "of": figure.of, "measure": figure.measure.value,
        "mode": figure.mode.value, "digits": figure.digits, "printed": figure.printed, "rate": figure.rate or None,
        "source": figure.source, "until": figure.until.isoformat() if figure.until else None,
    }  # fmt: skip


def _standing(item: Standing) -> dict[str, Any]:
    return {
        "id": item.target_id, "name": item.name, "kind": item.kind, "unit": item.unit, "platform": item.platform or None,
        "inspected": item.inspected, "as_of": item.as_of.isoformat() if item.as_of else None, "run": item.run_id or None,
        "nights": item.nights, "unjudged": item.unjudged, "verdict": item.verdict.value, "score": item.score,
        "vetoes": [charge.indicator for charge in item.vetoes],
        "deductions": [{"indicator": charge.indicator, "points": charge.points, "pending": charge.pending} for charge in item.charges],
        "findings": [
            {"fingerprint": each.fingerprint, "check": each.check, "message": each.what, "url": each.url, "mended": each.mended}
            for each in item.items if not each.candidate
        ],
    }  # fmt: skip
