"""The ports of what the program does by itself: jobs, messages, and what it forgets after its time."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from domain.bodies import Tidied
from domain.operations import JobRun, Message


class Operations(Protocol):
    """Jobs and messages as a store keeps them."""

    def job_runs(self, since: datetime | None = None) -> list[JobRun]:
        """Planned starts of all jobs, oldest first; those planned at `since` or later."""
        ...

    def save_job_run(self, item: JobRun) -> None:
        """Insert or update by job and planned moment."""
        ...

    def claim_message(self, item: Message, most: int) -> bool:
        """Whether it is ours to send: it is new, or failed fewer than `most` times. Then it stands as being sent."""
        ...

    def end_message(self, item: Message) -> None:
        """Say how sending a claimed message ended."""
        ...

    def messages(self, since: datetime | None = None) -> list[Message]:
        """Messages, oldest first."""
        ...

    def switches(self) -> Mapping[str, str]:
        """What persons switched on or off, by name."""
        ...

    def save_switch(self, name: str, value: str) -> None:
        """Keep a switch."""
        ...


class Upkeep(Protocol):
    """Forgetting. Nothing that a later look at a run from `before` on would read is ever counted or dropped."""

    def old_rows(self, before: datetime) -> Mapping[str, int]:
        """How many rows of runs with as_of < `before` can go, by table."""
        ...

    def drop_old_rows(self, before: datetime) -> Mapping[str, int]:
        """Drop them, a few at a time; returns how many went, by table."""
        ...

    def used_bodies(self, since: datetime) -> frozenset[str]:
        """Hashes of bodies that visits, collections and answers from `since` on name, and the newest of each address."""
        ...

    def bodies_of(self, site_id: str, url: str, since: datetime, until: datetime) -> frozenset[str]:
        """Hashes of the bodies an address had in a stretch of time, without that of its newest visit."""
        ...

    def mask_texts(
        self,
        target_id: str,
        url: str,
        since: datetime,
        until: datetime,
        masking: Callable[[str], str],
        *,
        dry_run: bool = False,
    ) -> int:
        """Put masked text in the place of what was read at an address, or in a post, in a stretch of time.

        The newest reading of an address stays, and so does what `masking` changes nothing in. Returns how many changed,
        or would (`dry_run`). A masked reading has a key of its own: the same page, published again, is read in full again.
        """
        ...

    def stored_bodies(self) -> Iterator[tuple[str, int, datetime]]:
        """(hash, bytes on the disk, when it was written) of every body."""
        ...

    def drop_bodies(self, hashes: Collection[str], erased: Collection[str] = ()) -> None:
        """Remove bodies; those that are not there are no fault. The bytes of `erased` leave the disk at once."""
        ...

    def tidy_bodies(self, gone: Collection[str] = (), *, dry_run: bool = False) -> Tidied:
        """Give the disk back what dropped bodies took, and pack what earlier versions kept as single files.

        A dry run says what would be done once the bodies of `gone` are dropped. No crawl may run beside it.
        """
        ...
