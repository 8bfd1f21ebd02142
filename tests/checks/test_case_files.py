"""Every case of every check."""

import pytest
from casebook import BUILDERS, Case, case_files, compare, load_cases, run_case

from checks import discovery
from checks.messages import fix, message
from checks.rules.rulebook import load_rules
from domain.findings import Finding

ALL = [case for path in case_files() for case in load_cases(path) if discovery.scope_of(case.check) in BUILDERS]


@pytest.mark.parametrize("case", ALL, ids=[f"{case.check}:{case.name}" for case in ALL])
def test_case(case: Case) -> None:
    results = run_case(case)
    assert not compare(results, case.data["expect"])
    rules = load_rules()
    for item in results:
        assert item.check == case.check or any(want.get("check") == item.check for want in case.data["expect"])
        if isinstance(item, Finding):
            assert "未知" not in message(item, rules) + fix(item, rules)
            assert item.identity
            assert message(item, rules).count("[[") == 0
        else:
            assert item.reason
