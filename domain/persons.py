"""Persons of the office and its units, their contacts, and who stands behind an act."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.targets import Registry


class Role(StrEnum):
    """What a person is to the office."""

    ADMIN = "admin"
    INSPECTOR = "inspector"
    LEADER = "leader"
    SUPERVISOR = "supervisor"
    LIAISON = "liaison"
    VERIFIER = "verifier"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The official name."""
        return _LABELS[self]

    @property
    def has_unit(self) -> bool:
        """Whether it speaks for a unit of its own."""
        return self in {Role.SUPERVISOR, Role.LIAISON}


_LABELS = {
    Role.ADMIN: "系统管理员",
    Role.INSPECTOR: "监管员",
    Role.LEADER: "领导",
    Role.SUPERVISOR: "区县/部门主管",
    Role.LIAISON: "单位联络员",
    Role.VERIFIER: "第三方核查员",
    Role.AUDITOR: "只读/审计",
}
_SHORT = {
    "管理员": Role.ADMIN,
    "主管": Role.SUPERVISOR,
    "联络员": Role.LIAISON,
    "核查员": Role.VERIFIER,
    "审计": Role.AUDITOR,
}


def role_named(text: str) -> Role:
    """A role by its official name, a short form of it or its code; ValueError names what there is."""
    word = text.strip()
    found = {role.label: role for role in Role} | {role.value: role for role in Role} | _SHORT
    if word not in found:
        raise ValueError(f"没有角色“{word}”；可用：{'、'.join(role.label for role in Role)}")
    return found[word]


@dataclass(frozen=True, slots=True)
class Person:
    """One person who may act. Nobody is deleted; who has left is disabled."""

    id: str
    name: str
    role: Role
    unit_id: str = ""  # empty: the office itself
    below: tuple[str, ...] = ()  # units under it beside those of the registry's tree, for 主管
    enabled: bool = True
    since: datetime | None = None

    def reach(self, registry: Registry) -> frozenset[str]:
        """The units below him: those he was given, and all under these and under his own by the registry."""
        return frozenset(self.below) | registry.under((self.unit_id, *self.below))

    @property
    def words(self) -> str:
        """Name and role."""
        return f"{self.name}（{self.role.label}）"


@dataclass(frozen=True, slots=True)
class Contact:
    """联系人: whom to reach in a unit, and from when to when."""

    unit_id: str
    name: str
    title: str = ""
    phone: str = ""
    mail: str = ""
    address: str = ""  # 消息地址: where messages go
    role: str = ""  # as the sheet says it
    since: date | None = None
    until: date | None = None  # the last day

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by."""
        return self.unit_id, self.name

    def serves(self, day: date) -> bool:
        """Whether it may be reached on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a registered person or, while nobody is registered, the name somebody gave; and the account used."""

    name: str
    person: Person | None = None
    account: str = ""  # of the operating system


BY_CLOCK = Actor("定时程序")  # nobody gave the order: the plan did


class RequestKind(StrEnum):
    """What one person asks and another one grants."""

    WAIVE = "waive"
    CONFIRM = "confirm"  # a severe misstatement

    @property
    def label(self) -> str:
        """In Chinese."""
        return "豁免" if self is RequestKind.WAIVE else "确认严重表述错误"


@dataclass(frozen=True, slots=True)
class Request:
    """A request about one finding; open until `decided_by` stands there."""

    fingerprint: str
    kind: RequestKind
    person_id: str
    by: str
    at: datetime
    reason: str
    until: date | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    granted: bool = False
