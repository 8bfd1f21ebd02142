"""List pages by an adversary: foreign dates, split dates, several date columns, rows that hide or multiply."""

import random
from datetime import date, timedelta

from tests.accuracy.families import words as w
from tests.accuracy.families.base import Labelled, newest_day
from tests.accuracy.families.wary_frames import (
    TODAY,
    YESTERDAY,
    aside,
    crumb,
    document,
    frame,
    fresh_rows,
    listed,
    menu,
    name_of,
    noise,
    old_frame,
    pager,
    place,
    stamp,
    tree,
)

GB = ["gb2312", "GBK", "gb18030", "GB2312"]


def _days(r: random.Random, low: int = 4, high: int = 15, step: int = 12) -> list[date]:
    return w.falling(r, newest_day(r), r.randint(low, high), step)


def _later(r: random.Random, d: date) -> date:
    """A day after `d`, often after the newest entry too, never after today."""
    return min(d + timedelta(days=r.randint(5, 60)), TODAY)


def trs_date_first(r: random.Random) -> Labelled:
    """TRS: the date stands before a shortened title, the address says it again; a box of fresh foreign rows."""
    p, days = place(r), _days(r)
    rows = ""
    for d in days:
        t = w.title(r)
        rows += f'<li><span class="sj">{d}</span><a href="./{d:%Y%m}/t{d:%Y%m%d}_{r.randint(10**5, 10**7)}.html" title="{t}" target="_blank">{t[:14]}...</a></li>\n'
    body = frame(r, p, f'<ul class="list_01">{rows}</ul>{pager(r)}')
    return listed("TRS日期在前", p, "http://tjj.qinghe.gov.cn/zwgk/tzgg/", document(name_of(r, p), body), days)


def hanweb_store(r: random.Random) -> Labelled:
    """大汉: both the column and the box beside it are records in a script; the reader sees each in its place."""
    p, days = place(r), _days(r, 4, 15)
    own = "".join(f'<record><![CDATA[<li><a href="/art/{d.year}/{d.month}/{d.day}/art_78_{r.randint(10**5, 10**7)}.html" title="{t}" target="_blank">{t}</a><b>{d}</b></li>]]></record>' for d in days for t in [w.title(r)])  # fmt: skip
    foreign = "".join(f'<record><![CDATA[<li><a href="/art/{TODAY.year}/4/{26 - n}/art_9_{n}.html">{w.title(r)}</a><b>{TODAY - timedelta(days=n)}</b></li>]]></record>' for n in range(8))  # fmt: skip

    def store(unit: int, records: str, total: int) -> str:
        return f'<div id="{unit}"><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1"></a>]]></nextgroup><recordset>{records}</recordset></datastore></script></div><script>$("#{unit}").jpage({{cache:false,perPage:15,totalRecord:{total},columnid:78,unitid:"{unit}"}});</script>'

    left = f'<div class="fl"><h3>最新公开</h3><ul>{store(31001, foreign, 8)}</ul></div>'
    body = f'{menu(r)}{crumb(r, p)}{left}<div class="fr"><h2>{p.column}</h2><ul class="lb">{store(31002, own, len(days))}</ul></div>{w.footer(r, p.marks, p.city)}'
    page = document(name_of(r, p), body, head=f'<meta name="ColumnName" content="{p.column}">')
    return listed("大汉数据岛", p, "http://www.yunyang.gov.cn/col/col78/index.html", page, days)


def boda_split(r: random.Random) -> Labelled:
    """博达: numbered li, the day in one element and year and month in another, the whole row one link."""
    p, days = place(r), _days(r)
    month_first = r.random() < 0.5
    rows = ""
    for n, d in enumerate(days):
        box = f"<i>{d:%Y-%m}</i><b>{d:%d}</b>" if month_first else f"<b>{d:%d}</b><i>{d:%Y/%m}</i>"
        rows += f'<li id="line_u8_{n}"><a href="../info/1017/{r.randint(10**5, 10**7)}.htm"><div class="sj">{box}</div><div class="wz"><h4>{w.title(r)}</h4><p>{r.choice(w.PARA)}</p></div></a></li>'
    pages = '<div class="p_pages"><span class="p_no_d">1</span><span class="p_no"><a href="tzgg/11.htm">2</a></span><span class="p_next p_fun"><a href="tzgg/11.htm">下页</a></span></div>'
    body = frame(r, p, f"<ul>{rows}</ul>{pages}")
    return listed("博达拆分日期", p, "http://kjj.liujiang.gov.cn/index/tzgg.htm", document(name_of(r, p), body), days)


