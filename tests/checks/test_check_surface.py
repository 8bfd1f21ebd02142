"""The public surface of checks: what every registered class keeps to."""

import inspect
import typing
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from checks import api, discovery
from checks.rules.rulebook import load_rules

SURFACES = {"site": api.SiteCheck, "page": api.PageCheck, "account": api.AccountCheck}
REGISTERED = sorted(
    {cls for scope in discovery.GROUPS for cls in discovery.classes(scope).values()}, key=lambda c: c.id
)


def asked_for(call: Any) -> list[Any]:
    """The types of what a check is called with."""
    hints = typing.get_type_hints(call)
    return [hints[name] for name in inspect.signature(call).parameters if name != "self"]


@pytest.mark.parametrize("cls", REGISTERED, ids=lambda cls: cls.id)
def test_a_registered_class_fits_a_surface(cls: type[Any]) -> None:
    assert is_dataclass(cls)
    assert cls.__dataclass_params__.frozen
    noun, _, state = cls.id.partition(".")
    assert noun.isidentifier()
    assert state.isidentifier()
    assert cls.version >= 1
    (given,) = asked_for(cls.__call__)
    scopes = [scope for scope in discovery.GROUPS if discovery.classes(scope).get(cls.id) is cls]
    wanted = {asked_for(SURFACES[scope].__call__)[0] for scope in scopes}
    assert wanted & set(typing.get_args(given) or (given,))


@pytest.mark.parametrize("cls", REGISTERED, ids=lambda cls: cls.id)
def test_parameters_of_the_rules_are_fields_of_the_class(cls: type[Any]) -> None:
    params = load_rules().checks[cls.id].params
    assert set(params) <= {field.name for field in fields(cls)}
    assert cls(**params).id == cls.id


def test_every_surface_gives_results_one_by_one() -> None:
    for surface in SURFACES.values():
        assert typing.get_origin(typing.get_type_hints(surface.__call__)["return"]).__name__ == "Iterator"
