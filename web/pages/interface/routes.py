"""How routes of the interface are written down."""

from collections.abc import Callable

from starlette.responses import Response

from domain.rights import Action
from web.operation import Operation
from web.problems import API
from web.visit import ORDINARY, Route, Rule, Subject, Visit, reads

Handler = Callable[[Visit], Response]


def get(path: str, subject: Subject, handler: Handler, operation: Operation) -> Route:
    """Something to read."""
    return Route("GET", f"{API}{path}", reads(subject), handler, operation=operation)


def post(
    path: str, action: Action, subject: Subject, handler: Handler, operation: Operation, largest: int = ORDINARY
) -> Route:
    """Something to do."""
    return Route("POST", f"{API}{path}", Rule(action, subject), handler, largest, operation)
