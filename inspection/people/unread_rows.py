"""Rows of a filled sheet that could not be taken: what is wrong with each, and the sentence that ends the command."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A row and what is wrong with it, in Chinese."""

    place: str  # 第 3 行
    why: str

    def __str__(self) -> str:
        return f"未读入：{self.place}：{self.why}"


def unread_words(rows: Sequence[UnreadRow]) -> str:
    """Which rows were not taken."""
    places = "、".join(dict.fromkeys(row.place for row in rows))
    return f"有 {len(rows)} 处未读入（{places}），请改正后重新读入；其余已写入"
