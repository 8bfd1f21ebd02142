"""What files written by hand share: faults gathered with their places, so that all of them are seen at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from scorecards.placed import Placed


@dataclass
class Form:
    """A document that is being read, and every fault found in it."""

    document: Placed
    problems: list[str] = field(default_factory=list)

    def fault(self, path: str, sentence: str) -> None:
        """Note one fault with its place."""
        self.problems.append(f"{self.document.place(path)}：{sentence}" if path else sentence)

    def rows(self, key: str, keys: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """(path, row) of a list of mappings."""
        value = self.document.value.get(key) if isinstance(self.document.value, dict) else None
        if value is None:
            return
        if not isinstance(value, list):
            self.fault(key, "应为列表，每项一行，以 - 开头。")
            return
        for number, row in enumerate(value, 1):
            path = f"{key}[{number}]"
            if self.is_mapping(row, path, keys):
                yield path, row

    def is_mapping(self, value: Any, path: str, keys: Sequence[str]) -> bool:
        """Whether the value is a mapping; unknown keys are faults."""
        if not isinstance(value, dict):
            self.fault(path, f"{'' if path else '文件内容'}应为“键: 值”的形式，可用的键：{'、'.join(keys)}。")
            return False
        for key in value:
            if key not in keys:
                self.fault(f"{path}.{key}".lstrip("."), f"不认识的键“{key}”，可用的键：{'、'.join(keys)}。")
        return True

    def text(self, value: Any, path: str) -> str:
        """A text, trimmed; empty where there is none."""
        if value is not None and not isinstance(value, str):
            self.fault(path, "应为文字；数字请加引号。")
            return ""
        return (value or "").strip()

    def day(self, value: Any, path: str) -> date | None:
        """A date."""
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fault(path, f"“{value}”不是日期，请写成 2023-05-04。")
            return None
