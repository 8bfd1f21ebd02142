"""Lists of a page: name, 更多 address, entries, and whether they are the page's own or a sidebar."""

import re
from dataclasses import dataclass
from datetime import datetime

from crawler.parsing import items as reading
from crawler.parsing.addresses import resolve
from crawler.parsing.items import Group
from crawler.parsing.tree import Tree
from domain.captured import EntryList

_MORE = re.compile(r"^[\W_]*(?:查看|浏览)?(?:更多|more|全部)(?:信息|内容|>>)?[\W_]*$|^[>＞»›+]{1,3}$", re.I)
_PAGER_TEXT = re.compile(
    r"^(?:\d{1,4}|[上下首末尾前后][一]?页|第?[一末]页|[<>«»‹›＜＞]{1,2}|\.{2,3}|…|首|末|尾|共\d+页|GO|跳转|Next|Prev\w*|Last|First)$",
    re.I,
)
_SIDE_HINT = re.compile(
    r"(?:^|[\s_-])(?:side|aside|sidebar|right|hot|rank|recommend|relat\w*|tuijian|xgxx|xgwz|xgyd|rdtj|link\w*|yqlj|friend\w*|float|gg|ad)(?:$|[\s_\d-])|sidebar|related|recommend",
    re.I,
)
_SIDE_NAME = re.compile(
    r"最新(?:信息|发布|文章|更新|动态|内容|资讯)|热[点门文]|排行|点击|推荐|相关|猜你|大家都在|图片新闻|友情|链接|网站导航|阅读|浏览|延伸|上一篇|下一篇|站群"
)
_BULLET = "·•■◆●▪>＞» |-—　 "


@dataclass(slots=True)
class Block:
    """A list candidate with what speaks for and against it."""

    group: Group
    name: str
    url: str
    side: bool
    entries: EntryList
    dated: int


def find_blocks(tree: Tree, targets: dict[int, str], url: str, as_of: datetime) -> list[Block]:
    """Every list of the page, in page order."""
    wanted = {
        link: address for link, address in targets.items() if tree.places[link] == "" and not _is_pager(tree, link)
    }
    blocks = []
    for group in reading.group_items(tree, wanted):
        reading.date_items(tree, group, as_of)
        if _is_list(group):
            blocks.append(_block(tree, group, targets, url, as_of))
    return blocks


def _is_pager(tree: Tree, link: int) -> bool:
    text = tree.text_of(link)
    return bool(_PAGER_TEXT.match(text) or _MORE.match(text))


def _is_list(group: Group) -> bool:
    count = len(group.items)
    dated = group.dated()
    if dated:
        return dated * 2 >= count
    long = sum(len(item.title) >= 9 for item in group.items)
    return count >= 3 and long * 2 >= count


def _block(tree: Tree, group: Group, targets: dict[int, str], url: str, as_of: datetime) -> Block:
    name, more = _heading(tree, group.container, targets)
    entries = tuple(reading.entry_of(item, as_of) for item in group.items)
    side = bool(_SIDE_NAME.search(name)) or _hinted(tree, group.container)
    return Block(group, name, more or url, side, EntryList(name, more or url, entries, not side), group.dated())


def _hinted(tree: Tree, container: int) -> bool:
    node = container
    while node > tree.body:
        if tree.tags[node] == "aside" or _SIDE_HINT.search(tree.hint(node)):
            return True
        node = tree.parents[node]
    return False


def _heading(tree: Tree, container: int, targets: dict[int, str]) -> tuple[str, str]:
    """The nearest short text before a list, and the address of its 更多 link."""
    node, more = container, ""
    for _ in range(4):
        parent = tree.parents[node]
        if parent < tree.body:
            break
        name, more = _name_before(tree, parent, node, targets)
        if name:
            return name, more
        node = parent
    return "", more


def _name_before(tree: Tree, parent: int, node: int, targets: dict[int, str]) -> tuple[str, str]:
    before = [child for child in tree.children(parent) if child < node][-2:]
    for child in reversed(before):
        stop = tree.ends[child]
        if stop - child > 60:
            return "", ""
        more, named = "", ""
        words = []
        for index in range(child, stop):
            if index in targets and _MORE.match(tree.text_of(index) or tree.attrs[index].get("title") or ""):
                more = targets[index]
            elif index in targets:
                named = named or targets[index]
            if (text := tree.texts[index].strip(_BULLET)) and not _MORE.match(text):
                words.append(text)
        if words and 2 <= len(words[0]) <= 20:
            return words[0], more or named
    return "", ""


def page_numbers(tree: Tree, targets: dict[int, str], url: str) -> tuple[str, ...]:
    """Addresses of further list pages that are linked."""
    found: dict[str, None] = {}
    for link, address in targets.items():
        text = tree.text_of(link)
        if address != url and re.fullmatch(r"\d{1,4}|下一?页|[>»›＞]|后页|[末尾]页|next", text, re.I):
            found[address] = None
    return tuple(found)


_CREATE = re.compile(
    r"createPage\w*\(\s*['\"]?(\d+)['\"]?\s*,\s*['\"]?(\d+)['\"]?\s*,\s*['\"]([\w./-]+)['\"]\s*,\s*['\"](\w+)['\"]",
    re.I,
)


def scripted_pages(scripts: list[str], url: str) -> tuple[str, ...]:
    """Further pages a script such as createPageHTML(5, 0, "index", "html") draws."""
    for script in scripts:
        if match := _CREATE.search(script):
            count, current, stem, suffix = int(match[1]), int(match[2]), match[3], match[4]
            names = [f"{stem}_{n}.{suffix}" if n else f"{stem}.{suffix}" for n in range(min(count, 500))]
            pages = [resolve(url, name) for number, name in enumerate(names) if number != current]
            return tuple(page for page in pages if page)
    return ()
