"""Early warnings that rest on the number of other findings: renewed whenever these change."""

from collections.abc import Collection, Iterable, Sequence

from domain.findings import EARLY_WARNING, Closing, FindingRecord
from domain.lifecycle import Seen, advance
from domain.rules import RuleBook
from domain.runs import Run, RunState
from domain.targets import Account, Site
from scorecards.early_warnings import early_warnings


def is_counted(record: FindingRecord) -> bool:
    """Whether a finding is a warning of a row that counts others (its kind is the row), and no measurement."""
    return record.finding.check == EARLY_WARNING and bool(record.finding.kind)


def renewed_warnings(
    target: Site | Account, run: Run, records: Sequence[FindingRecord], rulebook: RuleBook
) -> tuple[FindingRecord, ...]:
    """The warnings that changed with these records: raised, confirmed or closed. Repeating it changes nothing."""
    rule = rulebook.checks.get(EARLY_WARNING)
    if rule is None or not rule.enabled or run.state is RunState.UNKNOWN:
        return ()
    rest = [record for record in records if not is_counted(record)]
    seen = [Seen(item, rule.severity, rule.version) for item in early_warnings(target, rest, rulebook)]
    earlier = [record for record in records if is_counted(record)]
    return tuple(advance(earlier, seen, target.id, run, lambda _: Closing.MENDED))


def with_renewed(records: Iterable[FindingRecord], renewed: Collection[FindingRecord]) -> tuple[FindingRecord, ...]:
    """All records, the renewed ones in place of what they were."""
    prints = {record.fingerprint for record in renewed}
    return (*(record for record in records if record.fingerprint not in prints), *renewed)
