"""The table of rights, written a second time as the office's regulation states it."""

import pytest

from domain.persons import Role, role_named
from domain.rights import RIGHTS, Action, may

# own unit / a unit below / any other unit or the office; columns: admin inspector leader supervisor liaison verifier auditor
REGULATION = {
    Action.READ: "all all all subtree own all all",
    Action.READ_TRAIL: "all all all - - - all",
    Action.REVIEW: "- all - - - all -",
    Action.REQUEST_WAIVER: "- all - subtree own - -",
    Action.GRANT_WAIVER: "- all all - - - -",
    Action.SECOND_VOICE: "- all all - - all -",
    Action.ANSWER: "- all - subtree own all -",
    Action.DRAFT: "- all - - - - -",
    Action.ISSUE: "- all all - - - -",
    Action.WITHDRAW: "- all all - - - -",
    Action.REPLY: "- all - subtree own - -",
    Action.CLOSE_PERIOD: "- all all - - - -",
    Action.REGISTER: "all all - - - - -",
    Action.LEDGER: "- all - - - - -",
    Action.RULES: "all all - - - - -",
    Action.PERSONS: "all - - own - - -",
    Action.INSPECT: "all all - - - all -",
    Action.OPERATE: "all - - - - - -",
}
ALLOWED = {
    "-": (False, False, False),
    "own": (True, False, False),
    "subtree": (True, True, False),
    "all": (True, True, True),
}


@pytest.mark.parametrize("action", Action)
def test_each_role_may_do_what_the_regulation_says(action: Action) -> None:
    for role, scope in zip(Role, REGULATION[action].split(), strict=True):
        found = (may(role, action, own=True), may(role, action, below=True), may(role, action))
        assert found == ALLOWED[scope], (role, action)


def test_every_action_has_a_row_and_a_name() -> None:
    assert set(RIGHTS) == set(REGULATION) == set(Action)
    assert len({action.label for action in Action}) == len(Action)


@pytest.mark.parametrize(
    ("word", "role"), [("监管员", Role.INSPECTOR), ("联络员", Role.LIAISON), (" leader ", Role.LEADER)]
)
def test_a_role_is_known_by_its_names(word: str, role: Role) -> None:
    assert role_named(word) is role


def test_a_role_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="系统管理员、监管员"):
        role_named("主任")
