"""Articles that invite a wrong publish date: at the end, above, torn apart, among others, in other languages."""

import random
from datetime import date

from tests.accuracy.families import wary_pieces as p
from tests.accuracy.families import words as w
from tests.accuracy.families.base import Labelled
from tests.accuracy.families.wary_pieces import TODAY

DIGITS = "〇一二三四五六七八九"


def _tens(n: int) -> str:
    head = "" if n < 10 else "十" if n < 20 else f"{DIGITS[n // 10]}十"
    return head + (DIGITS[n % 10] if n % 10 else "")


def _hanzi(r: random.Random, day: date) -> str:
    zero = r.choice("〇〇○Ｏ零")
    year = "".join(DIGITS[int(c)] for c in str(day.year)).replace("〇", zero)
    return f"{year}年{_tens(day.month)}月{_tens(day.day)}日"


def _wide(text: str) -> str:
    return text.translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789"})


def opening_day(r: random.Random) -> Labelled:
    """The text opens on the day of the meeting; the publish date stands only at the end."""
    city, t, day, source = p.start(r)
    opening = f"{p.cn(p.before(r, day))}，市长{r.choice(p.PEOPLE)}主持召开专题会议。{p.sentence(r, day)}"
    label = r.choice(["发布日期：{}", "（发布时间：{}）", "[发布日期] {}", "发布于 {}", "信息发布时间：{}"])
    end = p.right(label.format(p.shown(r, day)))
    main = f"{p.headline(r, t)}{p.text(r, [opening, *p.sentences(r, day)])}{p.right(p.origin(r, source))}{end}"
    return p.page(r, "文首日期", main, day, t, source, city=city)


def date_above(r: random.Random) -> Labelled:
    """The date is printed above the headline; under it the day and the place of the meeting."""
    city, t, day, source = p.start(r)
    held = p.before(r, day)
    above = f'<div class="{p.cls(r)}"><span>{p.shown(r, day)}</span> <span>{p.origin(r, source)}</span></div>'
    under = f'<p class="{p.cls(r)}">会议时间：{p.shown(r, held)}　地点：市政府三楼会议室</p>'
    main = f"{above}{p.headline(r, t)}{under}{p.text(r, p.sentences(r, day))}"
    return p.page(r, "题上日期", main, day, t, source, city=city)


def split_spans(r: random.Random) -> Labelled:
    """The day stands large, the year and the month small, each in its own element."""
    city, t, day, source = p.start(r)
    forms = {
        "day-first": f"<b style='font-size:36px'>{day:%d}</b><i>{day:%Y-%m}</i>",
        "year-first": f"<span>{day.year}</span><em>{day:%m-%d}</em>",
        "day-month-year": f"<strong>{day:%d}</strong><span>{day:%m}月</span><span>{day.year}年</span>",
        "each": f"<span>{day.year}</span>年<span>{day:%m}</span>月<span>{day:%d}</span>日",
        "day-dot": f"<p>{day:%d}</p><p>{day:%Y.%m}</p>",
    }
    shape = r.choice(list(forms))
    stamp = f'<div class="{p.cls(r)}" style="float:left">{forms[shape]}</div>'
    title = p.headline(r, t)
    top = stamp + title if r.random() < 0.6 else title + stamp
    main = f"{top}{p.info(r, [p.origin(r, source)])}{p.text(r, p.sentences(r, day))}"
    return p.page(r, "拆开日期", main, day, t, source, city=city, note=shape)


def one_line(r: random.Random) -> Labelled:
    """The printed date shares its line with the dates of the next and the previous article."""
    city, t, day, source = p.start(r)
    last, following = p.before(r, day), p.past(p.after(r, day, 1, 6))
    own = f"{day} {p.clock(r)} {p.origin(r, source)}"
    prev = f'上一篇：<a href="/p/1.html">{w.title(r)}</a>（{last}）'
    later = f'下一篇：<a href="/p/2.html">{w.title(r)}</a>（{following}）'
    order = r.choice([[own, prev, later], [prev, own, later]])
    main = f'{p.headline(r, t)}<div class="{p.cls(r)}">{r.choice(["　", " | "]).join(order)}</div>{p.text(r, p.sentences(r, day))}'
    return p.page(r, "一行多日", main, day, t, source, city=city)


