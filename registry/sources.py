"""采集来源: how an account's posts are collected, one source a line, in the words offices use."""

import re
from urllib.parse import urlsplit

from domain.account_links import account_of
from domain.platforms import PLATFORMS, saved_answers
from domain.targets import Platform, Source
from registry.text import CellError, clean_lines, identifier, key

_WORDS = {
    "feed": "feed rss atom rsshub werss wewe-rss jsonfeed 订阅 订阅源 订阅地址 rss订阅",
    "import": "import 导入 导入文件 表格 excel xlsx csv 后台导出 导出文件 导出表格",
    "wechat_api": "wechat_api 公众号接口 微信接口 微信官方接口 公众号api 微信api",
    "wechat_article": "wechat_article 微信文章 公众号文章 文章 文章链接",
    "weibo": "weibo 微博 新浪微博",
    "json": "json 接口 接口数据",
    "page": "page 网页 主页 页面 浏览器",
    "app": "app 应用 客户端 移动客户端 应用商店 应用市场",
    **{row.saved[0]: " ".join((*row.saved, *row.words)) for row in PLATFORMS.values() if row.saved},
    "manual": "manual 人工 人工核查 手工 人工填报 人工查看 视频号 小程序",
}  # fmt: skip
ADAPTERS = tuple(_WORDS)
_ADAPTER = {key(word): adapter for adapter, words in _WORDS.items() for word in words.split()}
_OPTION = re.compile(r"([a-z][a-z_]*)=(\S+)")
_SHAPES = tuple(
    re.compile(shape)
    for shape in (r"(\S+)\s*(.*)", r"([^\s:：]{1,40})\s{0,9}[:：]\s*+(.*)", r"([^\s:：]{1,40}?)(https?://.*)")
)
_URL = re.compile(r"https?://[^\s/]+", re.IGNORECASE)
_NEEDS_URL = {"feed", "page"}
_NEEDS_ANSWER = {*saved_answers(), "json"} - {"bilibili"}  # saved, or delivered at an address
_NUMBERED = {"weibo", "bilibili"}
_HOMES = {Platform.WEIBO: "weibo", Platform.BILIBILI: "bilibili"}
_TABLE = (".xlsx", ".xls", ".csv", ".tsv", ".ods")


def sources_of(text: str, has_id: bool) -> tuple[Source, ...]:
    """采集来源, one a line: `feed https://...`, `微博 123456`, an address alone, `人工`; CellError names the faulty line."""
    return tuple(_source(line, has_id) for line in clean_lines(text))


def source_line(source: Source) -> str:
    """A source as one line of 采集来源."""
    options = [f"{name}={value}" for name, value in source.options]
    return " ".join(part for part in (source.adapter, source.argument, *options) if part)


def _source(line: str, has_id: bool) -> Source:
    adapter, words = _worded(line)
    options: list[tuple[str, str]] = []
    while words and (match := _OPTION.fullmatch(words[-1])):
        options.insert(0, (match[1], match[2]))
        words.pop()
    argument = " ".join(words)
    adapter, argument = _meant(adapter, argument)
    if adapter in _NEEDS_URL and not _URL.match(argument):
        raise CellError(f"“{line}”缺少网址；请写成“{adapter} https://…”")
    if adapter in _NUMBERED:
        argument = _number(line, adapter, argument, has_id)
    if adapter in _NEEDS_ANSWER and not (argument or dict(options).keys() & {"url", "file"}):
        raise CellError(f"“{line}”缺少保存下来的数据文件或其网址；请写成“{adapter} 文件.json”，没有就写“人工”")
    return Source(adapter, argument, tuple(options))


def _worded(line: str) -> tuple[str, list[str]]:
    """The adapter that a line begins with, and the rest; an address or a file alone says by itself what it is."""
    for shape in _SHAPES:
        match = shape.fullmatch(line)
        if match and (adapter := _ADAPTER.get(key(match[1]))):
            return adapter, match[2].split()
    first, *words = line.split(" ")
    if adapter := _told_by_itself(first):
        return adapter, [first, *words]
    known = "、".join(
        (
            "feed",
            "导入",
            "微博",
            "抖音",
            "快手",
            "今日头条",
            "小红书",
            "哔哩哔哩",
            "微信文章",
            "公众号接口",
            "网页",
            "应用",
            "人工",
        )
    )
    raise CellError(f"“{line}”里的“{first}”不是采集方式；每行写一个，以这些词开头：{known}（或 {' '.join(ADAPTERS)}）")


def _told_by_itself(word: str) -> str:
    path = word.lower().split("?")[0]
    if path.endswith(_TABLE):
        return "import"
    if not _URL.match(word):
        return ""
    host = urlsplit(word).hostname or ""
    if found := account_of(word):
        return _HOMES.get(found[0], "page")
    if host == "mp.weixin.qq.com" and "/s" in path:
        return "wechat_article"
    if host.endswith("apple.com") or path.endswith((".apk", ".hap", ".ipa")):
        return "app"
    is_feed = path.endswith((".xml", ".rss", ".atom")) or re.search(r"/(rss|feeds?|atom)(/|$)|rsshub", path)
    return "feed" if is_feed else "json" if path.endswith(".json") else ""


def _meant(adapter: str, argument: str) -> tuple[str, str]:
    """A platform's word with an account's own home page means to look at that page; with an article, to read it."""
    found = account_of(argument) if _URL.match(argument) else None
    if adapter in _NEEDS_ANSWER - {"json"} and found:
        return "page", argument
    if adapter in _NUMBERED and found and _HOMES.get(found[0]) == adapter and found[1].isdigit():
        return adapter, found[1]
    if adapter == "wechat":
        if re.match(r"https?://mp\.weixin\.qq\.com/s\b", argument):
            return "wechat_article", argument
        if argument.lower().endswith(_TABLE):
            return "import", argument
    if adapter == "app" and (match := re.match(r"https?://(?:apps|itunes)\.apple\.com/\S*?/id(\d+)", argument)):
        return adapter, match[1]
    return adapter, argument


def _number(line: str, adapter: str, argument: str, has_id: bool) -> str:
    if _URL.match(argument):  # the list's own address: a proxy of the office, or a mirror
        return argument
    argument = identifier(argument)
    if argument and not argument.isdigit():
        raise CellError(f"“{line}”的编号须是数字；请写成“{adapter} 123456”")
    if not argument and not has_id:
        raise CellError(f"“{line}”缺少编号，账号ID 也是空的；请写成“{adapter} 123456”")
    return argument
