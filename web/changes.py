"""Changes of findings, letters and answers under their locks: the same for pages and for programs.

A page names the version it showed; of a program the tag is compared, within the lock.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from domain.errors import UsageError
from domain.runs import Run
from inspection.desk.decisions import Said, carry_out, rehearse
from inspection.desk.letter_desk import LetterDesk
from inspection.desk.questions import Filled, judge_filled, keep_filled
from inspection.desk.scope import seen_finding, seen_letter
from inspection.desk.versions import version_of, version_of_letter
from inspection.desk.worklist import latest_night
from inspection.texts.teaching import Rehearsal
from web.answers import demand_seen
from web.visit import Visit

T = TypeVar("T")


def decide_finding(visit: Visit, said: Said) -> str:
    """Do what a person chose of the finding of the address; what to tell."""
    fingerprint = visit.params["finding"]
    preview = Rehearsal(visit.store, visit.place.data, visit.now)
    record = seen_finding(visit.store, visit.view, fingerprint)
    rehearse(record, said, preview)
    with visit.place.turns.at([record.target_id]), visit.place.changing:
        if visit.program:
            version = version_of(seen_finding(visit.store, visit.view, fingerprint))
            demand_seen(visit, version)
            said = replace(said, version=version)
        return carry_out(
            visit.store, visit.place.data, visit.rules, visit.view, visit.actor, fingerprint, said, visit.now, preview
        )


def change_letter(visit: Visit, change: Callable[[LetterDesk], T]) -> T:
    """Change the letter of the address."""
    targets = [item.target_id for item in seen_letter(visit.store, visit.view, visit.params["letter"]).items]
    with visit.place.turns.at(targets), visit.place.changing:
        letter = seen_letter(visit.store, visit.view, visit.params["letter"])
        version = visit.text("version")
        if visit.program:
            version = version_of_letter(letter)
            demand_seen(visit, version)
        return change(LetterDesk(visit.store, visit.place.data, visit.actor, visit.now, letter, version))


def answer_questions(visit: Visit, filled: Sequence[Filled]) -> tuple[int, int]:
    """Keep what was filled in for the target of the address; (how many answers, how many questions are left)."""
    run, target_id = demanded_night(visit), visit.params["target"]
    store, rules, view = visit.store, visit.rules, visit.view
    with visit.place.turns.at([target_id]):
        with visit.place.changing:
            kept = keep_filled(store, rules, view, run, target_id, filled, visit.actor, visit.now)
        return kept, judge_filled(store, rules, view, run, target_id)  # others go on meanwhile


def demanded_night(visit: Visit) -> Run:
    """The latest nightly run; UsageError while there is none."""
    run = latest_night(visit.store)
    if run is None:
        raise UsageError("还没有完成的例行巡检")
    return run
