"""Early warnings before a veto: veto rows that count `warn_at` findings or more, and not yet `veto_at`. Pure."""

from collections.abc import Iterator, Sequence

from domain.findings import EARLY_WARNING, Fact, Finding, FindingRecord, Ref
from domain.rules import RuleBook
from domain.targets import Account, Site
from scorecards.scoring import applicable, tally_vetoes, target_kind


def early_warnings(target: Site | Account, records: Sequence[FindingRecord], rulebook: RuleBook) -> Iterator[Finding]:
    """One finding for each row that comes near; none where a veto is reached already, for it says more.

    A row is identified by its id, so that its warning is the same finding on every night.
    """
    service = not isinstance(target, Site) or target.service_function
    rows = applicable(rulebook.indicators, target_kind(target), service)
    tallied = tally_vetoes(rows, [record for record in records if record.counts])
    if any(item.row.veto_at is not None and item.count >= item.row.veto_at for item in tallied):
        return
    url = target.home_url if isinstance(target, Site) else target.url
    for item in tallied:
        if item.row.warn_at is not None and item.count >= item.row.warn_at:
            facts: dict[str, Fact] = {"label": item.row.title, "total": item.count, "limit": item.row.veto_at}
            yield Finding(EARLY_WARNING, Ref(url, item.row.title), item.row.id, facts, kind=item.row.id)