def kaipu_cards(r: random.Random) -> Labelled:
    """开普: picture cards with two links each and a summary full of dates; the date is in the card's foot."""
    p, days = place(r), _days(r, 3, 12)
    cards = ""
    for d in days:
        t, url = w.title(r), f"/{r.randint(100, 999)}/content_{r.randint(1000, 9999)}.shtml"
        said = f"{YESTERDAY.month}月{YESTERDAY.day}日至5月7日，{t}。" if r.random() < 0.5 else r.choice(w.PARA)
        cards += f'<div class="card"><a href="{url}" class="img"><img src="/u/{d:%Y%m}/1.jpg" alt=""></a><div class="txt"><a href="{url}"><strong>{t}</strong></a><p>{said}</p><div class="ft"><span>阅读 {r.randint(20, 9000)}</span><span>{d.month}月{d.day}日 {d.year}</span></div></div></div>'
    body = frame(r, p, f'<div class="cards">{cards}</div>{pager(r, "list")}')
    return listed("开普图文卡片", p, "https://www.nanling.gov.cn/c100/list.shtml", document(name_of(r, p), body), days)


def siteserver_dl(r: random.Random) -> Labelled:
    """SiteServer: one dl, dt a title and dd a date in brackets; the last box is another dl."""
    p, days = place(r), _days(r)
    rows = "".join(f'<dt><a href="/contents/{r.randint(10**5, 10**7)}/{r.randint(10**5, 10**7)}.html">{w.title(r)}</a></dt><dd>[{d.year}/{d.month}/{d.day}]　点击：{r.randint(3, 2000)}</dd>' for d in days)  # fmt: skip
    other = f"<dl class='jx'><dt>推荐阅读</dt>{fresh_rows(r, 6, 'dd')}</dl>"
    body = frame(r, p, f'<dl class="news">{rows}</dl>{pager(r, "channel")}', other)
    return listed("SiteServer定义列表", p, "http://slj.beichuan.gov.cn/channels/12.html", document(name_of(r, p), body), days)  # fmt: skip


def diguo_tables(r: random.Random) -> Labelled:
    """帝国: a nested table for every row and a dotted line between; two-digit years in brackets."""
    p, days = place(r), _days(r)
    rows = "".join(f'<table width="98%" border=0><tr><td width=15><img src="/i/d.gif"></td><td><a href="/e/action/ShowInfo.php?classid=7&id={r.randint(10**5, 10**7)}">{w.title(r)}</a></td><td align=right>({d:%y-%m-%d})</td></tr></table><table width="98%"><tr><td height=1 background="/i/line.gif"></td></tr></table>' for d in days)  # fmt: skip
    inner = f'<table width=100%><tr><td bgcolor="#ddeeff"><b>{p.column}</b></td></tr><tr><td>{rows}</td></tr><tr><td align=center>共 <b>{r.randint(30, 900)}</b> 条 <a href="/e/action/ListInfo.php?page=1&classid=7">下一页</a></td></tr></table>'
    page = document(name_of(r, p), old_frame(r, p, inner), r.choice(GB))
    return listed("帝国一行一表", p, "http://nyj.dongping.gov.cn/e/action/ListInfo.php?classid=7", page, days)


def dede_links(r: random.Random) -> Labelled:
    """织梦: every row has three links, a class, a title and an office; the date may come first or last."""
    p, days = place(r), _days(r)
    first = r.random() < 0.4
    rows = ""
    for d in days:
        t, when = w.title(r), f"<span>{d}</span>"
        links = f'<a href="/plus/list.php?tid={r.randint(2, 30)}">[{r.choice(w.COLUMNS)}]</a> <a href="/a/tzgg/{d.year}/{d:%m%d}/{r.randint(10**5, 10**7)}.html" title="{t}">{t}</a> <a href="/bm/{r.randint(1, 20)}/">{r.choice(w.WHO)}</a>'
        rows += f"<li>{when if first else ''}{links}{'' if first else when}</li>"
    hot = "".join(f"<li><span>{n}</span><a href='/a/{n}.html'>{w.title(r)}</a></li>" for n in range(1, 11))
    body = frame(r, p, f'<ul class="d6">{rows}</ul><ul class="hot">点击排行{hot}</ul>{pager(r, "list_3")}')
    page = document(name_of(r, p), body, r.choice(["utf-8", *GB]))
    return listed("织梦多链接行", p, "http://swj.qinghe.gov.cn/a/tzgg/", page, days)


def phpcms_gaps(r: random.Random) -> Labelled:
    """PHPCMS: blank li between groups of five, time to the second, a title that begins with another date."""
    p, days = place(r), _days(r, 5, 18)
    rows = ""
    for n, d in enumerate(days):
        lead = f"{YESTERDAY.month}月{YESTERDAY.day}日" if r.random() < 0.3 else ""
        rows += f'<li><span class="rt">{d} {r.randint(8, 18):02d}:{r.randint(0, 59):02d}:{r.randint(0, 59):02d}</span>·<a href="/index.php?m=content&c=index&a=show&catid=14&id={r.randint(10**5, 10**7)}" target="_blank">{lead}{w.title(r)}</a></li>'
        rows += '<li class="bk20 hr"></li>' if n % 5 == 4 else ""
    body = frame(r, p, f'<ul class="list lh24 f14">{rows}</ul><div id="pages" class="text-c"><a class="a1">{r.randint(60, 400)}条</a> <span>1</span> <a href="?page=2">2</a></div>')  # fmt: skip
    page = document(name_of(r, p), body)
    return listed(
        "PHPCMS分组空行", p, "http://zjj.yunyang.gov.cn/index.php?m=content&c=index&a=lists&catid=14", page, days
    )


