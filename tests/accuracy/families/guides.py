"""Service guides of five systems: each with the elements it really shows."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.accuracy.families import words as w
from tests.accuracy.families.letters import frame

ITEMS = [
    "户口迁移",
    "食品经营许可",
    "老年人优待证办理",
    "医师执业注册",
    "城镇职工退休审核",
    "建筑工程施工许可",
    "残疾人证办理",
    "道路运输经营许可",
]
LABELS: dict[str, tuple[str, ...]] = {
    "设定依据": ("设定依据", "办理依据", "法律依据", "实施依据"),
    "受理条件": ("受理条件", "申请条件", "办理条件", "申报条件"),
    "申请材料": ("申请材料", "所需材料", "申报材料", "提交材料", "办理材料"),
    "办理地点": ("办理地点", "受理地点", "办公地址", "办理窗口"),
    "办理时间": ("办理时间", "办公时间", "工作时间", "受理时间"),
    "联系电话": ("联系电话", "咨询电话", "咨询方式", "联系方式"),
    "办理流程": ("办理流程", "办理程序", "审批流程", "办事流程"),
    "办理时限": ("办理时限", "法定时限", "承诺期限", "办结时限"),
    "收费标准": ("收费标准", "收费依据及标准", "是否收费"),
    "监督投诉": ("监督电话", "投诉电话", "监督投诉方式"),
}
TEXTS = {
    "设定依据": [
        "《中华人民共和国户口登记条例》第十条规定，公民迁出本户口管辖区的，应当申请办理迁出登记。",
        "《行政许可法》第十二条",
    ],
    "受理条件": ["符合国家产业政策，具备相应的场所、设备和人员。", "年满60周岁、具有本市户籍的居民均可申请。"],
    "申请材料": ["1.申请表原件1份；2.身份证复印件1份；3.近期免冠照片2张。", "申请书、营业执照副本、法定代表人身份证明"],
    "办理地点": ["市政务服务中心二楼A区12号窗口（解放路88号）", "清河市行政审批服务局一楼大厅"],
    "办理时间": ["工作日上午8:30-11:30，下午13:30-17:00（法定节假日除外）", "周一至周五 9:00-17:00"],
    "联系电话": ["0555-2345678", "024-88812345、88812346"],
    "办理流程": ["申请—受理—审查—决定—送达。", "1.窗口提交申请；2.审核材料；3.现场勘查；4.颁发证件。"],
    "办理时限": ["20个工作日", "即办件，当场办结"],
    "收费标准": ["不收费", "免费"],
    "监督投诉": ["12345政务服务便民热线", "0555-1230000"],
}
RULED = ("设定依据", "受理条件", "申请材料", "办理地点", "办理时间", "联系电话", "办理流程")  # beside the name


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A guide and the elements it shows, named as the parser names them."""

    family: str
    url: str
    body: bytes
    shown: frozenset[str]
    content_type: str = "text/html; charset=utf-8"


GuideWriter = Callable[[random.Random], GuidePage]


def content(r: random.Random) -> tuple[str, list[tuple[str, str, str]]]:
    """The name of the item, and (element, label, text) of what its guide shows; up to four of ten are left out."""
    names = [name for name in LABELS if name not in r.sample(list(LABELS), r.choice([0, 0, 1, 2, 3, 4]))]
    rows = [(name, r.choice(LABELS[name]), r.choice(TEXTS[name])) for name in names]
    if r.random() < 0.5:
        r.shuffle(rows)
    return r.choice(ITEMS), rows


def shown_of(rows: list[tuple[str, str, str]]) -> frozenset[str]:
    return frozenset(name for name, _, text in rows if text)


def table(r: random.Random) -> GuidePage:
    """Label and value in cells, two pairs in a row at times, as 政务服务网."""
    item, rows = content(r)
    pairs = [("事项名称", item), *((label, text) for _, label, text in rows)]
    cell, wide = r.choice(["td", "th"]), r.random() < 0.4
    cells = [f"<{cell}>{label}</{cell}><td>{text}</td>" for label, text in pairs]
    step = 2 if wide else 1
    lines = "".join("<tr>" + "".join(cells[n : n + step]) + "</tr>" for n in range(0, len(cells), step))
    main = f"<h1>{item}</h1><table class=bszn>{lines}</table>"
    return GuidePage(
        "政务服务网", "http://zwfw.qinghe.gov.cn/item/8812.html", frame(r, f"{item}办事指南", main), shown_of(rows)
    )


