"""Jobs, messages and switches in the in-memory twin of the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from domain.operations import JobRun, Message, MessageState

START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class MemoryOperations:
    """Methods of the `Operations` port."""

    _job_runs: dict[tuple[datetime, str], JobRun] = field(default_factory=dict)
    _messages: dict[str, Message] = field(default_factory=dict)
    _switches: dict[str, str] = field(default_factory=dict)

    def job_runs(self, since: datetime | None = None) -> list[JobRun]:
        """Planned starts of all jobs, oldest first."""
        keys = sorted(key for key in self._job_runs if since is None or key[0] >= since)
        return [self._job_runs[key] for key in keys]

    def save_job_run(self, item: JobRun) -> None:
        """Insert or update by job and planned moment."""
        self._job_runs[item.planned, item.job] = item

    def claim_message(self, item: Message, most: int) -> bool:
        """Whether it is ours to send."""
        old = self._messages.get(item.key)
        if old and (old.state is not MessageState.FAILED or old.tries >= most):
            return False
        self._messages[item.key] = replace(item, state=MessageState.SENDING, tries=old.tries + 1 if old else 1)
        return True

    def end_message(self, item: Message) -> None:
        """Say how sending a claimed message ended."""
        self._messages[item.key] = replace(item, tries=self._messages[item.key].tries)

    def messages(self, since: datetime | None = None) -> list[Message]:
        """Messages, oldest first."""
        found = [item for item in self._messages.values() if since is None or (item.at or START) >= since]
        return sorted(found, key=lambda item: (item.at or START, item.key))

    def switches(self) -> Mapping[str, str]:
        """What persons switched on or off, by name."""
        return dict(sorted(self._switches.items()))

    def save_switch(self, name: str, value: str) -> None:
        """Keep a switch."""
        self._switches[name] = value
