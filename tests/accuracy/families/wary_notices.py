"""Notices and reports whose dates are mostly of something else: the end of a call, a meeting, a day reported on."""

import random
from datetime import timedelta

from tests.accuracy.families import wary_pieces as p
from tests.accuracy.families import words as w
from tests.accuracy.families.base import Labelled
from tests.accuracy.families.wary_pieces import TODAY


def activity(r: random.Random) -> Labelled:
    """A call for opinions: start, end and state stand near the headline; the publish date beside or below."""
    city, t, day, source = p.start(r)
    begin = p.after(r, day, 0, 4)
    end = p.after(r, begin, 7, 30)
    title = f"关于《{t}》公开征求意见的公告"
    state = "已结束" if end < TODAY else "进行中"
    span = r.choice(
        [
            f"征集时间：{begin} 至 {end}",
            f"开始时间：{begin} 09:00　结束时间：{end} 18:00",
            f"起止日期：{p.cn(begin)}—{p.cn(end)}",
        ]
    )
    box = f'<div class="{p.cls(r)}"><span>{span}</span> <span>状态：{state}</span></div>'
    line = p.info(r, [f"{r.choice(['发布时间：', '发布日期：'])}{p.shown(r, day)}", p.origin(r, source)])
    shape = r.choice(["above", "below", "end"])
    text = p.text(r, p.sentences(r, day))
    inner = {"above": line + box + text, "below": box + line + text, "end": box + text + line}[shape]
    return p.page(r, "征集活动", p.headline(r, title) + inner, day, title, source, city=city, note=shape)


def tender(r: random.Random) -> Labelled:
    """A tender with six dates in a table; the notice's own is 公告时间."""
    city, _, day, _ = p.start(r)
    due, opened = p.after(r, day, 5, 10), p.after(r, day, 20, 30)
    title = f"{city}{r.choice(w.WHAT)}采购项目公开招标公告"
    rows = [
        ("采购项目名称", r.choice(w.WHAT)),
        ("采购单位", r.choice(w.WHO)),
        ("开标时间", f"{p.cn(opened)} 09:30"),
        (r.choice(["公告时间", "公告日期", "公告发布时间"]), r.choice([f"{p.cn(day)} {p.clock(r)}", f"{day}"])),
        ("获取招标文件时间", f"{p.cn(p.after(r, day, 1, 2))}至{p.cn(due)} 每日上午:8:30 至 12:00"),
        ("报名截止时间", f"{due} 17:30"),
        ("预算金额", f"￥{r.randint(10, 900)}.{r.randint(10, 99)}万元（人民币）"),
    ]
    r.shuffle(rows)
    box = f"<table border=1>{''.join(f'<tr><td>{a}</td><td>{b}</td></tr>' for a, b in rows)}</table>"
    lines = [
        f"立项批复日期：{p.before(r, day, 20, 90)}",
        f"提交投标文件截止时间、开标时间：{p.cn(opened)} 9点30分（北京时间）",
        "公告期限：自本公告发布之日起5个工作日。",
        *p.sentences(r, day),
    ]
    return p.page(r, "招标公告", f"{p.headline(r, title)}{box}{p.text(r, lines)}", day, title, city=city)


def correction(r: random.Random) -> Labelled:
    """A correction tells the first notice's date and the moved opening; its own date is printed once."""
    city, _, day, source = p.start(r)
    first = p.before(r, day, 5, 20)
    title = f"{r.choice(w.WHAT)}项目更正公告（{r.choice('一二三')}）"
    lines = [
        "一、项目基本情况",
        f"原公告的采购项目编号：QH{first:%Y%m%d}-0{r.randint(1, 9)}",
        f"首次公告日期：{p.cn(first)}",
        "二、更正信息",
        f"原开标时间：{p.cn(p.after(r, first, 20, 21))}，现更正为：{p.cn(p.after(r, day, 15, 16))}",
        *p.sentences(r, day)[:3],
    ]
    line = p.info(r, [p.origin(r, source), r.choice([f"{day}", f"发布日期：{day}", f"发稿时间：{day} {p.clock(r)}"])])
    return p.page(r, "更正公告", f"{p.headline(r, title)}{line}{p.text(r, lines)}", day, title, source, city=city)


