"""Results of single paragraphs, remembered: most paragraphs of a site are read on more than one page."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
REMEMBERED = 50_000


class Remembered(Generic[T]):
    """Asks `judge` once for each text and keeps the last answers."""

    def __init__(self, judge: Callable[[str], T], most: int = REMEMBERED) -> None:
        self.judge, self.most = judge, most
        self._kept: OrderedDict[str, T] = OrderedDict()

    def __call__(self, text: str) -> T:
        """The answer for a text."""
        if text not in self._kept:
            self._kept[text] = self.judge(text)
            if len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return self._kept[text]
