"""What a lesson for the typo check would hit: in the stored pages and posts, the learnt text and the demo texts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import exp
from pathlib import Path

from checks.text.language.starter import load_language
from checks.text.language.statistics import Statistics
from checks.text.typos.analyser import Analyser
from checks.text.typos.dictionary import familiarity, load_dictionary
from democity import phrases
from domain.findings import FindingRecord
from domain.plain_text import visible
from domain.ports import Store
from inspection.people.findings import CURRENT, findings_of
from inspection.people.lessons import SHOWN, TYPO, WRONG, Lesson, Preview, Use
from inspection.people.word_lists import is_covered
from inspection.texts.installation import FOLDER
from inspection.texts.statistics import current_language

MOST_PAGES = 50_000  # of stored pages, site by site: a minute or two
_KNOWN = 1.38  # ln(1 + 3): it stands in three distinct paragraphs of the learnt text
_FAR = 3.9  # ln 50: a right form that much more frequent makes it a slip that was learnt too
_WINDOW = 5  # characters the statistics know
_SLOT = re.compile(r"\{\w+\}")
Text = tuple[str, str]  # paragraph, where it stands


@dataclass
class Rehearsal:
    """Looks at lessons before they are noted; remembers what it saw, so that a sheet of lessons costs one look."""

    store: Store
    data: Path
    at: datetime
    most: int = MOST_PAGES
    seen: dict[Lesson, Preview] = field(default_factory=dict)

    def __call__(self, lessons: Sequence[Lesson]) -> Mapping[Lesson, Preview]:
        """A preview of each lesson."""
        fresh = [lesson for lesson in dict.fromkeys(lessons) if lesson not in self.seen]
        wrong = [lesson for lesson in fresh if lesson.name == WRONG]
        self.seen |= self._wrong_forms(wrong) if wrong else {}
        allowed = [lesson for lesson in fresh if lesson.name != WRONG]
        self.seen |= self._allowed_forms(allowed) if allowed else {}
        return {lesson: self.seen[lesson] for lesson in lessons}

    def _allowed_forms(self, lessons: Sequence[Lesson]) -> dict[Lesson, Preview]:
        """What somebody confirmed and the forms would silence."""
        checks = dict.fromkeys(lesson.check for lesson in lessons)
        known = (record for check in checks for record in findings_of(self.store, check))
        confirmed = [record.finding for record in known if record.review.verdict == "confirmed"]
        found = {}
        for lesson in lessons:
            uses = [
                Use(str(finding.facts.get("sentence")), finding.ref.url)
                for finding in confirmed
                if finding.check == lesson.check and is_covered(finding, lesson.words[0])
            ]
            found[lesson] = Preview(len(uses), tuple(uses[:SHOWN]), looked="已核对全部已确认的问题")
        return found

    def _wrong_forms(self, lessons: Sequence[Lesson]) -> dict[Lesson, Preview]:
        language = load_language(current_language(self.data / FOLDER))
        analysers = {lesson: Analyser(language, dictionary=load_dictionary((_pair(lesson),))) for lesson in lessons}
        known = list(findings_of(self.store, TYPO, CURRENT))
        asked = {lesson: _asked(lesson, known) for lesson in lessons}
        uses: dict[Lesson, dict[str, Use]] = {lesson: {} for lesson in lessons}
        wanted = re.compile("|".join(re.escape(lesson.words[0]) for lesson in lessons))
        texts = _Counted(self._texts())
        for text, where in texts:
            if not wanted.search(text):
                continue
            for lesson, analyser in analysers.items():
                if lesson.words[0] not in text:
                    continue
                for hit in analyser.analyse([text])[0]:
                    if hit.layer == "own" and hit.sentence not in asked[lesson]:
                        uses[lesson].setdefault(hit.sentence, Use(hit.sentence, where))
        looked = f"已核对 {texts.number} 段已采集的文字、学习过的文本和演示文本"
        return {
            lesson: Preview(len(found), tuple(found.values())[:SHOWN], learnt(lesson, language), looked)
            for lesson, found in uses.items()
        }

    def _texts(self) -> Iterator[Text]:
        registry = self.store.load_registry()
        pages = 0
        for site in registry.sites:
            for page in self.store.pages(site.id, self.at):
                pages += 1
                if page.reading is None or pages > self.most:
                    continue
                lines = [*page.reading.text.split("\n"), *(entry.title for entry in page.reading.entries)]
                yield from ((visible(line), page.url) for line in lines if line)
        for account in registry.accounts:
            for post in self.store.posts(account.id, None, self.at):
                yield from ((visible(line), post.url or account.name) for line in (post.title, *post.text.split("\n")))
        yield from ((text, "演示文本") for text in demo_texts())


def _asked(lesson: Lesson, known: Iterable[FindingRecord]) -> set[str]:
    """The sentences that are already called wrong, or doubted, for the same reason."""
    same = (r.finding for r in known if r.finding.check == TYPO and r.state.is_open)
    return {lesson.sentence} | {str(f.facts.get("sentence")) for f in same if is_covered(f, lesson.words[0])}


class _Counted:
    """Counts what passes."""

    def __init__(self, texts: Iterator[Text]) -> None:
        self.texts, self.number = texts, 0

    def __iter__(self) -> Iterator[Text]:
        for item in self.texts:
            self.number += 1
            yield item


def learnt(lesson: Lesson, statistics: Statistics) -> int:
    """In how many paragraphs of the learnt text a wrong form stands as if it were right; 0 where it hardly does."""
    wrong, right = lesson.words
    known = _known(wrong, statistics)
    slip = len(wrong) == len(right) and _known(right, statistics) - known >= _FAR
    return 0 if known < _KNOWN or slip else round(exp(known) - 1)


def _known(form: str, statistics: Statistics) -> float:
    """The least known five characters of a form."""
    return min(
        familiarity(form[start : start + _WINDOW], statistics) for start in range(max(1, len(form) - _WINDOW + 1))
    )


def demo_texts() -> Iterator[str]:
    """The stock of sentences of the demo city, without what is filled in."""
    for stock in vars(phrases).values():
        groups = stock.values() if isinstance(stock, dict) else (stock,)
        rows = (row for group in groups if isinstance(group, list | tuple) for row in group)
        for row in rows:
            yield from (part for part in _SLOT.split(row) if part)


def _pair(lesson: Lesson) -> tuple[str, str]:
    return lesson.words[0], lesson.words[1]
