"""Bodies to the frames of one pack; those that are alike stand against the first of their kind where that saves."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.bodies import Body
from storage.frames import compressed, compressed_against, prefix
from storage.pack_file import PackFile

LARGEST_REFERENCE = 2**18  # bytes: a longer one takes longer to prepare than it saves
MOST_REFERENCES = 2**24  # bytes that a writer remembers
SAVES = 0.6  # of what its kind takes alone: a frame above that is compared with one that stands for itself


@dataclass(frozen=True, slots=True, order=True)
class Frame:
    """Where a body lies: bytes of a pack, and those of its reference in the same pack (`base_length` 0: it has none)."""

    pack: str
    start: int
    length: int
    base: int = 0
    base_length: int = 0


@dataclass(frozen=True, slots=True)
class _Reference:
    start: int
    length: int
    size: int
    content: Any

    @property
    def ratio(self) -> float:
        return self.length / self.size


class PackWriter:
    """Appends bodies to one pack."""

    def __init__(self, file: PackFile) -> None:
        self.file = file
        self._references: OrderedDict[str, _Reference] = OrderedDict()
        self._remembered = 0

    def add(self, bodies: Sequence[Body]) -> list[Frame]:
        """Where each body lies now; OSError when the pack cannot be written, and then nothing was added."""
        blocks: list[bytes] = []
        frames: list[Frame] = []
        end = self.file.size
        for body in bodies:
            data, base = self._packed(body, end)
            frames.append(Frame(self.file.name, end, len(data), base.start if base else 0, base.length if base else 0))
            blocks.append(data)
            end += len(data)
        try:
            self.file.append(b"".join(blocks))
        except OSError:
            self._references.clear()  # some of them were to lie in what is not there
            self._remembered = 0
            raise
        return frames

    def _packed(self, body: Body, start: int) -> tuple[bytes, _Reference | None]:
        """The frame of a body, and the reference it was written against."""
        base = self._references.get(body.like) if body.like else None
        if base is not None:
            self._references.move_to_end(body.like)
            data = compressed_against(body.data, base.content)
            if len(data) <= SAVES * base.ratio * len(body.data):
                return data, base
        alone = compressed(body.data)
        if base is not None and len(data) < SAVES * len(alone):
            return data, base
        if body.like and 0 < len(body.data) <= LARGEST_REFERENCE:
            self._remember(body.like, _Reference(start, len(alone), len(body.data), prefix(body.data)))
        return alone, None

    def _remember(self, like: str, reference: _Reference) -> None:
        """The newest of a kind that looks like no other is the reference of those that follow."""
        old = self._references.pop(like, None)
        self._remembered += reference.size - (old.size if old else 0)
        self._references[like] = reference
        while self._remembered > MOST_REFERENCES:
            _, gone = self._references.popitem(last=False)
            self._remembered -= gone.size
