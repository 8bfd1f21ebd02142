"""Writes the page about the interface for programs, from the table of routes (`make docs`)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from web.openapi import openapi
from web.table import ROUTES

FOLDER = Path(__file__).resolve().parent.parent / "docs"
PAGE = FOLDER / "api.md"
HEAD = """# The interface for programs

Made by `make docs` from the table of routes; the console serves the same as an OpenAPI 3.1 document at `/api/openapi.json`. How it is used: [read and act from another program](how-to/api.md).
Every address may also refuse, as `application/problem+json`; the document says with which statuses.

"""


def page() -> str:
    """The page, in Markdown."""
    document = openapi(ROUTES)
    schemas = document["components"]["schemas"]
    lines = [HEAD]
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            lines += _operation(path, method, told)
    lines.append("# What is sent and answered\n".replace("\\\n", "\n").replace("# What", "## What"))
    for name in sorted(schemas):
        lines += _schema(name, schemas[name])
    return "\n".join(lines)


def _operation(path: str, method: str, told: dict[str, Any]) -> Iterator[str]:
    yield f"## {method.upper()} {path}\n"
    yield f"{told['summary']}. {told['description']}\n"
    for each in told["parameters"]:
        if each["in"] == "query" or (each.get("required") and each["in"] == "header"):
            yield f"- `{each['name']}` ({each['in']}): {_kind(each['schema'])}"
    if "requestBody" in told:
        yield f"- body: {_kind(told['requestBody']['content']['application/json']['schema'])}"
    status, answer = next(iter(told["responses"].items()))
    (media, content), *_ = answer["content"].items()
    yield f"- answer {status}: {_kind(content['schema'])}, `{media}`\n"


def _schema(name: str, schema: dict[str, Any]) -> Iterator[str]:
    yield f"### {name}\n"
    if "description" in schema:
        yield f"{' '.join(schema['description'].split())}\n"
    if "enum" in schema:
        yield f"One of {', '.join(f'`{each}`' for each in schema['enum'])}.\n"
        return
    needed = schema.get("required", ())
    for field, kind in schema.get("properties", {}).items():
        yield f"- `{field}`: {_kind(kind)}{'' if field in needed else ', optional'}"
    yield ""


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"`{each}`" if each else "nothing" for each in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`" if schema["const"] else "nothing"
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    bounds = [f"{word} {schema[key]}" for key, word in _BOUNDS.items() if schema.get(key, "") != ""]
    kind = schema.get("format") or schema.get("contentEncoding") or schema.get("type", "anything")
    return f"{kind} ({', '.join(bounds)})" if bounds else str(kind)


_BOUNDS = {"minimum": "from", "maximum": "to", "minLength": "at least", "maxLength": "at most", "default": "by itself"}

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
