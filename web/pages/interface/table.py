"""Every route of the interface."""

from web.pages.interface import (
    decisions,
    doubts,
    findings,
    letters,
    periods,
    records,
    rectification,
    runs,
    targets,
    worksheet,
)
from web.pages.interface.described import description
from web.visit import Route

_ROUTES: tuple[Route, ...] = (
    *findings.ROUTES,
    *decisions.ROUTES,
    *letters.ROUTES,
    *rectification.ROUTES,
    *targets.ROUTES,
    *worksheet.ROUTES,
    *runs.ROUTES,
    *periods.ROUTES,
    *doubts.ROUTES,
    *records.ROUTES,
)
ROUTES: tuple[Route, ...] = (*_ROUTES, description(_ROUTES))
