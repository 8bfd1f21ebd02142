"""One body as one zstd frame, alone or against another body that it resembles (its reference)."""

import hashlib
import threading
from typing import cast

import zstandard

from domain.errors import BodyLost

LEVEL = 3
LARGEST = 2**31  # bytes of a body
AGAIN = "下次巡检将重新采集。"
_own = threading.local()


def compressed(body: bytes) -> bytes:
    """A frame that stands for itself."""
    if not hasattr(_own, "compressor"):  # compressors may not be shared between threads
        _own.compressor = zstandard.ZstdCompressor(level=LEVEL)
    return cast("bytes", _own.compressor.compress(body))


def prefix(body: bytes) -> zstandard.ZstdCompressionDict:
    """A body as the reference of others."""
    return zstandard.ZstdCompressionDict(body, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def compressed_against(body: bytes, reference: zstandard.ZstdCompressionDict) -> bytes:
    """A frame that only somebody with the reference can read; a compressor of its own is the cheapest (measured)."""
    return zstandard.ZstdCompressor(level=LEVEL, dict_data=reference).compress(body)


def opened(body_hash: str, data: bytes, reference: bytes = b"") -> bytes:
    """The body of a frame; BodyLost when it is not the one of this hash."""
    try:
        body = unpacked(data, reference)
    except zstandard.ZstdError as error:
        raise BodyLost(f"页面快照 {body_hash} 已损坏，无法解压；{AGAIN}") from error
    if hashlib.sha256(body).hexdigest() != body_hash:
        raise BodyLost(f"页面快照 {body_hash} 的内容与其编号不符，文件已损坏；{AGAIN}")
    return body


def unpacked(data: bytes, reference: bytes = b"") -> bytes:
    """The bytes of a frame, whatever they are; ZstdError when it is none."""
    if zstandard.frame_content_size(data) > LARGEST:
        raise zstandard.ZstdError("the announced size is absurd")
    known = prefix(reference) if reference else None
    return zstandard.ZstdDecompressor(dict_data=known).decompress(data)
