"""Frozen values <-> plain JSON documents, by their type hints; defaults are left out, so old documents stay readable.

Dates are ISO 8601 text; a date field without a time of day stays a `date`.
"""

import dataclasses
import json
import threading
import types
from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import orjson
import zstandard

from storage.taming import tamed

T = TypeVar("T")
Step = Callable[[Any], Any]
_own = threading.local()
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_document(value: object, without: str = "") -> dict[str, Any]:
    """A dataclass value as JSON-ready data; `without` leaves one field out."""
    return _dataclass_encoder(cast("Hashable", type(value)))(value, without)


def from_document(kind: type[T], document: Mapping[str, Any]) -> T:
    """The value of a document; the inverse of `to_document`."""
    step = _decoder(cast("Hashable", kind))
    return cast("T", step(document) if step else document)


def to_text(document: object) -> str:
    """Compact JSON that any database takes as text."""
    try:
        text = _compact(document)
        text.encode()
    except ValueError:  # half a surrogate pair, a number of thousands of digits
        return _compact(tamed(document))
    return text


def pack(document: object) -> bytes:
    """Compressed JSON."""
    try:
        data = orjson.dumps(document)
    except TypeError:  # half a surrogate pair, a number beyond 64 bits
        data = orjson.dumps(tamed(document))
    if not hasattr(_own, "compressor"):  # compressors may not be shared between threads
        _own.compressor = zstandard.ZstdCompressor(level=1)
    return cast("bytes", _own.compressor.compress(data))


def unpacked(data: bytes) -> bytes:
    """The JSON inside packed data."""
    if not hasattr(_own, "decompressor"):
        _own.decompressor = zstandard.ZstdDecompressor()
    return cast("bytes", _own.decompressor.decompress(data))


def unpack(data: bytes) -> Any:
    """The document inside packed data."""
    text = unpacked(data)
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:  # half a surrogate pair
        return json.loads(text.decode("utf-8", "surrogatepass"))


@cache
def _fields(kind: type) -> tuple[tuple[str, object, type], ...]:
    hints = get_type_hints(kind)
    found = []
    for field in dataclasses.fields(kind):
        default = field.default
        if field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        found.append((field.name, default, hints[field.name]))
    return tuple(found)


def _members(kind: object) -> list[Any]:
    """The members of a union without None; of any other type, the type itself."""
    if get_origin(kind) in {Union, types.UnionType}:
        return [member for member in get_args(kind) if member is not type(None)]
    return [kind]


@cache
def _encoder(kind: Any) -> Step | None:
    """The step that makes a value JSON-ready; None when it already is."""
    members = _members(kind)
    if len(members) > 1:
        return _iso if date in members else None
    step = _plain_encoder(members[0])
    return step if step is None or members[0] is kind else _optional(step)


def _plain_encoder(kind: Any) -> Step | None:
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _dataclass_encoder(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value: value.value
    if kind in {date, datetime}:
        return _iso
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            item = _encoder(arguments[0])
            return _each(item, list) if item else list
        return _pairwise([_encoder(argument) for argument in arguments], list)
    if origin is Mapping:
        item = _encoder(arguments[1])
        return _by_key(item) if item else dict
    return None


@cache
def _dataclass_encoder(kind: type) -> Callable[..., dict[str, Any]]:
    fields = [(name, default, _encoder(hint)) for name, default, hint in _fields(kind)]

    def encode(value: Any, without: str = "") -> dict[str, Any]:
        document = {}
        for name, default, step in fields:
            item = getattr(value, name)
            if item is not default and name != without and item != default:
                document[name] = step(item) if step else item
        return document

    return encode


@cache
def _decoder(kind: Any) -> Step | None:
    """The inverse of `_encoder`."""
    members = _members(kind)
    if len(members) > 1:
        return _moment if date in members else None
    step = _plain_decoder(members[0])
    return step if step is None or members[0] is kind else _optional(step)


def _plain_decoder(kind: Any) -> Step | None:
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _dataclass_decoder(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind in {date, datetime}:
        return _moment
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            item = _decoder(arguments[0])
            return _each(item, tuple) if item else tuple
        return _pairwise([_decoder(argument) for argument in arguments], tuple)
    if origin is Mapping:
        item = _decoder(arguments[1])
        return _by_key(item) if item else None
    return None


def _dataclass_decoder(kind: type) -> Step:
    steps = {name: _decoder(hint) for name, _, hint in _fields(kind)}

    def decode(document: Mapping[str, Any]) -> Any:
        arguments = {}
        for name, item in document.items():
            if name in steps:  # a field that a later version dropped is ignored
                step = steps[name]
                arguments[name] = step(item) if step else item
        return kind(**arguments)

    return decode


def _optional(step: Step) -> Step:
    """The step for a value that may be None."""
    return lambda value: None if value is None else step(value)


def _each(step: Step, into: Step) -> Step:
    """The step for a tuple of any length."""
    return lambda value: into([step(each) for each in value])


def _by_key(step: Step) -> Step:
    """The step for a mapping."""
    return lambda value: {key: step(each) for key, each in value.items()}


def _pairwise(steps: list[Step | None], into: Step) -> Step:
    """The step for a tuple of fixed length."""
    return lambda value: into(step(each) if step else each for step, each in zip(steps, value, strict=True))


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _moment(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def masked_document(value: Any, masking: Callable[[str], str]) -> Any:
    """Plain data with every text of it masked; addresses of entries and links stay what they are."""
    if isinstance(value, str):
        return value if value.startswith(("http://", "https://", "/")) else masking(value)
    if isinstance(value, dict):
        return {key: masked_document(each, masking) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [masked_document(each, masking) for each in value]
    return value
