"""Rules in layers: an office's file holds only its differences and begins with `extends: builtin`.

Maps are merged by key, lists and plain values replace, `null` takes a key away. A file without `extends` is a whole
rule file, as it always was.
"""

from collections.abc import Mapping
from typing import Any

BUILTIN = "builtin"


def merged(base: Any, over: Any) -> Any:
    """`over` laid on `base`."""
    if not isinstance(base, Mapping) or not isinstance(over, Mapping):
        return over
    result = {key: value for key, value in base.items() if key not in over}
    for key, value in over.items():
        if value is not None:
            result[key] = merged(base.get(key), value)
    return {key: result[key] for key in (*base, *(key for key in over if key not in base)) if key in result}


def difference(base: Any, whole: Any) -> dict[str, Any]:
    """What has to be laid on `base` to get `whole`; empty when they are the same."""
    result: dict[str, Any] = {}
    for key in (*base, *(key for key in whole if key not in base)):
        if key not in whole:
            result[key] = None
        elif key not in base:
            result[key] = whole[key]
        elif base[key] != whole[key]:
            both = isinstance(base[key], Mapping) and isinstance(whole[key], Mapping)
            result[key] = difference(base[key], whole[key]) if both else whole[key]
    return result


def changes(base: Any, whole: Any, path: tuple[str, ...] = ()) -> list[tuple[str, Any, Any]]:
    """(key, before, after) of everything that differs, `None` where there is nothing."""
    found: list[tuple[str, Any, Any]] = []
    for key in (*base, *(key for key in whole if key not in base)):
        before, after = base.get(key), whole.get(key)
        if before == after:
            continue
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            found.extend(changes(before, after, (*path, str(key))))
        else:
            found.append((".".join((*path, str(key))), before, after))
    return found
