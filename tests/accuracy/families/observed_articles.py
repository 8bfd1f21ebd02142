"""Articles re-created from real sites, each named in its docstring; written by someone who had not seen the parser."""

import random
from datetime import date, timedelta

from tests.accuracy.families import observed_pieces as f
from tests.accuracy.families import words as w
from tests.accuracy.families.base import Labelled, newest_day
from tests.accuracy.families.observed_pieces import TODAY

BODY_START = [
    "{0.month}月{0.day}日，{1}有关负责人主持召开工作推进会，听取各单位进展情况汇报。",
    "{0.year}年{0.month}月{0.day}日下午，{1}一行到{2}实地调研，随后召开座谈会。",
    "本报讯 {0.month}月{0.day}日，{1}在{2}举行集中宣传活动，现场发放资料一千余份。",
]


def _metas(title: str, city: str, column: str, when: str, source: str) -> str:
    pairs = [
        ("SiteName", f"{city}人民政府"),
        ("SiteDomain", "www.qinghe.gov.cn"),
        ("ColumnName", column),
        ("ColumnType", column),
        ("ArticleTitle", title),
        ("PubDate", when),
        ("ContentSource", source),
        ("Keywords", ""),
    ]
    return "".join(f'<meta name="{name}" content="{value}"/>\n' for name, value in pairs)


def _paras(r: random.Random, open_tag: str = "<p>", close_tag: str = "</p>") -> str:
    return "".join(f"{open_tag}　　{p}{close_tag}\n" for p in w.paragraphs(r))


def _starts(r: random.Random, day: date) -> str:
    """A first sentence with the day of the event."""
    return r.choice(BODY_START).format(day, r.choice(w.WHO), r.choice(["东河区", "柳林镇", "高新区", "文化广场"]))


def _clock(r: random.Random, seconds: bool = False) -> str:
    return f"{r.randint(8, 18):02d}:{r.randint(0, 59):02d}" + (f":{r.randint(0, 59):02d}" if seconds else "")


def province_article(r: random.Random) -> Labelled:
    """福建省人民政府 (TRS): h5 with [source], a day without a label and the font buttons; the text speaks of other days."""
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    event, who = d - timedelta(days=r.randint(1, 5)), r.choice(w.WHO)
    m = w.marks(r)
    share = '<div class="bdsharebuttonbox"><a class="bds_more" href="#" data-cmd="more"></a></div><script>window._bd_share_config={"common":{"bdMini":"2"}};with(document)0[(getElementsByTagName("head")[0]||body).appendChild(createElement("script")).src="http://bdimg.share.baidu.com/static/api/js/share.js?v=89860593.js"];</script>'
    body = f'<div class="content"><!--头部嵌套 begin-->{f.nav(r)}<!--头部嵌套 end--><div class="gl-main clearflx"><div class="top-news clearflx"><span>当前位置：<a href="../../../" class="CurrChnlCls">首页</a>&nbsp;&gt;&nbsp;<a href="../" class="CurrChnlCls">部门动态</a></span></div><div class="xl-bk clearflx"><div class="xl-nr clearflx"><h3>{t}</h3>\n<h5 class="ly">\n<span ms-if="{who}">[{who}]</span>&nbsp;&nbsp;\n{d}&nbsp;&nbsp;\n字号：<a href="#" class="font0 active">T</a>&nbsp;&nbsp;|&nbsp;&nbsp;<a class="font1" href="#">T</a></h5>\n<div class="htmlcon font0"><div class="TRS_Editor"><p>　　{_starts(r, event)}</p>{_paras(r)}</div></div></div><div class="xglj"><h4>相关链接：</h4><ul><li>查看“<a href="/was5/web/search?channelid=281033"><span>{t[:6]}</span></a>”相关链接</li></ul></div></div><div class="fxan clearflx">{share}<a href="javascript:window.print()">【打印】</a><a href="javascript:window.close();">【关闭】</a></div></div></div><div class="footer_link">{f.selects()}</div>{w.footer(r, m, city)}<script>var PageInfo = {{docid : "{r.randint(10**6, 10**7)}", chnlid : "103", siteid : "2", chnlname : "部门动态"}}</script>'
    return Labelled(
        "福建省府",
        "article",
        f"http://www.beichuan.gov.cn/xw/gzdt/bmdt/{f.trs(d, r)[2:]}",
        f.html(f"{t}_部门动态_{city}人民政府门户网站", body),
        d,
        marks=m,
    )