def full_width(r: random.Random) -> Labelled:
    """The printed date has full-width digits; the text has half-width dates at once."""
    city, t, day, source = p.start(r)
    own = _wide(r.choice([p.cn(day), f"{day}", f"{day:%Y．%m．%d}", f"{day:%Y－%m－%d}"]))
    label = r.choice(["发布日期：", "发布时间：", "", "日期："])
    opening = f"发布会于{p.before(r, day, 2, 30)}举行。{p.sentence(r, day)}"
    main = f"{p.headline(r, t)}{p.info(r, [label + own, p.origin(r, source)], False)}{p.text(r, [opening, *p.sentences(r, day)])}"
    return p.page(r, "全角数字", main, day, t, source, city=city)


def header_clock(r: random.Random) -> Labelled:
    """A clock, the weather and the newest update of the site in plain HTML over a bare printed date."""
    city, t, day, source = p.start(r)
    clock = r.choice(
        [
            f"今天是{p.cn(TODAY)} 星期三 农历三月初七",
            f"{TODAY} 09:00:12 星期三",
            f"{p.cn(TODAY)} 晴 9~21℃ 本站今日更新：{TODAY}",
            f"<span>更新日期：{TODAY}</span> <span>设为首页</span>",
        ]
    )
    own = r.choice([f"{day}", f"{day:%Y/%m/%d}", f"{day} {p.clock(r)}", f"({p.cn(day)})"])
    main = f"{p.headline(r, t)}{p.info(r, r.sample([own, p.origin(r, source)], 2))}{p.text(r, p.sentences(r, day))}"
    top = f'<div class="{r.choice(["date", "time", "top", p.cls(r)])}">{clock}</div>'
    return p.page(r, "页首时钟", main, day, t, source, city=city, top=top, side=True)


def comments(r: random.Random) -> Labelled:
    """Readers' comments and the office's replies are newer and better marked than the article."""
    city, t, day, source = p.start(r)
    remarks = "".join(
        f'<div class="comment"><b>{r.choice(["网友", "市民", "匿名"])}{n}楼</b><span class="date">发布时间：{p.past(p.after(r, day, 0, 20))} {p.clock(r)}:05</span><p>{r.choice(["支持", "什么时候开工？", "办得好"])}</p></div>'
        for n in range(1, r.randint(3, 9))
    )
    main = f'{p.headline(r, t)}{p.info(r, [p.origin(r, source), f"{day}"])}{p.text(r, p.sentences(r, day))}<div class="{p.cls(r)}"><h4>网友评论</h4>{remarks}</div>'
    return p.page(r, "评论日期", main, day, t, source, city=city)


def five_fields(r: random.Random) -> Labelled:
    """Five fields of a 政府信息公开 page, four of them dates; one is the day it was made public."""
    city, t, day, _ = p.start(r)
    written = p.before(r, day, 3, 60)
    fields = [
        ("索引号", f"11{r.randint(10**6, 10**7)}/{day.year}-{r.randint(10**4, 10**5)}"),
        ("成文日期", r.choice([f"{written}", p.cn(written)])),
        ("生效日期", r.choice([f"{p.after(r, written, 1, 3)}", f"{p.after(r, day, 5, 40)}"])),
        ("废止日期", r.choice([f"{p.after(r, day, 700, 1900)}", "无", f"{p.past(p.after(r, day, 1, 9))}"])),
        (r.choice(["公开日期", "发布日期", "公开时间", "发布时间"]), r.choice([f"{day}", p.cn(day)])),
    ]
    r.shuffle(fields)
    shape = r.choice(["pairs", "columns", "list", "wide"])
    if shape == "pairs":
        box = f"<table>{''.join(f'<tr><td>{a}</td><td>{b}</td></tr>' for a, b in fields)}</table>"
    elif shape == "columns":
        box = f"<table border=1><tr>{''.join(f'<th>{a}</th>' for a, _ in fields)}</tr><tr>{''.join(f'<td>{b}</td>' for _, b in fields)}</tr></table>"
    elif shape == "list":
        box = f"<ul>{''.join(f'<li><b>{a}：</b><span>{b}</span></li>' for a, b in fields)}</ul>"
    else:
        box = f"<table><tr>{''.join(f'<td><b>{a[:2]}　{a[2:]}：</b></td><td>{b}</td>' for a, b in fields)}</tr></table>"
    title = p.headline(r, t)
    top = box + title if r.random() < 0.4 else title + box
    main = f"{top}{p.text(r, p.sentences(r, day))}{p.right(p.cn(written))}"
    return p.page(r, "五项日期", main, day, t, city=city, note=shape)


