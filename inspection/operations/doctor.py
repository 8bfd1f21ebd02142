"""The doctor: everything a night needs, looked at one by one; each line says how it is and what to do."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

from domain.errors import XunjianError
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.rules import RuleBook
from domain.trail import Act
from inspection.acting import demand, note
from inspection.operations.health import habits, machine
from inspection.operations.health import store as stored
from inspection.operations.health.symptoms import Level, Patient, Symptom, bad

Look = Callable[[], Iterator[Symptom]]


def examine(
    patient: Patient, rules: Callable[[], RuleBook], repair: Callable[[Store], Actor] | None = None
) -> list[Symptom]:
    """Look at everything. `repair`: who acts, asked for when what is safe is to be mended."""
    if not patient.data.is_dir():
        return [bad("数据文件夹", f"{patient.data} 不存在", f"运行 xunjian init --data {patient.data}")]
    store, found = stored.database(patient)
    try:
        book, line = habits.rules_of(rules)
        found.append(line)
        for look in _looks(patient, store, book):
            found += _looked(look)
        return found if repair is None else _repaired(patient, store, found, repair)
    finally:
        if store is not None:
            store.close()


def _looks(patient: Patient, store: Store | None, book: RuleBook | None) -> list[Look]:
    looks: list[Look] = [
        lambda: machine.disk(patient),
        lambda: machine.rights(patient),
        lambda: machine.clock(patient, store),
        lambda: machine.browser(book),
        lambda: machine.words(book),
        lambda: machine.network(patient, store, book),
        lambda: habits.calendar(patient),
        lambda: habits.settings(patient, store),
    ]
    if store is not None:
        kept = store
        looks += [
            lambda: habits.registry(patient, kept),
            lambda: habits.nights(patient, kept),
            lambda: stored.leases(patient, kept),
            lambda: stored.bodies(patient, kept),
            lambda: stored.trail(kept),
            lambda: stored.messages(kept),
            lambda: stored.webhooks(patient, kept),
        ]
    return looks


def _repaired(
    patient: Patient, store: Store | None, found: list[Symptom], repair: Callable[[Store], Actor]
) -> list[Symptom]:
    """With what is safe mended, by somebody who may; the trail tells of it where there is one."""
    actor = repair(store) if store is not None else None
    if store is not None and actor is not None:
        demand(store, actor, Action.OPERATE)
    mended = [_mended(item) for item in found]
    told = [item.text for old, item in zip(found, mended, strict=True) if item is not old]
    if store is not None and actor is not None and told:
        note(store, actor, Act.OPERATE, "修复", patient.now, now="；".join(told))
    return mended


def _looked(look: Callable[[], Iterator[Symptom]]) -> list[Symptom]:
    """A look that fails is a line of its own, and the others go on."""
    try:
        return list(look())
    except (XunjianError, OSError) as error:
        return [bad("检查", str(error), "按提示处理后再运行 xunjian doctor")]


def _mended(item: Symptom) -> Symptom:
    if item.mend is None:
        return item
    return replace(item, level=Level.GOOD, text=item.mend(), fix="", mend=None)


def doctor_lines(found: list[Symptom]) -> Iterator[str]:
    """For people; what is wrong comes with what to do."""
    for item in found:
        yield f"{item.level.label}  {item.name}：{item.text}" + (f"\n      → {item.fix}" if item.fix else "")
    counts = {level: sum(item.level is level for item in found) for level in Level}
    yield "，".join(f"{level.label} {counts[level]} 项" for level in Level)


def doctor_document(found: list[Symptom]) -> str:
    """For programs."""
    rows = [{"name": item.name, "level": item.level.value, "text": item.text, "fix": item.fix} for item in found]
    return json.dumps({"schema": "xunjian.doctor/1", "good": not is_ill(found), "checks": rows}, ensure_ascii=False)


def is_ill(found: list[Symptom]) -> bool:
    """Whether something has to be mended."""
    return any(item.level is Level.BAD for item in found)
