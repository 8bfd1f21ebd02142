"""The OpenAPI 3.1 document of the interface, made of the table of routes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from domain.log_in import EVERY_SCOPE
from web.operation import Operation, adapter
from web.problems import TITLES, TYPE
from web.visit import Route

Schema = dict[str, Any]
REF = "#/components/schemas/{model}"
PROBLEM: Schema = {
    "title": "Problem",
    "description": "Why something was not done (RFC 9457); `detail` and `problems` are for people, in Chinese.",
    "type": "object",
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string"}, "problems": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
}  # fmt: skip
ABOUT = (
    "Inspections of government websites and new-media accounts: what was found, how it was scored, and what persons do "
    "about it. A token carries the rights of one person, within scopes."
)
_NAME = re.compile(r"\{(\w+)(?::path)?\}")
_THINGS = {
    "finding": "Fingerprint of a finding", "target": "Id of a site or account, percent-encoded", "letter": "Id of a letter or slip",
    "period": "Id of a period, like 2023-05", "run": "Id of a run", "hook": "Id of a webhook",
}  # fmt: skip


def openapi(routes: Sequence[Route]) -> Schema:
    """The document of all routes that have an operation."""
    told = [(route, route.operation) for route in routes if route.operation is not None]
    schemas, shared = _schemas([operation for _, operation in told])
    paths: dict[str, Schema] = {}
    for route, operation in told:
        paths.setdefault(_NAME.sub(r"{\1}", route.path), {})[route.method.lower()] = _operation(
            route, operation, schemas
        )
    return {
        "openapi": "3.1.0",
        "info": {"title": "巡检 Xunjian", "version": "1", "description": ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": {**shared, "Problem": PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "xunjian token add"}},
            "responses": {str(status): _refusal(title) for status, title in TITLES.items()},
        },
    }


def _schemas(operations: Sequence[Operation]) -> tuple[Mapping[tuple[Any, str], Schema], Schema]:
    """((type, mode) -> schema, all that is named)."""
    wanted: dict[tuple[Any, JsonSchemaMode], TypeAdapter[Any]] = {}
    for each in operations:
        wanted[each.answer, "serialization"] = adapter(each.answer)
        for kind in (each.query, each.body):
            if kind is not None:
                wanted[kind, "validation"] = adapter(kind)
    inputs = [(kind, mode, made) for (kind, mode), made in wanted.items()]
    found, defined = TypeAdapter.json_schemas(inputs, ref_template=REF)
    return {(kind, mode): dict(schema) for (kind, mode), schema in found.items()}, dict(defined.get("$defs", {}))


def _operation(route: Route, operation: Operation, schemas: Mapping[tuple[Any, str], Schema]) -> Schema:
    described = f"Scope `{operation.scope}`: {EVERY_SCOPE[operation.scope]}. Right: {route.rule.action.label}."
    made: Schema = {
        "operationId": operation.name, "summary": operation.summary, "description": described,
        "tags": [operation.scope.partition(".")[0]], "x-scope": operation.scope,
        "x-right": route.rule.action.value, "x-subject": route.rule.subject.value,
        "parameters": [*_places(route), *_query(operation, schemas), *_headers(route, operation)],
        "responses": _answers(route, operation, schemas),
    }  # fmt: skip
    if operation.body is not None:
        sent = {"schema": schemas[operation.body, "validation"]}
        made["requestBody"] = {"required": True, "content": {"application/json": sent}}
    return made


def _places(route: Route) -> list[Schema]:
    return [
        {"name": name, "in": "path", "required": True, "description": _THINGS[name], "schema": {"type": "string", "minLength": 1}}
        for name in _NAME.findall(route.path)
    ]  # fmt: skip


def _query(operation: Operation, schemas: Mapping[tuple[Any, str], Schema]) -> list[Schema]:
    if operation.query is None:
        return []
    fields = adapter(operation.query).json_schema()["properties"]
    return [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in fields.items()]


def _headers(route: Route, operation: Operation) -> list[Schema]:
    if route.method == "GET":
        tag = {"type": "string", "description": "The tag of an earlier answer; unchanged it is 304."}
        return [{"name": "If-None-Match", "in": "header", "required": False, "schema": tag}]
    key = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[\\x21-\\x7e]+$"}
    found: list[Schema] = [
        {
            "name": "Idempotency-Key", "in": "header", "required": False, "schema": key,
            "description": "The same key and request within a day is answered as the first time, and done once.",
        }
    ]  # fmt: skip
    if operation.matches:
        match = {"type": "string", "pattern": '^(\\*|"[0-9a-f]{12}(-[0-9a-f]{8})?")$', "examples": ["*"]}
        found.append(
            {
                "name": "If-Match", "in": "header", "required": True, "schema": match,
                "description": "The tag of what was decided upon, its `version` in quotes, or `*` for whatever it is now.",
            }
        )  # fmt: skip
    return found


def _answers(route: Route, operation: Operation, schemas: Mapping[tuple[Any, str], Schema]) -> Schema:
    tagged = {"ETag": {"description": "Says which state this shows.", "schema": {"type": "string"}}}
    content = {operation.media: {"schema": schemas[operation.answer, "serialization"]}}
    found: Schema = {str(operation.status): {"description": operation.summary, "headers": tagged, "content": content}}
    if route.method == "GET":
        found["304"] = {"description": "Unchanged"}
    return found | {str(status): {"$ref": f"#/components/responses/{status}"} for status in _refusals(route, operation)}


def _refusals(route: Route, operation: Operation) -> list[int]:
    changes = [409, 413, 422] if route.method == "POST" else []
    changes += [412, 428] if operation.matches else []
    changes += [415] if operation.body is not None else []
    return sorted([400, 401, 403, 404, 500, 503, *changes])


def _refusal(title: str) -> Schema:
    return {"description": title, "content": {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
