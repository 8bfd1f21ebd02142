"""Settings changed in the browser: what a form holds, checked as at load, written by whom, against the version he saw.

Only what an office needs without a shell. Where files lie and who is messaged stays with whoever has the machine.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.errors import Conflict, UsageError
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.trail import Act
from inspection.acting import demand, note
from inspection.desk.kept_yaml import file_version, write_yaml
from inspection.operations.settings import OWN, Settings, settings_document, settings_of

CONCEALED = "heartbeat"  # an address that may hold a password: it goes in and never comes out
CLEARED = "-"
EDITABLE = (
    "retention.bodies", "retention.visits", "retention.logs", "retention.evidence", "retention.private",
    "messages.hours", "messages.daily", "messages.flapping", CONCEALED,
)  # fmt: skip
YES, NO = "是", "否"


def settings_version(data: Path) -> str:
    """Of the file as it is."""
    return file_version(data / OWN)


def form_text(settings: Settings, key: str) -> str:
    """What a form shows of a setting; nothing of a secret."""
    value = _value(settings, key)
    if key == CONCEALED:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    return "、".join(value) if isinstance(value, tuple) else str(value)


def control_of(shipped: Settings, key: str) -> str:
    """How it is filled in: secret, switch, number or text."""
    value = _value(shipped, key)
    if key == CONCEALED:
        return "secret"
    return "switch" if isinstance(value, bool) else "number" if isinstance(value, int) else "text"


def keep_settings(
    store: Store, data: Path, given: Mapping[str, str], version: str, actor: Actor, now: datetime
) -> list[str]:
    """Write what differs; what has changed, for people. ConfigError with every fault, and nothing is written."""
    demand(store, actor, Action.OPERATE)
    if settings_version(data) != version:
        raise Conflict("设置刚才已被他人修改；您的修改没有生效，请看过之后再决定")
    document, shipped = settings_document(data), Settings()
    before = settings_of(document, data / OWN)
    told = []
    for key in EDITABLE:
        text = given.get(key, form_text(before, key)).strip()
        if key == CONCEALED and not text:
            continue
        value = _typed(_value(shipped, key), key, text)
        if value != _value(before, key):
            _put(document, key, value, _value(shipped, key))
            told.append(f"{key}：{_told(before, key)} → {'已设置' if key == CONCEALED and value else text}")
    settings_of(document, data / OWN)
    if told:
        note(store, actor, Act.OPERATE, OWN, now, now="；".join(told))
        write_yaml(data, OWN, document, now)
    return told


def _value(settings: Settings, key: str) -> Any:
    found: Any = settings
    for part in key.split("."):
        found = getattr(found, part)
    return found


def _typed(shipped: object, key: str, text: str) -> object:
    if key == CONCEALED:
        if text != CLEARED and not text.startswith(("http://", "https://")):
            raise UsageError(f"{key}：应为 http:// 或 https:// 开头的网址")
        return "" if text == CLEARED else text
    if isinstance(shipped, bool):
        if text not in {YES, NO}:
            raise UsageError(f"{key}：请选择{YES}或{NO}")
        return text == YES
    if isinstance(shipped, int):
        if not (text.isascii() and text.isdigit() and len(text) < 7):
            raise UsageError(f"{key}：“{text[:20]}”应为正整数")
        return int(text)
    return tuple(part.strip() for part in text.replace("，", "、").replace(",", "、").split("、") if part.strip())


def _put(document: dict[str, Any], key: str, value: object, shipped: object) -> None:
    """What is as it ships is not written."""
    section, _, name = key.rpartition(".")
    place = document.setdefault(section, {}) if section else document
    if value == shipped:
        place.pop(name, None)
    else:
        place[name] = list(value) if isinstance(value, tuple) else value
    if section and not place:
        del document[section]


def _told(settings: Settings, key: str) -> str:
    return ("已设置" if settings.heartbeat else "没有设置") if key == CONCEALED else form_text(settings, key)
