"""Packs over the years: single files of earlier versions come into packs, and what is not wanted leaves the disk.

Every step can be killed: a new pack lies where everybody can read it before its rows commit, and the old bytes go after that.
"""

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from domain.bodies import Body, Tidied
from domain.errors import BodyLost, StoreError, cause
from storage.database import Database
from storage.pack_file import PackFile
from storage.pack_index import Placed
from storage.pack_writer import PackWriter
from storage.packed_blobs import FULL, PackedBlobs

BATCH = 2**23  # bytes of bodies that are held at a time
HALF = 2  # a pack is rewritten when no more than one part in so many is wanted
SINGLES = "singles"  # in the names of packs of single files
NO_END = 2**62
NOT_ERASED = "含个人信息的快照尚未全部清除，请稍后重新清理。"
Alike = Callable[[], Iterable[tuple[str, str]]]  # hash and what it resembles, of every body that belongs into packs


class PackUpkeep:
    """Tidies the bodies of a store; nobody else may tidy or drop them meanwhile, reading and writing go on."""

    def __init__(self, database: Database, blobs: PackedBlobs) -> None:
        self._database, self._blobs = database, blobs

    def tidy(self, alike: Alike, gone: Collection[str], *, dry_run: bool) -> Tidied:
        """Pack single files, rewrite packs that are mostly dead, remove those that nothing names.

        A dry run says what would be done once the bodies of `gone` are dropped.
        """
        try:
            packed = self._count(alike, frozenset(gone)) if dry_run else self._pack_singles(alike)
            rewritten, freed = self._rewrite_dead(gone, dry_run=dry_run)
        except OSError as error:
            raise StoreError(f"无法整理快照包：{cause(error)}；请检查磁盘空间与目录权限。") from error
        return Tidied(packed, rewritten, freed)

    def erase(self, hashes: Collection[str]) -> None:
        """The bytes of some bodies that were dropped leave the disk now; those of others in the same packs stay."""
        try:
            names = self._blobs.index.packs_of(hashes)
            closed = {name for name, _ in self._blobs.packs.closed()} if names else set()
            for name in sorted(names & closed):
                self._rewrite(name)
            busy = [name for name in names - closed if self._is_there(name)]
        except OSError as error:
            raise StoreError(f"无法改写快照包：{cause(error)}；{NOT_ERASED}") from error
        if busy:
            raise StoreError(f"快照包 {busy[0]} 正在写入或等待上传；{NOT_ERASED}")

    def _is_there(self, name: str) -> bool:
        with contextlib.suppress(FileNotFoundError):
            return bool(self._blobs.packs.read(name, 0, 1))
        return False

    def _count(self, alike: Alike, gone: frozenset[str]) -> int:
        singles = {digest for digest, _, _ in self._blobs.singles.listing()}
        return len((singles - gone) & {digest for digest, _ in alike()}) if singles else 0

    def _pack_singles(self, alike: Alike) -> int:
        singles = {digest: int(written.timestamp()) for digest, _, written in self._blobs.singles.listing()}
        if not singles:
            return 0
        wanted = dict(item for item in alike() if item[0] in singles)
        count = self._drop_packed(wanted.keys())
        for file, placed in self._filled(SINGLES, self._singles(wanted), singles, FULL):
            with contextlib.closing(file), self._database.write() as connection:
                self._blobs.index.add(connection, placed, whole=True)
            self._blobs.singles.drop([digest for digest, _, _ in placed])
            count += len(placed)
        return count

    def _drop_packed(self, hashes: Collection[str]) -> int:
        """Single files that lie in packs too: somebody was killed between the two steps, or a crawl brought them again."""
        there = [digest for digest in self._blobs.index.known(hashes) if self._blobs.is_packed(digest)]
        self._blobs.singles.drop(there)
        return len(there)

    def _singles(self, wanted: Mapping[str, str]) -> Iterator[Body]:
        there = self._blobs.index.known(wanted.keys())
        for digest, like in ((each, wanted[each]) for each in wanted if each not in there):
            with contextlib.suppress(BodyLost):  # it is on the list of those to come back now
                yield Body(self._blobs.singles.get(digest), digest, like)

    def _rewrite_dead(self, gone: Collection[str], *, dry_run: bool) -> tuple[int, int]:
        count = freed = 0
        closed = dict(self._blobs.packs.closed())  # first: what is closed has its rows
        live = self._blobs.index.live_bytes(gone if dry_run else ())
        for name, size in closed.items():
            if live.get(name, 0) * HALF <= size:
                count += 1
                freed += size - (live.get(name, 0) if dry_run else self._rewrite(name))
        return count, freed

    def _rewrite(self, name: str) -> int:
        """Only what is wanted of a pack, in a new one; returns the bytes of that."""
        wanted = self._blobs.index.placed(name)
        times = {digest: time for digest, _, time in wanted}
        size = 0
        for file, placed in self._filled(name.rpartition("-")[0], self._wanted(wanted), times, NO_END):
            size += file.size
            with contextlib.closing(file), self._database.write() as connection:
                self._blobs.index.add(connection, placed, whole=True)
                self._blobs.index.forget(connection, name)
        if not size:
            with self._database.write() as connection:
                self._blobs.index.forget(connection, name)
        self._blobs.packs.remove(name)
        return size

    def _wanted(self, placed: Iterable[Placed]) -> Iterator[Body]:
        for digest, frame, _ in placed:
            try:
                data = self._blobs.reader.body(digest, frame)
            except BodyLost:
                with contextlib.suppress(BodyLost):  # on the list, unless it lies elsewhere too
                    self._blobs.singles.get(digest)
            else:
                yield Body(data, digest, str(frame.base if frame.base_length else frame.start))

    def _filled(
        self, run_id: str, bodies: Iterable[Body], times: Mapping[str, int], most: int
    ) -> Iterator[tuple[PackFile, list[Placed]]]:
        """New packs of these bodies, where everybody can read them, each ready for its rows; the taker closes them."""
        writer: PackWriter | None = None
        placed: list[Placed] = []
        try:
            for part in _parts(bodies):
                writer = writer or PackWriter(self._blobs.packs.begin(run_id))
                frames = writer.add(part)
                placed += [(body.sha256, frame, times[body.sha256]) for body, frame in zip(part, frames, strict=True)]
                if writer.file.size >= most:
                    full, writer = self._settled(writer), None
                    yield full, placed
                    placed = []
            if writer is not None:
                full, writer = self._settled(writer), None
                yield full, placed
        finally:
            if writer is not None:
                writer.file.discard()

    def _settled(self, writer: PackWriter) -> PackFile:
        self._blobs.packs.settle(writer.file)
        return writer.file


def _parts(bodies: Iterable[Body]) -> Iterator[list[Body]]:
    """A few at a time."""
    part: list[Body] = []
    size = 0
    for body in bodies:
        part.append(body)
        size += len(body.data)
        if size >= BATCH:
            yield part
            part, size = [], 0
    if part:
        yield part
