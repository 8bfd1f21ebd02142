"""All text checks over paragraphs, with a memory: a paragraph seen under the same version is not analysed again."""

import hashlib
from collections import OrderedDict
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field

from checks.text.analyse import Analyser
from checks.text.formats import check_document
from checks.text.hits import Hit
from checks.text.misstatement import Phrases, check_statements, load_phrases
from checks.text.privacy import check_privacy

_REMEMBERED = 50_000
Memory = MutableMapping[str, list[Hit]]


class Recent(OrderedDict[str, list[Hit]]):
    """The paragraphs analysed last."""

    def __setitem__(self, key: str, hits: list[Hit]) -> None:
        super().__setitem__(key, hits)
        if len(self) > _REMEMBERED:
            self.popitem(last=False)


@dataclass(frozen=True)
class TextJudge:
    """Judges documents given as paragraphs. `memory` may be a store's mapping, kept across runs."""

    analyser: Analyser
    phrases: Phrases = field(default_factory=load_phrases)
    memory: Memory = field(default_factory=Recent)

    def typos(self, paragraphs: Sequence[str]) -> list[list[Hit]]:
        """Typos of each paragraph; only text never seen under this version is analysed."""
        keys = [self._key(paragraph) for paragraph in paragraphs]
        known = {key: self.memory[key] for key in set(keys) if key in self.memory}  # the memory forgets while it learns
        fresh = {key: text for key, text in zip(keys, paragraphs, strict=True) if key not in known}
        results = dict(zip(fresh, self.analyser.analyse(list(fresh.values())), strict=True))
        for key, hits in results.items():
            self.memory[key] = hits
        return [results[key] if key in results else known[key] for key in keys]

    def judge(self, paragraphs: Sequence[str]) -> list[list[Hit]]:
        """Everything found in one document, by paragraph; a misstatement hides a typo at the same place."""
        found = self.typos(paragraphs)
        statements = [self._statements(text) for text in paragraphs]
        formats = check_document(paragraphs)
        private = check_privacy(paragraphs)
        results = []
        for number in range(len(paragraphs)):
            serious = statements[number]
            milder = [hit for hit in found[number] if not any(_overlap(hit, other) for other in serious)]
            results.append(sorted(serious + milder + formats[number] + private[number], key=_place))
        return results

    def _statements(self, text: str) -> list[Hit]:
        hits = check_statements(text, self.phrases, self.analyser.statistics)
        return [hit for hit in hits if not self.analyser.allowed.covers(text, hit.start, hit.end)]

    def _key(self, paragraph: str) -> str:
        text = f"{self.analyser.version}\0{paragraph}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(text, digest_size=16).hexdigest()


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, hit.end


def _overlap(left: Hit, right: Hit) -> bool:
    return left.start < right.end and right.start < left.end
