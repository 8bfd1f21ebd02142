"""统计截止: what of a period may be counted to another moment than its 监测时间点."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum


class Cutoff(StrEnum):
    """What has a cut-off of its own where an office wants one."""

    SITES = "sites"
    ACCOUNTS = "accounts"
    VISITS = "visits"
    LETTERS = "letters"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {"sites": "网站", "accounts": "新媒体账号", "visits": "检查家次", "letters": "整改文书"}[self.value]


WORDS: Mapping[str, Cutoff] = {
    **{each.value: each for each in Cutoff},
    **{each.label: each for each in Cutoff},
    "账号": Cutoff.ACCOUNTS,
    "新媒体": Cutoff.ACCOUNTS,
    "家次": Cutoff.VISITS,
    "文书": Cutoff.LETTERS,
}
_HEADS = {
    "sites": Cutoff.SITES,
    "scores": Cutoff.SITES,
    "accounts": Cutoff.ACCOUNTS,
    "visits": Cutoff.VISITS,
    "reminders": Cutoff.LETTERS,
    "rectified": Cutoff.LETTERS,
}
_SCOPES = {"platform": Cutoff.ACCOUNTS, "level": Cutoff.SITES}


def subject_of(kind: str, scope: str) -> Cutoff | None:
    """What a figure counts; None for one of sites and accounts together, and for what has no such cut-off."""
    return _HEADS.get(kind.partition(".")[0]) or _SCOPES.get(scope.partition("/")[0])


def subject_named(word: str) -> Cutoff:
    """家次, visits...; ValueError names them all."""
    if word not in WORDS:
        raise ValueError(f"没有“{word}”这一项统计截止；可写：{'、'.join(each.label for each in Cutoff)}")
    return WORDS[word]


def own_cutoffs(told: Mapping[str, datetime], cutoff: datetime) -> dict[str, datetime]:
    """By subject, in one order, without those that say what the period says anyway; ValueError for an unknown one."""
    found = {subject_named(word): moment for word, moment in told.items()}
    return {each.value: found[each] for each in Cutoff if each in found and found[each] != cutoff}
