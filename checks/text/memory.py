"""Results of single paragraphs, remembered: most paragraphs of a site are read on more than one page."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
REMEMBERED = 50_000


class Recent(OrderedDict[str, T]):
    """The texts judged last, `most` of them, with what was found."""

    def __init__(self, most: int = REMEMBERED) -> None:
        super().__init__()
        self.most = most

    def __setitem__(self, text: str, found: T) -> None:
        super().__setitem__(text, found)
        if len(self) > self.most:
            self.popitem(last=False)


class Remembered(Generic[T]):
    """Asks `judge` once for each text and keeps the last answers."""

    def __init__(self, judge: Callable[[str], T], most: int = REMEMBERED) -> None:
        self.judge = judge
        self._kept: Recent[T] = Recent(most)

    def __call__(self, text: str) -> T:
        """The answer for a text."""
        if text not in self._kept:
            self._kept[text] = self.judge(text)
        return self._kept[text]
