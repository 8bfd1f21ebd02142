"""Letters to the government: lists and single letters of five systems, with what a careful reader would say of them."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.accuracy.families import words as w
from tests.accuracy.families.base import AS_OF

SUBJECTS = [
    "关于{0}小区供暖温度不达标的问题",
    "咨询{0}落户办理需要哪些手续",
    "{0}路段路灯损坏多日无人维修",
    "建议在{0}增设公交站点",
    "{0}幼儿园学位如何申请",
    "反映{0}夜间施工扰民",
    "请问{0}医保卡遗失怎样补办",
    "{0}老旧小区加装电梯补贴政策咨询",
    "{0}农村厕所改造补助何时发放",
    "感谢{0}派出所民警热心帮助",
]
PLACES = ["金河", "东苑", "解放", "新华", "柳林", "滨江", "和平", "北站", "翠湖", "广场"]
ASK = "您好，我是{0}的居民，{1:%Y年%m月%d日}起小区一直没有恢复正常，多次拨打电话未果，请问什么时候可以解决？"
REPLY = "网民您好，您反映的问题收悉。经核查，该项工作计划于{0:%Y年%m月%d日}前完成，感谢您对我们工作的关注与支持。"
DONE = ["已答复", "已回复", "已办结"]
OPEN = ["办理中", "处理中", "未答复", "待回复", "受理中"]


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `told`: whether the page shows the date of the answer."""

    title: str
    asked: date
    replied: date | None
    state: str = ""


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A page of letters; `single` for the page of one."""

    family: str
    single: bool
    url: str
    body: bytes
    letters: tuple[Letter, ...]
    content_type: str = "text/html; charset=utf-8"


LetterWriter = Callable[[random.Random], LetterPage]


def letters(r: random.Random, count: int, *, dated: bool = True) -> list[Letter]:
    """Letters of the last years; a fifth waits. `dated`: the list shows when it was answered."""
    found = []
    asked = AS_OF.date() - timedelta(days=r.randint(0, 40))
    for title in r.sample([s.format(p) for s in SUBJECTS for p in PLACES], count):
        is_open = r.random() < 0.2
        replied = min(asked + timedelta(days=r.randint(1, 20)), AS_OF.date())
        found.append(
            Letter(title, asked, replied if dated and not is_open else None, r.choice(OPEN if is_open else DONE))
        )
        asked -= timedelta(days=r.randint(0, 30))
    return found


def frame(r: random.Random, name: str, main: str, head: str = "", charset: str = "utf-8") -> bytes:
    """A page around `main`, with navigation, a sidebar of news and a footer."""
    city = r.choice(w.CITIES)
    nav = "".join(
        f'<li><a href="/{n}/">{c}</a></li>' for n, c in enumerate(("首页", *r.sample(w.COLUMNS, 5), "互动交流"))
    )
    news = "".join(f'<li><a href="/xw/{n}.html">{w.title(r)}</a><span>2023-04-2{n}</span></li>' for n in range(5))
    side = f'<div class="side"><h3>{r.choice(w.SIDES)}</h3><ul>{news}</ul></div>' if r.random() < 0.4 else ""
    foot = w.footer(r, w.marks(r), city)
    html = (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{name}_{city}人民政府</title>{head}</head><body>'
        f'<div class="nav"><ul>{nav}</ul></div>{main}{side}{foot}</body></html>'
    )
    return html.encode("gb18030" if charset.startswith("gb") else charset)


def mask(r: random.Random) -> str:
    return r.choice("王李张刘陈杨") + r.choice(["**", "某", "先生", "女士", "*"])


def table_list(r: random.Random) -> LetterPage:
    """A table with a head; the order of the columns and their names vary."""
    shown = letters(r, r.randint(5, 15))
    heads = {
        "title": r.choice(["信件标题", "主题", "来信标题", "留言标题"]),
        "asked": r.choice(["来信时间", "提交日期", "写信时间", "留言时间"]),
        "replied": r.choice(["答复时间", "回复日期", "办结时间"]),
        "state": r.choice(["状态", "办理状态", "处理情况"]),
        "unit": r.choice(["受理单位", "承办部门"]),
    }
    order = ["title", *r.sample(["asked", "replied", "state", "unit"], 4)]
    form, cell = r.choice(["%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%d %H:%M"]), r.choice(["th", "td"])
    rows = ["<tr>" + "".join(f"<{cell}>{heads[key]}</{cell}>" for key in order) + "</tr>"]
    for n, item in enumerate(shown):
        cells = {
            "title": f'<a href="./detail_{n}.html" title="{item.title}">{item.title}</a>',
            "asked": item.asked.strftime(form),
            "replied": item.replied.strftime(form) if item.replied else r.choice(["", "-", "--"]),
            "state": item.state,
            "unit": r.choice(w.WHO),
        }
        rows.append("<tr>" + "".join(f"<td>{cells[key]}</td>" for key in order) + "</tr>")
    main = f'<div class="pos">当前位置：<a href="/">首页</a> &gt; 互动交流 &gt; 市长信箱</div><table class="xjlb">{"".join(rows)}</table>'
    return LetterPage(
        "信件表格", False, "http://www.qinghe.gov.cn/hdjl/szxx/", frame(r, "市长信箱", main), tuple(shown)
    )


def table_detail(r: random.Random) -> LetterPage:
    """Label and value in cells."""
    (item,) = letters(r, 1)
    pairs = [
        ("信件标题", item.title), ("来信人", mask(r)), (r.choice(["来信时间", "提交时间"]), str(item.asked)),
        ("来信内容", ASK.format("东苑小区", item.asked - timedelta(days=9))), ("办理状态", item.state),
    ]  # fmt: skip
    if item.replied:
        reply = REPLY.format(item.asked + timedelta(days=90))
        pairs += [
            ("答复单位", r.choice(w.WHO)),
            (r.choice(["答复时间", "回复日期"]), str(item.replied)),
            ("答复内容", reply),
        ]
    rows = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in pairs)
    return LetterPage(
        "信件表格", True, "http://www.qinghe.gov.cn/hdjl/szxx/detail_3.html", frame(r, item.title, f"<table>{rows}</table>"), (item,)
    )  # fmt: skip


def row_list(r: random.Random) -> LetterPage:
    """Rows of spans under a head line, as 大汉's letters; dates by their place only."""
    shown = letters(r, r.randint(5, 15), dated=False)
    head = '<li class="tit"><span class="bh">编号</span><span class="bt">标题</span><span class="sj">提交时间</span><span class="zt">状态</span></li>'
    rows = "".join(
        f'<li><span class="bh">{i.asked:%Y%m%d}{n:04d}</span><span class="bt"><a href="/jact/front/mailpubdetail.do?transactId={n}">{i.title}</a></span>'
        f'<span class="sj">{i.asked}</span><span class="zt">{i.state}</span></li>'
        for n, i in enumerate(shown)
    )
    name = r.choice(["局长信箱", "领导信箱", "公众留言"])
    main = f'<div class="bread">首页&gt;互动交流&gt;{name}</div><ul class="{r.choice(["maillist", "list", "con"])}">{head if r.random() < 0.6 else ""}{rows}</ul>'
    return LetterPage(
        "大汉信箱",
        False,
        "http://www.liujiang.gov.cn/jact/front/mailpublist.do?sysid=3",
        frame(r, name, main),
        tuple(shown),
    )