def press_box(r: random.Random) -> Labelled:
    """WordPress: month in letters over the day over the year; a pinned old post; comments and a calendar beside."""
    p, days = place(r), _days(r, 3, 10, 20)
    order = [days[-1] - timedelta(days=400), *days]
    posts = "".join(f'<div class="post type-post{" sticky" if n == 0 else ""}"><div class="date-box"><span>{d:%b}</span><strong>{d.day}</strong><em>{d.year}</em></div><h2><a href="/?p={900 - n}" rel="bookmark">{"【置顶】" if n == 0 else ""}{w.title(r)}</a></h2><p>{r.choice(w.PARA)} <a class="more-link" href="/?p={900 - n}#more">阅读全文</a></p><p class="meta">发表在 <a href="/?cat=3">{p.column}</a> | <a href="/?p={900 - n}#respond">{r.randint(0, 9)}条评论</a></p></div>' for n, d in enumerate(order))  # fmt: skip
    talk = "".join(
        f"<li>网友 发表在《<a href='/?p={n}#c'>{w.title(r)}</a>》 {TODAY - timedelta(days=n)}</li>" for n in range(5)
    )
    body = f"{menu(r)}{crumb(r, p)}<div id='content'><h1>{p.column}</h1>{posts}<div class='navigation'><a href='/?cat=3&paged=2'>« 旧文章</a></div></div><div id='sidebar'><h3>近期评论</h3><ul>{talk}</ul>{noise(r)}</div>{w.footer(r, p.marks, p.city)}"
    return listed("WordPress日期块", p, "http://kjg.beichuan.gov.cn/?cat=3", document(name_of(r, p), body), order)


def gkmlpt_columns(r: random.Random) -> Labelled:
    """gkmlpt: three date columns under headers in any order; only 发布日期 is the entry's date."""
    p, days = place(r, "规范性文件"), _days(r, 4, 15, 25)
    heads = ["成文日期", "发布日期", "施行日期"]
    r.shuffle(heads)
    rows = ""
    for n, d in enumerate(days, 1):
        dates = {"成文日期": d - timedelta(days=r.randint(2, 40)), "发布日期": d, "施行日期": _later(r, d)}
        cells = "".join(f"<td>{dates[h]}</td>" for h in heads)
        rows += f'<tr><td>{n}</td><td><a href="/gkmlpt/content/10/{r.randint(10000, 10999)}/post_{r.randint(10**6, 10**7)}.html">{w.title(r)}</a></td><td>{p.city[0]}府规〔{d.year}〕{n}号</td>{cells}<td>{r.choice(["有效", "失效"])}</td></tr>'
    top = "".join(f"<th>{h}</th>" for h in ["序号", "名称", "文号", *heads, "效力"])
    inner = f'<table class="table-content"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>{pager(r)}'
    body = frame(r, p, inner)
    return listed("三列日期表", p, "http://www.liujiang.gov.cn/gkmlpt/guifan", document("政府信息公开平台", body), days)


def epoint_tenders(r: random.Random) -> Labelled:
    """Epoint: area, state, title, the day of notice and a deadline past or to come, with a countdown."""
    p, days = place(r, "招标公告"), _days(r, 5, 15, 4)
    rows = ""
    for d in days:
        end = d + timedelta(days=r.randint(7, 40))
        left = f"距截止 {(end - TODAY).days}天" if end > TODAY else "已截止"
        rows += f'<li class="ewb-list-node clearfix"><span class="area">[{r.choice(["东河区", "柳林镇", "市本级"])}]</span><a href="/jyxx/002001/{d:%Y%m%d}/{r.randint(10**8, 10**9)}.html" class="ewb-list-name" title="">{w.title(r)}<font color="red">[{left}]</font></a><span class="end">投标截止：{end} 09:30</span><span class="ewb-list-date">发布：{d}</span></li>'
    body = frame(
        r, p, f'<ul class="ewb-list">{rows}</ul><span id="index">1/{r.randint(2, 60)}</span><a href="2.html">下页</a>'
    )
    return listed(
        "招标截止日期", p, "http://ggzy.nanling.gov.cn/jyxx/002001/", document("公共资源交易中心", body), days
    )


