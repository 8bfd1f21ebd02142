"""Build `wrong_words_seed.tsv` from macro-correct's confusion dictionary (Apache-2.0/MIT), filtered by clean text.

Kept are pairs of equal length whose wrong form never stands in the clean text or the lexicon and whose right form does,
cut down to the characters around the difference that the lexicon knows as a word.
Run: python -m training.wrong_words confusion_dict.json OUT.tsv TEXT...
"""

import json
import sys
from collections import Counter
from pathlib import Path

import ahocorasick

from checks.text.typos.candidates import UNJUDGED, load_confusion
from training.lexicon import words
from training.ranker import read_lines

HEAD = """# 常见错别字:错误写法<TAB>正确写法。由 training/wrong_words.py 生成,请勿手工修改(自己的词条写在 wrong_words.tsv)。
# 来源:macro-correct 0.0.6 的 confusion_dict.json(作者 yongzhuo,Apache-2.0 / MIT),经通用词表与公开法律、新闻文本筛选。
"""
_LITERARY = set(
    "作做飘漂份分象像含涵树竖佚逸呆待只道馀余"
)  # both forms are in use, or the dictionary is known to be wrong


def differences(wrong: str, right: str) -> list[int]:
    """Places where two strings of one length differ."""
    return [place for place, pair in enumerate(zip(wrong, right, strict=True)) if pair[0] != pair[1]]


def shorten(wrong: str, right: str) -> tuple[str, str] | None:
    """The longest dictionary word of `right` that covers all differences, with its wrong form."""
    places = differences(wrong, right)
    spans = [
        (start, end)
        for start in range(places[0] + 1)
        for end in range(places[-1] + 1, len(right) + 1)
        if right[start:end] in words() and words()[right[start:end]] >= 3
    ]
    if not spans:
        return None
    start, end = max(spans, key=lambda span: span[1] - span[0])
    return wrong[start:end], right[start:end]


def confusable(wrong: str, right: str) -> bool:
    """Whether every difference is one of sound or shape."""
    confusion = load_confusion()
    return all(
        ord(right[place]) in confusion.others[confusion.row[ord(wrong[place])]]
        or ord(wrong[place]) in confusion.others[confusion.row[ord(right[place])]]
        or not confusion.row[ord(wrong[place])]
        for place in differences(wrong, right)
    )


def candidates(path: Path) -> dict[str, str]:
    """Usable pairs of the dictionary."""
    pairs: dict[str, str] = {}
    for wrong, right in json.loads(path.read_text(encoding="utf-8")).items():
        if len(wrong) != len(right) or not all("一" <= char <= "龥" for char in wrong + right):
            continue
        places = differences(wrong, right)
        changed = {text[place] for text in (wrong, right) for place in places}
        if not places or len(places) > 2 or changed & set(UNJUDGED) or changed & _LITERARY:
            continue
        short = shorten(wrong, right)
        if short and short[0] not in words() and len(short[0]) >= 2 and confusable(*short):
            pairs[short[0]] = short[1]
    return pairs


def occurrences(forms: set[str], texts: list[Path]) -> Counter[str]:
    """How often each form stands in the texts."""
    automaton = ahocorasick.Automaton()
    for form in forms:
        automaton.add_word(form, form)
    automaton.make_automaton()
    return Counter(form for path in texts for line in read_lines(path) for _, form in automaton.iter(line))


def main(source: Path, out: Path, *texts: Path) -> None:
    """Filter and write."""
    pairs = candidates(source)
    seen = occurrences(set(pairs) | set(pairs.values()), list(texts))
    kept = {
        wrong: right
        for wrong, right in pairs.items()
        if not seen[wrong] and (len(wrong) > 2 or seen[right] >= 20) and (seen[right] or words().get(right, 0) >= 3)
    }
    body = "".join(f"{wrong}\t{right}\n" for wrong, right in sorted(kept.items()))
    out.write_text(HEAD + body, encoding="utf-8")
    print(f"{len(pairs)} usable pairs, {len(kept)} kept")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
