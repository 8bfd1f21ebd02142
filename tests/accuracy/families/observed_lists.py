"""Lists and home pages re-created from the real sites their docstrings name; written by someone blind to the parser."""

import random
from datetime import date, timedelta

from tests.accuracy.families import observed_pieces as f
from tests.accuracy.families import words as w
from tests.accuracy.families.base import Labelled, newest_day, newest_past
from tests.accuracy.families.observed_pieces import TODAY


def _short(title: str, length: int = 18) -> str:
    return title if len(title) <= length else title[:length] + "..."


def _recent(r: random.Random) -> date:
    """For rows without a year: month and day alone lead a reader to the same year as the address."""
    return TODAY - timedelta(days=r.choice([0, 1, 2, 5, 12, 30]) + r.randint(0, 5))


def _blocks(r: random.Random, newest: date, count: int) -> list[list[date]]:
    """The days of a home page's lists: the newest stands in one of them."""
    lead = r.randrange(count)
    return [
        w.falling(r, newest if n == lead else newest - timedelta(days=r.randint(1, 60)), r.randint(4, 8), 6)
        for n in range(count)
    ]


def bank_list(r: random.Random) -> Labelled:
    """中国人民银行 沟通交流: nested tables, font and span; the address carries the day of a migration, not of the row."""
    city, newest = r.choice(w.CITIES), newest_day(r)
    days = w.falling(r, newest, r.randint(5, 15))
    moved = min(newest + timedelta(days=r.randint(200, 900)), TODAY)
    rows = ""
    for d in days:
        t, stamp = w.title(r), f"{moved:%Y%m%d}{r.randint(10**8, 10**9)}"
        before = d - timedelta(days=20)
        if r.random() < 0.3:
            t = f"{before.year}年{before.month}月金融统计数据报告"
        rows += f'<table width="90%" border="0" cellspacing="0" cellpadding="0"><tr><td height="22" align="left"><font class="newslist_style" style="margin-right:10px;"><a href="/goutongjiaoliu/113456/113469/{stamp}/index.html" onclick="void(0)" target="_blank" title="{t}" istitle="true">{_short(t, 30)}</a></font><span class="hui12">{d}</span></td></tr><tr><td height="1" background="/img/dot.gif"></td></tr></table>\n'
    m = w.marks(r)
    pages = r.randint(20, 200)
    body = f'{f.nav(r, "table")}<table width="1000" align="center"><tr><td width="200" valign="top"><div class="lmhead">沟通交流</div>{"".join(f"<div><a href=/g/{n}/index.html>{c}</a></div>" for n, c in enumerate(w.COLUMNS[:7]))}</td><td opentype="page"><table width="100%"><tr><td class="hei14b">您的位置：首页 &gt; 沟通交流 &gt; 新闻</td></tr></table>{rows}<table class="Normal"><tr><td>共{pages}页 <a tagname="[FIRSTPAGE]">首页</a> <a href="11040-2.html">下一页</a> 转到第<input size="3" value="1"/>页</td></tr></table></td></tr></table>{w.footer(r, m, city)}'
    return Labelled(
        "央行",
        "list",
        "http://www.yunyang.gov.cn/goutongjiaoliu/113456/113469/index.html",
        f.html("新闻", body),
        newest_past(days),
        len(days),
        marks=m,
    )


def securities_list(r: random.Random) -> Labelled:
    """证监会 信息公开目录: li in a div.row without ul, a hidden popup of more li in every row, 2023年04月20日."""
    city, newest = r.choice(w.CITIES), newest_day(r)
    days = w.falling(r, newest, r.randint(4, 20))
    rows = ""
    for n, d in enumerate(days, 1):
        t, number = w.title(r), f"清证许可〔{d.year}〕{r.randint(1, 999)}号"
        tip = f'<div class="tip" id="tip{n}" style="display:none"><ul><li><b>索 引 号:</b>40000895X/{d.year}-{r.randint(1, 99999):05d}</li><li><b>分类:</b>行政许可批复</li><li><b>发布机构:</b>{r.choice(w.WHO)}</li><li><b>发文日期:</b>{f.cn(d)}</li><li><b>名称:</b>{t}</li><li><b>文号:</b>{number}</li></ul></div>'
        rows += f'<div class="row" id="row_{n}"><li class="xh">{n}</li><li class="mc"><div><a href="../../zjhpublic/G00306202/{d:%Y%m}/t{d:%Y%m%d}_{r.randint(10**5, 10**6)}.htm" onmouseover="showTip({n})">{t}</a></div>{tip}</li><li class="fbrq">{f.cn(d)}</li><li class="wh">{number}</li></div>\n'
    m = w.marks(r)
    head = '<div class="headOfTable" id="headOfTable"><li class="xh">序号</li><li class="mc" orderBy="TITLE">名称</li><li class="sep"></li><li class="fbrq" orderBy="PubDate">发文日期</li><li class="sep"></li><li class="wh">文号</li></div>'
    body = f'{f.nav(r)}<div class="rowOfCurrentPosition">当前位置：<span id="currentPosition">主题 &gt; 行政许可</span></div><div class="content" id="content">{head}<div id="documentContainer">{rows}</div></div><div class="pages"><script type="text/javascript">createPageHTML({r.randint(2, 60)}, 0, "index_7401", "htm");</script></div>{w.footer(r, m, city)}'
    return Labelled(
        "证监会目录",
        "list",
        "http://zjj.qinghe.gov.cn/pub/zjhpublic/3300/3313/index_7401.htm",
        f.html("信息公开", body),
        newest_past(days),
        len(days),
        marks=m,
    )


