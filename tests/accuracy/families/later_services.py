"""Letters and guides of systems written after the parser had been corrected on the first ones."""

import random
from datetime import timedelta

from tests.accuracy.families import words as w
from tests.accuracy.families.guides import GuidePage, GuideWriter, content, shown_of
from tests.accuracy.families.letters import REPLY, LetterPage, LetterWriter, frame, letters, mask


def grid_list(r: random.Random) -> LetterPage:
    """Head and rows made of div cells; the order of columns varies, the state is an icon with words."""
    shown = letters(r, r.randint(5, 14))
    heads = {"title": "诉求标题", "asked": "诉求时间", "replied": "办结时间", "state": "进展"}
    order = ["title", *r.sample(["asked", "replied", "state"], 3)]
    rows = ['<div class="tr th">' + "".join(f"<div>{heads[key]}</div>" for key in order) + "</div>"]
    for n, item in enumerate(shown):
        cells = {
            "title": f'<a href="/appeal/detail?id={n}">{item.title}</a>',
            "asked": f"{item.asked:%Y.%m.%d}",
            "replied": f"{item.replied:%Y.%m.%d}" if item.replied else "",
            "state": f'<i class="icon"></i><b>{item.state}</b>',
        }
        rows.append('<div class="tr">' + "".join(f"<div>{cells[key]}</div>" for key in order) + "</div>")
    main = f'<h2>12345诉求公开</h2><div class="grid">{"".join(rows)}</div>'
    return LetterPage(
        "网格诉求", False, "http://www.nanling.gov.cn/appeal/list", frame(r, "诉求公开", main), tuple(shown)
    )


def lines_list(r: random.Random) -> LetterPage:
    """A plain list: state in brackets before the title, the day of the letter behind it."""
    shown = letters(r, r.randint(6, 15), dated=False)
    rows = "".join(
        f'<li><span class="st">[{i.state}]</span><a href="/liuyan/{n}.html">{i.title}</a><span class="d">{i.asked:%Y-%m-%d}</span></li>'
        for n, i in enumerate(shown)
    )
    name = r.choice(["网民留言", "政民互动", "书记信箱", "问政平台"])
    return LetterPage(
        "方括号状态",
        False,
        "http://www.dongping.gov.cn/liuyan/",
        frame(r, name, f"<h3>{name}</h3><ul>{rows}</ul>"),
        tuple(shown),
    )


def talk(r: random.Random) -> LetterPage:
    """One letter as a talk: bubbles with who and when above the words."""
    (item,) = letters(r, 1)
    asked = f'<div class="ask"><div class="who">{mask(r)} 于 {item.asked} 15:3{r.randint(0, 9)} 提问</div><p>{item.title}，请问何时解决？</p></div>'
    answer = (
        f'<div class="ans"><div class="who">{r.choice(w.WHO)} 于 {item.replied} 回复</div><p>{REPLY.format(item.asked + timedelta(days=33))}</p></div>'
        if item.replied
        else f'<div class="ans">状态：{item.state}</div>'
    )
    return LetterPage(
        "对话",
        True,
        "http://www.liujiang.gov.cn/wenzheng/thread-9921.html",
        frame(r, item.title, f"<h1>{item.title}</h1>{asked}{answer}"),
        (item,),
    )


def folded_detail(r: random.Random) -> LetterPage:
    """Four cells in a row: two labels, two values; the words of the letter below."""
    (item,) = letters(r, 1)
    replied = str(item.replied) if item.replied else ""
    main = (
        f"<table><tr><th>信件编号</th><td>{item.asked:%Y%m%d}001</td><th>信件类型</th><td>咨询</td></tr><tr><th>提交时间</th><td>{item.asked}</td><th>办理状态</th><td>{item.state}</td></tr>"
        f"<tr><th>答复部门</th><td>{r.choice(w.WHO)}</td><th>答复时间</th><td>{replied}</td></tr><tr><th>信件标题</th><td colspan=3>{item.title}</td></tr><tr><th>信件内容</th><td colspan=3>自{item.asked - timedelta(days=40):%Y年%m月%d日}起多次反映。</td></tr>"
        f"<tr><th>答复内容</th><td colspan=3>{REPLY.format(item.asked + timedelta(days=50)) if item.replied else ''}</td></tr></table>"
    )
    return LetterPage(
        "四格信件", True, "http://www.yunyang.gov.cn/szxx/view?mid=77", frame(r, "信件查看", main), (item,)
    )


LETTER_WRITERS: tuple[LetterWriter, ...] = (grid_list, lines_list, talk, folded_detail)


def sections(r: random.Random) -> GuidePage:
    """Sections whose heading is a div with an icon; the text in a list or a table of its own."""
    item, rows = content(r)
    parts = []
    for name, label, text in rows:
        inner = f"<div class=bd><p>{text}</p></div>"
        if name == "申请材料":
            inner = f"<div class=bd><table><tr><th>序号</th><th>名称</th><th>份数</th></tr><tr><td>1</td><td>{text}</td><td>1</td></tr></table></div>"
        if name == "办理流程":
            inner = "<div class=bd><ol>" + "".join(f"<li>{part}</li>" for part in text.split("；")) + "</ol></div>"
        parts.append(f"<div class=sec><div class=hd><i class=ico></i><span>{label}</span></div>{inner}</div>")
    return GuidePage(
        "分节",
        "http://zwfw.beichuan.gov.cn/sx/8831",
        frame(r, item, f"<h1>{item}</h1>{''.join(parts)}"),
        shown_of(rows),
    )


def six_cells(r: random.Random) -> GuidePage:
    """Three pairs in a row, labels with a colon and spaces inside."""
    item, rows = content(r)
    cells = [f"<td class=l>{label[:2]}　{label[2:]}：</td><td>{text}</td>" for _, label, text in rows]
    made = "".join("<tr>" + "".join(cells[n : n + 3]) + "</tr>" for n in range(0, len(cells), 3))
    return GuidePage(
        "三对一行",
        "http://www.qinghe.gov.cn/bszn/771.html",
        frame(r, f"{item}办事指南", f"<h2>{item}</h2><table>{made}</table>"),
        shown_of(rows),
    )


def run_on(r: random.Random) -> GuidePage:
    """One paragraph after the other: the label bold at its start, the text behind it without a mark."""
    item, rows = content(r)
    made = "".join(f"<p><b>{label}</b>　{text}</p>" for _, label, text in rows)
    return GuidePage(
        "粗体段首",
        "http://www.liujiang.gov.cn/fw/202301/t20230105_88.html",
        frame(r, f"{item}指南", f"<h1>{item}服务指南</h1><div class=con>{made}</div>"),
        shown_of(rows),
    )


GUIDE_WRITERS: tuple[GuideWriter, ...] = (sections, six_cells, run_on)
