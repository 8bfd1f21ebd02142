"""Issued notices in the in-memory twin of the store."""

from dataclasses import dataclass, field

from domain.errors import ValueRefused
from domain.issued import IssuedNotice

KEPT = "{period} 的通报第 {version} 版已经保存，不能改写。"


@dataclass
class MemoryIssued:
    """Methods of the `Office` port for notices that left the office."""

    _issued: dict[tuple[str, int], IssuedNotice] = field(default_factory=dict)

    def issued_notices(self, period: str = "") -> list[IssuedNotice]:
        """What was issued for a period, or for all, by period and version."""
        return [item for key, item in sorted(self._issued.items()) if period in {"", key[0]}]

    def save_issued_notice(self, item: IssuedNotice) -> None:
        """Keep one for good; ValueRefused when this version of the period's notice was kept before."""
        if (item.period, item.version) in self._issued:
            raise ValueRefused(KEPT.format(period=item.period, version=item.version))
        self._issued[item.period, item.version] = item