def jpage_list(r: random.Random) -> Labelled:
    """大汉 jcms (江苏, 浙江, 山东): the rows stand as CDATA records in a script that a browser unpacks; cut titles."""
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    days = w.falling(r, newest, r.randint(5, 15))
    col, unit, tag = r.randint(10000, 99999), r.randint(10**5, 10**6), r.choice(["b", "i", "span"])
    records = ""
    for d in days:
        t = w.title(r)
        records += f'<record><![CDATA[\n<li><a href="/art/{f.plain(d, "/")}/art_{col}_{r.randint(10**5, 10**7)}.html" target="_blank" title="{t}"><span class="list_title">{_short(t)}</span></a><{tag}>{d}</{tag}></li>]]></record>\n'
    proxy = f"/module/web/jpage/dataproxy.jsp?page=1&webid=23&path=/&columnid={col}&unitid={unit}&permissiontype=0"
    m = w.marks(r)
    body = f'<div class="header">{f.nav(r)}</div><div class="position">您的位置：<a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="/col/col{col}/index.html">{column}</a></div><div class="main"><div class="rightlist"><div id="{unit}" class="default_pgContainer"><script type="text/xml"><datastore>\n<nextgroup><![CDATA[<a href="{proxy}"></a>]]></nextgroup>\n<recordset>\n{records}</recordset>\n</datastore></script></div><script type="text/javascript">$("#{unit}").jpage({{columnid:{col},unitid:{unit},totalRecord:{r.randint(100, 900)},perPage:15}});</script></div></div>{f.selects()}{w.footer(r, m, city)}'
    return Labelled(
        "大汉分页",
        "list",
        f"http://gxt.yunyang.gov.cn/col/col{col}/index.html",
        f.html(f"{city}工业和信息化局 {column}", body),
        newest_past(days),
        len(days),
        marks=m,
        note="rows only in a script of the page",
    )


def portal_list(r: random.Random) -> Labelled:
    """中国政府网 最新政策: h4 with the date beside, empty li.line after five rows, a fresh side column."""
    city, newest = r.choice(w.CITIES), newest_day(r)
    days = w.falling(r, newest, r.randint(6, 20), 3)
    rows = ""
    for n, d in enumerate(days, 1):
        rows += f'<li>\n<h4><a href="/zhengce/{d:%Y-%m}/{d:%d}/content_{r.randint(5000000, 5999999)}.htm" target="_blank">\n{w.title(r)}\n</a><span class="date">\n{d}\n</span></h4>\n</li>\n'
        rows += '<li class="line"></li>\n' if n % 5 == 0 else ""
    m = w.marks(r)
    body = f'{f.nav(r)}<div class="BreadcrumbNav"><a href="/">首页</a> &gt; <a href="/zhengce/">政策</a> &gt; 最新</div><div class="zhengce_content"><div class="news_box"><div class="list list_1 list_2"><ul>{rows}</ul></div><div class="newspage cl" id="newspage"><script>createPageHTML("page-div", {r.randint(3, 72)}, 1, "home", "htm", {r.randint(100, 1412)});</script></div></div><div class="leftlist"><h3>{r.choice(w.SIDES)}</h3><ul>{f.fresh(r)}</ul></div></div>{w.footer(r, m, city)}'
    return Labelled(
        "政府网要闻",
        "list",
        "http://www.beichuan.gov.cn/zhengce/zuixin.htm",
        f.html(f"最新政策_{city}人民政府", body),
        newest_past(days),
        len(days),
        marks=m,
    )


