"""What the program does by itself: jobs it started or left out, and messages it sent. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class JobState(StrEnum):
    """What became of one planned start of a job."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # its exit code says why
    SKIPPED = "skipped"  # decided not to start
    OVERDUE = "overdue"  # ended by us after its limit
    LOST = "lost"  # whoever watched over it was killed

    @property
    def label(self) -> str:
        """In Chinese."""
        return _JOBS[self]

    @property
    def is_over(self) -> bool:
        """Whether nothing changes any more."""
        return self is not JobState.RUNNING


@dataclass(frozen=True, slots=True)
class JobRun:
    """One planned start of a job, and what was decided of it. A job is planned at a moment only once."""

    job: str
    planned: datetime
    state: JobState
    started: datetime | None = None
    ended: datetime | None = None
    exit_code: int | None = None
    reason: str = ""  # in Chinese, for people
    owner: str = ""  # host and process
    subject: str = ""  # the run it takes up again, or that a person started it


class MessageState(StrEnum):
    """How far a message got."""

    SENDING = "sending"  # also after a crash in its middle: it is not sent again
    SENT = "sent"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """In Chinese."""
        return _MESSAGES[self]


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one addressee. `key` says what it is about: the same key is never sent twice."""

    key: str
    kind: str
    target: str  # id of a unit; empty: the office
    title: str
    text: str
    state: MessageState = MessageState.SENDING
    tries: int = 0
    at: datetime | None = None
    note: str = ""  # why it failed, without addresses


_JOBS = {
    JobState.RUNNING: "执行中",
    JobState.DONE: "完成",
    JobState.FAILED: "未成功",
    JobState.SKIPPED: "未执行",
    JobState.OVERDUE: "超过时限，已结束",
    JobState.LOST: "中断",
}
_MESSAGES = {
    MessageState.SENDING: "发送中断，是否送达不明",
    MessageState.SENT: "已发送",
    MessageState.FAILED: "发送失败",
}
