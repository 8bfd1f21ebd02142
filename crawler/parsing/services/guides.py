"""办事指南: which key elements a guide shows. Read with BeautifulSoup: guides are few and their layouts many."""

import re

from bs4 import BeautifulSoup, Tag

from domain.captured import Guide

ELEMENTS: dict[str, re.Pattern[str]] = {
    "事项名称": re.compile(r"^(?:事项|项目|办理事项)名称$"),
    "设定依据": re.compile(r"(?:设定|办理|法律|法定|实施|政策|审批)依据"),
    "受理条件": re.compile(r"(?:受理|申请|办理|申报|准予|许可|审批)(?:的)?条件|申请资格"),
    "申请材料": re.compile(r"(?:申请|申报|办理|提交|所需|需提交|必备|报送)(?:的)?(?:材料|资料)|材料(?:清单|目录)"),
    "办理流程": re.compile(r"(?:办理|审批|办事|受理|申请|申报|基本|服务)(?:流程|程序|步骤|环节)|流程图"),
    "办理时限": re.compile(r"(?:办理|法定|承诺|办结|审批|受理)(?:办结)?(?:时限|期限)"),
    "收费标准": re.compile(r"收费(?:标准|依据|情况|信息|项目)?|是否收费"),
    "办理地点": re.compile(r"(?:办理|受理|办公|办事|服务)(?:地点|地址|窗口|场所)"),
    "办理时间": re.compile(r"(?:办理|办公|受理|工作|办事|接待|服务)时间"),
    "联系电话": re.compile(r"(?:联系|咨询|服务|办公)(?:电话|方式|途径|渠道)"),
    "监督投诉": re.compile(r"(?:监督|投诉)(?:投诉)?(?:电话|方式|渠道|途径)"),
    "实施主体": re.compile(r"(?:实施|办理|受理|责任|审批|决定|主管)(?:主体|机构|机关|部门|单位)|责任处室"),
    "服务对象": re.compile(r"(?:服务|办理|申请|适用)(?:对象|范围|主体)"),
}
_TRIM = re.compile(r"^[\s【\[（(一二三四五六七八九十\d]{0,5}[、.．)）\]】]?\s*|(?<![\s:：】\]])[\s:：】\]]++$")
_STRETCHED = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000\xa0]+(?=[\u4e00-\u9fff])")
_INLINE = ("b", "strong", "span", "label")
_MIN = 4
_QUOTE = 60


def read_guide(html: str, title: str) -> Guide | None:
    """The guide a page shows, or None when fewer than four element labels stand on it."""
    soup = BeautifulSoup(html, "lxml")
    for noise in soup.find_all(["script", "style", "nav", "noscript"]):
        noise.decompose()
    blocks = _pairs(soup)
    found: dict[str, str] = {}
    labels = set()
    for label, text in blocks:
        name = next((name for name, pattern in ELEMENTS.items() if pattern.search(label)), "")
        if name:
            labels.add(name)
            if text and not found.get(name):
                found[name] = text[:_QUOTE]
    return Guide(title, found) if len(labels) >= _MIN else None


def _pairs(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """(label, text behind it) for table cells, definition lists, headings and `label：text` lines."""
    pairs = []
    for node in soup.find_all(
        ["th", "td", "dt", "h2", "h3", "h4", "h5", "strong", "b", "p", "div", "li", "span", "label"]
    ):
        if node.find(["p", "div", "table", "ul", "td"]) is not None:
            continue
        text = " ".join(node.get_text(" ").split())
        label, mark, rest = re.sub("：", ":", text).partition(":")
        label = _TRIM.sub("", close_up(label))
        if not 2 <= len(label) <= 14:
            continue
        pairs.append((label, rest.strip() if mark and rest.strip() else _text_behind(node)))
    return pairs


def close_up(text: str) -> str:
    """A text without the spaces that stretch a label (联系　电话)."""
    return _STRETCHED.sub("", text)


def _text_behind(node: Tag) -> str:
    """The text of what follows a label, up to the next label; of the next row where the label fills its own."""
    if node.name in _INLINE:
        beside = " ".join(str(part) for part in node.next_siblings if not isinstance(part, Tag))
        if text := " ".join(beside.split()).strip(" :：】"):
            return text
    for start in (node, node.parent):
        if start is None or start.name in ("body", "tr", "[document]"):
            break
        for sibling in start.find_next_siblings():
            text = " ".join(sibling.get_text(" ").split())
            if text:
                return "" if _is_label(next(sibling.stripped_strings)) else text
    return _next_row(node)


def _next_row(node: Tag) -> str:
    row = node.find_parent("tr")
    below = row.find_next_sibling("tr") if row is not None and len(row.find_all(["td", "th"])) == 1 else None
    if below is None or len(below.find_all(["td", "th"])) != 1:
        return ""
    text = " ".join(below.get_text(" ").split())
    return "" if _is_label(next(below.stripped_strings, "")) else text


def _is_label(text: str) -> bool:
    bare = _TRIM.sub("", close_up(text))
    return len(bare) <= 10 and any(pattern.fullmatch(bare) for pattern in ELEMENTS.values())