def library_list(r: random.Random) -> Labelled:
    """中国政府网 文件库 (sousuo list.htm): a table with both 成文日期 and 发布日期; old papers published late."""
    city, newest = r.choice(w.CITIES), newest_day(r)
    days = w.falling(r, newest, r.randint(5, 20), 6)
    rows = ""
    for n, d in enumerate(days, 1):
        written = d - timedelta(days=r.choice([1, 3, 8, 20, 400]))
        rows += f'<tr><td width="40" class="num">{n}</td><td class="info"><a href="http://www.nanling.gov.cn/zhengce/content/{r.randint(10**5, 10**6)}.htm" target="_blank">{w.title(r)}</a></td><td class="strs">南政发〔{written.year}〕{r.randint(1, 60)}号</td><td class="strs">{f.cn(written)}</td><td class="strs">{f.cn(d)}</td></tr>\n'
    m = w.marks(r)
    body = f'{f.nav(r)}<div class="searchBox"><form action="/list.htm"><input name="q" value=""/><select name="timetype"><option>时间不限</option><option>一周内</option></select></form></div><div class="dataBox"><table width="100%" class="dataList"><tr class="bg"><td>序号</td><td>标题</td><td>发文字号</td><td>成文日期</td><td>发布日期</td></tr>{rows}</table><div class="page"><span class="cur">1</span><a href="?p=1">2</a><a href="?p=1">下一页</a> 共{r.randint(100, 6000)}条</div></div>{w.footer(r, m, city)}'
    return Labelled(
        "文件库",
        "list",
        "http://sousuo.nanling.gov.cn/list.htm?n=20&sort=pubtime&t=paper",
        f.html("政府文件库", body),
        newest_past(days),
        len(days),
        marks=m,
    )


def ministry_list(r: random.Random) -> Labelled:
    """住房城乡建设部 文件发布 of old: tables in tables, 文号 with a year in brackets, [2023-04-20], GBK."""
    city, newest = r.choice(w.CITIES), newest_day(r)
    days = w.falling(r, newest, r.randint(5, 18), 12)
    rows = ""
    for d in days:
        number = f"建办标函[{d.year}]{r.randint(1, 800)}号" if r.random() < 0.7 else ""
        rows += f'<tr><td width="4%" height="25" align="center"><img src="../images/dot01.gif" width="4" height="4"></td><td width="60%"><a href="http://www.liujiang.gov.cn/wjfb/{d:%Y%m}/t{d:%Y%m%d}_{r.randint(200000, 299999)}.html" target="_blank" class="list_title">{w.title(r)}</a></td><td width="22%">{number}</td><td width="14%" align="right">[{d}]</td></tr>\n'
    m = w.marks(r)
    frame = '<table width="980" border="0" align="center" cellpadding="0" cellspacing="0" bgcolor="#ffffff">'
    body = f'{frame}<tr><td><img src="../images/top.jpg"></td></tr></table>{f.nav(r, "table")}{frame}<tr><td>您现在的位置：首页&gt;&gt;文件发布</td></tr></table>{frame}<tr><td width="180" valign="top"><table><tr><td>文件查询</td></tr><tr><td><form><input name="t"><input type="button" value="搜索"></form></td></tr></table></td><td><table width="100%"><tr><td class="bt">政策发布</td></tr><tr><td height="8"></td></tr><tr><td><table width="98%" align="center">{rows}</table></td></tr><tr><td align="center">当前第1页 共{r.randint(3, 40)}页 <a href="index_1.html">下一页</a></td></tr></table></td></tr></table>{w.footer(r, m, city)}'
    return Labelled(
        "住建文件",
        "list",
        "http://www.liujiang.gov.cn/wjfb/index.html",
        f.html("文件发布", body, "gb2312"),
        newest_past(days),
        len(days),
        marks=m,
    )