def row_detail(r: random.Random) -> LetterPage:
    """Definition lists: one for the letter, one for the answer."""
    (item,) = letters(r, 1)
    asked = f"<h3>来信内容</h3><dl><dt>主题：</dt><dd>{item.title}</dd><dt>{r.choice(['写信时间', '提交时间'])}：</dt><dd>{item.asked} 10:2{r.randint(0, 9)}</dd><dt>内容：</dt><dd>{ASK.format('滨江路', item.asked - timedelta(days=3))}</dd></dl>"
    answer = (
        f"<h3>回复信息</h3><dl><dt>回复单位：</dt><dd>{r.choice(w.WHO)}</dd><dt>回复时间：</dt><dd>{item.replied}</dd><dt>回复内容：</dt><dd>{REPLY.format(item.asked + timedelta(days=60))}</dd></dl>"
        if item.replied
        else f"<h3>回复信息</h3><dl><dt>办理状态：</dt><dd>{item.state}</dd></dl>"
    )
    return LetterPage(
        "大汉信箱", True, "http://www.liujiang.gov.cn/jact/front/mailpubdetail.do?transactId=8",
        frame(r, "信件详情", f'<div class="mail"><h2>{item.title}</h2>{asked}{answer}</div>'), (item,),
    )  # fmt: skip


def card_list(r: random.Random) -> LetterPage:
    """Cards with a line of labels under the title, as 开普's."""
    shown = letters(r, r.randint(5, 12))
    asked, replied = (
        r.choice(["留言时间", "咨询时间", "来信日期", "提问时间"]),
        r.choice(["答复时间", "回复时间", "答复日期"]),
    )
    mark = r.choice(["：", ":", "： ", " "])
    cards = []
    for n, i in enumerate(shown):
        answer = (
            f"<span>答复单位{mark}{r.choice(w.WHO)}</span><span>{replied}{mark}{i.replied}</span>" if i.replied else ""
        )
        cards.append(
            f'<div class="item"><a href="content_{n}.shtml">{i.title}</a><em class="tag">{i.state}</em><p class="nr">{ASK.format(r.choice(PLACES), i.asked)[: r.randint(20, 50)]}...</p>'
            f'<div class="info"><span>留言人{mark}{mask(r)}</span><span>{asked}{mark}{i.asked} 09:1{r.randint(0, 9)}:30</span>{answer}</div></div>'
        )
    main = (
        f'<div class="crumb">您的位置：<a href="/">首页</a> &gt; 网上咨询</div><div class="wrap">{"".join(cards)}</div>'
    )
    return LetterPage(
        "开普留言", False, "http://www.yunyang.gov.cn/hdjl/wszx/list.shtml", frame(r, "网上咨询", main), tuple(shown)
    )


