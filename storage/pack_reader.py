"""Reading bodies out of packs."""

import threading
from collections import OrderedDict

import zstandard

from domain.errors import BodyLost
from storage.frames import AGAIN, opened, unpacked
from storage.pack_places import Packs
from storage.pack_writer import Frame

REMEMBERED = 2**23  # bytes of references that are kept: one is read for many bodies


class PackReader:
    """Bodies by their places."""

    def __init__(self, packs: Packs) -> None:
        self._packs = packs
        self._lock = threading.Lock()
        self._references: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._size = 0

    def body(self, body_hash: str, frame: Frame) -> bytes:
        """The body at a place; BodyLost when another or none is there, OSError when nobody can look."""
        try:
            reference = self._reference(frame) if frame.base_length else b""
        except zstandard.ZstdError as error:
            raise BodyLost(f"页面快照 {body_hash} 所依据的首个同类页面已损坏；{AGAIN}") from error
        return opened(body_hash, self._packs.read(frame.pack, frame.start, frame.length), reference)

    def _reference(self, frame: Frame) -> bytes:
        place = (frame.pack, frame.base)
        with self._lock:
            if place in self._references:
                self._references.move_to_end(place)
                return self._references[place]
        found = unpacked(self._packs.read(frame.pack, frame.base, frame.base_length))
        with self._lock:
            if place not in self._references:
                self._references[place] = found
                self._size += len(found)
            while self._size > REMEMBERED and len(self._references) > 1:
                self._size -= len(self._references.popitem(last=False)[1])
        return found