def boda_list(r: random.Random) -> Labelled:
    """博达 VSB list (winstyle, timestyle): blank rows and a nested empty table, 2023/04/20 with a hard space."""
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    days = w.falling(r, newest, r.randint(4, 16))
    no, rows = r.randint(1000, 1099999), ""
    for n, d in enumerate(days):
        t = w.title(r)
        rows += f'<tr height="25" id="line_u{no}_{n}"><td width="10" valign="middle"><span class="leaderfont{no}">·</span></td><td><a class="c{no}" href="../info/{r.randint(1000, 1100)}/{r.randint(100, 9999)}.htm" target="_blank" title="{t}">{_short(t, 22)}</a></td><td width="1%" nowrap><span class="timestyle{no}">{d:%Y/%m/%d}&nbsp;</span></td></tr>\n'
        rows += '<tr><td colspan="3"><table cellspacing="0"><tr><td height="1"></td></tr></table></td></tr>\n'
    m, total = w.marks(r), r.randint(60, 600)
    pager = f'<tr><td colspan="3" align="center"><table class="headStyle{no}"><tr><td id="fanye{no}" nowrap>共{total}条&nbsp;&nbsp;1/{total // 15} &nbsp;<span>首页</span><span>上页</span>&nbsp;<a href="tzgg/{total // 15 - 1}.htm" class="Next">下页</a><a href="tzgg/1.htm" class="Next">尾页</a></td></tr></table></td></tr>'
    body = f'{f.nav(r)}<table class="winstyle{no + 1}"><tr><td nowrap>当前位置: <a href="../index.htm"><span class="fontstyle{no + 1}">首页</span></a><span class="splitflagstyle{no + 1}">&gt;&gt;</span><span>{column}</span></td></tr></table><table><tr><td valign="top"><div class="hot"><b>{r.choice(w.SIDES)}</b><ul>{f.fresh(r, 5)}</ul></div></td><td valign="top"><table class="winstyle{no}" width="100%" cellspacing="0" cellpadding="0"><tbody>{rows}{pager}</tbody></table></td></tr></table>{w.footer(r, m, city)}'
    return Labelled(
        "博达表格",
        "list",
        "http://kjj.dongping.gov.cn/zwgk/tzgg.htm",
        f.html(f"{column}-{city}科学技术局", body, head='<META Name="keywords" Content="科学技术局"/>'),
        newest_past(days),
        len(days),
        marks=m,
    )


def bidding_list(r: random.Random) -> Labelled:
    """新点 Epoint 公共资源交易 (ewb-list): 发布时间 and a later 报名截止 in every row, an older row pinned on top."""
    city, newest = r.choice(w.CITIES), newest_day(r)
    days = w.falling(r, newest, r.randint(5, 14), 4)
    pinned = days[-1] - timedelta(days=r.randint(100, 500))
    rows = ""
    for d in [pinned, *days]:
        end, guid = d + timedelta(days=r.randint(5, 25)), f"{r.getrandbits(64):016x}"
        state = "报名中" if end >= TODAY else "已截止"
        flag = '<i class="ewb-top">置顶</i>' if d == pinned else ""
        t = f"[{r.choice(w.CITIES)}]{r.choice(['东河大桥维修工程', '第二中学食堂改造项目', '2023年度绿化养护服务', '污水管网二期工程'])}{r.choice(['招标公告', '竞争性磋商公告', '中标候选人公示'])}"
        rows += f'<li class="ewb-list-node clearfix">{flag}<a href="/xmxx/004003/004003001/{d:%Y%m%d}/{guid}.html" class="ewb-list-name ewb-otw" title="{t}" target="_blank"><font color="#ff6600">[{state}]</font>{t}</a><span class="ewb-list-date">{d}</span><span class="ewb-list-end">{end}</span></li>\n'
    m = w.marks(r)
    body = f'{f.nav(r)}<div class="ewb-loc">当前位置：<a href="/">首页</a> &gt; <a href="/xmxx">交易信息</a> &gt; 工程建设</div><div class="ewb-con clearfix"><div class="ewb-left"><ul class="ewb-tree">{"".join(f"<li><a href=/xmxx/00400{n}/>{c}</a></li>" for n, c in enumerate(["工程建设", "政府采购", "土地使用权", "产权交易"]))}</ul></div><div class="ewb-right"><div class="ewb-list-hd"><span>标题</span><span>发布时间</span><span>报名截止</span></div><ul class="ewb-list">{rows}</ul><ul class="ewb-page-items clearfix"><li class="ewb-page-li ewb-page-num"><span>1/{r.randint(9, 300)}</span></li><li class="ewb-page-li"><a href="2.html">下页&gt;</a></li></ul></div></div>{w.footer(r, m, city)}'
    return Labelled(
        "交易中心",
        "list",
        "http://ggzy.qinghe.gov.cn/xmxx/004003/004003001/moreinfo.html",
        f.html(f"{city}公共资源交易中心", body),
        newest_past(days),
        len(days) + 1,
        marks=m,
    )


