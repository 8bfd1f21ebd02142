"""Which lists of a column page are the column's own, and which are boxes about something else."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from crawler.parsing.html.tree import Tree
from crawler.parsing.lists.blocks import Block
from crawler.parsing.lists.no_entries import PAGER_HINT
from crawler.parsing.words import SIDE_NAME, says_empty

COLUMN_NAME = re.compile(
    r"新闻|要闻|动态|公告|公示|通知|文件|政策|解读|专题|视频|图片|图说|热点|关注|资讯|报道|服务|指南|互动|媒体|活动|风采|公开"
)
_PERIOD_NAME = re.compile(r"(?:19|20)\d\d\s*(?:年|[-/.]).{0,4}|第?[一二三四1-4]季度|\d{1,2}月份?")
_CHOSEN = re.compile(r"[?&]((?:cat|class|channel|column|type|node|lm|c)_?id)=(\w+)", re.I)  # index.php?a=lists&catid=9
_RECENT_NAME = re.compile(
    r"(?!.*(?:推荐|热|排行))(?:最新|今日|近期|本周|本月)"
)  # of the page's own entries it is a part of the list


def choose_main(blocks: list[Block], url: str, column: str, text: str, title: str = "") -> None:
    """On a column page, mark as sidebars the lists that are not the column's own. `title`: of the page."""
    own = _own_address(url)
    for block in blocks:
        block.paged = block.paged or _has_pager(block.tree, block.container)
        block.named = bool(column) and (block.name == column or (len(column) > 2 and column in block.name))
        block.own = _own_share(block, own, url)
    page = _Lists(blocks, url, column, title, text)
    for rule in RULES:
        for block in list(rule.picks(page)):
            block.side, block.why = rule.aside, rule.why.format(name=block.name)


@dataclass(frozen=True)
class _Lists:
    """The lists of a column page while it is decided which are the column's own.

    The best one is settled when a rule first asks for it: what is set aside after that was none.
    """

    blocks: list[Block]
    url: str
    column: str
    title: str
    text: str

    @property
    def open(self) -> list[Block]:
        """Those that nothing speaks against so far."""
        return [block for block in self.blocks if not block.side]

    @cached_property
    def best(self) -> Block | None:
        """The one that looks most like the column's own."""
        return max(self.open, key=_weight, default=None)

    @cached_property
    def anchored(self) -> bool:
        """Whether the best one surely is: it has a pager, the column's name, or its addresses."""
        best = self.best
        return best is not None and (best.paged or best.named or best.own >= 0.8)

    @cached_property
    def empty(self) -> bool:
        """Whether the page says that the column holds nothing, and no list contradicts."""
        return not self.anchored and says_empty(self.text)

    @property
    def plain(self) -> list[Block]:
        """Without those that lead on to another page of entries (更多)."""
        return [block for block in self.open if block.more in ("", self.url)]


def _own_address(url: str) -> re.Pattern[str] | None:
    """What the addresses of a column's own entries look like: in its folder, or with its number (col1303, art_1303_9).

    Where they name the column's parameter (catid=9), its value alone decides.
    """
    folder = url.partition("?")[0].rpartition("/")[0] + "/"
    deep = folder.count("/") > 3
    inside = re.escape(folder) if deep else r"(?!)"
    if chosen := _CHOSEN.search(url):
        name, value = re.escape(chosen[1]), re.escape(chosen[2])
        return re.compile(rf".*[?&]{name}={value}(?:&|$)|(?!.*[?&]{name}=){inside}")
    if not deep:
        return None
    number = re.search(r"(?<!\d)(\d{3,8})$", folder.rsplit("/", 2)[1])
    return re.compile(inside + (rf"|(?=.*/[^/]*(?<!\d){number[1]}(?!\d)[^/]*$)" if number else ""))


def _own_share(block: Block, own: re.Pattern[str] | None, url: str) -> float:
    """The share of entries that are the column's own; half of it where a folder that all columns share is the only sign."""
    if own is None:
        return 0.0
    share = sum(bool(own.match(entry.url)) for entry in block.entries) / len(block.entries)
    chosen = _CHOSEN.search(url)
    vague = chosen is not None and not any(f"{chosen[1]}=" in entry.url for entry in block.entries)
    return share / 2 if vague else share


def _named_like_the_column(page: _Lists) -> Iterator[Block]:
    """最新… of the page's own entries, or the column's own heading, in a place where sidebars stand."""
    for block in page.blocks:
        recent = block.own >= 0.8 and _RECENT_NAME.match(block.name)
        headed = page.column and block.name == page.column and page.title.startswith(page.column)
        if block.side and (recent or headed):
            yield block