def letter_table(r: random.Random) -> Labelled:
    """Letters: a number made of a date, the day received, the state, the day published; a count as of today."""
    p = place(r, "市长信箱")
    days = _days(r, 5, 12, 5)
    rows = ""
    for d in days:
        sent = d - timedelta(days=r.randint(3, 15))
        rows += f'<tr><td>{sent:%Y%m%d}{r.randint(100, 999)}</td><td><a href="javascript:void(0)" onclick="openLetter(\'{r.randint(10**6, 10**7)}\')">{r.choice(["东河路", "清园小区", "南门桥", "北川大道", "第二中学", "云阳里"])}{r.choice(["附近停水的问题", "落户政策咨询", "公交线路调整建议", "周边噪音扰民", "夜间施工投诉"])}</a></td><td>{r.choice(w.WHO)}</td><td>{sent}</td><td><font color=green>已办结</font></td><td>{d}</td></tr>'
    top = "".join(f"<td><b>{h}</b></td>" for h in ["编号", "标题", "答复单位", "来信时间", "办理状态", "公开时间"])
    count = f"<div class='tj'>截至{TODAY}，共收到来信 {r.randint(2000, 9000)} 件，办结率99.8%</div>"
    form = "<form>编号<input name=no> 查询码<input name=pw><button>查询</button></form>"
    body = frame(r, p, f"{count}{form}<table class=xj><tr bgcolor=#eee>{top}</tr>{rows}</table>{pager(r, 'mail')}")
    return listed(
        "来信办理表", p, "http://www.qinghe.gov.cn/eportal/ui?pageId=4581", document(f"{p.city}人民政府", body), days
    )


def separator_rows(r: random.Random) -> Labelled:
    """A JSP table without th: a dotted tr after every entry, the pager as the last tr, dates in Chinese."""
    p, days = place(r), _days(r)
    rows = "".join(f'<tr height=28><td width=20>◆</td><td><a href="content.jsp?tempid=3&id={r.randint(10**5, 10**7)}" class="t">{w.title(r)}</a></td><td nowrap>{d.year}年{d.month}月{d.day}日</td></tr><tr><td colspan=3 style="border-bottom:1px dotted #ccc"></td></tr>' for d in days)  # fmt: skip
    last = f"<tr><td colspan=3 align=right>第1页/共{r.randint(2, 40)}页 <a href='list.jsp?p=2'>下一页</a> <a href='list.jsp?p=9'>末页</a></td></tr>"
    inner = f"<table width=100%><tr><td colspan=3>{p.column}</td></tr>{rows}{last}</table>"
    page = document(name_of(r, p), old_frame(r, p, inner), r.choice(GB))
    return listed("分隔行表格", p, "http://mzj.nanling.gov.cn/list.jsp?tempid=3", page, days)


def webforms_grid(r: random.Random) -> Labelled:
    """ASP.NET GridView: titles are post-backs without an address; the pager is a row of the same table."""
    p, days = place(r), _days(r, 5, 12)
    rows = ""
    for n, d in enumerate(days, 2):
        rows += f'<tr class="{"row" if n % 2 else "alt"}"><td><a id="GridView1_ctl{n:02d}_lnk" href="javascript:__doPostBack(&#39;GridView1$ctl{n:02d}$lnk&#39;,&#39;&#39;)">{w.title(r)}</a></td><td><span id="GridView1_ctl{n:02d}_lblDate">{d.year}/{d.month}/{d.day} 0:00:00</span></td><td>{r.randint(1, 900)}</td></tr>'
    numbers = "".join(
        f"<td><a href=\"javascript:__doPostBack('GridView1','Page${n}')\">{n}</a></td>" for n in range(2, 11)
    )
    grid = f'<table id="GridView1" cellspacing="0"><tr><th scope="col">标题</th><th scope="col">日期</th><th scope="col">点击数</th></tr>{rows}<tr><td colspan="3"><table><tr><td><span>1</span></td>{numbers}</tr></table></td></tr></table>'
    form = f'<form method="post" action="NewsList.aspx?cid=5" id="form1"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUKLTIwMjMwNDI1{r.randint(10**8, 10**9)}">{old_frame(r, p, grid)}</form>'
    return listed("ASPNET网格", p, "http://rsj.dongping.gov.cn/NewsList.aspx?cid=5", document(name_of(r, p), form, r.choice(["utf-8", "gb2312"])), days)  # fmt: skip


def year_rows(r: random.Random) -> Labelled:
    """Rows show month and day; the year stands alone in a heading row above, newest year first."""
    p, days = place(r), _days(r, 6, 16, 70)
    rows, year = "", 0
    for d in days:
        if d.year != year:
            year = d.year
            rows += f'<tr><td colspan=2 class="nf"><b>{year}年</b></td></tr>'
        rows += f'<tr><td><a href="show.asp?id={r.randint(10**5, 10**7)}">{w.title(r)}</a></td><td>{d:%m-%d}</td></tr>'
    page = document(name_of(r, p), old_frame(r, p, f"<table class=dsj>{rows}</table>"), "gb2312", said=False)
    return listed("年份行月日", p, "http://sfj.beichuan.gov.cn/list.asp?class=9", page, days, content_type="text/html; charset=gb2312")  # fmt: skip


