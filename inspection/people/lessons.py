"""What a decision about a typo would teach the text checks, and why that may be refused.

A wrong form is certain wherever it stands, so it must not stand in right text; an allowed form silences whatever it
covers, so it must not cover what somebody confirmed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from checks.text.typos.reviewed_forms import allowed_phrase, confirmed_form
from domain.errors import UsageError
from domain.findings import Finding

WRONG, ALLOWED = "wrong.tsv", "allowed.tsv"
TYPO, STATEMENT = "text.typo", "text.misstatement"
SHOWN = 5  # sentences


@dataclass(frozen=True, slots=True)
class Lesson:
    """One row for a list: (wrong, right) for the wrong forms, (phrase,) for the allowed ones."""

    name: str
    words: tuple[str, ...]
    sentence: str  # of the decision itself
    check: str = TYPO

    @property
    def shown(self) -> str:
        """The row as a person reads it."""
        return f"自有错词“{self.words[0]} → {self.words[1]}”" if self.name == WRONG else f"允许写法“{self.words[0]}”"


@dataclass(frozen=True, slots=True)
class Use:
    """A sentence that a lesson would hit, and where it stands."""

    sentence: str
    where: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a lesson would hit beside the place it comes from; `looked` says what was read to know it."""

    count: int = 0
    uses: tuple[Use, ...] = ()
    learnt: int = 0  # paragraphs of the learnt text that write so
    looked: str = ""

    @property
    def harmless(self) -> bool:
        """Whether the lesson may be noted."""
        return not self.count and not self.learnt


Previewer = Callable[[Sequence[Lesson]], Mapping[Lesson, Preview]]


class UnsafeLesson(UsageError):
    """A lesson that would hit other text. Nothing was changed."""


def lesson_of(finding: Finding, verdict: str, context: str = "") -> Lesson | None:
    """What a verdict teaches, None for nothing. `context`: a longer part of the sentence to take instead."""
    if finding.check not in {TYPO, STATEMENT}:
        return None
    sentence, wrong, at = spot_of(finding)
    right = str(finding.facts.get("suggestion") or "")
    if at < 0:
        return None
    start = _start_of(context, sentence, wrong, at) if context else -1
    if verdict == "confirmed" and finding.check == TYPO and right:
        form = confirmed_form(sentence, at, wrong, right)
        if start >= 0:
            place = at - start
            form = context, context[:place] + right + context[place + len(wrong) :]
        return Lesson(WRONG, form, sentence) if len(form[0]) > 1 else None
    if verdict == "rejected":
        return Lesson(ALLOWED, (context or allowed_phrase(sentence, at, wrong),), sentence, finding.check)
    return None


def require_harmless(lesson: Lesson, preview: Preview) -> None:
    """UnsafeLesson tells what the lesson would hit, and what to do instead."""
    if preview.harmless:
        return
    found = [
        f"{preview.count} 处" if preview.count else "",
        f"学习过的文本中约 {preview.learnt} 段" if preview.learnt else "",
    ]
    what = "别处也这样写" if lesson.name == WRONG else "会使已确认的问题不再提示"
    lines = [f"{lesson.shown}没有记入：{what}（{'，'.join(part for part in found if part)}）"]
    lines += [f"  {use.sentence}（{use.where}）" for use in preview.uses]
    lines.append(
        f"请用 --context 写出原句中更长、别处不会出现的一段（原句：{lesson.sentence}），"
        "或加 --only 只对这一个问题下结论、不记入词表；本次没有作任何改动"
    )
    raise UnsafeLesson("\n".join(lines))


def spot_of(finding: Finding) -> tuple[str, str, int]:
    """(sentence, wrong characters, their place in it); -1 where the finding does not tell."""
    sentence, wrong = str(finding.facts.get("sentence") or ""), str(finding.facts.get("wrong") or "")
    at = finding.facts.get("at")
    place = at if isinstance(at, int) else sentence.find(wrong) if sentence.count(wrong) == 1 else -1
    return sentence, wrong, place if wrong and sentence[max(0, place) :].startswith(wrong) else -1


def _start_of(context: str, sentence: str, wrong: str, at: int) -> int:
    start = sentence.find(context, max(0, at + len(wrong) - len(context)))
    if not 0 <= start <= at:
        raise UsageError(f"“{context}”不是原句中含“{wrong}”的一段；原句：{sentence}")
    return start