def tooltip_list(r: random.Random) -> Labelled:
    """动易 PowerEasy of old: 4月20日 beside the row, the full time only in the link's title; GBK, said by the header."""
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    days = w.falling(r, newest, r.randint(4, 15))
    rows = ""
    for n, d in enumerate(days):
        t = w.title(r)
        tip = f"文章标题：{t}&#13;&#10;作    者：佚名&#13;&#10;更新时间：{f.plain(d)} {r.randint(8, 17)}:{r.randint(10, 59)}:{r.randint(10, 59)}&#13;&#10;点 击 数：{r.randint(1, 2030)}"
        shown = f'<font color="red">{d.month}月{d.day}日</font>' if n < 2 else f"{d.month}月{d.day}日"
        rows += f'<tr><td width="10" valign="top" class="listbg"><img src="/Article/images/article_common.gif" alt="普通文章"></td><td class="listbg">[<a class="listA" href="/Article/ShowClass.asp?ClassID={r.randint(1, 90)}">{column}</a>]<a class="listA" href="/Article/ShowArticle.asp?ArticleID={r.randint(100, 9999)}" title="{tip}" target="_blank">{_short(t, 24)}</a></td><td align="right" class="listbg" width="60">{shown}</td></tr>\n'
    m = w.marks(r)
    side = "".join(
        f"<tr><td>·<a href=/Article/ShowArticle.asp?ArticleID={n}>{w.title(r)}</a></td></tr>" for n in range(6)
    )
    body = f'{f.nav(r, "table")}<table width="760" align="center"><tr><td class="Path">您现在的位置：&nbsp;<a class="LinkPath" href="/">{city}档案局</a>&nbsp;&gt;&gt;&nbsp;{column}</td></tr></table><table width="760" align="center"><tr><td width="180" valign="top"><table><tr><td>最新推荐</td></tr>{side}</table></td><td valign="top"><table width="100%">{rows}</table><div class="showpage">共 <b>{r.randint(20, 400)}</b> 篇文章&nbsp;首页 上一页 <a href="ShowClass.asp?ClassID=3&page=2">下一页</a> 页次：<strong><font color=red>1</font>/{r.randint(2, 30)}</strong>页 <b>20</b>篇文章/页</div></td></tr></table>{w.footer(r, m, city)}'
    return Labelled(
        "动易提示",
        "list",
        "http://daj.dongping.gov.cn/Article/ShowClass.asp?ClassID=3",
        f.html(f"{column} - {city}档案局", body, "gbk", declared=False),
        newest_past(days),
        len(days),
        content_type="text/html; charset=gb2312",
        marks=m,
        note="year only in the title attribute",
    )


def exam_list(r: random.Random) -> Labelled:
    """深圳市考试院 (zx_ml_list): the first li is a heading row, a second span of text, 2023/04/20."""
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    days = w.falling(r, newest, r.randint(5, 15), 7)
    rows = "".join(
        f'<li><div class="list_name"><span class="tit"><a href="http://hrss.yunyang.gov.cn/szksy/zwgk/tzgg/content/post_{r.randint(2000000, 9999999)}.html" target="_blank" title="">{w.title(r)}</a></span></div><span class="jg">{r.choice(w.WHO)}</span><span class="rq">{d:%Y/%m/%d}</span></li>\n'
        for d in days
    )
    m = w.marks(r)
    body = f'{f.nav(r)}<div class="zx_rm_tit"><span>{column}</span></div><!--<div class="notice">系统将于2023-04-30 18:00停机维护</div>--><div class="zx_ml_list"><ul><li class="bt"><div class="list_name">标题</div><span>发布机构</span><span>发布时间</span></li>{rows}</ul></div><div class="zx_page"><a class="cur">1</a><a href="index_2.html">2</a><a href="index_2.html">下一页</a></div><div class="calendar"><b>考试日历</b><p>{TODAY + timedelta(days=18)} 会计初级考试</p><p>{TODAY + timedelta(days=46)} 二级建造师考试</p></div>{w.footer(r, m, city)}'
    return Labelled(
        "考试院",
        "list",
        "http://hrss.yunyang.gov.cn/szksy/zwgk/tzgg/index.html",
        f.html(f"{column}-{city}考试院", body),
        newest_past(days),
        len(days),
        marks=m,
    )


