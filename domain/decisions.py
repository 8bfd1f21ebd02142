"""What a person decided about one fault of an address holds for every check that speaks of that fault. Pure.

A dead link that becomes a page saying so is the same link: who rejected or waived the one has looked at the other.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.findings import FindingRecord, FindingState, Review
from domain.runs import Run
from domain.times import beijing_date

Topic = Callable[[str], str]  # check id -> what its findings claim; empty: nothing that another check claims as well


def no_topic(check: str) -> str:
    """For targets whose checks all speak of different things."""
    return ""


@dataclass(frozen=True)
class Decisions:
    """The latest decision about each address and topic, of all that is known of one target."""

    run: Run
    topic: Topic
    latest: dict[tuple[str, str], FindingRecord] = field(default_factory=dict)

    @classmethod
    def of(cls, earlier: Iterable[FindingRecord], run: Run, topic: Topic) -> "Decisions":
        """Those that the findings known so far carry."""
        found = cls(run, topic)
        for record in earlier:
            key, at = found._key(record), decided_at(record)
            if not key[0] or at is None:
                continue
            other = found.latest.get(key)
            if other is None or at > (decided_at(other) or at):
                found.latest[key] = record
        return found

    def applied(self, record: FindingRecord) -> FindingRecord:
        """The record with a decision that is newer than its own; confirming another finding proves nothing of this."""
        other = self.latest.get(self._key(record))
        if other is None or other.fingerprint == record.fingerprint:
            return record
        own, at = decided_at(record), decided_at(other)
        if at is None or (own is not None and own >= at):
            return record
        if other.state is FindingState.REJECTED:
            return replace(record, state=other.state, review=other.review, waiver=None)
        if is_waived(other, self.run):
            return replace(record, state=FindingState.WAIVED, review=other.review, waiver=other.waiver)
        if record.state in {FindingState.REJECTED, FindingState.WAIVED} and other.waiver is None:
            undone = Review("unreviewed", other.review.by, other.review.at, reason=other.review.reason)
            return replace(record, state=FindingState.PERSISTING, review=undone, waiver=None)
        return record

    def _key(self, record: FindingRecord) -> tuple[str, str]:
        return self.topic(record.finding.check), record.finding.identity


def decided_at(record: FindingRecord) -> datetime | None:
    """When a person last decided about a finding."""
    moments = (record.review.at, record.waiver.at if record.waiver else None)
    return max((moment for moment in moments if moment is not None), default=None)


def waiver_is_over(record: FindingRecord, run: Run) -> bool:
    """A waiver holds to its last day; then the finding is open again, or closed when it is gone."""
    expires = record.waiver.expires if record.waiver else None
    return record.state is FindingState.WAIVED and expires is not None and beijing_date(run.as_of) > expires


def is_waived(record: FindingRecord, run: Run) -> bool:
    """Whether a waiver is in force on the night of a run."""
    return record.state is FindingState.WAIVED and not waiver_is_over(record, run)
