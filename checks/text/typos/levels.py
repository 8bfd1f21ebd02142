"""How sure a proposed change is: rules in order, the first that holds decides.

docs/decisions/typo-levels.md is made from the table; each rule has an example that fires it and one that must not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from checks.text.hits import Level
from checks.text.typos import guards
from checks.text.typos.flags import LEARNT, WEIGHED, Flag
from checks.text.typos.guards import AllowList
from checks.text.typos.second_vote import Scorer

_PLAIN_PATH = 2.0
# How far the odds of being wrong may exceed those of `probable`, by class, measured on clean text and injected errors.
_SLACK = {"plain": 2.0, "homophone": 1.0, "other": 0.5, "word": 0.8, "no word": 0.9}
_STRANGE, _STRANGE_BUT_SAID = 0.25, 0.5  # the same where the surroundings are little known; where the words insist
_SURE = 0.98
_HEARD = 3.0  # ln(1 + 20)
# What the words of general Chinese must gain by the change (log10), where they are asked: to support it, to vouch for it
# in surroundings that the learnt text does not know.
_WORDS_SUPPORT, _WORDS_VOUCH, _WORDS_INSIST = 2.0, 3.0, 5.0


@dataclass
class Proposal:
    """One flag in its paragraph, and what the office allows. `probable` is the least confidence without a second vote."""

    text: str
    flag: Flag
    allowed: AllowList
    probable: float
    scorer: Scorer | None = None

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.flag.start, self.flag.end

    @cached_property
    def strange(self) -> bool:
        """The surroundings are not those of the learnt text."""
        return _is_strange(self.flag.evidence)

    @property
    def unsure(self) -> bool:
        """The ranker is not quite certain."""
        return self.flag.confidence < _SURE

    def within(self, *places: Callable[..., bool]) -> bool:
        """Whether it stands in a place of one of these sorts."""
        return any(place(self.text, *self.span) for place in places)

    @property
    def lacks_modern_words(self) -> bool:
        """Nothing around is written as we write today."""
        return guards.lacks_modern_words(self.text, *self.span)

    @property
    def agreed(self) -> bool:
        """By the second vote where there is one, else by the bar."""
        flag = self.flag
        if self.scorer:
            return self.scorer.agrees(self.text, flag.start, flag.end, flag.right)
        return flag.confidence >= _bar(flag, self.probable)


class Rule(NamedTuple):
    """`level` None leaves the place alone. `says`: in English, for the decision page."""

    name: str
    holds: Callable[[Proposal], bool]
    level: Level | None
    says: str


def _is_learnt(at: Proposal) -> bool:
    return at.flag.layer in LEARNT


def _rare_variant(at: Proposal) -> bool:
    is_variant = at.flag.layer == "variant" and not at.flag.evidence["right"]
    return is_variant and guards.lacks_modern_words(at.text, *at.span, least=8)


def _weighed_doubtful(at: Proposal) -> bool:
    if at.flag.layer not in WEIGHED:
        return False
    return not at.flag.evidence["sure"] or at.within(guards.in_title, guards.in_short_quotes, guards.in_foreign_name)


def _titled(at: Proposal) -> bool:
    return not _is_learnt(at) and at.flag.layer != "own" and at.within(guards.in_title)


def _written_so(at: Proposal) -> bool:
    evidence = at.flag.evidence
    return _is_familiar(evidence) and (at.unsure or _words_gain(evidence) < _WORDS_VOUCH)


def _strange_old(at: Proposal) -> bool:
    return at.strange and (at.unsure or _is_alien(at.flag.evidence)) and at.lacks_modern_words


LADDER = (
    Rule("allowed", lambda at: at.allowed.covers(at.text, *at.span), None, "An inspector said it is right as it stands."),
    Rule("classical", lambda at: at.within(guards.is_classical), None, "Classical prose."),
    Rule("verse", lambda at: at.within(guards.is_verse) and not _is_usual(at.flag), None, "Verse whose words are not usual."),
    Rule("rare_variant", _rare_variant, None, "A variant character that the learnt text does not know, in old words."),
    Rule("weighed_doubtful", _weighed_doubtful, Level.SUSPECTED, "A slip in an idiom, a doubled or missing character: unsure, in a title, in short quotes or a foreign name."),
    Rule("weighed", lambda at: at.flag.layer in WEIGHED, Level.PROBABLE, "The same where the words around vouch for it."),
    Rule("exact_in_title", _titled, Level.SUSPECTED, "A listed wrong form in a title; a form that a person taught holds there too."),
    Rule("exact", lambda at: not _is_learnt(at), Level.CERTAIN, "A listed wrong form."),
    Rule("foreign_name", lambda at: at.within(guards.in_foreign_name), None, "Inside a foreign name."),
    Rule("list_of_names", lambda at: at.within(guards.in_list), None, "Inside a list of names."),
    Rule("familiar", _written_so, None, "The learnt text writes it so, often enough; unless it is certain by the counts and the words vouch for the change."),
    Rule("amount", lambda at: at.within(guards.in_amount), None, "Inside an amount of money."),
    Rule("strange_old", _strange_old, None, "Little is known around, and nothing around is modern."),
    Rule("person_name", lambda at: at.within(guards.in_person_name), Level.SUSPECTED, "May be a person's name."),
    Rule("place_name", lambda at: at.within(guards.in_place_name), Level.SUSPECTED, "May be the name of a town or a village."),
    Rule("short_quotes", lambda at: at.within(guards.in_short_quotes), Level.SUSPECTED, "Inside short quotation marks."),
    Rule("short_form", lambda at: at.within(guards.ends_short_form), Level.SUSPECTED, "May be the last character of an office's short form."),
    Rule("couplet", lambda at: at.within(guards.in_couplet), Level.SUSPECTED, "Inside a couplet."),
    Rule("unsure_in_title", lambda at: at.unsure and at.within(guards.in_title), Level.SUSPECTED, "Not certain, and in a title."),
    Rule("recurs", lambda at: at.unsure and at.within(guards.recurs), Level.SUSPECTED, "Not certain, and written so again."),
    Rule("strange_without_word", lambda at: at.strange and not _makes_word(at.flag.evidence), Level.SUSPECTED, "Little is known around, and the change makes no word."),
    Rule("no_support", lambda at: not _has_support(at.flag), Level.SUSPECTED, "The change makes neither a word nor a sequence of four that is known."),
    Rule("agreed", lambda at: at.agreed, Level.PROBABLE, "The second vote agrees, or the odds pass the bar of its class."),
    Rule("rest", lambda at: True, Level.SUSPECTED, "Everything else the counts favour."),
)  # fmt: skip


def decide(at: Proposal) -> Rule:
    """The first rule that holds; the last one always does."""
    return next(rule for rule in LADDER if rule.holds(at))


def _bar(flag: Flag, probable: float) -> float:
    """Homophones are what input methods put in; other confusions, and words that replace words, need more."""
    return 1 - (1 - probable) * _SLACK[_class(flag)] * _caution(flag.evidence)


def _caution(evidence: Mapping[str, float]) -> float:
    if not _is_unfamiliar(evidence):
        return 1
    return _STRANGE_BUT_SAID if _words_gain(evidence) >= _WORDS_INSIST else _STRANGE


def _is_familiar(evidence: Mapping[str, float]) -> bool:
    """The original stands in a dozen distinct paragraphs, and the candidate is not 50 times as frequent."""
    return evidence["old3"] >= 2.56 and evidence["new3"] - evidence["old3"] < 3.9


def _is_strange(evidence: Mapping[str, float]) -> bool:
    """The surroundings are not those of the learnt text, and general Chinese does not vouch for the change."""
    return evidence["known_left"] + evidence["known_right"] < 0.9 and _words_gain(evidence) < _WORDS_VOUCH


def _words_gain(evidence: Mapping[str, float]) -> float:
    return evidence.get("words_gain", 0.0)


def _class(flag: Flag) -> str:
    if flag.layer == "words":
        return "word" if flag.evidence["word_old"] > 0 else "no word"
    if flag.evidence["path_gain"] < _PLAIN_PATH:
        return "plain"  # the words alone do not speak for the change: the counts do
    return "homophone" if flag.evidence["kind"] == 1 else "other"


def _is_unfamiliar(evidence: Mapping[str, float]) -> bool:
    return evidence["known_left"] + evidence["known_right"] < 1


def _is_alien(evidence: Mapping[str, float]) -> bool:
    """Little is known on either side."""
    return max(evidence["known_left"], evidence["known_right"]) < 0.4


def _is_usual(flag: Flag) -> bool:
    """The learnt text knows what stands around, or the right form: slogans go in sevens as verse does."""
    if flag.layer in LEARNT:
        return not _is_unfamiliar(flag.evidence)
    return flag.evidence["right"] >= _HEARD


def _has_support(flag: Flag) -> bool:
    """The change makes a word, or a sequence of four that the learnt text knows; single pairs and triples are chance."""
    evidence = flag.evidence
    known = evidence["word"] > 0 or evidence["new4"] >= 1.2 or _words_gain(evidence) >= _WORDS_SUPPORT
    return flag.layer == "words" or known or _class(flag) == "plain"


def _makes_word(evidence: Mapping[str, float]) -> bool:
    return evidence["path_gain"] >= 2 or evidence["word"] > 0
