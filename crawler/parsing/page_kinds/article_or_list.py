"""Home pages, articles and columns: what is left, by what speaks for each."""

from crawler.parsing.page_kinds.case import Case, Verdict
from crawler.parsing.page_kinds.services import LISTED
from domain.captured import Detail, PageKind

_SURE = 7.0  # article points above which the lists of the page are not looked at
_MIN = 3.0  # article points that win over a list that is not better
_MIN_BARE = 2.0  # enough where no list is to be seen: a video with its date
_MIN_ALONE = 1.2  # enough where nothing speaks for a list
_NO_LIST = 1.0  # list points below which nothing speaks for a list


def home(case: Case) -> Verdict | None:
    """The home address of the site; without lists of its own it is only a navigation."""
    if not case.home:
        return None
    if any(block.entries for block in case.listing.lists):
        return Verdict(PageKind.HOME, reasons=("首页地址",), listing=case.listing)
    return Verdict(PageKind.HOME, Detail.NAV_HOME, ("首页没有信息列表",), case.listing)


def sure_article(case: Case) -> Verdict | None:
    """So much speaks for an article that its lists are not looked at."""
    points, why = case.alone
    return Verdict(PageKind.ARTICLE, case.subject, tuple(why)) if points >= _SURE else None


def article_over_list(case: Case) -> Verdict | None:
    """More speaks for an article than for a column, and enough of it."""
    (points, _), (listed, _) = case.article_side, case.list_side
    if points >= listed and (points >= _MIN or (points >= _MIN_ALONE and listed < _NO_LIST)):
        return Verdict(PageKind.ARTICLE, case.subject, case.told)
    return None


def text_without_list(case: Case) -> Verdict | None:
    """Running text, and no list."""
    seen = case.listing.features
    if seen.items or seen.empty or len(seen.main) < 80 or len(seen.body) < 40:
        return None
    kind = PageKind.ARTICLE if case.article_side[0] >= _MIN_ALONE else PageKind.OTHER
    return Verdict(kind, case.subject, (*case.told, "有正文而没有列表"))


def column(case: Case) -> Verdict | None:
    """Enough speaks for a column."""
    if case.list_side[0] < LISTED:
        return None
    return Verdict(PageKind.COLUMN, case.listing.detail or case.subject, case.told, case.listing)


def bare(case: Case) -> Verdict | None:
    """Neither: an article where a little speaks for one, else something else."""
    kind = PageKind.ARTICLE if case.article_side[0] >= _MIN_BARE else PageKind.OTHER
    return Verdict(kind, case.subject, case.told, case.listing)
