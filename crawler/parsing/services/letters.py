"""留言/信件: lists of letters with asked and answered dates, and the page of one letter."""

import re
from datetime import date, datetime

from crawler.parsing.dates import reader as dates
from crawler.parsing.dates.labels import Label, label_of
from crawler.parsing.dates.reader import fold
from crawler.parsing.html.lines import Line
from crawler.parsing.html.tree import Tree
from crawler.parsing.lists.blocks import Block
from domain.captured import Inquiry

NAME = re.compile(
    r"信箱|信件|来信|留言|咨询(?:投诉|建议|回复|选登|答复)|投诉|问政|互动交流|政民互动|(?:网上|在线)咨询|网上信访|答复选登|回复选登|我要(?:写信|咨询|留言)|建言献策|有问必答|热点回应"
)
LETTER_LABEL = re.compile(
    r"(?:来信|信件|留言|写信|提问|咨询|投诉|诉求)(?:人|时间|日期|编号|标题|主题|类型|类别|内容|单位|对象)|(?:答复|回复)(?:时间|日期|单位|部门)"
)  # tells letters from other cases that are handled (办件)
_STATUS = re.compile(
    r"已(?:答复|回复|办结|处理|受理|办理|采纳|转办|结束)|未(?:答复|回复|办结|处理|受理)|(?:待|等待)(?:答复|回复|受理|处理|办理)|(?:办理|处理|受理|答复|回复)中|不予受理"
)
_LONE_LABEL = re.compile(r"(?:时间|日期|状态)\s*+[:：]?\s*+$")
_LABELLED = re.compile(r"(?:时间|日期|于|[:：])\s*$")  # else the words end a title: ...的咨询 2023-04-20
_WAITING = re.compile(r"未|待|中$")
_ASKED = re.compile(r"来信|提交|留言|提问|咨询|写信|发信|投诉|提出|收件|受理")
_REPLIED = re.compile(r"答复|回复|办结|办理|处理|解答|反馈")
_TIME = re.compile(r"时间|日期")
_ASKED_LABEL = re.compile(r"(?:来信|提交|留言|提问|咨询|写信)(?:时间|日期)")
_HEAD = re.compile(r"标题|主题|状态|时间|日期|编号|来信人|部门|单位|类型")
_DETAIL = re.compile(
    r"(?:来信|信件|留言|写信|咨询|提问|投诉)(?:内容|正文|标题|主题|人|时间|日期)|(?:答复|回复)(?:内容|单位|部门|时间|日期|意见|情况|信息)"
    r"|(?:办理|处理|当前|受理|信件|答复)状态"
)


def read_inquiries(
    tree: Tree, targets: dict[int, str], blocks: list[Block], url: str, as_of: datetime
) -> tuple[Inquiry, ...]:
    """The letters a list page shows; empty when it shows none."""
    return _from_table(tree, targets, as_of) or _from_blocks(blocks, as_of)


def read_detail(lines: list[Line], title: str, url: str, as_of: datetime) -> Inquiry | None:
    """The letter of a page that shows one letter, answered or waiting; None where there are several, or no date."""
    if len({match[0] for line in lines for match in _DETAIL.finditer(line.text)}) < 3:
        return None
    asked = replied = None
    status = ""
    labels: list[str] = []
    for number, line in enumerate(lines):
        is_label = len(line.text) <= 8 and _LONE_LABEL.search(line.text) and number + 1 < len(lines)
        text = fold(f"{line.text} {lines[number + 1].text}" if is_label else line.text)
        for stamp in dates.search(text[:200], as_of):
            before = text[max(0, stamp.start - 10) : stamp.start]
            if _TIME.search(before) and _REPLIED.search(before):
                replied = replied or stamp.day
            elif _TIME.search(before) and _ASKED.search(before):
                asked = asked or stamp.day
                if (label := _ASKED_LABEL.search(before)) and labels.count(label[0]):
                    return None  # the same label again: a list of letters
                labels += [label[0]] if label else []
        found = _STATUS.search(text) if len(text) < 40 else None
        status = status or (found[0] if found else "")
    return Inquiry(title, url, asked, replied, status) if asked or replied else None


def _from_table(tree: Tree, targets: dict[int, str], as_of: datetime) -> tuple[Inquiry, ...]:
    rows = [index for index in range(tree.body, len(tree.tags)) if tree.tags[index] == "tr"]
    header: list[str] = []
    found: list[Inquiry] = []
    for row in rows:
        cells = [child for child in tree.children(row) if tree.tags[child] in ("td", "th")]
        texts = [tree.text_of(cell, " ") for cell in cells]
        if len(cells) < 2:
            continue
        if sum(bool(_HEAD.search(text)) and len(text) < 10 for text in texts) >= 2:
            header = texts
        elif header and len(texts) == len(header) and (letter := _letter(tree, targets, cells, texts, header, as_of)):
            found.append(letter)
    return tuple(found)


def _letter(
    tree: Tree, targets: dict[int, str], cells: list[int], texts: list[str], header: list[str], as_of: datetime
) -> Inquiry | None:
    asked: date | None = None
    replied: date | None = None
    plain: date | None = None
    status = ""
    for name, text in zip(header, texts, strict=True):
        stamp = dates.read(text, as_of)
        if stamp and _TIME.search(name):
            if _REPLIED.search(name):
                replied = stamp.day
            elif _ASKED.search(name):
                asked = stamp.day
            else:
                plain = plain or stamp.day
        elif match := _STATUS.search(text):
            status = match[0] if len(text) < 12 else status
    if not (asked or replied or status):
        return None
    link = next((index for cell in cells for index in range(cell, tree.ends[cell]) if index in targets), None)
    title = tree.text_of(link) if link is not None else max(texts, key=len)
    return Inquiry(title, targets[link] if link is not None else "", asked or plain, replied, status)


def _from_blocks(blocks: list[Block], as_of: datetime) -> tuple[Inquiry, ...]:
    found = []
    for block in blocks:
        if block.side:
            continue
        for entry, node in zip(block.entries, block.nodes, strict=True):
            text = fold(block.tree.text_of(node, " "))
            status = _STATUS.search(text)
            asked, replied = _stamps(text, as_of, waiting=bool(status and _WAITING.search(status[0])))
            if status or replied:
                found.append(Inquiry(entry.title, entry.url, asked, replied, status[0] if status else ""))
    return tuple(found)


def _stamps(text: str, as_of: datetime, *, waiting: bool) -> tuple[date | None, date | None]:
    """When a letter of a list was asked and answered: by the words before a date, else the earlier and the later one."""
    asked = replied = None
    plain: list[date] = []
    for stamp in dates.search(text, as_of):
        before = _STATUS.sub("", text[max(0, stamp.start - 12) : stamp.start])[-8:]
        if stamp.day is None:
            continue
        labelled = _LABELLED.search(before)
        if labelled and _REPLIED.search(before):
            replied = replied or stamp.day
        elif labelled and _ASKED.search(before):
            asked = asked or stamp.day
        elif label_of(before) in (Label.NONE, Label.BARE):
            plain.append(stamp.day)
    asked = asked or (min(plain) if plain else None)
    if replied is None and len(plain) == 2 and not waiting:
        replied = max(plain)
    return asked, replied
