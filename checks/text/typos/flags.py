"""What the layers propose, in one form: a change at a place, with the counts that speak for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from checks.text.typos.dictionary import Match
from checks.text.typos.features import Rows
from checks.text.typos.idioms import Slip
from checks.text.typos.lengths import Length
from checks.text.typos.pairs import PairRows

LEARNT = frozenset({"statistics", "words"})
WEIGHED = frozenset({"idiom", "doubled", "missing"})  # exact forms, vouched for by the words around or the learnt text


@dataclass(frozen=True)
class Flag:
    """A change the layers propose, before the guards; offsets in its paragraph."""

    start: int
    end: int
    right: str
    layer: str
    confidence: float
    evidence: Mapping[str, float] = field(default_factory=dict)


def rank(flag: Flag) -> tuple[int, float]:
    """Exact layers speak first, then the counts, then phrases that are only suspected."""
    if flag.layer in LEARNT:
        return 1, -flag.confidence
    return (2 if flag.layer in WEIGHED and not flag.evidence["sure"] else 0), -flag.confidence


def from_match(match: Match) -> Flag:
    """Of the exact layer: wrong forms from lists."""
    wrong, right = match.counts
    return Flag(
        match.start, match.end, match.right, match.layer, 0.99, {"wrong": round(wrong, 2), "right": round(right, 2)}
    )


def from_confusion(start: int, end: int, right: str) -> Flag:
    """Of words confused by their meaning, whose surroundings settle which is right."""
    return Flag(start, end, right, "meaning", 0.99)


def from_length(length: Length) -> Flag:
    """Of characters doubled or left out."""
    # what is left out is too often only shortened, and two names may meet in one word (滨河社区社区矫正)
    sure = length.layer == "doubled" and len(length.right) == 1
    evidence = {"right": round(length.known, 2), "path_gain": round(length.path_gain, 2), "sure": float(sure)}
    return Flag(length.start, length.end, length.right, length.layer, 0.97 if sure else 0.75, evidence)


def from_slip(slip: Slip) -> Flag:
    """Of idioms with one wrong character."""
    evidence = {"right": round(slip.heard, 2), "path_gain": round(slip.path_gain, 2), "sure": float(slip.sure)}
    return Flag(slip.place, slip.place + 1, slip.right, "idiom", 0.98 if slip.sure else 0.8, evidence)


def evidence_of(rows: Rows | PairRows, row: int) -> dict[str, float]:
    """The counts before and after, and what the guards ask for."""
    values = dict(zip(rows.names, rows.values[row].tolist(), strict=True))
    found = {name: round(values[name], 2) for name in ("gain", "path_gain", "known_left", "known_right")}
    for order in (2, 3, 4):
        for side in ("old", "new"):
            logs = [value for name, value in values.items() if name.startswith(f"{side}{order}")]
            found[f"{side}{order}"] = round(max(logs), 2)
    if "words_gain" in values:
        found["words_gain"] = round(values["words_gain"], 2)
    found["kind"] = values.get("kind", 0.0)
    found["word_old"] = round(max(values.get(name, 0.0) for name in ("word_old", "word_old2")), 2)
    found["word"] = round(max(values.get(name, 0.0) for name in ("word_new", "word_new3", "word_new4")), 2)
    return found