def year_sections(r: random.Random) -> Labelled:
    """One list a year under jump tabs, sometimes the oldest year first; rows have the month and day only."""
    p, days = place(r), _days(r, 8, 18, 90)
    years = sorted({d.year for d in days}, reverse=r.random() < 0.5)
    tabs = "".join(f'<a href="#y{y}">{y}年</a>' for y in years)
    parts = ""
    for y in years:
        rows = "".join(f'<li><a href="/zfgb/{r.randint(10**5, 10**7)}.html">{w.title(r)}</a><em>{d.month}月{d.day}日</em></li>' for d in days if d.year == y)  # fmt: skip
        parts += f'<h4 id="y{y}">{y}年</h4><ul>{rows}</ul>'
    body = frame(r, p, f'<div class="tabs">{tabs}</div>{parts}')
    return listed("按年分段", p, "http://www.yunyang.gov.cn/zwgk/zfgb/", document(name_of(r, p), body), days)


def headline_above(r: random.Random) -> Labelled:
    """A headline and a strip of pictures, both of other columns and of today, stand over an older list."""
    p, days, form = place(r), _days(r, 4, 10), r.randrange(6)
    top = f'<div class="tt"><span>市政府头条</span><h1><a href="/yaowen/t{TODAY:%Y%m%d}_1.html">{w.title(r)}</a></h1><p>{r.choice(w.PARA)}[<a href="/yaowen/t{TODAY:%Y%m%d}_1.html">详细</a>] {TODAY}</p></div>'
    strip = "".join(f'<li><a href="/tpxw/{n}.html"><img src="/u/{n}.jpg"><p>{w.title(r)[:12]}</p></a><span>{TODAY - timedelta(days=n):%m/%d}</span></li>' for n in range(5))  # fmt: skip
    rows = "".join(f'<div class="row"><div class="c1"><a href="/{d.year}/{r.randint(10**5, 10**7)}.html">{w.title(r)}</a></div><div class="c2">{stamp(form, d)}</div></div>' for d in days)  # fmt: skip
    body = f"{menu(r)}{top}<div class='tpxw'><h3>图片新闻 <a href='/tpxw/'>更多&gt;&gt;</a></h3><ul>{strip}</ul></div>{crumb(r, p)}<h3>{p.column}</h3><div class='rows'>{rows}</div>{pager(r)}{w.footer(r, p.marks, p.city)}"
    return listed(
        "头条图片在上", p, "http://www.nanling.gov.cn/zwdt/bmdt/index.html", document(name_of(r, p), body), days
    )


def file_list(r: random.Random) -> Labelled:
    """Entries are files; names and icons speak of later months, sizes look like numbers of years."""
    p, days = place(r, "财政预决算"), _days(r, 4, 14, 40)
    rows = ""
    for d in days:
        kind, what = (
            r.choice(["pdf", "doc", "xls", "zip"]),
            r.choice(["部门预算", "三公经费", "政府采购意向", "收支决算"]),
        )
        rows += f'<li class="{kind}"><img src="/i/{kind}.gif"><a href="/upload/{d:%Y%m}/{r.randint(10**12, 10**13)}.{kind}">{r.choice(w.WHO)}{r.choice([TODAY.year, d.year])}年4月{what}.{kind}</a> <i>{r.randint(1990, 2023)}KB</i> 上传时间 {d} 下载{r.randint(2, 400)}次 <a href="/down?id={r.randint(1, 99)}">下载</a></li>'
    body = frame(r, p, f'<ul class="files">{rows}</ul>{pager(r, "wj")}')
    return listed("附件列表", p, "http://czj.qinghe.gov.cn/czyjs/", document(name_of(r, p), body), days)


def video_cards(r: random.Random) -> Labelled:
    """Videos with a length like 04:20 and a count of plays; the date under the caption; the player's own box above."""
    p, days = place(r, "视频新闻"), _days(r, 4, 12)
    cards = "".join(f'<div class="item"><a href="/video/play_{n}.html"><img src="/v/{n}.jpg"><span class="len">{r.randint(0, 23):02d}:{r.randint(1, 12):02d}:{r.randint(1, 28):02d}</span></a><p><a href="/video/play_{n}.html">{w.title(r)}</a></p><p><i>▶ {r.randint(2000, 2030)}</i><i>{d.year}.{d.month:02d}.{d.day:02d}</i></p></div>' for n, d in enumerate(days))  # fmt: skip
    live = f'<div class="live"><video src="/live.m3u8"></video>正在直播：新闻联播 {TODAY} 19:00</div>'
    body = frame(r, p, f'{live}<div class="videos">{cards}</div>{pager(r)}')
    return listed("视频时长", p, "http://www.liujiang.gov.cn/spxw/", document(name_of(r, p), body), days)


