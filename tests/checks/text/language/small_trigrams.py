"""Writes a tiny word trigram in the binary form of kenlm, as its documentation describes it, for the tests."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from struct import pack

MAGIC = b"mmap lm http://kheafield.com/code format version 5\n\0"
CUT = 22  # most bits of a pointer that may stand in the table of heads

Logs = Mapping[tuple[str, ...], tuple[float, float]]


def written(logs: Logs, *, cut: int = CUT, order: int = 3, kind: int = 5) -> bytes:
    """The file of `{words: (log10, back-off)}`; the words of a key stand in the order in which they are read."""
    words = ["<unk>", *sorted({word for key in logs for word in key} - {"<unk>"})]
    number = {word: place for place, word in enumerate(words)}
    pairs = sorted((number[b], number[a]) for a, b in (key for key in logs if len(key) == 2))
    triples = sorted(
        (pairs.index((number[c], number[b])), number[a]) for a, b, c in (key for key in logs if len(key) == 3)
    )
    probs = [sorted({logs[key][0] for key in logs if len(key) == size}) for size in (2, 3)]
    backs = sorted({logs[key][1] for key in logs if len(key) == 2})
    head = MAGIC.ljust(56, b"\0") + pack("<3f2IIQ", 0, 1, -0.5, 1, 2**32 - 1, 0, 1)
    head += pack("<B3xfIB3xI", order, 1.5, kind, 1, 1) + pack("<3Q", len(words), len(pairs), len(triples))
    head += b"\0" * (-len(head) % 8)
    body = pack("<Q", len(words) - 1) + b"\0" * 8 * len(words) + bytes([2, 8, 8]).ljust(8, b"\0")
    body += b"".join(pack("<256f", *table, *[0.0] * (256 - len(table))) for table in (probs[0], backs, probs[1]))
    for place in range(len(words) + 1):
        log, back = logs.get((words[place],), (-9.0, 0.0)) if place < len(words) else (0.0, 0.0)
        body += pack("<2fQ", log, back, bisect_left(pairs, (place, -1)))
    body += b"\0" * 16
    firsts = [bisect_left(triples, (place, -1)) for place in range(len(pairs) + 1)]
    inline, heads = _heads(firsts, len(triples), cut)
    begin = len(head) + len(body)
    table = b"\0" * (-begin % 8) + bytes([0, cut]).ljust(8, b"\0") + pack(f"<{len(heads)}Q", *heads)
    body += table.ljust(8 * (1 + len(heads)) + 7, b"\0")
    width = len(words).bit_length()
    two = [
        (before, backs.index(logs[words[before], words[word]][1]), probs[0].index(logs[words[before], words[word]][0]))
        for word, before in pairs
    ] + [(0, 0, 0)]
    low = [first & (1 << inline) - 1 for first in firsts]
    body += _packed(((width, row[0]), (8, row[1]), (8, row[2]), (inline, low[at])) for at, row in enumerate(two))
    three = []
    for pair, first in triples:
        word, before = pairs[pair]
        three.append((first, probs[1].index(logs[words[first], words[before], words[word]][0])))
    body += _packed(((width, row[0]), (8, row[1])) for row in [*three, (0, 0)])
    return head + body + "\0".join(words).encode() + b"\0"


def _heads(firsts: list[int], largest: int, cut: int) -> tuple[int, list[int]]:
    needed = largest.bit_length()
    costs = [(largest >> needed - bits) * 64 - len(firsts) * bits for bits in range(min(needed, cut) + 1)]
    inline = needed - costs.index(min(costs))
    return inline, [bisect_left(firsts, head << inline) for head in range((largest >> inline) + 1)]


def _packed(rows: Iterable[Iterable[tuple[int, int]]]) -> bytes:
    total, place = 0, 0
    for row in rows:
        for width, value in row:
            total |= value << place
            place += width
    return total.to_bytes((place + 7) // 8 + 8, "little")
