"""The Chinese sentences of findings, from the rule book: what the reports ask for."""

from dataclasses import dataclass

from checks import messages
from domain.findings import Finding
from domain.rules import RuleBook


@dataclass(frozen=True, slots=True)
class RuleWording:
    """`reports.model.Wording` over rules.yaml."""

    rulebook: RuleBook

    def title(self, check: str) -> str:
        """What the check flags."""
        rule = self.rulebook.checks.get(check)
        return rule.title if rule else check

    def message(self, finding: Finding) -> str:
        """One sentence with the facts filled in."""
        return messages.message(finding, self.rulebook)

    def fix(self, finding: Finding) -> str:
        """What the unit should do."""
        return messages.fix(finding, self.rulebook)
