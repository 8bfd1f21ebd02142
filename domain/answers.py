"""人工核查: what a person says of a question that no check could judge, and how long it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.findings import Finding, Ref, Unjudged
from domain.times import beijing_date


class AnswerVerdict(StrEnum):
    """What a person found."""

    FINE = "fine"
    FAULT = "fault"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """The word on the worksheet."""
        return {"fine": "符合", "fault": "不符合", "not_applicable": "不适用"}[self.value]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: about a check at an address of a target, given for runs from `since` on to the day `until`."""

    target_id: str
    check: str
    url: str
    verdict: AnswerVerdict
    by: str
    at: datetime
    since: datetime  # as_of of the run whose question was answered
    until: date  # the last Beijing date on which it holds
    note: str = ""
    picture: str = ""  # the stored body of a picture that proves it

    def holds(self, as_of: datetime) -> bool:
        """Whether it answers the question of a run."""
        return self.since <= as_of and beijing_date(as_of) <= self.until


@dataclass(frozen=True, slots=True)
class Answered:
    """The questions of a target after its answers: what is still open, what persons found, and how many were settled."""

    unjudged: tuple[Unjudged, ...]
    findings: tuple[Finding, ...] = ()
    by_hand: int = 0


def answered(unjudged: Iterable[Unjudged], answers: Iterable[Answer], as_of: datetime) -> Answered:
    """Take the answers that hold: fine and not applicable settle a question, a fault becomes a finding of its check."""
    valid: Mapping[tuple[str, str], Answer] = {(item.check, item.url): item for item in answers if item.holds(as_of)}
    if not valid:
        return Answered(tuple(unjudged))
    open_ones: list[Unjudged] = []
    findings: dict[tuple[str, str], Finding] = {}
    settled = 0
    for item in unjudged:
        answer = valid.get((item.check, item.ref.url))
        if answer is None:
            open_ones.append(item)
            continue
        settled += 1
        if answer.verdict is AnswerVerdict.FAULT:
            findings[item.check, item.ref.url] = _finding(answer, item.ref)
    return Answered(tuple(open_ones), tuple(findings.values()), settled)


def _finding(answer: Answer, ref: Ref) -> Finding:
    facts = {"by_hand": answer.by, "note": answer.note or None, "checked": beijing_date(answer.at).isoformat()}
    return Finding(answer.check, ref, f"by_hand|{answer.url}", facts)