def year_in_attribute(r: random.Random) -> Labelled:
    """The row shows 04-12; the whole date is in the element's title or datetime and in the address."""
    p, days = place(r), _days(r, 5, 15, 30)
    rows = ""
    for d in days:
        t = w.title(r)
        shown = r.choice(
            [f'<time datetime="{d}">{d:%m-%d}</time>', f'<span title="{d} 10:2{r.randint(0, 9)}">{d:%m-%d}</span>']
        )
        rows += f'<li><a href="/xwdt/{d:%Y-%m}/{d:%d}/content_{r.randint(10**5, 10**7)}.html" title="标题：{t}&#10;发布时间：{d}">{t[:15]}…</a>{shown}</li>'
    body = frame(r, p, f'<ul class="xw">{rows}</ul>{pager(r)}')
    return listed("年份在属性", p, "http://www.beichuan.gov.cn/xwdt/", document(name_of(r, p), body), days)


def relative_words(r: random.Random) -> Labelled:
    """The newest rows say hours, yesterday and days ago, older ones a date; the newest may be some days old."""
    p, back = place(r), r.choice([0, 1, 2, 5])
    words_of = {0: "3小时前", 1: "昨天", 2: "前天", 3: "3天前", 4: "4天前", 5: "5天前", 6: "6天前"}
    days = [TODAY - timedelta(days=n) for n in range(back, 7)]
    days += w.falling(r, days[-1] - timedelta(days=20), r.randint(2, 7))
    rows = "".join(f'<div class="art"><h5><a href="/news/detail/{r.randint(10**5, 10**7)}">{w.title(r)}</a></h5><p>{r.choice(w.WHO)} · {words_of.get((TODAY - d).days, str(d))} · 评论{r.randint(0, 9)}</p></div>' for d in days)  # fmt: skip
    tops = "".join(f"<p>{n}小时前 <a href='/live/{n}'>{w.title(r)[:12]}</a></p>" for n in range(1, 6))
    body = f"{menu(r)}{crumb(r, p)}<h2>{p.column}</h2>{rows}{pager(r)}<div class='kx'><h3>融媒体快讯</h3>{tops}</div>{w.footer(r, p.marks, p.city)}"
    return listed("相对时间", p, "https://m.yunyang.gov.cn/news/dongtai", document(name_of(r, p), body), days)


def english_site(r: random.Random) -> Labelled:
    """The English edition: months in letters, day first or month first; an upcoming event beside."""
    p, days = place(r), _days(r, 4, 10)
    style = r.choice(["%b %d, %Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y"])
    subject = [
        "Spring sowing begins",
        "Old town renewal project",
        "Trade fair opens",
        "New bus lines",
        "Green travel week",
    ]
    rows = "".join(f'<li><a href="/en/news/{r.randint(10**5, 10**7)}.html">{r.choice(subject)} in {r.choice(["Donghe", "Liulin", "Nanling"])} since {r.randint(2018, 2023)}</a><span>{d:{style}}</span></li>' for d in days)  # fmt: skip
    soon = f"<div class='ev'><h3>Upcoming Events</h3><p>May 18, 2023 Tea Festival</p><p>{YESTERDAY:%b %d, %Y} Registration closed</p></div>"
    body = f"<div class='nav'><a href='/en/'>Home</a> | <a href='/en/gov/'>Government</a> | <a href='/en/news/'>News</a> | <a href='/'>中文</a></div><p>Location: Home &gt; News &gt; Latest News</p><h2>Latest News</h2><ul>{rows}</ul><div>Page 1 of 12 <a href='index_1.html'>Next</a> <a href='#'>Last</a></div>{soon}{w.footer(r, p.marks, p.city)}"
    return listed(
        "英文站",
        p,
        "http://www.nanling.gov.cn/en/news/index.html",
        document("Nanling Municipal Government", body),
        days,
    )


def reversed_pinned(r: random.Random) -> Labelled:
    """Oldest first, with an old notice pinned at the head: the newest entry is the last or in the middle."""
    p, days, form = place(r), sorted(_days(r, 5, 14)), r.randrange(6)
    order = [days[0] - timedelta(days=r.randint(100, 700)), *days]
    rows = "".join(f'<li>{"<em>置顶</em>" if n == 0 else ""}<a href="/tz/{r.randint(10**5, 10**7)}.htm">{w.title(r)}</a>{"<img src=/i/new.gif>" if n < 3 else ""}<span>{stamp(form, d)}</span></li>' for n, d in enumerate(order))  # fmt: skip
    body = frame(r, p, f"<ul>{rows}</ul>{pager(r)}")
    return listed("倒序置顶", p, "http://swj.liujiang.gov.cn/tz/", document(name_of(r, p), body, r.choice(["utf-8", *GB])), days + order[:1])  # fmt: skip


