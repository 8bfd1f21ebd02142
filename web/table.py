"""Every route of the console."""

from web.pages import finding, findings, log_in, start, static
from web.visit import Route

ROUTES: tuple[Route, ...] = (
    *start.ROUTES,
    *findings.ROUTES,
    *finding.ROUTES,
    *log_in.ROUTES,
    *static.ROUTES,
)
