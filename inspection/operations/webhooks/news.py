"""What there is to tell: new findings of nights and audits, and answers of units, each once to each address.

Only names of things go out, no text of a page: whoever is told reads them with a token, within its rights. A candidate
is told when a person has confirmed it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from domain.findings import FindingRecord
from domain.letters import Letter
from domain.persons import Person
from domain.ports import Store
from domain.rights import Action, may
from domain.runs import Run, RunKind, RunState
from domain.targets import Account, Registry, Site
from domain.webhooks import LATELY, Delivery, Event, Webhook

MOST = 100  # findings of one telling
KINDS = (RunKind.NIGHTLY, RunKind.AUDIT)


def note_news(store: Store, now: datetime) -> int:
    """Note what is to be told and was not noted yet; returns how many tellings."""
    hooks = [hook for hook in store.webhooks() if hook.removed is None]
    if not hooks:
        return 0
    since = max(now - LATELY, min(hook.at for hook in hooks))
    registry, persons = store.load_registry(), {each.id: each for each in store.persons() if each.enabled}
    known: dict[str, set[str]] = {}
    for item in store.deliveries(now - 2 * LATELY):
        known.setdefault(item.hook_id, set()).update(item.subjects)
    nights = list(_nights(store, since))
    made = 0
    for hook in hooks:
        if hook.person_id in persons:
            listener = Listener(hook, persons[hook.person_id], registry, frozenset(known.get(hook.id, ())))
            for item in (*_findings(listener, nights, now), *_letters(store, listener, now)):
                store.save_delivery(item)
                made += 1
    return made


@dataclass(frozen=True)
class Listener:
    """One address with what it may hear and has heard."""

    hook: Webhook
    person: Person
    registry: Registry
    known: frozenset[str]

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Target -> unit."""
        targets: tuple[Site | Account, ...] = (*self.registry.sites, *self.registry.accounts)
        return {target.id: target.unit_id for target in targets}

    def may_hear(self, unit_id: str, subject: str) -> bool:
        """Whether it concerns the person and was not told before."""
        own = bool(unit_id) and unit_id == self.person.unit_id
        below = bool(unit_id) and unit_id in self.person.reach(self.registry)
        return subject not in self.known and may(self.person.role, Action.READ, own=own, below=below)


def _nights(store: Store, since: datetime) -> Iterator[tuple[Run, list[FindingRecord]]]:
    """Runs that ended since a moment, with what each found for the first time; read once for all who listen."""
    for run in store.runs(since - LATELY):
        if run.kind in KINDS and run.state is not RunState.RUNNING and run.finished_at and run.finished_at >= since:
            fresh = [each for each in store.findings(run_id=run.id) if each.first_run == run.id]
            yield run, [each for each in fresh if _stands(store, each)]


def _findings(
    listener: Listener, nights: Sequence[tuple[Run, Sequence[FindingRecord]]], now: datetime
) -> Iterator[Delivery]:
    if Event.FINDING_NEW not in listener.hook.events:
        return
    for run, found in nights:
        if run.finished_at is None or run.finished_at < listener.hook.at:
            continue
        told = [(f"{run.id}/{each.fingerprint}", each) for each in found]
        mine = [pair for pair in told if listener.may_hear(listener.units.get(pair[1].target_id, ""), pair[0])]
        for start in range(0, len(mine), MOST):
            part = mine[start : start + MOST]
            document = {"run": run.id, "findings": [_row(record) for _, record in part]}
            yield _delivery(listener.hook, Event.FINDING_NEW, document, [subject for subject, _ in part], now)


def _stands(store: Store, record: FindingRecord) -> bool:
    """Whether it counts, as it is now: nobody is accused of what a person has not confirmed, or has rejected."""
    current = store.finding(record.fingerprint)
    return current is not None and current.counts


def _row(record: FindingRecord) -> Mapping[str, object]:
    return {
        "fingerprint": record.fingerprint, "target": record.target_id, "check": record.finding.check,
        "severity": record.severity.value, "href": f"/api/v1/findings/{record.fingerprint}",
    }  # fmt: skip


def _letters(store: Store, listener: Listener, now: datetime) -> Iterator[Delivery]:
    if Event.LETTER_ANSWERED not in listener.hook.events:
        return
    since = max(listener.hook.at, now - LATELY)
    for letter in store.letters():
        for number, reply in enumerate(letter.replies, 1):
            subject = f"{letter.id}/{number}"
            if reply.at >= since and listener.may_hear(letter.unit_id, subject):
                yield _delivery(listener.hook, Event.LETTER_ANSWERED, _told(letter, number), [subject], now)


def _told(letter: Letter, number: int) -> Mapping[str, object]:
    reply = letter.replies[number - 1]
    return {
        "letter": letter.id, "name": letter.name, "unit_id": letter.unit_id, "state": letter.state.value,
        "reply": {"no": number, "at": reply.at.isoformat(), "is_form": reply.is_form, "late": reply.late},
        "href": f"/api/v1/letters/{letter.id}",
    }  # fmt: skip


def _delivery(
    hook: Webhook, event: Event, told: Mapping[str, object], subjects: Sequence[str], now: datetime
) -> Delivery:
    body = json.dumps({"type": event.value, "timestamp": now.isoformat(), "data": told}, ensure_ascii=False)
    return Delivery(delivery_id(hook, subjects), hook.id, event, body, now, tuple(subjects))


def delivery_id(hook: Webhook, subjects: Sequence[str]) -> str:
    """The same for the same things: who notes them twice notes them once."""
    return f"msg_{hashlib.sha256('|'.join((hook.id, *subjects)).encode()).hexdigest()[:24]}"
