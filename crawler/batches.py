"""Batches written by one thread off the reactor; where a value in a batch is refused, its items are written one by one."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Generic, TypeVar

from domain.errors import StoreError, ValueRefused

Item = TypeVar("Item")


class BatchWriter(Generic[Item]):
    """`write` keeps a batch, all or nothing; `left_out` takes a single item that the store refuses, inside the handler."""

    def __init__(
        self, name: str, write: Callable[[Sequence[Item]], object], left_out: Callable[[Item, Exception], object]
    ) -> None:
        self.thread = ThreadPoolExecutor(1, name)
        self.error: BaseException | None = None  # the first failed write; nothing is handed over after it
        self._write_all, self._left_out = write, left_out
        self._waiting: list[Future[Any]] = []

    def start(self, items: Sequence[Item]) -> Future[Any]:
        """Hand a batch to the thread."""
        return self.submit(self._write, items)

    def submit(self, call: Callable[..., object], *args: Any) -> Future[Any]:
        """Hand over anything else, after what was handed over before."""
        self._waiting.append(self.thread.submit(call, *args))
        return self._waiting[-1]

    @property
    def behind(self) -> int:
        """How many writes are not done yet; notes the first failed one on the way."""
        while self._waiting and self._waiting[0].done():
            failure = self._waiting.pop(0).exception()
            self.error = self.error or failure
        return len(self._waiting)

    def flush(self) -> None:
        """Wait for everything handed over."""
        wait(self._waiting)
        _ = self.behind

    def close(self) -> None:
        """Wait, and end the thread."""
        self.flush()
        self.thread.shutdown()

    def _write(self, items: Sequence[Item]) -> None:
        try:
            self._write_all(items)
        except Exception as error:
            if _is_of_the_store(error):
                raise
            for item in items:
                self._write_alone(item)

    def _write_alone(self, item: Item) -> None:
        try:
            self._write_all([item])
        except Exception as error:
            if _is_of_the_store(error):
                raise
            self._left_out(item, error)


def _is_of_the_store(error: Exception) -> bool:
    """Whether a write failed because of the store (full, gone), not because of a value in it."""
    return isinstance(error, StoreError) and not isinstance(error, ValueRefused)