def linked_list(r: random.Random) -> Labelled:
    """武安市人民政府: title and date are two spans inside one link; all links of the menu stand in the same lists."""
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    days = w.falling(r, newest, r.randint(4, 14), 15)
    rows = "".join(
        f'<li>\n<a href="{f.trs(d, r)}"><span class="fl">· {_short(w.title(r), 30)}</span><span class="fr">{d}</span></a>\n</li>\n'
        for d in days
    )
    tabs = "".join(f'<li class="{"now" if n == 2 else ""}"><a href="../{n}/"><br />{c[:2]}<br />{c[2:]}</a></li>' for n, c in enumerate(w.COLUMNS[:7]))  # fmt: skip
    m = w.marks(r)
    body = f'<div class="header"><div class="search"><input type="text" placeholder="请输入要搜索的内容..."><span></span></div></div>{f.nav(r)}<!-- ------------------- --><div class="global_box clearfix"><div class="zjwa_container"><div class="zjwa_title"><ul>{tabs}</ul></div><div class="zjwa_content"><div class="current_location"><div class="title">{column}</div><div class="location">当前位置 : 首页-&gt;{city}信息-&gt;{column}</div></div><div class="newsList"><ul>{rows}</ul></div><div class="page"><script>createPageHTML({r.randint(2, 9)}, 0, "index", "html");</script></div></div></div></div><div class="yqlj clearfix">友情链接{f.selects()}</div>{w.footer(r, m, city)}'
    return Labelled(
        "连同日期的链接",
        "list",
        "http://www.qinghe.gov.cn/zwgk/bddt/",
        f.html(f"{city}人民政府", body),
        newest_past(days),
        len(days),
        marks=m,
    )


def undated_list(r: random.Random) -> Labelled:
    """山西省人社厅 人事考试 (list-items-box-inner): no day printed in the rows, only t20230420 in the address."""
    city, newest = r.choice(w.CITIES), newest_day(r)
    days = w.falling(r, newest, r.randint(4, 18), 20)
    rows = "".join(
        f'<li><i class="icon-dot"></i><a href="{f.trs(d, r)}" target="_blank" title="">{w.title(r)}</a></li>\n'
        for d in days
    )
    m = w.marks(r)
    tabs = "".join(f'<li><a href="../{n}/">{c}</a></li>' for n, c in enumerate(["通知公告", "公务员考试", "事业单位考试", "其他考试"]))  # fmt: skip
    body = f'{f.nav(r)}<div class="exam-head"><h1>{city}人事考试专栏</h1></div><div class="exam-wrap"><div class="exam-side"><ul>{tabs}</ul></div><div class="exam-main"><div class="exam-title">通知公告</div><ul class="list-items-box-inner">{rows}</ul><div class="pagination"><script>createPageHTML({r.randint(2, 20)}, 0, "index", "html");</script></div></div></div>{w.footer(r, m, city)}'
    return Labelled(
        "人事考试",
        "list",
        "http://rst.liujiang.gov.cn/rsks/tzgg/",
        f.html(f"通知公告 - {city}人事考试专栏", body),
        newest_past(days),
        len(days),
        marks=m,
        note="address only",
    )


def split_list(r: random.Random) -> Labelled:
    """A day tile (span.year and span.date, or a great day over year and month) beside title and summary."""
    city, column, newest = r.choice(w.CITIES), r.choice(w.COLUMNS), newest_day(r)
    days = w.falling(r, newest, r.randint(3, 10), 12)
    shape = r.choice(["year last", "great day", "year first"])
    rows = ""
    for d in days:
        tile = {
            "year last": f'<span class="date">{d:%m-%d}</span><span class="year">{d.year}.</span>',
            "great day": f"<h3>{d:%d}</h3><p>{d:%Y-%m}</p>",
            "year first": f'<em class="year">{d.year}</em><strong>{d:%m/%d}</strong>',
        }[shape]
        rows += f'<li class="clearfix"><div class="time fl">{tile}</div><div class="txt fr"><h4><a href="/zh/info/{r.randint(1000, 99999)}.html" title="">{w.title(r)}</a></h4><p>{r.choice(w.PARA)}{r.choice(w.PARA)}</p><a class="more" href="#">查看详情&gt;&gt;</a></div></li>\n'
    m = w.marks(r)
    body = f'{f.nav(r)}<div class="banner"><img src="/images/b.jpg" alt="2022年度工作回顾"></div><div class="crumb"><a href="/">首页</a> / <span>{column}</span></div><div class="news-wrap"><h2>{column}</h2><ul class="news-tile">{rows}</ul><div class="pagination"><a class="on">1</a><a href="?page=2">2</a><a href="?page=3">3</a><span>…</span><a href="?page=20">20</a></div></div>{w.footer(r, m, city)}'
    return Labelled(
        "日期方块",
        "list",
        "https://kxj.nanling.gov.cn/zh/news/",
        f.html(f"{column}_{city}科学技术协会", body),
        newest_past(days),
        len(days),
        marks=m,
        note=shape,
    )


