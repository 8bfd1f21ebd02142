"""出具的通报: what left the office, as the file that was signed, with its number in the order of corrections."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class IssuedNotice:
    """One notice of a period. Version 1 is the notice; every later one is a 更正 and says why."""

    period: str
    version: int
    figures: int  # version of the period's figures it rests on
    file: str
    sha256: str  # of the file, which the store keeps as a body
    size: int
    by: str
    at: datetime
    reason: str = ""  # of a correction, or for numbers that the figures do not hold
    added: tuple[str, ...] = ()  # numbers in the file that the draft does not have
    trail_number: int = 0  # head of the trail when it was issued
    trail_head: str = ""

    @property
    def label(self) -> str:
        """通报, or 更正 with its version."""
        return "通报" if self.version == 1 else f"通报（更正，第 {self.version} 版）"