def index_article(r: random.Random) -> Labelled:
    """无锡市 政府信息公开 (intertid): values between comment marks, 生成日期 against 公开日期, a signature day at the end."""
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    made = d - timedelta(days=r.randint(3, 40))
    number = f"清政发〔{made.year}〕{r.randint(1, 90)}号"
    wrapped = r.random() < 0.6

    def cell(name: str, key: str, value: str) -> str:
        mark = f"<!--<$[{key}]>-->" if wrapped else ""
        return f'<td class="{"t" if wrapped else "title"}">{name}</td><td>{mark}{value}{mark}</td>'

    rows = [
        cell("信息索引号", "SYH", f"014006438/{made.year}-{r.randint(100, 9999):05d}")
        + cell("生成日期", "SCRQ", f"{made}"),
        cell("公开日期", "FBRQ", f"{d}") + cell("文件编号", "WJBH", number),
        cell("公开时限", "GKSX", "长期公开") + cell("发布机构", "FBJG", r.choice(w.WHO)),
        cell("公开方式", "GKFS", "主动公开") + cell("效力状况", "XLZK", "有效"),
    ]
    if r.random() < 0.3:
        rows.reverse()
    table = "".join(f"<tr>\n{row}\n</tr>" for row in rows)
    m = w.marks(r)
    body = f'{f.nav(r)}<div class="mainCont"><p class="con_wz">您的位置：<a href="/">首页</a> &gt; <a href="/zfxxgk/">政府信息公开</a></p><div class="table01"><table width="100%" border="1">{table}<!--<tr><td class="t">附件下载</td><td>—&nbsp;&nbsp;—</td></tr>--></table></div><h1 class="xxgktitle">{t}</h1><div id="Zoom"><p style="text-align:center">{number}</p>{_paras(r)}<p style="text-align:right">{city}人民政府</p><p style="text-align:right">{made.year}年{made.month}月{made.day}日</p></div><p class="print"><a href="javascript:print()">打印本页</a></p></div>{w.footer(r, m, city)}'
    return Labelled(
        "无锡公开",
        "article",
        f"http://www.qinghe.gov.cn/doc/{d:%Y/%m/%d}/{r.randint(10**6, 10**7)}.shtml",
        f.html(t, body),
        d,
        marks=m,
    )


def bank_article(r: random.Random) -> Labelled:
    """中国人民银行: source and time in two cells; meta PubDate and address carry the day of a migration."""
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    moved = min(d + timedelta(days=r.randint(60, 900)), TODAY)
    m = w.marks(r)
    tools = '字号 <a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a> <a href="javascript:doZoom(12)">小</a>'
    body = f'{f.nav(r, "table")}<table width="1000" align="center"><tr><td class="hei14b">您的位置：首页 &gt; 沟通交流 &gt; 新闻</td></tr></table><table width="90%" align="center"><tr><td><h2 style="font-size:16px;color:#333333">{t}</h2></td></tr><tr><td><table width="90%" align="right"><tr><td width="210">{tools}</td><td width="250" id="laiyuan" class="hui12">文章来源：<span id="laiyuan1">{r.choice(w.WHO)}</span></td><td width="180" id="shijian" class="hui12">{d} {_clock(r, True)}</td><td class="hui12"><a href="javascript:window.print()">打印本页</a> <a href="javascript:window.close()">关闭窗口</a></td></tr></table></td></tr><tr><td id="zoom">{_paras(r)}</td></tr></table><input type="hidden" id="articleId" value="{r.randint(10**6, 10**7)}">{w.footer(r, m, city)}'
    stamp = f"{moved:%Y%m%d}{r.randint(10**8, 10**9)}"
    return Labelled(
        "央行",
        "article",
        f"http://www.yunyang.gov.cn/goutongjiaoliu/113456/113469/{stamp}/index.html",
        f.html(t, body, head=_metas(t, city, "新闻", f"{moved} 10:00", "")),
        d,
        marks=m,
        note="migrated",
    )


