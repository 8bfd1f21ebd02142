"""Who may do what: one table of roles, actions and whose things. Pure; the command line and the console obey it alike."""

from collections.abc import Mapping
from enum import StrEnum

from domain.persons import Role


class Action(StrEnum):
    """What is done: read, or change something."""

    READ = "read"
    READ_TRAIL = "read_trail"
    REVIEW = "review"
    REQUEST_WAIVER = "request_waiver"
    GRANT_WAIVER = "grant_waiver"
    SECOND_VOICE = "second_voice"
    ANSWER = "answer"
    DRAFT = "draft"
    ISSUE = "issue"
    WITHDRAW = "withdraw"
    REPLY = "reply"
    CLOSE_PERIOD = "close_period"
    REGISTER = "register"
    RULES = "rules"
    LEDGER = "ledger"
    INSPECT = "inspect"
    PERSONS = "persons"
    OPERATE = "operate"

    @property
    def label(self) -> str:
        """In Chinese."""
        return _LABELS[self]


class Scope(StrEnum):
    """Whose things a role may touch."""

    OWN = "own"
    SUBTREE = "subtree"
    ALL = "all"


_LABELS = {
    Action.READ: "查看问题和报告",
    Action.READ_TRAIL: "查看操作留痕",
    Action.REVIEW: "确认或标记误报",
    Action.REQUEST_WAIVER: "申请豁免",
    Action.GRANT_WAIVER: "批准豁免",
    Action.SECOND_VOICE: "复核严重表述错误",
    Action.ANSWER: "填报人工核查结果",
    Action.DRAFT: "起草整改通知单和提示单",
    Action.ISSUE: "签发、核销整改通知单和提示单",
    Action.WITHDRAW: "撤销整改通知单和提示单",
    Action.REPLY: "签收、反馈、提出异议",
    Action.CLOSE_PERIOD: "建立、关闭考核期和出具通报",
    Action.REGISTER: "修改登记表和联系人",
    Action.LEDGER: "登记工作台账",
    Action.RULES: "修改规则和词表",
    Action.INSPECT: "发起专项检查和复核",
    Action.PERSONS: "登记人员",
    Action.OPERATE: "修改设置、管理定时任务和备份",
}
_WHOLE_OFFICE = {Role.INSPECTOR: Scope.ALL, Role.LEADER: Scope.ALL}
_UNITS = {Role.INSPECTOR: Scope.ALL, Role.SUPERVISOR: Scope.SUBTREE, Role.LIAISON: Scope.OWN}
_TECHNICAL = {Role.ADMIN: Scope.ALL, Role.INSPECTOR: Scope.ALL}

RIGHTS: Mapping[Action, Mapping[Role, Scope]] = {
    Action.READ: {**dict.fromkeys(Role, Scope.ALL), Role.SUPERVISOR: Scope.SUBTREE, Role.LIAISON: Scope.OWN},
    Action.READ_TRAIL: dict.fromkeys((Role.ADMIN, Role.INSPECTOR, Role.LEADER, Role.AUDITOR), Scope.ALL),
    Action.REVIEW: {Role.INSPECTOR: Scope.ALL, Role.VERIFIER: Scope.ALL},
    Action.REQUEST_WAIVER: _UNITS,
    Action.GRANT_WAIVER: _WHOLE_OFFICE,
    Action.SECOND_VOICE: {**_WHOLE_OFFICE, Role.VERIFIER: Scope.ALL},
    Action.ANSWER: {**_UNITS, Role.VERIFIER: Scope.ALL},
    Action.DRAFT: {Role.INSPECTOR: Scope.ALL},
    Action.ISSUE: _WHOLE_OFFICE,
    Action.WITHDRAW: _WHOLE_OFFICE,
    Action.REPLY: _UNITS,
    Action.CLOSE_PERIOD: _WHOLE_OFFICE,
    Action.REGISTER: _TECHNICAL,
    Action.RULES: _TECHNICAL,
    Action.LEDGER: {Role.INSPECTOR: Scope.ALL},
    Action.INSPECT: {**_TECHNICAL, Role.VERIFIER: Scope.ALL},
    Action.PERSONS: {Role.ADMIN: Scope.ALL, Role.SUPERVISOR: Scope.OWN},
    Action.OPERATE: {Role.ADMIN: Scope.ALL},
}


def may(role: Role, action: Action, *, own: bool = False, below: bool = False) -> bool:
    """Whether a role may do something to a thing of its own unit, of a unit below it, or of any other."""
    scope = RIGHTS[action].get(role)
    return scope is Scope.ALL or (own and scope is not None) or (below and scope is Scope.SUBTREE)
