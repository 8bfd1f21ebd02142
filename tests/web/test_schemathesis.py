"""The interface asked whatever its description allows, and what it does not, as every role, by a real server on loopback.

No crash, no answer outside the description, nothing of anybody's that is none of the role's business. `-m slow` asks
far more.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from staff import SITES, STALE
from test_browser import Served
from test_every_route import COLLEAGUES, NAMES, TOLD, WHOSE, expected, prepared, token_of

from domain.persons import Role
from domain.rights import Action, may
from web.openapi import openapi
from web.table import ROUTES
from web.visit import Route

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    response_headers_conformance, negative_data_rejection,
]  # fmt: skip
DOCUMENT = {name: part for name, part in openapi(ROUTES).items() if name != "security"}  # the token is ours to show
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = {found.ok().definition.raw["operationId"]: found.ok() for found in SCHEMA.get_all_operations()}
SECONDS = 30.0


@pytest.fixture(params=list(Role), ids=lambda role: role.value)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator["Asked"]:
    desk = prepared(tmp_path)
    with Served(desk) as server, requests.Session() as session:
        yield Asked(request.param, server, session)


def spoiled_parts(case: Case) -> set[ParameterLocation]:
    """The parts that were made wrong on purpose."""
    parts = case.meta.components if case.meta else {}
    return {place for place, info in parts.items() if info.mode is GenerationMode.NEGATIVE}


class Asked:
    """The interface, asked by a program of one role."""

    def __init__(self, role: Role, server: Served, session: requests.Session) -> None:
        self.role, self.server, self.session, self.counts = role, server, session, Counter[int]()
        self.token = token_of(server.desk, role)

    def ask(self, route: Route, case: Case, whose: str, *, whatever: bool) -> None:
        """Ask once and look at the answer."""
        spoiled = spoiled_parts(case)
        if ParameterLocation.PATH not in spoiled:
            case.path_parameters = {name: NAMES[name](whose) for name in case.path_parameters or {}}
        if (
            whatever
            and ParameterLocation.HEADER not in spoiled
            and route.operation
            and route.operation.matches
            and route.operation.name != "withdrawLetter"
        ):
            case.headers["If-Match"] = "*"
        shown = {"Authorization": f"Bearer {self.token}"}
        answer = case.call(base_url=self.server.base, session=self.session, headers=shown, timeout=SECONDS)
        self.counts[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)
        allowed = expected(route, self.role, whose)
        if 0 not in allowed:
            assert answer.status_code in allowed, (route.method, route.path, whose, answer.text[:300])
        else:
            assert answer.status_code not in {401, 403}, (route.method, route.path, whose, answer.text[:300])
        self.look_for_foreign(route, answer.text)

    def look_for_foreign(self, route: Route, text: str) -> None:
        """What is none of the role's business stands in no answer."""
        for number, whose in enumerate(WHOSE):
            if not may(self.role, Action.READ, own=whose == "own", below=whose == "below"):
                for word in (
                    STALE[number].fingerprint,
                    SITES[number].name,
                    SITES[number].home_url,
                    COLLEAGUES[number].id,
                ):
                    assert word not in text, (route.path, word)


def asked(served: Asked, examples: int, *, derandomize: bool) -> None:
    bounds = settings(
        max_examples=examples, deadline=None, database=None, derandomize=derandomize, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    for route in TOLD:
        attack(served, route, GenerationMode.POSITIVE, bounds)
        if route.operation.query or route.operation.body:  # else nothing can be wrong but the path
            attack(served, route, GenerationMode.NEGATIVE, bounds)


def attack(served: Asked, route: Route, mode: GenerationMode, bounds: settings) -> None:
    made = OPERATIONS[route.operation.name].as_strategy(generation_mode=mode)

    @bounds
    @given(case=made, whose=st.sampled_from(WHOSE), whatever=st.booleans())
    def one(case: Case, whose: str, whatever: bool) -> None:
        served.ask(route, case, whose, whatever=whatever)

    one()


def test_a_few_of_everything(served: Asked) -> None:
    asked(served, 2, derandomize=True)
    assert served.counts[200] > 5
    print(served.role, dict(served.counts))


@pytest.mark.slow
def test_very_many_of_everything(served: Asked) -> None:
    asked(served, 50, derandomize=False)
    print(served.role, sum(served.counts.values()), dict(served.counts))