def veterans_article(r: random.Random) -> Labelled:
    """退役军人事务部: 时间, 来源 and the share words in one line; the copied text names its own newspaper day."""
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    paper = d - timedelta(days=r.randint(1, 3))
    m = w.marks(r)
    source = r.choice([f"{city}日报", "新华社", *w.WHO])
    body = f'<div id="main">{f.nav(r)}<div class="outerlayer"><div class="article-box"><div class="where">当前位置：<a href="/">首页</a>&gt;<a href="/sy/xx/bnxx/">部内信息</a></div><div class="article"><h2><p>{t}</p></h2><div class="article-info">\n时间：{d.year}年{d.month:02d}月{d.day:02d}日 {_clock(r)}&nbsp;&nbsp;&nbsp;来源：{source}&nbsp;&nbsp;&nbsp;<span>分享到：</span><a class="wx"></a><a class="wb"></a><span class="zh">字体：[<a>大</a>][<a>中</a>][<a>小</a>]</span></div><div id="div_zhengwen"><div class="view TRS_UEDITOR trs_paper_default trs_web"><p>　　{_starts(r, paper)}</p>{_paras(r)}<p>　　（原载《{city}日报》{paper.year}年{paper.month}月{paper.day}日第2版）</p></div></div><div class="fujian" style="display:none">附件下载：</div></div></div></div></div>{w.footer(r, m, city)}'
    return Labelled(
        "退役军人",
        "article",
        f"http://tyjr.nanling.gov.cn/sy/xx/bnxx/{f.trs(d, r)[2:]}",
        f.html(f"{t}-{city}退役军人事务局", body),
        d,
        marks=m,
    )


def foreign_article(r: random.Random) -> Labelled:
    """外交部: a bare day below the title (News_Body_Time), the day of the press meeting in title or text."""
    city, d = r.choice(w.CITIES), newest_day(r)
    held = d - timedelta(days=r.choice([0, 1, 1, 2]))
    t = (
        f"{held.year}年{held.month}月{held.day}日{r.choice(w.WHO)}新闻发言人主持例行记者会"
        if r.random() < 0.5
        else w.title(r)
    )
    talk = "".join(f"<p><strong>问：</strong>{r.choice(w.PARA)}</p><p><strong>答：</strong>{r.choice(w.PARA)}</p>" for _ in range(r.randint(2, 6)))  # fmt: skip
    m = w.marks(r)
    body = f'{f.nav(r)}<div class="local"><a href="/web/">首页</a> &gt; <a href="/web/fyrbt/">发言人表态</a> &gt; <a href="/web/fyrbt/jzhsl/">例行记者会</a></div><div class="News_Body"><div id="News_Body_Title">{t}</div><div id="News_Body_Time">{d}{r.choice(["", f" {_clock(r)}"])}</div><div id="News_Body_Txt_A"><p>　　{_starts(r, held)}</p>{talk}</div><div class="editor"><a href="javascript:void(0)" onclick="sendMail()">推荐给朋友</a>：<iframe width="0" height="0" src="about:blank"></iframe><a href="javascript:doPrint()">打印</a></div></div><div class="xgxw"><h4>{r.choice(w.SIDES)}</h4><ul>{f.fresh(r, 5)}</ul></div>{w.footer(r, m, city)}'
    return Labelled(
        "外事发言",
        "article",
        f"https://wsb.qinghe.gov.cn/web/fyrbt_673021/t{r.randint(1000000, 1999999)}.shtml",
        f.html(t, body, head='<meta name="filetype" content="0"/>\n'),
        d,
        marks=m,
    )