def headings(r: random.Random) -> GuidePage:
    """Headings with paragraphs below, as 开普."""
    item, rows = content(r)
    tag = r.choice(["h3", "h4", "strong"])
    number = "一二三四五六七八九十"
    parts = []
    for n, (_, label, text) in enumerate(rows):
        head = r.choice([f"{number[n]}、{label}", f"【{label}】", label, f"{label}："]) if n else label
        body = "".join(f"<p>{part}</p>" for part in text.split("；"))
        parts.append(f"<{tag}>{head}</{tag}>{body}" if tag != "strong" else f"<p><strong>{head}</strong></p>{body}")
    main = f"<div class=article><h1>{item}办事指南</h1><div class=con>{''.join(parts)}</div></div>"
    return GuidePage(
        "开普标题段落",
        "http://www.yunyang.gov.cn/bszn/202303/content_99.shtml",
        frame(r, f"{item}办事指南", main),
        shown_of(rows),
    )


def lines(r: random.Random) -> GuidePage:
    """A typed document: numbered lines with a colon."""
    item, rows = content(r)
    number = "一二三四五六七八九十"
    style = r.choice(["{0}、{1}：{2}", "（{0}）{1}：{2}", "{1}：{2}"])
    made = "".join(f"<p>{style.format(number[n], label, text)}</p>" for n, (_, label, text) in enumerate(rows))
    main = f"<div class=TRS_Editor><p>{item}服务指南</p>{made}</div>"
    return GuidePage(
        "公文段落",
        "http://www.dongping.gov.cn/fw/t20230301_771.html",
        frame(r, f"{item}服务指南", main),
        shown_of(rows),
    )


def panes(r: random.Random) -> GuidePage:
    """Tabs above panes of label and value, as 政务云; a tab without content at times."""
    item, rows = content(r)
    empty = r.random() < 0.3
    rows = [(name, label, "" if empty and name == "申请材料" else text) for name, label, text in rows]
    tabs = "".join(f'<li><a href="#p{n}">{label}</a></li>' for n, (_, label, _) in enumerate(rows))
    body = "".join(
        f'<div class="row" id="p{n}"><div class="label">{label}</div><div class="value">{text}</div></div>'
        for n, (_, label, text) in enumerate(rows)
    )
    main = f'<h2>{item}</h2><ul class="tabs">{tabs}</ul><div class="panes">{body}</div>'
    return GuidePage("政务云分栏", "http://zwfw.nanling.gov.cn/guide?itemId=7731", frame(r, item, main), shown_of(rows))


def stacked(r: random.Random) -> GuidePage:
    """An old table in GBK: a label fills a row, its text the next."""
    item, rows = content(r)
    made = "".join(
        f"<tr><td bgcolor=#eeeeee><b>{label}</b></td></tr><tr><td>{text.replace('；', '；<br>')}</td></tr>"
        for _, label, text in rows
    )
    main = f"<table width=980><tr><td align=center><b>{item}</b></td></tr>{made}</table>"
    return GuidePage(
        "旧表格",
        "http://www.beichuan.gov.cn/bsdt/show.asp?id=55",
        frame(r, item, main, charset="gb2312"),
        shown_of(rows),
        "text/html",
    )


def list_pairs(r: random.Random) -> GuidePage:
    """Definition lists or list items with a label in a span."""
    item, rows = content(r)
    if r.random() < 0.5:
        body = "<dl>" + "".join(f"<dt>{label}</dt><dd>{text}</dd>" for _, label, text in rows) + "</dl>"
    else:
        body = "<ul>" + "".join(f"<li><span>{label}：</span>{text}</li>" for _, label, text in rows) + "</ul>"
    main = f"<h1>{item}</h1><p>办理单位：{r.choice(w.WHO)}</p>{body}"
    return GuidePage(
        "清单", "http://www.liujiang.gov.cn/bsfw/detail/3371.html", frame(r, f"{item}_办事服务", main), shown_of(rows)
    )


WRITERS: tuple[GuideWriter, ...] = (table, headings, lines, panes, stacked, list_pairs)
