"""The answer of an in-site search: does it show the article that was asked for, or plainly not? Pure."""

import re
from collections.abc import Collection
from urllib.parse import unquote

from crawler.parsing.html.addresses import scope_of
from crawler.parsing.services.search_forms import inline_scripts
from crawler.spans import without
from domain.captured import Detail, Reading

_NOISE = re.compile(r"[^\u4e00-\u9fff0-9A-Za-z]+")
_NOTHING = re.compile(
    r"(?:找到|搜索到|搜到|检索到|查询到|查到|共有?|约|总计)\D{0,6}?(?<!\d)0\s*(?:条|个|项|篇|件)"
    r"|(?<!\d)0\s*(?:条|个|项|篇)\s*(?:相关)?(?:结果|记录|信息|内容)"
    r"|(?:没有?|未能?)(?:有)?(?:找到|搜索到|检索到|搜到|查询到|查到)|(?:找|搜|查)不到"
    r"|没有.{0,60}?(?:相关|符合|匹配).{0,12}?(?:结果|记录|信息|内容|数据)"
    r"|暂无(?:相关|搜索|检索|查询)?(?:结果|记录|信息|内容|数据)|no results?",
    re.I,
)
_RESULTS = re.compile(
    r"(?:找到|搜索到|检索到|查询到|约有?|共有?)\D{0,8}[1-9]\d*\s*(?:条|个|项|篇)|(?:搜索|检索|查询)结果"
)
_AJAX = re.compile(r"\$\.(?:ajax|get|post|getJSON)\b|\bfetch\s*\(|XMLHttpRequest|axios|new\s+Vue|createApp|\.load\s*\(")
_TEMPLATE = re.compile(
    r"\{\{.{0,80}?\}\}|\bv-(?:for|if|html|text)=|ng-(?:repeat|app)|type=[\"']text/(?:html|template|x-)", re.I
)
_LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|superslide|slide|layer|respond|html5|wow|animate|stat|analytics|hm\.js", re.I
)
_CAPTCHA = re.compile(r"验证码|captcha|安全验证|人机验证", re.I)
_UNSEEN = re.compile(r"<(?:script|style|title)\b", re.I)
_UNSEEN_END = re.compile(r"</(?:script|style|title)>", re.I)
_TAG = re.compile(r"<[^<>]*>")
_LINE = 120  # characters; longer ones are summaries of results
_WORDS = 6  # characters; shorter link texts are buttons
MIN_WORDS, MAX_WORDS = 8, 20


def plain(text: str) -> str:
    """A text without spaces and punctuation, in which titles are compared."""
    return _NOISE.sub("", text)


def searched_words(title: str) -> str:
    """The part of a title to search for: its longest run of letters, at most 20; empty when there is none of 8."""
    longest = max(_NOISE.split(title), key=len)[:MAX_WORDS]
    return longest if len(longest) >= MIN_WORDS else ""


def shows(reading: Reading, page: str, words: str, article: str) -> bool:
    """Whether an answer leads to the article, by its address or under its title."""
    wanted, address = plain(words), article.partition("://")[2]
    for link in reading.links:
        if address and address in unquote(link.url.partition("://")[2]):
            return True
        if link.tag == "a" and wanted in plain(link.text):
            return True
    text = plain(_TAG.sub("", without(page, _UNSEEN, lambda _: _UNSEEN_END, "")))
    return text.count(wanted) > 1 and not _NOTHING.search(reading.text)


def judge_answer(reading: Reading, page: str, words: str, scopes: Collection[str], *, drawn: bool) -> str:
    """What an answer without the article is: none (plainly a result page), captcha, login, script or no_result_page."""
    if reading.detail is Detail.LOGIN:
        return "login"
    if _CAPTCHA.search(reading.text):
        return "captcha"
    lines = [line for line in reading.text.split("\n") if len(line) < _LINE and _NOTHING.search(line)]
    listed = sum(link.tag == "a" and link.place == "main" and len(link.text) >= _WORDS for link in reading.links)
    if not lines and not (_RESULTS.search(reading.text) and listed >= 2):
        return "script" if reading.needs_render and not drawn else "no_result_page"
    if drawn:
        return "none"
    echoed = any(plain(words) in plain(line) for line in lines)
    scripts = [link for link in reading.links if link.tag == "script" and scope_of(link.url) in scopes]
    own = [link for link in scripts if not _LIBRARY.search(link.url)]
    by_script = reading.needs_render or _AJAX.search(inline_scripts(page)) or _TEMPLATE.search(page)
    return "script" if by_script or (own and not echoed) else "none"