def bottom_article(r: random.Random) -> Labelled:
    """中山网 街道频道 (ZSNEWS): 发布日期 only below the text, between comment marks; the text opens with another day."""
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    event, who = d - timedelta(days=r.randint(1, 9)), r.choice(w.WHO)
    m = w.marks(r)
    body = f'<center><table width="950" border="0"><tr><td>{f.nav(r, "table")}<table width="100%"><tr bgcolor="#F5F5F5"><td height="24">&nbsp;　现在位置： <a href="/index.html">首页</a>  &gt;&gt; <a href="/lists/id/337.html">东区新闻</a> &gt;&gt; 正文</td></tr></table><br><div style="display:none;"><!-- 专题名称 begin -->东区办事处<!-- 专题名称 end --></div><input type="hidden" id="ArticleID" value="{r.randint(10**6, 10**7)}"><table width="90%" align="center"><tr><td><div align="center"><span class="Title"><b><!-- 文章标题 begin -->{t}<!-- 文章标题 end --></b></span><br><font color="#C30000">　来源于：<!-- 文章来源 begin -->{who}<!-- 文章来源 end --></font></div></td></tr><tr align="left"><td style="font-size:14px;"><!-- 文章正文 begin --><p>{_starts(r, event)}</p><p><img src="/uploads/remote/{d:%Y/%m/%d}/{r.getrandbits(40):x}.jpg"></p>{_paras(r)}<!-- 文章正文 end --></td></tr><tr><td align="center"><!-- 文章分页 begin --><!-- 文章分页 end --></td></tr><tr><td align="center" valign="middle"><font color="#666666">发布日期：<!-- 发布日期 begin -->{d}<!-- 发布日期 end -->\n责任编辑：<!-- 文章编辑 begin -->李某<!-- 文章编辑 end --></font></td></tr><tr><td class="QuickButton">【<a href="javascript:window.print();">打印本页</a>】【<a href="javascript:window.close();">关闭窗口</a>】</td></tr></table></td></tr></table></center>{w.footer(r, m, city)}'
    return Labelled(
        "日期在文末",
        "article",
        f"http://www.yunyang.gov.cn/dongqu/index/view/id/{r.randint(10**6, 10**7)}.html",
        f.html(f"{t} 东区办事处_云阳网", body, head='<meta name="generator" content="ZSNEWS">\n'),
        d,
        marks=m,
    )


def provided_article(r: random.Random) -> Labelled:
    """深圳市 信息公开: 信息提供日期 beside 信息来源 and 视力保护色; application days and attachments in the text."""
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    first, last = d + timedelta(days=r.randint(2, 5)), d + timedelta(days=r.randint(10, 40))
    colours = "".join(f'<a href="javascript:bg({n})"><img src="/i/c{n}.gif"></a>' for n in range(5))
    m = w.marks(r)
    body = f'{f.nav(r)}<div class="path">当前位置：<a href="/">首页</a>&gt;<a href="/tzgg/">通知公告</a></div><div class="news_cont_d"><h1>{t}</h1><div class="tit"><span>信息来源：{r.choice(w.WHO)}</span><span>信息提供日期：{d}{r.choice(["", f" {_clock(r)}"])}</span><span>【字体：<a>大</a> <a>中</a> <a>小</a>】</span><span>视力保护色：{colours}</span></div><div class="news_cont_d_wrap"><p>各有关单位：</p>{_paras(r)}<p>　　申报时间：{first}至{last}，逾期不予受理。</p></div><div class="fjdown"><b>附件下载：</b><a href="/attachment/0/{r.randint(100, 999)}/P0{d:%Y%m%d}.doc">申报指南（{d.year}版）.doc</a></div><div class="prev">上一篇：<a href="post_1.html">{w.title(r)}</a></div></div>{w.footer(r, m, city)}'
    return Labelled(
        "信息提供日期",
        "article",
        f"http://www.liujiang.gov.cn/cn/xxgk/zfxxgj/tzgg/content/post_{r.randint(10**6, 10**7)}.html",
        f.html(f"{t}-{city}政府在线", body),
        d,
        marks=m,
    )


