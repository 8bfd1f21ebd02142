"""Who works at a target: judging it again takes seconds, and nobody waits for it who is at another one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock, RLock


class Turns:
    """A lock for each target. Taken before the lock of changes, never within it."""

    def __init__(self) -> None:
        self._one = Lock()
        self._locks: defaultdict[str, RLock] = defaultdict(RLock)

    @contextmanager
    def at(self, target_ids: Iterable[str]) -> Iterator[None]:
        """Work at some targets, always in the same order, so that no two wait for each other."""
        with self._one:
            locks = [self._locks[each] for each in sorted(set(target_ids))]
        with ExitStack() as stack:
            for lock in locks:
                stack.enter_context(lock)
            yield
