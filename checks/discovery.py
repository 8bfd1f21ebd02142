"""Entry points to check classes: built-in checks and those of third parties come through the same door."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from domain.errors import RulesError
from domain.findings import Place

GROUPS = {"site": "xunjian.site_checks", "page": "xunjian.page_checks", "account": "xunjian.account_checks"}


@cache
def classes(scope: str) -> dict[str, type[Any]]:
    """Check id to class for `site`, `page` or `account`, in the order of their ids.

    RulesError when two packages register one id, when a class cannot be imported, or when its `id` differs from its name.
    """
    found: dict[str, type[Any]] = {}
    problems: list[str] = []
    for point in sorted(set(entry_points(group=GROUPS[scope])), key=lambda point: (point.name, point.value)):
        if point.name in found:
            problems.append(f"检查项“{point.name}”被注册了两次（{point.value}），请卸载其中一个")
            continue
        loaded = _load(point, problems)
        if loaded is not None:
            found[point.name] = loaded
    if problems:
        raise RulesError("检查项无法加载", tuple(problems))
    return found


def all_classes() -> dict[str, type[Any]]:
    """Every registered check, whatever it looks at."""
    return {check: cls for scope in GROUPS for check, cls in classes(scope).items()}


def place_of(check: str) -> Place:
    """Of what a check speaks; an unknown check of its page."""
    scope = scope_of(check)
    declared = getattr(classes(scope)[check], "place", None) if scope else None
    return declared or {"site": Place.HOME, "account": Place.ACCOUNT}.get(scope, Place.PAGE)


def topic_of(check: str) -> str:
    """What a check claims of an address where others claim the same in other words; a decision holds for all of them."""
    scope = scope_of(check)
    return str(getattr(classes(scope)[check], "topic", "")) if scope else ""


def scope_of(check: str) -> str:
    """`site`, `page` or `account`; empty for an unknown check."""
    return next((scope for scope in GROUPS if check in classes(scope)), "")


def _load(point: EntryPoint, problems: list[str]) -> type[Any] | None:
    try:
        loaded = point.load()
    except (ImportError, AttributeError) as error:
        problems.append(f"检查项“{point.name}”（{point.value}）无法导入：{error}")
        return None
    if getattr(loaded, "id", None) != point.name or not isinstance(getattr(loaded, "version", None), int):
        problems.append(f"检查项“{point.name}”（{point.value}）的 id 与注册名不一致，或缺少 version")
        return None
    return loaded  # type: ignore[no-any-return]
