"""Pages that are none of their site's own: on the way to another one, errors, log-in, search, nothing at all."""

import re

from crawler.parsing.html.jumps import jump_target
from crawler.parsing.page_kinds.case import Case, Verdict
from crawler.parsing.words import ERROR, SAYS_ERROR
from domain.captured import Detail, Link, PageKind

_AROUND = re.compile(r"^\W*(?:返回|关闭|刷新)|今天是|星期[一二三四五六日天]|当前位置|您的位置")
_TOPIC = re.compile(r"关于|通知|公告|说明|公示|[的与和].{2,}")  # a page about errors is no error page
_SEARCH = re.compile(r"/search|/sousuo|/so/|[?&](?:searchword|keyword|kw|q|qt|wd)=", re.I)
_SHORT = 600  # characters of a page that is looked at as an error or log-in page


def jump(case: Case) -> Verdict | None:
    """A page whose text only sends the reader on, by a meta refresh or a script of its own."""
    page = case.page
    target = jump_target(page.tree, case.seen.main, page.base) if case.status < 400 else ""
    if not target:
        return None
    if not any(link.tag == "meta" for link in page.links):
        page.links += (Link(target, "", "meta"),)
    return Verdict(PageKind.HOME if case.home else PageKind.OTHER, Detail.JUMP, (f"页面自动跳转到{target}",))


def error_status(case: Case) -> Verdict | None:
    """The server answered with 400 or more."""
    return Verdict(PageKind.ERROR, reasons=(f"状态码{case.status}",)) if case.status >= 400 else None


def error_title(case: Case) -> Verdict | None:
    """A short page whose title is an error message, and not about errors."""
    seen = case.seen
    if len(seen.text) >= _SHORT or seen.body[400:] or _TOPIC.search(seen.title) or not ERROR.search(seen.title[:40]):
        return None
    return Verdict(PageKind.ERROR, reasons=(f"标题“{seen.title[:30]}”是错误提示",))


def error_text(case: Case) -> Verdict | None:
    """A page of few words and links that begins with an error message."""
    seen = case.seen
    if len(seen.text) >= 300 or len(case.page.tree.links) >= 12 or _TOPIC.search(seen.title):
        return None
    return Verdict(PageKind.ERROR, reasons=("内容是错误提示",)) if ERROR.search(seen.text[:120]) else None


def only_says_error(case: Case) -> Verdict | None:
    """Beside navigation and footer it says nothing but that something is missing."""
    own = case.seen.own
    if len(own) > 12:
        return None
    lines = [line for line in own if not _AROUND.search(line) and len(line) > 4]
    if 0 < len(lines) <= 4 and sum(map(len, lines)) < 120 and any(SAYS_ERROR.search(line[:45]) for line in lines):
        return Verdict(PageKind.ERROR, reasons=("除错误提示外没有内容",))
    return None


def login(case: Case) -> Verdict | None:
    """A short page with a field for a password."""
    tree = case.page.tree
    if len(case.seen.text) >= _SHORT:
        return None
    fields = (tree.attrs[i].get("type") or "" for i in tree.others if tree.tags[i] == "input")
    return Verdict(PageKind.OTHER, Detail.LOGIN, ("有密码输入框",)) if "password" in map(str.lower, fields) else None


def search(case: Case) -> Verdict | None:
    """An address of a search, and the word 搜索."""
    seen = case.seen
    path = seen.url.partition("://")[2].partition("/")[2].join(("/", ""))
    if _SEARCH.search(path) and "搜索" in seen.title + seen.text[:2000]:
        return Verdict(PageKind.OTHER, Detail.SEARCH, ("站内搜索页",))
    return None


def no_page(case: Case) -> Verdict | None:
    """No title, heading, link or script."""
    tree = case.page.tree
    if tree.links or tree.title or tree.heads or tree.scripts:
        return None
    detail = Detail.NONE if case.seen.text.strip() else Detail.EMPTY
    return Verdict(PageKind.OTHER, detail, ("没有标题和链接，不是网页正文",))
