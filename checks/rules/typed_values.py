"""Plain YAML values to typed ones; every refusal is one Chinese sentence that names the accepted forms."""

import types
import typing
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from checks.rules.near import meant
from domain.times import Window

NEEDED = object()  # marks a key without a default


class Refused(ValueError):
    """A value that does not fit; `path` is where inside the value."""

    def __init__(self, sentence: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(sentence)
        self.path = path


def convert(value: Any, wanted: Any) -> Any:
    """Turn a YAML value into `wanted` (a type as annotated on a check's field); Refused says what is wrong."""
    origin = typing.get_origin(wanted)
    if origin in (typing.Union, types.UnionType):
        inner = [part for part in typing.get_args(wanted) if part is not type(None)]
        return None if value is None else convert(value, inner[0])
    if origin is tuple:
        return _tuple(value, typing.get_args(wanted))
    if origin in (dict, Mapping):
        return _mapping(value, *typing.get_args(wanted))
    if wanted is Any:
        return value
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return _choice(value, wanted)
    return _SCALARS[wanted](value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise Refused(f"应为文字，现为 {_shown(value)}")


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused(f"应为整数，现为 {_shown(value)}")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise Refused(f"应为数字，现为 {_shown(value)}")
    return float(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refused(f"应为 true 或 false，现为 {_shown(value)}")
    return value


def _window(value: Any) -> Window:
    try:
        return Window.parse(value) if isinstance(value, str) else Window.parse("")
    except ValueError as error:
        raise Refused(f"{_shown(value)} 不是期限，请写成 14d（天）、2w（周）、6mo（月）或 1y（年）") from error


def _choice(value: Any, wanted: type[StrEnum]) -> StrEnum:
    try:
        return wanted(value)
    except ValueError as error:
        raise Refused(f"{_shown(value)} 不在可选值之内{meant(value, wanted)}；可选：{'、'.join(wanted)}") from error


def _tuple(value: Any, parts: tuple[Any, ...]) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise Refused(f"应为列表，现为 {_shown(value)}")
    if len(parts) == 2 and parts[1] is Ellipsis:
        parts = (parts[0],) * len(value)
    if len(parts) != len(value):
        raise Refused(f"应有 {len(parts)} 项，现有 {len(value)} 项")
    return tuple(_inside(item, part, index) for index, (item, part) in enumerate(zip(value, parts, strict=True)))


def _mapping(value: Any, key_type: Any, value_type: Any) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise Refused(f"应为“键: 值”，现为 {_shown(value)}")
    return {_inside(key, key_type, key): _inside(item, value_type, key) for key, item in value.items()}


def _inside(value: Any, wanted: Any, step: str | int) -> Any:
    try:
        return convert(value, wanted)
    except Refused as error:
        raise Refused(str(error), (step, *error.path)) from error


def _shown(value: Any) -> str:
    return "空" if value is None else f"“{value}”"


_SCALARS: dict[Any, Any] = {str: _text, int: _whole, float: _number, bool: _flag, Window: _window}
