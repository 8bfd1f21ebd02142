"""The port of letters and slips."""

from collections.abc import Iterable
from typing import Protocol

from domain.letter_moves import PaperKind
from domain.letters import Letter


class Letters(Protocol):
    """整改通知单 and 提示单 as a store keeps them."""

    def letters(self, kind: PaperKind | None = None) -> list[Letter]:
        """All of a kind, or of both, in the order they were drafted."""
        ...

    def letter(self, letter_id: str) -> Letter | None:
        """One of them."""
        ...

    def save_letters(self, items: Iterable[Letter]) -> None:
        """Insert or update, all or nothing; ValueRefused when a number is taken."""
        ...

    def next_number(self, name: str) -> int:
        """The next number of a series, from 1; it is never given again, whatever becomes of it."""
        ...