def education_home(r: random.Random) -> Labelled:
    """教育部 home page (nine_con1..3): 04-20 in spans, the year only in the address, tabs, today written by a script."""
    city, newest = r.choice(w.CITIES), _recent(r)
    blocks = _blocks(r, newest, 4)
    boxes = ""
    for n, (name, days) in enumerate(zip(r.sample(w.COLUMNS, 4), blocks, strict=True), 1):
        rows = "".join(f'<li><a href="http://www.qinghe.gov.cn/srcsite/A{n:02d}/moe_{n}/{d:%Y%m}/t{d:%Y%m%d}_{r.randint(10**5, 10**6)}.html" target="_blank" title="">{_short(w.title(r), 20)}</a><span>{d:%m-%d}</span></li>' for d in days)  # fmt: skip
        boxes += f'<div class="nine"><h2 id="nine_tab{n}"><a href="/jyb_{n}/">{name}</a></h2><div id="nine_con{n}"><ul>{rows}</ul></div><a class="more" href="/jyb_{n}/">更多&gt;&gt;</a></div>'
    slides = "".join(f'<li><a href="/jyb_xwfb/s{n}.html"><img src="/images/s{n}.jpg" alt=""/><p>{w.title(r)}</p></a></li>' for n in range(4))  # fmt: skip
    topics = "".join(f'<a href="/zt/{n}/"><img src="/images/zt{n}.jpg" alt="2022年专题{n}"/></a>' for n in range(3))
    m = w.marks(r)
    body = f'<div class="top"><script>var t=new Date();document.write("今天是"+t.getFullYear()+"年"+(t.getMonth()+1)+"月"+t.getDate()+"日");</script><a href="/wap/">手机版</a></div>{f.nav(r)}<div class="slide"><ul>{slides}</ul></div><div class="headline"><h1><a href="/jyb_xwfb/tt.html">{w.title(r)}</a></h1></div>{boxes}<div class="topics">{topics}</div><div class="service"><a href="/bs/1/">办事指南</a><a href="/bs/2/">结果查询</a><a href="/hd/">局长信箱</a></div>{f.selects()}{w.footer(r, m, city)}'
    return Labelled(
        "教育首页",
        "home",
        "http://www.qinghe.gov.cn/",
        f.html(f"{city}教育局门户网站", body),
        newest_past([d for days in blocks for d in days]),
        marks=m,
        note="month and day, year in the address",
    )


def fund_home(r: random.Random) -> Labelled:
    """北京住房公积金 home page: portlets in capital tags, three tabs of which two are hidden, PDFs with a time in the address."""
    city, newest = r.choice(w.CITIES), newest_day(r)
    blocks = _blocks(r, newest, 3)
    blocks.sort(key=max, reverse=True)
    panels = ""
    for n, days in enumerate(blocks, 1):
        rows = ""
        for d in days:
            t, later = w.title(r), d + timedelta(days=1)
            href = f"/web/resource/cms/article/305478/{r.randint(10**5, 10**6)}/{later:%Y%m%d}{r.randint(10**8, 10**9)}.pdf" if r.random() < 0.4 else f"/web/_300587/_300708/{r.randint(10**5, 10**6)}/index.html"  # fmt: skip
            rows += f'\n  <LI><IMG src="/web/img/2016060717010630435.png" border="0"><A title="{t}" \n  onclick="void(0)" href="http://gjj.yunyang.gov.cn{href}" \n  target="_blank">{_short(t, 22)}</A><SPAN class="newlogo"></SPAN><SPAN \n  class="fr">{d}</SPAN></LI>'
        hidden = "" if n == 1 else ' style="display: none;"'
        panels += f'<DIV class="topcenter1 column" id="con_two_{n}"{hidden} runat="server"><DIV class="portlet" id="{r.getrandbits(64):x}"><DIV class="news2" opentype="more"><UL>{rows}</UL></DIV></DIV></DIV>\n'
    tabs = "".join(f'<LI id="two{n}" onmouseover="setTab(\'two\',{n},3)">{c}</LI>' for n, c in enumerate(r.sample(w.COLUMNS, 3), 1))  # fmt: skip
    m = w.marks(r)
    body = f'{f.nav(r)}<DIV class="banner"><IMG src="/web/img/2018042315070456187.png"></DIV><DIV class="tabs"><UL>{tabs}</UL></DIV>{panels}<!--互动服务--><DIV class="hudong"><DIV class="titleZh">互动服务</DIV><UL><LI><A href="/web/zmhd/">主任信箱</A></LI><!--<li><a href="/web/zmhd/old.html">2018-07-13 公告</a></li>--><LI><A href="/web/zxts/">在线投诉</A></LI></UL></DIV><DIV class="rate"><P>个人住房公积金贷款利率（自2022年10月1日起执行）：五年以上 3.1%</P></DIV>{w.footer(r, m, city)}'
    return Labelled(
        "公积金首页",
        "home",
        "http://gjj.yunyang.gov.cn/",
        f.html(f"{city}住房公积金管理中心", body),
        newest_past([d for days in blocks for d in days]),
        marks=m,
    )