def future_rows(r: random.Random) -> Labelled:
    """One or two entries carry a day to come, by a slip of the year or by plan; they are entries without being past."""
    p, days = place(r), _days(r, 5, 12)
    slips = [TODAY + timedelta(days=r.choice([1, 30, 250, 3000])) for _ in range(r.randint(1, 2))]
    order = slips + days if r.random() < 0.6 else days[:2] + slips + days[2:]
    rows = "".join(f'<tr><td class="bt">·<a href="./{r.randint(10**5, 10**7)}.html">{w.title(r)}</a></td><td class="rq">{d}</td></tr>' for d in order)  # fmt: skip
    body = frame(r, p, f"<table>{rows}</table>{pager(r)}")
    return listed("未来日期", p, "http://fgj.beichuan.gov.cn/tzgg/", document(name_of(r, p), body), order)


def relisted(r: random.Random) -> Labelled:
    """The same title is published twice under two addresses; every row is an entry."""
    p, days = place(r), _days(r, 6, 14, 3)
    titles: list[str] = []
    for n in range(len(days)):
        titles.append(titles[-1] if n % 3 == 2 else w.title(r))
    rows = "".join(f'<p class="li"><a href="/gs/{n}{r.randint(10**5, 10**7)}.shtml" target="_blank">{t}</a>&nbsp;&nbsp;<font color="#999">{d.year}-{d.month}-{d.day}</font></p>' for n, (t, d) in enumerate(zip(titles, days, strict=True)))  # fmt: skip
    body = frame(r, p, f'<div class="pl">{rows}</div>{pager(r)}')
    return listed("重复标题", p, "http://rsj.qinghe.gov.cn/gs/index.shtml", document(name_of(r, p), body), days)


def consultations(r: random.Random) -> Labelled:
    """Opinions sought from one day to another: cards with a state, the term and, apart, the day of publishing."""
    p, days = place(r, "意见征集"), _days(r, 3, 10, 25)
    cards = ""
    for d in days:
        begin, end = d, d + timedelta(days=r.randint(7, 31))
        state = "进行中" if end >= TODAY else "已结束"
        cards += f'<div class="zj"><span class="zt">{state}</span><a href="/hdjl/yjzj/{r.randint(10**5, 10**7)}.html">关于《{r.choice(w.WHAT)}实施办法》公开征求意见的公告</a><p>征集时间：{begin} 至 {end}　参与人数：{r.randint(0, 300)}　<a href="/hdjl/yjzj/fk{r.randint(1, 99)}.html">结果反馈</a></p><p>发布日期：{d}</p></div>'
    body = frame(r, p, f"{cards}{pager(r)}")
    return listed("意见征集", p, "http://www.dongping.gov.cn/hdjl/yjzj/", document(name_of(r, p), body), days)


def event_cards(r: random.Random) -> Labelled:
    """Activities: a large calendar leaf shows the day of the event, a small line the day of publishing."""
    p, days = place(r, "活动预告"), _days(r, 3, 9, 10)
    cards = ""
    for d in days:
        held = d + timedelta(days=r.randint(3, 25))
        cards += f'<li><div class="leaf"><b>{held:%d}</b><span>{held:%Y-%m}</span><u>活动时间</u></div><a href="/hd/{r.randint(10**5, 10**7)}.html">{r.choice(["读书分享会", "公益讲座", "非遗展览", "科普开放日", "少儿手工课"])}（第{r.randint(2, 99)}期）</a><p>地点：市文化馆{r.randint(1, 4)}楼　名额：{r.randint(20, 200)}</p><small>发布于{d}</small></li>'
    body = frame(r, p, f'<ul class="hd">{cards}</ul>{pager(r)}')
    return listed("活动预告", p, "http://whg.yunyang.gov.cn/hd/", document(name_of(r, p), body), days)


def short_with_intro(r: random.Random) -> Labelled:
    """One to three entries under a long word on the column that reads like an article; a longer foreign list below."""
    p, days = place(r), _days(r, 1, 3, 60)
    intro = "".join(f"<p>　　{t}</p>" for t in w.paragraphs(r)[:3])
    rows = "".join(
        f'<li><a href="./t{d:%Y%m%d}_{r.randint(10**5, 10**7)}.html">{w.title(r)}</a> {d}</li>' for d in days
    )
    body = f"{menu(r)}{crumb(r, p)}<div class='zt'><h2>{p.column}</h2><div class='jj'><h4>栏目简介</h4>{intro}</div><ul>{rows}</ul></div>{aside(r)}{w.footer(r, p.marks, p.city)}"
    return listed("简介加短列表", p, "http://sjj.nanling.gov.cn/gz/zxgz/", document(name_of(r, p), body), days)


