"""A stream of bytes in sealed chunks, so that whoever reads it notices any change, and without the key reads nothing.

A chunk is AES-256-GCM with a nonce of (random prefix, number of the chunk, whether it is the last one); what stands in
front of the stream is authenticated with every chunk. Chunks can be neither swapped, dropped, repeated nor cut off.
"""

import hashlib
import os
import stat
from collections.abc import Mapping
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import UsageError, cause

CHUNK = 1 << 20
TAG, PREFIX, SALT = 16, 7, 16
KEY_VARIABLE = "XUNJIAN_BACKUP_KEY"


class Damaged(ValueError):
    """A stream that is not as it was written."""


def read_key(path: Path | None, environment: Mapping[str, str]) -> bytes:
    """The key of a file that only its owner may read, else of the environment; empty when there is none."""
    if path is None:
        return environment.get(KEY_VARIABLE, "").strip().encode()
    try:
        mode = path.stat().st_mode
        key = path.read_bytes().strip()
    except OSError as error:
        raise UsageError(f"不能读取密钥文件 {path}（{cause(error)}）；请检查路径和权限") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError(f"密钥文件 {path} 其他用户也能读取；请运行 chmod 600 {path}")
    if len(key) < 16:
        raise UsageError(f"密钥文件 {path} 不足 16 个字符；可用 openssl rand -hex 32 生成")
    return key


def derived(key: bytes, salt: bytes) -> tuple[bytes, str]:
    """(what encrypts, a sign by which a wrong key is told from damage)."""
    both = hashlib.scrypt(key, salt=salt, n=2**15, r=8, p=1, maxmem=2**26, dklen=64)
    return both[:32], hashlib.sha256(both[32:]).hexdigest()[:16]


class SealedWriter(RawIOBase):
    """Takes bytes and writes sealed chunks; plain ones without a key."""

    def __init__(self, out: BinaryIO, key: bytes, header: bytes) -> None:
        self._out, self._header, self._left, self._number = out, header, bytearray(), 0
        self._cipher = AESGCM(key) if key else None
        self._prefix = os.urandom(PREFIX) if key else b""
        out.write(self._prefix)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: object) -> int:
        """Keep bytes until a chunk is full; the last chunk waits for `finish`."""
        block = bytes(data)  # type: ignore[call-overload]
        self._left += block
        while len(self._left) > CHUNK:
            self._seal(bytes(self._left[:CHUNK]), last=False)
            del self._left[:CHUNK]
        return len(block)

    def finish(self) -> None:
        """Write the last chunk."""
        self._seal(bytes(self._left), last=True)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        if self._cipher is None:
            self._out.write(chunk)
            return
        self._out.write(self._cipher.encrypt(_nonce(self._prefix, self._number, last=last), chunk, self._header))
        self._number += 1


class SealedReader(RawIOBase):
    """The inverse; Damaged where something is not as it was written."""

    def __init__(self, source: BinaryIO, key: bytes, header: bytes) -> None:
        self._source, self._header, self._number = source, header, 0
        self._cipher = AESGCM(key) if key else None
        self._prefix = source.read(PREFIX) if key else b""
        self._ready, self._next = b"", source.read(self._size)

    @property
    def _size(self) -> int:
        return CHUNK + (TAG if self._cipher else 0)

    def readable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """So many bytes, fewer only at the end."""
        while (size < 0 or len(self._ready) < size) and self._next:
            chunk, self._next = self._next, self._source.read(self._size)
            self._ready += self._opened(chunk, last=not self._next)
        size = len(self._ready) if size < 0 else size
        found, self._ready = self._ready[:size], self._ready[size:]
        return found

    def _opened(self, chunk: bytes, *, last: bool) -> bytes:
        if self._cipher is None:
            return chunk
        try:
            opened = self._cipher.decrypt(_nonce(self._prefix, self._number, last=last), chunk, self._header)
        except InvalidTag as error:
            raise Damaged(f"chunk {self._number}") from error
        self._number += 1
        return opened


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])