def insurance_article(r: random.Random) -> Labelled:
    """原保监会 (DotNetNuke): TitleStart comments, 发布时间 with share and font words, the paper's own day at the end."""
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    signed = d - timedelta(days=r.randint(2, 20))
    text = _paras(r, "<p class=MsoNormal>")
    state = f'<input type="hidden" name="__VIEWSTATE" value="{r.getrandbits(200):x}" />'
    m = w.marks(r)
    body = f'<form id="Form" method="post" action="info{r.randint(10**6, 10**7)}.htm">{state}{f.nav(r)}<table width="1000" align="center"><tr><td class="wz">您所在的位置：<a href="/">首页</a>&gt;&gt;<a href="../">行政处罚</a></td></tr></table><table id="tab_content" width="90%" align="center"><tr><td align="center" class="STYLE"><!--TitleStart-->{t}<!--TitleEnd--></td></tr><tr><td align="center">发布时间：{d}&nbsp;&nbsp;分享到：<a class="bds_tsina"></a><a class="bds_qzone"></a>&nbsp;&nbsp;&nbsp;【字体：<a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a> <a href="javascript:doZoom(12)">小</a>】</td></tr><tr><td><span id="zoom"><p align="center">清保罚〔{signed.year}〕{r.randint(1, 60)}号</p>{text}<p align="right">{signed.year}年{signed.month}月{signed.day}日</p></span></td></tr></table></form>{w.footer(r, m, city)}'
    return Labelled(
        "行政处罚",
        "article",
        f"http://bxj.beichuan.gov.cn/web/site0/tab5240/info{r.randint(10**6, 10**7)}.htm",
        f.html(t, body),
        d,
        marks=m,
    )


def platform_article(r: random.Random) -> Labelled:
    """定州市 信息公开平台: a table with 发文日期 only, a commented row with another year, no 发布日期 at all."""
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    m = w.marks(r)
    body = f'<div class="content"><div class="article_top"><img border="0" alt="" src="/statics/images/banner.png" width="980"></div>{f.nav(r)}<div class="main"><div class="main_top"><table class="article_introduce" cellspacing="0" cellpadding="0"><!--<tr><td><b>索 引 号：</b>000747761/2016-00054</td><td><b>主题分类：</b>财政、金融、审计</td></tr>--><tr><td><b>发布机构：</b>{r.choice(w.WHO)}</td><td><b>发文日期：</b>{d}{r.choice(["", f" {_clock(r, True)}"])}</td></tr><tr><td><b>名&nbsp;&nbsp;称：</b>{t}</td><td></td></tr><tr><td><b>文&nbsp;&nbsp;号：</b></td><td><b>主 题 词：</b>通知</td></tr></table></div><div class="main_bottom"><div class="article_content"><h2>{t}</h2>{_paras(r)}<p style="text-align:right">{d.year}年{d.month}月{d.day}日</p></div></div></div></div>{w.footer(r, m, city)}'
    return Labelled(
        "公开平台",
        "article",
        f"http://xxgk.dongping.gov.cn/index.php/article/{r.randint(100, 99999)}.html",
        f.html(f"{city}政府信息公开平台", body, head=f'<meta name="keywords" content="{city}">\n'),
        d,
        marks=m,
        note="发文日期 only",
    )


def infobar_article(r: random.Random) -> Labelled:
    """黔西南州: index number with a year, source, 2016/11/11 9:37:15, author, clicks and buttons in one bar."""
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    parts = [
        f"索引号：52230011/{d.year - r.choice([0, 0, 1])}-{r.randint(100000, 199999)}",
        f"文章来源：{r.choice([f'{city}日报', *w.WHO])}",
        f"发布时间：{f.plain(d, '/')} {r.randint(8, 17)}:{r.randint(10, 59)}:{r.randint(10, 59)}",
        f"作者：{r.choice(['王某某', '李某 张某', ''])}",
        f"点击：{r.randint(1, 20230)}",
        "【字体： <a>大</a><a>中</a><a>小</a>】",
        '<a href="javascript:print()">【打印内容】</a>',
    ]
    near = "".join(
        f'<li>[{TODAY - timedelta(days=n):%m-%d}] <a href="{n}.html">{w.title(r)}</a></li>' for n in range(5)
    )
    m = w.marks(r)
    body = f'{f.nav(r)}<div class="loc">您的位置：首页 → 新闻中心 → 州内新闻</div><div id="Article"><h1>{t}</h1><div class="infobar">{r.choice(["&nbsp;", " ", "　"]).join(parts)}</div><div class="text"><p>{_starts(r, d - timedelta(days=r.randint(1, 4)))}</p>{_paras(r)}</div><div class="near"><h3>相关文章</h3><ul>{near}</ul></div></div>{w.footer(r, m, city)}'
    return Labelled(
        "信息条",
        "article",
        f"http://www.nanling.gov.cn/html/xwzx/znxw/{r.randint(10000, 99999)}.html",
        f.html(f"{t} - {city}人民政府", body, "gb2312"),
        d,
        marks=m,
    )