def undated_own(r: random.Random) -> Labelled:
    """The column's entries have no dates at all; the ticker, the boxes and the footer have."""
    p, count = place(r, r.choice(["办事指南", "常见问题", "便民服务"])), r.randint(6, 16)
    things = ["户籍迁入", "身份证补领", "营业执照变更", "养老金申领", "房屋登记", "医保转移"]
    names = r.sample([a + b for a in things for b in ("办理指南", "所需材料", "如何申请？")], count)
    rows = "".join(f'<li><a href="/bszn/{r.randint(10**5, 10**7)}.html">{name}</a></li>' for name in names)
    beside = f"<div class='r'><h3>最新公开</h3><ul>{fresh_rows(r, 8)}</ul></div>"
    inner = f"{crumb(r, p)}<div class='m'><h2>{p.column}</h2><ol class='zn'>{rows}</ol>{pager(r)}</div>"
    parts = [inner, beside] if r.random() < 0.5 else [beside, inner]
    body = f"{menu(r)}{noise(r)}{''.join(parts)}{w.footer(r, p.marks, p.city)}"
    return listed("无日期列表", p, "http://gaj.beichuan.gov.cn/bszn/", document(name_of(r, p), body), [], count)


def empty_own(r: random.Random) -> Labelled:
    """The column is empty; a hidden pattern row and the boxes around are full of fresh dates."""
    p = place(r)
    word = r.choice(["暂无数据", "该栏目正在建设中……", "没有符合条件的记录", "共0条记录"])
    pattern = f"<ul style='display:none' class='tpl'><li><a href='#'>标题标题标题标题</a><span>{TODAY}</span></li></ul>"
    own = f"{crumb(r, p)}<div class='m'><h2>{p.column}</h2><ul class='list'></ul>{pattern}<p class='none'>{word}</p></div>"
    sides = f"<div class='l'>{tree(r)}</div><div class='r'><h3>市政府要闻</h3><ul>{fresh_rows(r, 10)}</ul></div>"
    body = f"{menu(r)}{noise(r)}{own}{sides}{w.footer(r, p.marks, p.city)}"
    return listed("空栏目", p, "http://zfcg.dongping.gov.cn/cggg/", document(name_of(r, p), body), [], 0)


def split_lists(r: random.Random) -> Labelled:
    """The column is cut into groups of five, or into two halves side by side with the newer half on the right."""
    p, days = place(r), _days(r, 8, 20, 6)
    halves = r.random() < 0.5
    size = (len(days) + 1) // 2 if halves else 5
    groups = [days[n : n + size] for n in range(0, len(days), size)]
    if halves:
        groups.reverse()
    uls = "".join(f'<ul class="g">{"".join(f"<li><a href=/dt/{r.randint(10**5, 10**7)}.html>{w.title(r)}</a><span>{d:%Y-%m-%d}</span></li>" for d in group)}</ul><div class="line"></div>' for group in groups)  # fmt: skip
    ranks = "".join(
        f"<li><a href='/dt/{r.randint(10**5, 10**7)}.html'>{w.title(r)}</a>({YESTERDAY:%m-%d})</li>" for _ in range(10)
    )
    body = frame(r, p, f'<div class="groups">{uls}</div>{pager(r)}', f"<ul class='ph'>热点排行{ranks}</ul>")
    return listed("分组列表", p, "http://jtj.liujiang.gov.cn/dt/", document(name_of(r, p), body), days)


def changed_rows(r: random.Random) -> Labelled:
    """Headerless rows of labelled words: 发布 and 更新 or 有效期, views that look like dates, source names."""
    p, days = place(r), _days(r, 4, 12)
    rows = ""
    for d in days:
        info = [f"发布时间：{d}", f"有效期至：{d + timedelta(days=r.choice([20, 400]))}", f"浏览次数：{r.randint(2020, 2023)}0{r.randint(1, 4)}{r.randint(10, 25)}", f"来源：{r.choice(w.WHO)}"]  # fmt: skip
        r.shuffle(info)
        rows += f'<section class="it"><h3><a href="/p/{r.randint(10**5, 10**7)}">{w.title(r)}</a></h3><div>{"｜".join(info)}</div></section>'
    body = frame(r, p, f"{rows}{pager(r)}")
    return listed("标注混排", p, "https://kjj.qinghe.gov.cn/p/", document(name_of(r, p), body), days)


WRITERS = (
    trs_date_first, hanweb_store, boda_split, kaipu_cards, siteserver_dl, diguo_tables, dede_links, phpcms_gaps, press_box,
    gkmlpt_columns, epoint_tenders, letter_table, separator_rows, webforms_grid, year_rows, year_sections, headline_above,
    file_list, video_cards, year_in_attribute, relative_words, english_site, reversed_pinned, future_rows, relisted,
    consultations, event_cards, short_with_intro, undated_own, empty_own, split_lists, changed_rows,
)  # fmt: skip
