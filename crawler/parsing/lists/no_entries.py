"""Links that are no entries of a list: page numbers, 更多, 上一篇, attachments, official badges."""

import re

from crawler.parsing.html.tree import Tree
from crawler.parsing.lists.headings import MORE

_PAGER_TEXT = re.compile(
    r"^(?:\d{1,4}|\[\d{1,4}\]|第?\s?[上下首末尾前后]一?页.{0,2}|第?[一末]页|[<>«»‹›＜＞]{1,2}|\.{2,3}|…|首|末|尾|共\d+页|GO|跳转|确定|Next|Prev\w*|Last|First|首页|尾页)$",
    re.I,
)
PAGER_HINT = re.compile(
    r"(?:^|[\s_-])(?:page[rs]?|paging|pagination|fenye|fy|pages?[-_]?(?:nav|bar|num|list|box|con)|pagebar|pageing|laypage)(?:$|[\s_\d-])",
    re.I,
)
_READ_ON = re.compile(
    r"^\W{0,3}(?:详细|详情|查看(?:详情|全文|详细)?|阅读(?:全文|更多|原文)?|全文|点击查看|继续阅读)\W{0,3}$"
)
_PERIOD = re.compile(
    r"^\W{0,2}(?:19|20)\d\d\s*(?:年度?)?(?:\s*\d{1,2}\s*月份?|第?[一二三四1-4]季度)?\W{0,2}$"
)  # an archive's link
_TURN = re.compile(r"^\W{0,2}[上下前后]一?[篇条则个]\s*(?:文章|新闻|信息)?\s*[:：]?")
_ATTACHED = re.compile(r"^\W{0,2}附件\s*+[\d一二三四五六七八九十]{0,3}\s*+[:：.、]")
_ATTACHED_LABEL = re.compile(r"附件\s*+[\d一二三四五六七八九十]{0,3}\s*+[:：.、]?\s*+$")
_TURN_LABEL = re.compile(r"[上下前后]一?[篇条则个]\s*+(?:文章|新闻|信息)?\s*+[:：]?\W*+$")
OFFICIAL = re.compile(
    r"//(?:[\w.]*beian\.(?:miit\.)?gov\.cn|beian\.mps\.gov\.cn|bszs\.conac\.cn|zfwzgl\.www\.gov\.cn|[\w.]*miibeian\.gov\.cn)"
)


def pager_zones(tree: Tree) -> list[tuple[int, int]]:
    """The elements that hold nothing but page numbers."""
    return [
        (index, tree.ends[index])
        for index in range(tree.body + 1, len(tree.tags))
        if tree.attrs[index] and tree.tags[index] != "body" and tree.ends[index] - index < 120 and PAGER_HINT.search(tree.hints[index])
        and _pager_like(tree, index)
    ]  # fmt: skip


def _pager_like(tree: Tree, index: int) -> bool:
    links = [i for i in range(index, tree.ends[index]) if tree.tags[i] == "a"]
    return all(_PAGER_TEXT.match(tree.text_of(link)) or not tree.text_of(link) for link in links)


def is_chrome(tree: Tree, link: int) -> bool:
    """Whether a link turns pages, leads on or to an attachment, or is a button, so that it is no entry."""
    if tree.ends[link] - link > 4:
        return False
    text = tree.text_of(link)
    if len(text) < 6 and tree.attrs[link].get("href") == "#":
        return True
    if _PAGER_TEXT.match(text) or MORE.match(text) or _READ_ON.search(text) or _PERIOD.match(text):
        return True
    return _leads_on(tree, link, text)


def _leads_on(tree: Tree, link: int, text: str) -> bool:
    """A link to the article before or behind (上一篇), or to an attachment."""
    if _TURN.match(text) or _ATTACHED.match(text):
        return True
    before = next((tree.texts[i] for i in range(link - 1, max(link - 4, 0), -1) if tree.texts[i]), "")
    return bool(before) and bool(_TURN_LABEL.search(before) or _ATTACHED_LABEL.search(before))