def card_detail(r: random.Random) -> LetterPage:
    """Lines of `label：value`, answer below."""
    (item,) = letters(r, 1)
    answer = (
        f"<div class=reply><p>答复单位：{r.choice(w.WHO)}</p><p>答复时间：{item.replied:%Y年%m月%d日}</p><p>{REPLY.format(item.asked + timedelta(days=30))}</p></div>"
        if item.replied
        else f"<div class=reply><p>当前状态：{item.state}</p></div>"
    )
    main = f"<h1>{item.title}</h1><p>留言人：{mask(r)}　留言时间：{item.asked:%Y年%m月%d日}　留言类型：咨询</p><p>留言内容：{ASK.format('翠湖', item.asked)}</p>{answer}"
    return LetterPage(
        "开普留言", True, "http://www.yunyang.gov.cn/hdjl/wszx/content_77.shtml", frame(r, item.title, main), (item,)
    )


def old_list(r: random.Random) -> LetterPage:
    """An old table layout in GBK: rows without a head, the state in colour."""
    shown = letters(r, r.randint(5, 15), dated=False)
    form = r.choice(["{0.year}-{0.month}-{0.day}", "{0.year}/{0.month}/{0.day}", "[{0}]"])
    rows = "".join(
        f'<tr><td>·<a href="show.asp?id={n}">{i.title}</a></td><td>{form.format(i.asked)}</td><td><font color={"red" if i.state in OPEN else "green"}>{i.state}</font></td></tr>'
        for n, i in enumerate(shown)
    )
    main = f'<table width=980><tr><td>您现在的位置：首页 &gt;&gt; 在线咨询</td></tr><tr><td><table width="100%">{rows}</table></td></tr></table>'
    return LetterPage(
        "旧 ASP 留言",
        False,
        "http://www.beichuan.gov.cn/gbook/list.asp?class=2",
        frame(r, "在线咨询", main, charset="gb2312"),
        tuple(shown),
        "text/html",
    )


def old_detail(r: random.Random) -> LetterPage:
    """One table row after the other; labels bold, in GBK."""
    (item,) = letters(r, 1)
    rows = [
        f"<b>咨询主题：</b>{item.title}",
        f"<b>咨询时间：</b>{item.asked.year}-{item.asked.month}-{item.asked.day}",
        f"<b>咨询内容：</b>{ASK.format('和平街', item.asked)}",
    ]
    if item.replied:
        rows += [
            f"<b>回复时间：</b>{item.replied.year}-{item.replied.month}-{item.replied.day}",
            f"<b>回复内容：</b>{REPLY.format(item.asked)}",
        ]
    else:
        rows += [f"<b>处理状态：</b>{item.state}", "<b>回复内容：</b>"]
    main = "<table>" + "".join(f"<tr><td>{row}</td></tr>" for row in rows) + "</table>"
    return LetterPage(
        "旧 ASP 留言",
        True,
        "http://www.beichuan.gov.cn/gbook/show.asp?id=31",
        frame(r, "在线咨询", main, charset="gb2312"),
        (item,),
        "text/html",
    )


def answered_list(r: random.Random) -> LetterPage:
    """答复选登: question and answer in full, one under the other."""
    shown = [i for i in letters(r, 14) if i.replied][: r.randint(4, 8)]
    blocks = "".join(
        f'<li><h4><a href="/xd/{n}.html">{i.title}</a></h4><div class="q"><b>网友提问：</b>{ASK.format(r.choice(PLACES), i.asked)}<span>提问时间：{i.asked}</span></div>'
        f'<div class="a"><b>官方答复：</b>{REPLY.format(i.asked + timedelta(days=40))}<span>答复时间：{i.replied}</span></div></li>'
        for n, i in enumerate(shown)
    )
    shown = [Letter(i.title, i.asked, i.replied) for i in shown]
    return LetterPage(
        "答复选登",
        False,
        "http://www.dongping.gov.cn/hdjl/hfxd/",
        frame(r, "答复选登", f"<h2>答复选登</h2><ul class=qa>{blocks}</ul>"),
        tuple(shown),
    )


WRITERS: tuple[LetterWriter, ...] = (
    table_list, table_detail, row_list, row_detail, card_list, card_detail, old_list, old_detail, answered_list,
)  # fmt: skip
