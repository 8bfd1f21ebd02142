"""Every route of the console."""

from web.pages import (
    doubts,
    errands,
    finding,
    findings,
    letter,
    letters,
    log_in,
    period_papers,
    periods,
    persons,
    proof,
    records,
    registry,
    rules,
    runs,
    settings,
    start,
    static,
    worksheet,
)
from web.pages.interface import table as interface
from web.visit import Route

ROUTES: tuple[Route, ...] = (
    *start.ROUTES,
    *findings.ROUTES,
    *finding.ROUTES,
    *doubts.ROUTES,
    *worksheet.ROUTES,
    *letters.ROUTES,
    *letter.ROUTES,
    *periods.ROUTES,
    *period_papers.ROUTES,
    *runs.ROUTES,
    *errands.ROUTES,
    *proof.ROUTES,
    *registry.ROUTES,
    *rules.ROUTES,
    *records.ROUTES,
    *persons.ROUTES,
    *settings.ROUTES,
    *log_in.ROUTES,
    *static.ROUTES,
    *interface.ROUTES,
)
