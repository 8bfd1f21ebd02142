"""What there is to tell: new findings of nights and audits, and answers of units, each once to each address.

Only names of things go out, no text of a page: whoever is told reads them with a token, within its rights. A candidate
is told when a person has confirmed it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from domain.findings import FindingRecord
from domain.letters import Letter
from domain.persons import Person
from domain.ports import Store
from domain.rights import Action, may
from domain.runs import RunKind, RunState
from domain.targets import Account, Registry, Site
from domain.webhooks import LATELY, Delivery, Event, Webhook

MOST = 100  # findings of one telling
KINDS = (RunKind.NIGHTLY, RunKind.AUDIT)


def note_news(store: Store, now: datetime) -> int:
    """Note what is to be told and was not noted yet; returns how many tellings."""
    hooks = [hook for hook in store.webhooks() if hook.removed is None]
    registry, persons = store.load_registry(), {each.id: each for each in store.persons() if each.enabled}
    made = 0
    for hook in hooks:
        person = persons.get(hook.person_id)
        if person is None:
            continue
        known = {subject for item in store.deliveries() if item.hook_id == hook.id for subject in item.subjects}
        for item in (
            *_findings(store, registry, hook, person, known, now),
            *_letters(store, registry, hook, person, known, now),
        ):
            store.save_delivery(item)
            made += 1
    return made


def _findings(
    store: Store, registry: Registry, hook: Webhook, person: Person, known: set[str], now: datetime
) -> Iterator[Delivery]:
    if Event.FINDING_NEW not in hook.events:
        return
    since = max(hook.at, now - LATELY)
    units = _units(registry)
    for run in store.runs(now - 2 * LATELY):
        if run.kind not in KINDS or run.state is RunState.RUNNING or run.finished_at is None or run.finished_at < since:
            continue
        fresh = [
            record
            for record in store.findings(run_id=run.id)
            if record.first_run == run.id
            and f"{run.id}/{record.fingerprint}" not in known
            and _sees(registry, person, units.get(record.target_id, ""))
            and _stands(store, record)
        ]
        for start in range(0, len(fresh), MOST):
            part = fresh[start : start + MOST]
            rows = [_row(record) for record in part]
            subjects = tuple(f"{run.id}/{record.fingerprint}" for record in part)
            yield _delivery(hook, Event.FINDING_NEW, {"run": run.id, "findings": rows}, subjects, now)


def _stands(store: Store, record: FindingRecord) -> bool:
    """Whether it counts, as it is now: nobody is accused of what a person has not confirmed, or has rejected."""
    current = store.finding(record.fingerprint)
    return current is not None and current.counts


def _row(record: FindingRecord) -> Mapping[str, object]:
    return {
        "fingerprint": record.fingerprint, "target": record.target_id, "check": record.finding.check,
        "severity": record.severity.value, "href": f"/api/v1/findings/{record.fingerprint}",
    }  # fmt: skip


def _letters(
    store: Store, registry: Registry, hook: Webhook, person: Person, known: set[str], now: datetime
) -> Iterator[Delivery]:
    if Event.LETTER_ANSWERED not in hook.events:
        return
    since = max(hook.at, now - LATELY)
    for letter in store.letters():
        for number, reply in enumerate(letter.replies, 1):
            subject = f"{letter.id}/{number}"
            if reply.at >= since and subject not in known and _sees(registry, person, letter.unit_id):
                yield _delivery(hook, Event.LETTER_ANSWERED, _told(letter, number), (subject,), now)


def _told(letter: Letter, number: int) -> Mapping[str, object]:
    reply = letter.replies[number - 1]
    return {
        "letter": letter.id, "name": letter.name, "unit_id": letter.unit_id, "state": letter.state.value,
        "reply": {"no": number, "at": reply.at.isoformat(), "is_form": reply.is_form, "late": reply.late},
        "href": f"/api/v1/letters/{letter.id}",
    }  # fmt: skip


def _sees(registry: Registry, person: Person, unit_id: str) -> bool:
    own, below = bool(unit_id) and unit_id == person.unit_id, bool(unit_id) and unit_id in person.reach(registry)
    return may(person.role, Action.READ, own=own, below=below)


def _units(registry: Registry) -> Mapping[str, str]:
    targets: tuple[Site | Account, ...] = (*registry.sites, *registry.accounts)
    return {target.id: target.unit_id for target in targets}


def _delivery(
    hook: Webhook, event: Event, told: Mapping[str, object], subjects: Sequence[str], now: datetime
) -> Delivery:
    body = json.dumps({"type": event.value, "timestamp": now.isoformat(), "data": told}, ensure_ascii=False)
    return Delivery(delivery_id(hook, subjects), hook.id, event, body, now, tuple(subjects))


def delivery_id(hook: Webhook, subjects: Sequence[str]) -> str:
    """The same for the same things: who notes them twice notes them once."""
    return f"msg_{hashlib.sha256('|'.join((hook.id, *subjects)).encode()).hexdigest()[:24]}"
