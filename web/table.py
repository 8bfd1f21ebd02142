"""Every route of the console."""

from web.pages import log_in, start, static
from web.visit import Route

ROUTES: tuple[Route, ...] = (*start.ROUTES, *log_in.ROUTES, *static.ROUTES)
