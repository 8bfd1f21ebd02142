"""Chinese sentences for findings, from the templates of rules.yaml.

`{fact}` is a fact of the finding; `[[ ... ]]` is a part that is left out when one of its facts is not known.
"""

import re
from dataclasses import replace

from domain.findings import Fact, Finding, FindingRecord
from domain.rules import RuleBook

BY_HAND = "{label}：人工核查认定{title}[[（{note}）]]，{by_hand}，{checked}"
_PART = re.compile(r"\[\[((?:[^\[\]]|\[(?!\[)|\](?!\]))*+)\]\]", re.DOTALL)
_FACT = re.compile(r"\{(\w+)\}")
_OTHER_MARKS = str.maketrans("“”‘’", "‘’“”")


def message(item: Finding | FindingRecord, rulebook: RuleBook) -> str:
    """What is wrong, in one sentence; never fails: an unknown check or fact stays readable."""
    finding = item.finding if isinstance(item, FindingRecord) else item
    rule = rulebook.checks.get(finding.check)
    if rule and finding.facts.get("by_hand"):
        return render(BY_HAND, replace(finding, facts={**finding.facts, "title": rule.title}))
    return render(rule.message, finding) if rule else f"{finding.ref.label or finding.ref.url}（{finding.check}）"


def fix(item: Finding | FindingRecord, rulebook: RuleBook) -> str:
    """What to do about it; empty for an unknown check."""
    finding = item.finding if isinstance(item, FindingRecord) else item
    rule = rulebook.checks.get(finding.check)
    return render(rule.fix, finding) if rule else ""


def placeholders(template: str) -> tuple[set[str], set[str]]:
    """(facts a template needs, facts it uses only in optional parts)."""
    needed = set(_FACT.findall(_PART.sub("", template)))
    return needed, set(_FACT.findall(template)) - needed


def render(template: str, finding: Finding) -> str:
    """Fill a template; an unknown fact outside optional parts reads 未知."""
    known = {key: shown(value) for key, value in facts_of(finding).items() if value not in (None, "")}

    def optional(match: re.Match[str]) -> str:
        return match[1] if all(name in known for name in _FACT.findall(match[1])) else ""

    text, filled, end = _PART.sub(optional, template), "", 0
    for match in _FACT.finditer(text):
        filled += text[end : match.start()]
        value, end = known.get(match[1], "未知"), match.end()
        filled += nested(value) if text.count("“", 0, end) > text.count("”", 0, end) else value
    return filled + text[end:]


def nested(text: str) -> str:
    """A text that stands in quotation marks: its own are of the other sort. A text of nothing but marks stays itself."""
    return text.translate(_OTHER_MARKS) if text.strip("“”‘’") else text


def facts_of(finding: Finding) -> dict[str, Fact]:
    """The facts a template may use: those of the check, and label, url, count and the first page it was found on."""
    base: dict[str, Fact] = {
        "label": finding.ref.label or finding.ref.url,
        "url": finding.ref.url,
        "count": finding.count,
        "page": finding.found_on[0] if finding.found_on else None,
    }
    return base | dict(finding.facts)


def shown(value: Fact) -> str:
    """A fact as people read it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:g}" if isinstance(value, float) else str(value)