def job_notice(r: random.Random) -> Labelled:
    """A job notice with a calendar of tests; the publish date under the headline or at the very end."""
    city, _, day, source = p.start(r)
    title = f"{day.year}年{city}{r.choice(w.WHO[2:12])}公开招聘工作人员公告"
    steps = ["网上报名", "资格审查", "缴费确认", "准考证打印", "笔试", "面试", "体检"]
    days = [day + timedelta(days=7 * n + r.randint(1, 5)) for n in range(len(steps))]
    rows = "".join(f"<tr><td>{s}时间</td><td>{p.cn(d)}</td></tr>" for s, d in zip(steps, days, strict=True))
    born = f"年龄在35周岁以下（{p.cn(p.before(r, day, 12780, 12790))}以后出生），工作年限计算截止{p.cn(p.after(r, day, 3, 9))}。"
    table = f"<table border=1><tr><th>环节</th><th>日期</th></tr>{rows}</table>"
    shape = r.choice(["under", "end"])
    own = p.info(
        r, [f"{r.choice(['日期：', '发布日期：', '发布时间：'])}{p.shown(r, day)}", p.origin(r, source)], False
    )
    text = p.text(r, [born, *p.sentences(r, day)]) + p.right(f"{city}人力资源和社会保障局")
    inner = own + table + text if shape == "under" else table + text + own
    return p.page(r, "招聘公告", p.headline(r, title) + inner, day, title, source, city=city, note=shape)


def meeting_notice(r: random.Random) -> Labelled:
    """A meeting notice: the hour of the meeting in bold, the receipt's deadline, then a bare printed date."""
    city, _, day, source = p.start(r)
    held = p.after(r, day, 1, 8)
    title = f"关于召开{r.choice(w.WHAT)}会议的通知"
    lines = [
        f"<b>一、会议时间</b>：{p.cn(held)}（星期{'一二三四五六日'[held.weekday()]}）上午9:00",
        "<b>二、会议地点</b>：市行政中心1号楼报告厅",
        f"<b>三、报名</b>：请于{p.cn(held - timedelta(days=1))}17:00前将回执报送。",
        p.sentence(r, day),
    ]
    own = r.choice([f"{day}", f"发布时间：{day} {p.clock(r)}", f"【{p.cn(day)}】", f"{day:%Y.%m.%d}"])
    main = f"{p.headline(r, title)}{p.info(r, [own, p.origin(r, source)])}{p.text(r, lines)}"
    return p.page(r, "会议通知", main, day, title, source, city=city)


def daily_report(r: random.Random) -> Labelled:
    """A report named for one day, full of other days, and published on a later one."""
    city, _, day, _ = p.start(r)
    about = p.before(r, day, 1, 3)
    title = f"{p.cn(about)}{city}{r.choice(['空气质量日报', '水情公报', '蔬菜价格监测', '疫情通报'])}"
    rows = "".join(
        f"<tr><td>{about - timedelta(days=n)}</td><td>{r.randint(20, 160)}</td><td>{r.choice(['优', '良'])}</td></tr>"
        for n in range(r.randint(3, 10))
    )
    source = r.choice(w.WHO[2:12])
    table = f"<table border=1><tr><th>日期</th><th>数值</th><th>等级</th></tr>{rows}</table>"
    main = f"{p.headline(r, title)}{p.info(r, [p.published(r, day), p.origin(r, source)])}<p>统计时间：{about} 00:00—24:00</p>{table}"
    return p.page(r, "日报", main, day, title, source, city=city)


WRITERS = (
    activity,
    tender,
    correction,
    job_notice,
    meeting_notice,
    daily_report,
)