def _all_links_elsewhere(page: _Lists) -> Iterator[Block]:
    """Beside a list whose entries are all the column's own, one whose entries are all another's."""
    if any(block.own >= 0.8 and block.dated for block in page.open):
        for block in page.open:
            hidden = block.tree.hidden[block.container]
            if not block.own and (hidden or not (block.paged or block.named)):
                yield block


def _own_among_sidebars(page: _Lists) -> Iterator[Block]:
    """Where everything looks like a sidebar, the lists of the page's own folder are none."""
    if not page.open:
        yield from (
            block for block in page.blocks if block.own >= 0.8 and block.dated and not SIDE_NAME.search(block.name)
        )


def _beside_its_own(page: _Lists) -> Iterator[Block]:
    if page.anchored:
        best = page.best
        yield from (b for b in page.open if b is not best and b.own < 0.8 and not _goes_with(b, best))


def _on_an_empty_page(page: _Lists) -> Iterator[Block]:
    if page.empty:
        yield from (block for block in page.open if _is_foreign(block))


def _excerpts(page: _Lists) -> Iterator[Block]:
    """Beside a list of the page's own, boxes that lead on to another column (更多)."""
    if not page.anchored and not page.empty and any(_is_full(block) for block in page.plain):
        plain = page.plain
        yield from (block for block in page.open if block not in plain)


def _headed_otherwise(page: _Lists) -> Iterator[Block]:
    """Beside a list of the page's own, those with the heading of another column."""
    if page.anchored or page.empty:
        return
    foreign = [block for block in page.plain if _is_named_else(block, page.column)]
    own = [block for block in page.plain if block not in foreign and block.dated * 2 >= len(block.entries)]
    most = max((len(block.entries) for block in page.plain), default=0)
    if own and (page.column or (len(own) == 1 and len(own[0].entries) >= most)):
        yield from foreign


@dataclass(frozen=True, slots=True)
class Rule:
    """One step: the lists it picks are set aside with the reason, or taken back (`aside` False)."""

    name: str
    picks: Callable[[_Lists], Iterator[Block]]
    why: str = ""
    aside: bool = True


RULES = (  # in this order; a later one sees what the earlier ones left
    Rule("named_like_the_column", _named_like_the_column, aside=False),
    Rule("all_links_elsewhere", _all_links_elsewhere, "链接都指向别的栏目"),
    Rule("own_among_sidebars", _own_among_sidebars, aside=False),
    Rule("beside_its_own", _beside_its_own, "页面另有本栏目自己的列表"),
    Rule("on_an_empty_page", _on_an_empty_page, "页面写明本栏目暂无内容"),
    Rule("excerpts", _excerpts, "是别的栏目的摘录（有“更多”链接）"),
    Rule("headed_otherwise", _headed_otherwise, "另有标题“{name}”，不是本栏目的列表"),
)


def _is_foreign(block: Block) -> bool:
    """Whether a list on a page that says to be empty is about something else; years and months (2021年) are its own."""
    named = block.name and not _PERIOD_NAME.fullmatch(block.name)
    return bool(named or not block.dated) and not block.paged and block.own < 0.8


def _goes_with(block: Block, best: Block | None) -> bool:
    """Whether a list is part of the column beside its best one: a pager of its own, or years and months in turn."""
    in_turn = best is not None and _PERIOD_NAME.fullmatch(best.name) and _PERIOD_NAME.fullmatch(block.name)
    return (block.paged and block.named) or bool(in_turn)


def _is_named_else(block: Block, column: str) -> bool:
    """Whether a list has the heading of a column that is not this one."""
    name = block.name
    if not name or _PERIOD_NAME.fullmatch(name) or (column and (name in column or column in name)):
        return False
    return COLUMN_NAME.search(name) is not None


def _is_full(block: Block) -> bool:
    return len(block.entries) >= 3 or block.dated > 0


def _weight(block: Block) -> float:
    return (
        3 * block.paged + 3 * block.named + 3 * block.own + 2 * (block.dated * 2 >= len(block.entries))
        + min(len(block.entries), 10) / 5
    )  # fmt: skip


def _has_pager(tree: Tree, container: int) -> bool:
    """A pager stands in the list's element or just behind it."""
    node = container
    for _ in range(3):
        parent = tree.parents[node]
        if parent <= tree.body:
            return False
        for child in tree.children(parent):
            if child >= tree.ends[node] and _is_pager(tree, child):
                return True
        node = parent
    return False


def _is_pager(tree: Tree, node: int) -> bool:
    stop = tree.ends[node]
    if stop - node > 120 or not tree.tags[node]:
        return False
    if PAGER_HINT.search(tree.hints[node]):
        return True
    if any(len(tree.text_of(link)) > 8 for link in range(node, stop) if tree.tags[link] == "a"):
        return False
    text = tree.text_of(node, " ")
    return len(text) < 150 and bool(re.search(r"下一?页|[尾末]页|共\s*\d+\s*[页条]", text))