def factory_article(r: random.Random) -> Labelled:
    """动易 SiteFactory: .property of spans with the hits from a script, Word leavings, dated neighbours below."""
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    no = r.randint(500, 12000)
    hits = f'<script language="JavaScript" type="text/JavaScript" src="/Common/GetHits.aspx?id={no}"></script>\n次'
    word = "<P class=MsoNormal style='MARGIN: 0cm 0cm 0pt'><SPAN lang=EN-US><?xml:namespace prefix = o ns = \"urn:schemas-microsoft-com:office:office\" /><o:p></o:p></SPAN>"
    after = min(d + timedelta(days=r.randint(1, 9)), TODAY)
    m = w.marks(r)
    body = f'{f.nav(r)}<!-- mainContent S --><div class="mainContent"><div class="mainBox"><div class="mHd"><div class="path"><span>当前位置：</span><a href="/">首页</a> &gt; <a href="/Category_21/Index.aspx" target="_self">新闻中心</a></div></div><div class="mBd"><!--startprint--><div class="printArea"><h2 class="title">{t}</h2><!-- 副标题 --><h3 class="subTitle"><span></span></h3><div class="property"> <span>文章来源：本站原创</span> <span>作者：佚名</span> <span>发布时间：{f.cn(d)}</span> <span>点击数：\n{hits}</span> <span><span id="content_AdminEdit"></span></span></div><div class="conTxt">{_paras(r, word, "</P>")}</div></div><!--endprint--><div class="pageNavi"><p>上一篇：<a href="/Item/{no - 1}.aspx">{w.title(r)}</a>[{d - timedelta(days=3)}]</p><p>下一篇：<a href="/Item/{no + 1}.aspx">{w.title(r)}</a>[{after}]</p></div></div></div></div>{w.footer(r, m, city)}'
    return Labelled(
        "动易内容",
        "article",
        f"http://jyj.beichuan.gov.cn/Item/{no}.aspx",
        f.html(f"{t}-{city}教育局", body),
        d,
        marks=m,
    )


def boda_article(r: random.Random) -> Labelled:
    """博达 VSB article: 创建时间 in a table cell, the source in a font after it, download counts and neighbours below."""
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    no = r.randint(1000, 9999)
    due = d + timedelta(days=r.randint(10, 60))
    label = r.choice(["创建时间", "发布时间", "日期"])
    clicks = f'<script>_showDynClicks("wbnews", 1663284523, {no})</script><span id="dynclicks_wbnews_{no}">{r.randint(100, 2530)}</span>'
    m = w.marks(r)
    body = f'{f.nav(r)}<form name="_newscontent_fromname"><div class="content"><table border="0" cellspacing="0" width="100%"><tbody><tr><td align="center"><span class="Head" style="font-size:20px;">{t}</span></td></tr><tr valign="middle"><td align="center"><span style="font-weight:bold;">{label}：&nbsp;&nbsp;</span><span>{d:%Y/%m/%d}</span>&nbsp;<font face=""><span>{r.choice(w.WHO)}</span>&nbsp;<font face="Times New Roman"><span style="font-weight:bold;">浏览次数：</span></font><span>{clicks}</span></font></td></tr></tbody></table><div id="vsb_content_100"><div class="v_news_content"><p class="vsbcontent_start">各有关单位：</p>{_paras(r)}<p>　　请于{due.month}月{due.day}日前完成自查。</p><p class="vsbcontent_end" style="text-align: right;">办公室</p></div></div><UL style="list-style-type:none;"><li>附件【<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl">{d.year}年自查表.rar</a>】已下载<span>{r.randint(1, 99)}</span>次</li></UL><p>上一条：<a href="{no - 2}.htm">{w.title(r)}</a></p><p>下一条：<a href="{no + 2}.htm">{w.title(r)}</a></p></div></form>{w.footer(r, m, city)}'
    return Labelled(
        "博达正文",
        "article",
        f"http://kjj.dongping.gov.cn/info/1005/{no}.htm",
        f.html(f"{t}-{city}科学技术局", body, head=f'<META Name="pageTitle" Content="{t}"/>\n'),
        d,
        marks=m,
    )