def county_home(r: random.Random) -> Labelled:
    """嘉鱼县 home page (帝国CMS, GBK): tables with m-d, the year in the address, a lunar calendar script, menu tabs."""
    city, newest = r.choice(w.CITIES), _recent(r)
    blocks = _blocks(r, newest, 3)

    def table(days: list[date], folder: str) -> str:
        rows = "".join(f'<tr>\n<td width="270" align="left"><a href="http://www.dongping.gov.cn/{folder}/{d}/{r.randint(1000, 9999)}.html" target=_blank>{_short(w.title(r), 20)}</a></td>\n<td width="5" align="center">&nbsp;</td>\n<td width="30" align="right">{d:%m-%d}</td>\n</tr>' for d in days)  # fmt: skip
        return f'<table width="305" height="130">{rows}</table>'

    cards = "".join(f'<div id="Dcard{n}" class="hackBox">| ' + " | ".join(f'<a href="/{n}/{c}/">{c}</a>' for c in r.sample(w.COLUMNS, 4)) + " |</div>" for n in range(1, 4))  # fmt: skip
    lunar = '<script>\nvar tgString="甲乙丙丁戊己庚辛壬癸";var TheDate=new Date();CalendarData[0]=0x41A95;\ndocument.write(TheDate.getYear()+"年"+(TheDate.getMonth()+1)+"月"+TheDate.getDate()+"日 农历");\n</script>'
    pictures = "".join(f'<span><a href="/dwgk/p{n}.html"><img src="/d/file/p{n}.jpg" width="164" border="0" alt=""></a><p>{w.title(r)}</p></span>' for n in range(4))  # fmt: skip
    m = w.marks(r)
    body = f'{f.nav(r, "table")}{cards}<table height="37"><tr><td width="400" align="right">{lunar}</td><td><form name=search_js1 method=post action="/e/search/index.php"><input name=keyboard size=13><input type=submit value=搜索></form></td></tr></table><div class="one"><div class="o_l"><a href="/ldxx/"><img src="/skin/jy/images/ldxx.gif" border="0"></a></div><div class="o_c3"><table width="305"><tr><td><h1><a href="/tt/1.html">{w.title(r)}</a></h1></td></tr></table>{table(blocks[0], "zhengwudongtai")}<ul id="nav_02_menu"><li onclick="nav_01(1)" class="sec4">县委文件</li><li onclick="nav_01(0)" class="sec3">政府文件</li></ul><ul id="nav_02_main"><li class="block">{table(blocks[1], "xianweiwenjian")}</li><li class="unblock">{table(blocks[2], "zhengfuwenjian")}</li></ul></div></div><div class="two">{pictures}</div>{f.selects()}{w.footer(r, m, city)}'
    return Labelled(
        "县级首页",
        "home",
        "http://www.dongping.gov.cn/",
        f.html(f"{city}人民政府门户网站", body, "gb2312", '<meta name="author" content=" " />\n'),
        newest_past([d for days in blocks for d in days]),
        marks=m,
        note="month and day, year in the address",
    )


LISTS = (
    bank_list,
    securities_list,
    jpage_list,
    portal_list,
    library_list,
    ministry_list,
    boda_list,
    bidding_list,
    tooltip_list,
    exam_list,
    linked_list,
    undated_list,
    split_list,
)
HOMES = (
    education_home,
    fund_home,
    county_home,
)
WRITERS = LISTS + HOMES
