"""Where packs lie: in a local folder; `pack_remote.py` has any other address."""

import contextlib
import os
import re
import time
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from storage.pack_file import DRAFT, ENDING, PackFile, has_writer

FOLDER = "packs"
OLD = 3600.0  # seconds after which a draft has nobody who writes it


class Packs(Protocol):
    """Packs by name. OSError where they cannot be reached, FileNotFoundError where one is not there."""

    at_once: bool  # whether everybody can read what was appended and synced

    def begin(self, run_id: str) -> PackFile:
        """A new pack that this process writes."""
        ...

    def finish(self, file: PackFile, done: Callable[[str], object]) -> None:
        """No more comes into it. `done` is called with its name when everybody can read it, perhaps much later."""
        ...

    def read(self, name: str, start: int, length: int) -> bytes:
        """Some bytes of a pack; fewer when it is shorter."""
        ...

    def closed(self) -> Iterator[tuple[str, int]]:
        """(name, bytes) of every pack that nobody here writes any more."""
        ...

    def remove(self, name: str) -> None:
        """Take a pack away; one that is not there is no fault."""
        ...

    def settle(self, file: PackFile) -> None:
        """Where everybody can read it, now; its writer keeps its lock. OSError when that cannot be done."""
        ...

    def catch_up(self, named: Callable[[], Collection[str]], done: Callable[[str], object]) -> None:
        """Bring what writers that ended left behind, beside everything else; what no row of `named` names goes."""
        ...

    def close(self) -> None:
        """Wait for what is under way."""
        ...


def new_name(run_id: str) -> str:
    """A name that no other pack has: the run, and by chance."""
    return f"{re.sub(r'[^A-Za-z0-9-]', '-', run_id)[:60] or 'run'}-{uuid.uuid4().hex[:8]}"


class LocalPacks:
    """A folder that all processes share."""

    at_once = True

    def __init__(self, folder: Path, *, synced: bool = True) -> None:
        self._folder = folder
        self._synced = synced

    def begin(self, run_id: str) -> PackFile:
        """A new pack."""
        return PackFile(self._folder, new_name(run_id), synced=self._synced)

    def finish(self, file: PackFile, done: Callable[[str], object]) -> None:
        """It lies where it belongs."""
        file.close()
        done(file.name)

    def read(self, name: str, start: int, length: int) -> bytes:
        """Some bytes of a pack."""
        descriptor = os.open(self._folder / f"{name}{ENDING}", os.O_RDONLY)
        try:
            return os.pread(descriptor, length, start)
        finally:
            os.close(descriptor)

    def closed(self) -> Iterator[tuple[str, int]]:
        """Every pack that has no writer; what was never given its name goes."""
        for path in sorted(self._folder.glob(f"*{ENDING}{DRAFT}")):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime < time.time() - OLD:
                    path.unlink()
        for path in sorted(self._folder.glob(f"*{ENDING}")):
            with contextlib.suppress(FileNotFoundError):
                if not has_writer(path):
                    yield path.name.removesuffix(ENDING), path.stat().st_size

    def remove(self, name: str) -> None:
        """Take a pack away."""
        (self._folder / f"{name}{ENDING}").unlink(missing_ok=True)

    def settle(self, file: PackFile) -> None:
        """It is there already."""
        file.sync()

    def catch_up(self, named: Callable[[], Collection[str]], done: Callable[[str], object]) -> None:
        """Nothing waits: the folder is where packs belong."""

    def close(self) -> None:
        """Nothing is under way."""


def open_packs(data: Path | str, spool: Path | None = None, pauses: Sequence[float] = ()) -> Packs:
    """The packs of a data folder or of an fsspec URL; `spool`: the local folder of what is not uploaded yet."""
    if "://" not in str(data):
        return LocalPacks(Path(data) / "blobs" / FOLDER)
    from storage.far_addresses import PAUSES, opened_address
    from storage.pack_remote import RemotePacks, default_spool

    url = f"{str(data).rstrip('/')}/blobs/{FOLDER}"
    return RemotePacks(*opened_address(url), spool or default_spool(url), pauses or PAUSES)