def hanzi_signoff(r: random.Random) -> Labelled:
    """A document signed off in Chinese numerals some time before the printed date."""
    city, t, day, source = p.start(r)
    written = p.before(r, day, 4, 90)
    head = f"<p align=center>{city[:-1]}政发〔{written.year}〕{r.randint(1, 99)}号</p>"
    sign = p.right(f"{city}人民政府") + p.right(_hanzi(r, written))
    line = p.info(r, [p.published(r, day), p.origin(r, source)])
    title = p.headline(r, t)
    note = r.choice(["under", "end"])
    text = p.text(r, p.sentences(r, day)) + sign
    main = f"{title}{line}{head}{text}" if note == "under" else f"{title}{head}{text}{line}"
    return p.page(r, "汉字落款", main, day, t, source, city=city, note=note)


def modified_stamp(r: random.Random) -> Labelled:
    """The stamps of the last change and of three reviews stand beside the publish date."""
    city, t, day, source = p.start(r)
    changed = p.past(p.after(r, day, 1, 200))
    stamp = r.choice(["最后修改：", "更新时间：", "最近更新：", "修订日期："]) + p.shown(r, changed)
    parts = [stamp, f"{r.choice(['发布时间：', '发布日期：'])}{p.shown(r, day)}", p.origin(r, source)]
    r.shuffle(parts)
    reviews = f"<p>初审：{r.choice(p.PEOPLE)}（{p.before(r, day, 2, 3)}）复审：{r.choice(p.PEOPLE)}（{p.before(r, day, 1, 1)}）终审：{r.choice(p.PEOPLE)}（{changed}）</p>"
    main = f"{p.headline(r, t)}{p.info(r, parts)}{p.text(r, p.sentences(r, day))}{reviews if r.random() < 0.5 else ''}"
    return p.page(r, "修改时间", main, day, t, source, city=city)


def reprint(r: random.Random) -> Labelled:
    """A reprint tells when the original appeared and when this site put it up."""
    city, t, day, _ = p.start(r)
    source, first = r.choice(p.PAPERS), p.before(r, day, 1, 25)
    parts = [
        f"{r.choice(['原文发布时间', '原文日期', '原载时间', '首发时间'])}：{p.shown(r, first)}",
        f"{r.choice(['本站发布时间', '转载时间', '本站转载时间', '本网发布时间'])}：{p.shown(r, day)}",
        f"来源：{source}",
    ]
    r.shuffle(parts)
    end = f"<p>（原载《{source}》{p.cn(first)}第{r.randint(1, 8)}版）</p>"
    main = f"{p.headline(r, t)}{p.info(r, parts)}{p.text(r, p.sentences(r, day))}{end if r.random() < 0.6 else ''}"
    return p.page(r, "转载时间", main, day, t, source, city=city)


def migrated(r: random.Random) -> Labelled:
    """The address and a meta tag keep the day of the site's move; the text an older sign-off."""
    city, t, day, source = p.start(r)
    moved = p.past(p.after(r, day, 40, 1200))
    written = p.before(r, day, 30, 900)
    extra = f'<meta name="PubDate" content="{moved} {p.clock(r)}"/>' if r.random() < 0.5 else ""
    line = p.info(r, [f"{day} {p.clock(r)}:51", f"信息来源：{source}"])
    main = f"{p.headline(r, t)}{line}{p.text(r, p.sentences(r, day))}{p.right(_hanzi(r, written))}"
    url = f"http://www.{p.HOSTS[city]}.gov.cn{p.dated_path(r, moved)}"
    return p.page(r, "迁移日期", main, day, t, source, city=city, extra=extra, url=url)


def hidden_block(r: random.Random) -> Labelled:
    """A hidden block, a comment and a template keep a stale date no reader sees."""
    city, t, day, source = p.start(r)
    stale = p.before(r, day, 100, 900)
    stamp = f"发布时间：{stale} {p.clock(r)}"
    forms = {
        "none": f'<div style="display:none"><h1>{w.title(r)}</h1><span class="date">{stamp}</span></div>',
        "comment": f'<!-- <span class="pubtime">{stamp}</span> -->',
        "template": f'<script type="text/html" id="tpl"><p class="time">{stamp}</p></script>',
        "tag": f"<template><p>{stamp}</p></template>",
        "hidden": f"<p hidden>{stamp}</p>",
    }
    shape = r.choice(list(forms))
    main = (
        f"{p.headline(r, t)}{forms[shape]}{p.info(r, [f'{day}', p.origin(r, source)])}{p.text(r, p.sentences(r, day))}"
    )
    return p.page(r, "隐藏日期", main, day, t, source, city=city, note=shape)


