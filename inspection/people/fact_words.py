"""The facts of a finding as lines for a person."""

from collections.abc import Iterator, Mapping

from checks.fact_names import FACTS
from checks.messages import shown
from domain.findings import Fact

OFFSETS = frozenset({"start", "end", "confidence"})  # of text findings: places in the text, for the program


def fact_lines(check: str, facts: Mapping[str, Fact]) -> Iterator[str]:
    """One line a fact that is known and tells a person something."""
    for name, value in facts.items():
        is_for_program = name in OFFSETS and check.startswith("text.")
        if name in FACTS and value not in (None, "", 0) and not is_for_program:
            yield f"{FACTS[name]}：{shown(value)}"
