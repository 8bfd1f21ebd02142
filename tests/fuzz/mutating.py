"""Random changes to a sample: what a broken server, a broken editor and a hostile hand do to bytes."""

import random

_PIECES = (
    b"<", b">", b"&", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\\ud800", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"</", b"<script>", b"'", b'"',
    b"{", b"}", b"[", b"]", b",", b"\n", b"\r\n", b"\t", b" " * 300, b"9" * 400, b"-1", b"0", b"1e999", b"NaN", b"null", b"true", b"=", b"'=1",
    b"2023-04-20", b"2023-02-30", b"9999-12-31T23:59:59Z", b"0001-01-01", "2023年4月20日".encode(), "昨天".encode(), "\u202e".encode(),
    "１２".encode(), b"%00", b"%ff", b"../", b"//", b"javascript:", b"data:", b"http://[::1", b"http://a.gov.cn:99999/", b"&#xD800;", b"&#0;",
    b"{" * 500, b"[" * 500, b"<div>" * 500, b"(" * 200, b"<table><tr>" * 50, b"PK\x03\x04", b"%PDF-1.4", b"!!python/object:os.system",
)  # fmt: skip
LARGEST = 400_000


def mutated(chance: random.Random, samples: list[bytes]) -> bytes:
    """One sample after one to eight changes."""
    data = bytearray(chance.choice(samples)[:LARGEST])
    for _ in range(chance.randint(1, 8)):
        _CHANGES[chance.randrange(len(_CHANGES))](chance, data, samples)
    return bytes(data[:LARGEST])


def _place(chance: random.Random, data: bytearray) -> int:
    return chance.randrange(len(data) + 1)


def _insert(chance: random.Random, data: bytearray, samples: list[bytes]) -> None:
    at = _place(chance, data)
    data[at:at] = chance.choice(_PIECES)


def _flip(chance: random.Random, data: bytearray, samples: list[bytes]) -> None:
    for _ in range(chance.randint(1, 30)):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)


def _cut(chance: random.Random, data: bytearray, samples: list[bytes]) -> None:
    low, high = sorted((_place(chance, data), _place(chance, data)))
    del data[low : min(high, low + chance.choice((1, 10, 1_000, LARGEST)))]


def _repeat(chance: random.Random, data: bytearray, samples: list[bytes]) -> None:
    low = _place(chance, data)
    piece = bytes(data[low : low + chance.choice((1, 3, 20, 200, 2_000))])
    data[low:low] = piece * chance.choice((2, 10, 100, 1_000)) if len(piece) < 200 else piece * chance.choice((2, 10))


def _splice(chance: random.Random, data: bytearray, samples: list[bytes]) -> None:
    other = chance.choice(samples)
    low = chance.randrange(len(other) + 1)
    at = _place(chance, data)
    data[at:at] = other[low : low + chance.choice((10, 200, 5_000))]


def _digits(chance: random.Random, data: bytearray, samples: list[bytes]) -> None:
    places = [at for at, byte in enumerate(data[:20_000]) if 48 <= byte <= 57]
    for at in sorted(chance.sample(places, min(len(places), 5)), reverse=True):
        data[at : at + 1] = chance.choice((b"0", b"9", b"-1", b"99999999999", b"", b"1.5"))


_CHANGES = (_insert, _insert, _flip, _cut, _repeat, _splice, _digits)