def interpretation(r: random.Random) -> Labelled:
    """A reading of a policy gives the policy's own dates in a box right under the headline."""
    city, t, day, source = p.start(r)
    issued = p.before(r, day, 5, 300)
    title = f"《{t}》政策解读"
    box = f'<div class="{p.cls(r)}"><p>解读文件：<a href="/wj/1.html">《{t}》</a>（{city[:-1]}政办发〔{issued.year}〕{r.randint(1, 60)}号）</p><p>文件印发日期：{p.shown(r, issued)}　文件施行日期：{p.after(r, issued)}</p></div>'
    line = p.info(r, [p.published(r, day), p.origin(r, source)])
    head = r.choice([box + line, line + box])
    opening = f"{p.cn(issued)}，{city}人民政府印发了《{t}》，现解读如下。"
    main = f"{p.headline(r, title)}{head}{p.text(r, [opening, *p.sentences(r, day)])}"
    return p.page(r, "政策解读", main, day, title, source, city=city)


def quoted_notices(r: random.Random) -> Labelled:
    """The text quotes other notices with their own 发布时间; the article's own date has no label."""
    city, t, day, source = p.start(r)
    quotes = [
        f"<blockquote><h3>{w.title(r)}</h3><p>发布时间：{p.before(r, day, 5, 300)} {p.clock(r)}　来源：{r.choice(p.PAPERS)}</p><p>{p.sentence(r, day)}</p></blockquote>"
        for _ in range(r.randint(2, 4))
    ]
    lines = [f"近期网上流传的几则消息，现将原文摘录如下。{p.sentence(r, day)}", *quotes, p.sentence(r, day)]
    own = r.choice([f"{day}", f"{day} {p.clock(r)}", p.cn(day)])
    main = f"{p.headline(r, t)}{p.info(r, [own, p.origin(r, source)], False)}{p.text(r, lines)}"
    return p.page(r, "引用通知", main, day, t, source, city=city)


def english(r: random.Random) -> Labelled:
    """An English article with American and British dates in its text."""
    city, _, day, _ = p.start(r)
    title = r.choice(
        ["Qinghe opens new river park", "Investment fair held in Liujiang", "Notice on visa service hours"]
    )
    source = r.choice(["Qinghe Daily", "Foreign Affairs Office", "Liujiang News"])
    own = r.choice(
        [
            f"Published: {day:%B} {day.day}, {day.year}",
            f"Date: {day.day} {day:%b} {day.year}",
            f"{day:%B} {day.day}, {day.year}",
            f"{day} {p.clock(r)}",
            f"Release date: {day:%b}. {day.day}, {day.year}",
        ]
    )
    held = p.before(r, day, 2, 300)
    lines = [
        f"The city held a ceremony on {held:%B} {held.day}, {held.year}, attended by more than 300 guests.",
        f"The park will be open to all visitors until {p.after(r, day, 60, 90):%d %B %Y}.",
        f"According to a report released on {p.before(r, day, 400, 800)}, tourism grew by 12 percent.",
    ]
    main = f"{p.headline(r, title)}{p.info(r, [own, f'Source: {source}'], False)}{p.text(r, lines)}"
    return p.page(r, "英文", main, day, title, source, city=city, side=False)


def traditional(r: random.Random) -> Labelled:
    """A page in traditional characters with the dates of writing and of revision beside the publish date."""
    city, _, day, _ = p.start(r)
    title = r.choice(
        ["關於開展春季植樹活動的通知", "經濟運行情況通報", "關於調整服務時間的公告", "兩岸青年交流活動舉行"]
    )
    source = r.choice(["市政府辦公室", "臺港澳事務辦公室", "財政局"])
    parts = [
        f"{r.choice(['發佈日期', '發布時間', '發佈時間', '發布日期'])}：{r.choice([f'{day}', p.cn(day)])}",
        f"成文日期：{p.before(r, day, 3, 40)}",
        f"修訂日期：{p.past(p.after(r, day, 1, 40))}",
        f"來源：{source}",
    ]
    r.shuffle(parts)
    lines = [
        f"{p.cn(p.before(r, day, 5, 50))}，有關部門召開會議，要求切實做好各項準備工作。",
        "聯繫電話：0555-1234567。",
    ]
    main = f"{p.headline(r, title)}{p.info(r, parts, False)}{p.text(r, lines * r.randint(1, 4))}"
    return p.page(r, "繁體", main, day, title, source, city=city)


WRITERS = (
    opening_day,
    date_above,
    split_spans,
    one_line,
    full_width,
    header_clock,
    comments,
    five_fields,
    hanzi_signoff,
    modified_stamp,
    reprint,
    migrated,
    hidden_block,
    interpretation,
    quoted_notices,
    english,
    traditional,
)
