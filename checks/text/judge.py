"""All text checks over paragraphs, with a memory: a paragraph that was just seen is not analysed again."""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field

from checks.text.formats import check_document
from checks.text.hits import Hit
from checks.text.memory import Recent
from checks.text.misstatement import Phrases, check_statements, load_phrases
from checks.text.privacy import check_privacy
from checks.text.seams import across_gaps, as_seen
from checks.text.typos.analyser import Analyser


@dataclass(frozen=True)
class TextJudge:
    """Judges documents given as paragraphs, each text once as long as it is remembered."""

    analyser: Analyser
    phrases: Phrases = field(default_factory=load_phrases)
    memory: MutableMapping[str, list[Hit]] = field(default_factory=Recent)

    def typos(self, paragraphs: Sequence[str]) -> list[list[Hit]]:
        """Typos of each paragraph; only text that is not remembered is analysed."""
        found = {text: self.memory.get(text) for text in paragraphs}  # the memory forgets while it learns
        fresh = [text for text, hits in found.items() if hits is None]
        for text, hits in zip(fresh, self.analyser.analyse(fresh), strict=True):
            found[text] = self.memory[text] = hits
        return [found[text] or [] for text in paragraphs]

    def judge(self, paragraphs: Sequence[str]) -> list[list[Hit]]:
        """Everything found in one document, by paragraph; a misstatement hides a typo at the same place.

        A hit that the end of a line parts belongs to the line where it begins; its end counts on into the next ones.
        """
        results = as_seen(paragraphs, self._judge)
        for number, hit in across_gaps(paragraphs, lambda text: self._judge([text])[0]):
            if not any(_overlap(hit, other) for other in results[number]):
                results[number] = sorted([*results[number], hit], key=_place)
        return results

    def _judge(self, paragraphs: Sequence[str]) -> list[list[Hit]]:
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


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, hit.end


def _overlap(left: Hit, right: Hit) -> bool:
    return left.start < right.end and right.start < left.end
