"""Letters and guides: pages that are known by what they hold."""

from crawler.parsing import kinds
from crawler.parsing.lists.column import Listing
from crawler.parsing.page_kinds.case import Case, OpenPage, Verdict
from crawler.parsing.services.guides import ELEMENTS, close_up, read_guide
from crawler.parsing.services.letters import LETTER_LABEL, read_detail, read_inquiries
from crawler.parsing.services.letters import NAME as INQUIRY_NAME
from domain.captured import Detail, Inquiry, PageKind

_GUIDE_WORDS = (
    "依据",
    "条件",
    "材料",
    "流程",
    "程序",
    "时限",
    "收费",
    "地点",
    "窗口",
    "电话",
    "监督",
    "机构",
    "主体",
    "对象",
)
_GUIDE_NAMES = 5  # of these words, before a guide is looked for
_GUIDE_ELEMENTS = 4  # of the elements of a guide, named on the page
LISTED = 2.0  # list points that make a column


def letter(case: Case) -> Verdict | None:
    """One letter with its answer, each with its time."""
    text = case.seen.text
    if not any(word in text for word in ("来信", "留言", "咨询")):
        return None
    if not any(word in text for word in ("答复", "回复", "状态")):
        return None
    letter = read_detail(case.lines, case.article.title, case.seen.url, case.page.as_of)
    told = ("有来信和答复的内容与时间",)
    return Verdict(PageKind.INQUIRY, Detail.LETTER, told, inquiries=(letter,)) if letter else None


def guide(case: Case) -> Verdict | None:
    """Names the elements of a guide (办事指南)."""
    text = case.seen.text
    if "材料" not in text and "办理" not in text:  # the cheap look: no guide does without both
        return None
    if sum(word in text for word in _GUIDE_WORDS) < _GUIDE_NAMES:
        return None
    close = close_up(text)
    if sum(bool(pattern.search(close)) for pattern in list(ELEMENTS.values())[1:]) < _GUIDE_ELEMENTS:
        return None
    guide = read_guide(case.page.decoded.text, case.article.title)
    return Verdict(PageKind.GUIDE, reasons=(f"办事指南要素{len(guide.elements)}个",), guide=guide) if guide else None


def letters(case: Case) -> Verdict | None:
    """A list whose entries have states or days of answers."""
    found = _inquiries(case.page, case.listing.features, case.listing) if case.list_side[0] >= LISTED else ()
    told = (*case.told, "有来信状态或答复时间")
    return Verdict(PageKind.INQUIRY, Detail.LETTERS, told, case.listing, found) if found else None


def _inquiries(page: OpenPage, seen: kinds.Features, listing: Listing) -> tuple[Inquiry, ...]:
    names = seen.title + " ".join(name for name, _ in seen.trail) + listing.name
    found = read_inquiries(page.tree, page.targets, listing.blocks, page.url, page.as_of)
    told = sum(bool(row.replied_on or row.status) for row in found)
    return found if INQUIRY_NAME.search(names) or (told * 2 > len(found) and _speaks_of_letters(listing)) else ()


def _speaks_of_letters(listing: Listing) -> bool:
    """Whether a list of the page, its head included, has the labels of letters."""
    for block in listing.blocks:
        tree, place = block.tree, block.container
        whole = tree.parents[place] if tree.tags[place] == "tbody" else place
        if not block.side and LETTER_LABEL.search(tree.text_of(whole, " ")):
            return True
    return False
