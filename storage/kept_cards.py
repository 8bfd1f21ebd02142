"""Which old scorecards stay: those a closed period counted, and of each month the last and the last complete one."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from domain.times import beijing_date

Card = tuple[str, str, datetime, bool]  # run, target, as_of, complete


def replaced_cards(newest_first: Iterable[Card], counted: Collection[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(run, target) of the cards that can go. A trend by months reads the last of each; a period that begins later reads
    the last complete one of a target that it has none of.
    """
    seen: set[tuple[str, int, int, bool]] = set()
    for run_id, target_id, as_of, complete in newest_first:
        day = beijing_date(as_of)
        marks = {(target_id, day.year, day.month, kind) for kind in {False, complete}}
        if marks <= seen and (run_id, target_id) not in counted:
            yield run_id, target_id
        seen |= marks
