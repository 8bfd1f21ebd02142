"""The OpenAPI document: valid, of the table of routes, and true of every answer."""

import json
import re

from desk import Desk
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from test_every_route import SINGLE

from domain.log_in import ACTS, EVERY_SCOPE, SCOPES
from domain.rights import Action
from tools import api_page
from web.openapi import openapi
from web.problems import API
from web.table import ROUTES

TOLD = [route for route in ROUTES if route.operation]
DOCUMENT = openapi(ROUTES)
NAME = re.compile(r"\{(\w+)(?::path)?\}")


def test_the_document_is_valid_and_anybody_may_read_it(shared_desk: Desk) -> None:
    answer = shared_desk.visitor().get("/api/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    document = answer.json()
    assert document == json.loads(json.dumps(DOCUMENT))
    validate(document)
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    assert document["openapi"] == "3.1.0"
    references = set(re.findall(r'"\$ref": "#/components/(\w+)/(\w+)"', json.dumps(document)))
    assert all(name in document["components"][kind] for kind, name in references)


def test_every_route_of_the_interface_is_told_once_with_its_right_and_scope() -> None:
    assert [route.path for route in ROUTES if route.path.startswith(API)] == [route.path for route in TOLD]
    told = {(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert told == {(NAME.sub(r"{\1}", route.path), route.method.lower()) for route in TOLD}
    names = [each["operationId"] for methods in DOCUMENT["paths"].values() for each in methods.values()]
    assert len(names) == len({*names})
    for route in TOLD:
        said = DOCUMENT["paths"][NAME.sub(r"{\1}", route.path)][route.method.lower()]
        assert (said["x-right"], said["x-scope"]) == (route.rule.action.value, route.operation.scope)
        places = {each["name"] for each in said["parameters"] if each["in"] == "path"}
        assert places == {*NAME.findall(route.path)}
        assert {"400", "401", "403", "500", "503"} <= {*said["responses"]}
        assert route.rule.subject not in SINGLE or "404" in said["responses"]


def test_the_page_about_the_interface_is_of_today() -> None:
    assert api_page.PAGE.read_text(encoding="utf-8") == api_page.page(), "run make docs"


def test_reading_and_acting_have_scopes_of_their_own() -> None:
    assert not {*SCOPES} & {*ACTS}
    for route in TOLD:
        reads = route.method == "GET"
        assert route.operation.scope in (SCOPES if reads else ACTS), route.path
        assert reads or route.rule.action not in {Action.READ, Action.READ_TRAIL}
    assert {route.operation.scope for route in TOLD} == {*EVERY_SCOPE}


def test_what_persons_decided_upon_has_to_be_named() -> None:
    """Acts on one finding or letter carry the tag of what was seen; starting a look changes nothing of it."""
    for route in TOLD:
        changes = route.method == "POST" and route.rule.subject.value in {"finding", "letter"}
        assert route.operation.matches == (changes and not route.path.endswith("/recheck")), route.path
