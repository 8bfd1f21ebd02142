"""What a program may know of an address: what it asks, sends and is answered, as types. Schemas are made of them."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter

from web.cleaning import cleaned

EXACT = ConfigDict(extra="forbid")  # a misspelt name is told, not passed over
JSON = "application/json"

Word = Annotated[str, Field(max_length=200), AfterValidator(cleaned)]
Text = Annotated[str, Field(max_length=2000), AfterValidator(cleaned)]
Data = Annotated[str, Field(json_schema_extra={"contentEncoding": "base64"})]  # the bytes of a file


@dataclass(frozen=True, slots=True)
class Operation:
    """One address as a program sees it. `answer`, `query` and `body` are types; a change that `matches` names a tag."""

    name: str
    summary: str
    scope: str
    answer: Any
    query: Any = None
    body: Any = None
    status: int = 200
    matches: bool = False
    media: str = JSON


@dataclass(frozen=True, slots=True)
class ReasonBody:
    """Why."""

    __pydantic_config__ = EXACT
    reason: Text


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """What reads, writes and describes a type."""
    return TypeAdapter(kind)