def silent_article(r: random.Random) -> Labelled:
    """吉安市农业农村局 (h1.aTitle, luru_c): only source and clicks are printed, no publish date anywhere."""
    city, t = r.choice(w.CITIES), w.title(r)
    event = newest_day(r)
    side = "".join(f'<li><a href="news-show-{n}.html">{w.title(r)}</a></li>' for n in range(5))
    m = w.marks(r)
    body = f'{f.nav(r)}<div class="where">当前位置：<a href="/">首页</a> &gt; <a href="news-list-nyyw.html">农业要闻</a></div><div class="left_c"><h1 class="aTitle">{t}</h1><div class="luru_c"><span>来源：{r.choice(w.WHO)}&nbsp;&nbsp;录入：管理员&nbsp;&nbsp;浏览：{r.randint(10, 9999)}次</span></div><div id="content"><p>　　{_starts(r, event)}</p>{_paras(r)}</div><div class="share">分享到：<a>微信</a> <a>微博</a></div></div><div class="right_c"><h3>{r.choice(w.SIDES)}</h3><ul>{side}</ul></div>{w.footer(r, m, city)}'
    return Labelled(
        "无日期正文",
        "article",
        f"http://agri.qinghe.gov.cn/news-show-{r.randint(100, 9999)}.html",
        f.html(f"{t}-{city}农业农村局", body),
        None,
        marks=m,
        note="no publish date",
    )


def bracket_article(r: random.Random) -> Labelled:
    """A hand-made ASP site: 【字体】【时间：2012-3-4 9:58:00】【作者】【关闭】【打印】 in one cell; GBK, said by the header."""
    city, t, d = r.choice(w.CITIES), w.title(r), newest_day(r)
    bar = [
        '【字体：<a href="javascript:fontZoom(16)" class="news">大</a><a href="javascript:fontZoom(14)" class="news"> 中</a> <a href="javascript:fontZoom(12)" class="news">小</a>】',
        f"【时间：{f.plain(d)} {r.randint(8, 17)}:{r.randint(10, 59)}:{r.randint(10, 59)}】",
        f"【作者：{r.choice(['办公室', '信息中心', 'admin'])}】",
        '【<a href="javascript:window.close();" class="news">关 闭</a>】　　【<a href="javascript:window.print()" class="news">打 印</a>】',
    ]
    m = w.marks(r)
    body = f'<table width="1000" align="center"><tr><td><img src="images/top.jpg"></td></tr></table>{f.nav(r, "table")}<table width="1000" align="center"><tr><td><img src="images/center_02.jpg"></td><td>当前位置：首页 &gt; 工作动态 &gt; 浏览信息</td></tr></table><table width="98%" border="0" cellspacing="0" cellpadding="5" align=center><tr><td align="center" class="title">{t}</td></tr><tr><td align="center" bgcolor="efefef"> {" 　 ".join(bar)}</td></tr><tr><td class="txt" id=fontzoom>{_starts(r, d - timedelta(days=r.randint(1, 6)))}<br><br>{_paras(r, "", "<br>")}</td></tr></table>{w.footer(r, m, city)}'
    return Labelled(
        "方括号栏",
        "article",
        f"http://slj.liujiang.gov.cn/shownews.asp?id={r.randint(10, 9999)}",
        f.html(f"{city}水利局", body, "gbk", declared=False),
        d,
        content_type="text/html; charset=GBK",
        marks=m,
    )


WRITERS = (
    province_article,
    index_article,
    bank_article,
    veterans_article,
    foreign_article,
    bottom_article,
    provided_article,
    insurance_article,
    platform_article,
    infobar_article,
    factory_article,
    boda_article,
    silent_article,
    bracket_article,
)
