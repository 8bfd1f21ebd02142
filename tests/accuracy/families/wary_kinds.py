"""Pages whose kind is in doubt: articles that hardly look like one, pages without a date, errors, forms, letters."""

import random
from datetime import timedelta
from urllib.parse import quote

from tests.accuracy.families import wary_pieces as p
from tests.accuracy.families import words as w
from tests.accuracy.families.base import Labelled, newest_day
from tests.accuracy.families.wary_pieces import TODAY

CAPTIONS = ["志愿者在河边清理垃圾", "施工人员吊装钢梁", "市民在公园赏花", "农户在大棚采摘", "消防员开展演练"]


def picture_only(r: random.Random) -> Labelled:
    """Nothing but a picture; its file is named for another day; some print no date at all."""
    city, t, day, source = p.start(r)
    shape = r.choice(["dated", "dated", "none"])
    name = (
        f"/upload/{p.before(r, day, 2, 90):%Y/%m/%d}/1.jpg"
        if shape == "dated"
        else f"/upload/{r.getrandbits(64):x}.jpg"
    )
    picture = f'<p align="center"><img src="{name}" alt="" width="800" height="3200"></p>'
    parts = [p.origin(r, source)] + ([p.published(r, day)] if shape == "dated" else [])
    own = day if shape == "dated" else None
    main = f"{p.headline(r, t)}{p.info(r, parts)}{picture}"
    return p.page(r, "一张图", main, own, t, source, city=city, note=shape)


def attachment_only(r: random.Random) -> Labelled:
    """Nothing but attachments whose names carry days of their own."""
    city, t, day, source = p.start(r)
    other = p.before(r, day, 2, 60)
    names = [f"{p.cn(other)}{t}.pdf", f"{other:%Y%m%d}汇总表.xlsx", f"P0{other:%Y%m%d}3521.docx", f"{t}.wps"]
    files = "".join(
        f'<p>附件{n}：<a href="./{r.randint(100, 999)}.{name.rsplit(".", 1)[1]}">{name}</a></p>'
        for n, name in enumerate(r.sample(names, r.randint(1, 3)), 1)
    )
    own = r.choice([p.published(r, day), f"{day}"])
    main = f'{p.headline(r, t)}{p.info(r, [own, p.origin(r, source)])}<div class="{p.cls(r)}">{files}</div>'
    return p.page(r, "只有附件", main, day, t, source, city=city)


def video_only(r: random.Random) -> Labelled:
    """The evening news of one day, put up on another; a player and no text."""
    city, _, day, _ = p.start(r)
    aired = p.before(r, day, 1, 2)
    title = f"{r.choice([p.cn(aired), f'{aired:%Y%m%d}', f'{aired:%Y-%m-%d}'])}{city}新闻联播"
    source = r.choice(p.PAPERS)
    player = (
        f'<video controls poster="/v/{aired:%Y%m%d}.jpg" src="/v/{aired:%Y%m%d}.mp4"></video><span>00:00 / 20:23</span>'
    )
    more = "".join(
        f'<li><a href="/v/{n}.html">{p.cn(aired - timedelta(days=n))}{city}新闻联播</a></li>' for n in range(1, 6)
    )
    line = p.info(
        r,
        [f"播出时间：{aired} 19:35", f"{r.choice(['发布时间：', '发布日期：'])}{p.shown(r, day)}", p.origin(r, source)],
    )
    main = f"{p.headline(r, title)}{line}{player}<h4>往期节目</h4><ul>{more}</ul>"
    return p.page(r, "只有视频", main, day, title, source, city=city)


def one_sentence(r: random.Random) -> Labelled:
    """One sentence with a span of days, beside a long dated column."""
    city, _, day, source = p.start(r)
    begin = p.after(r, day, 2, 9)
    title = r.choice(["停水通知", "公告", "暂停办公的通知", "道路封闭通告", "放假通知"])
    line = f"因系统检修，{p.cn(begin)}至{p.cn(begin + timedelta(days=2))}暂停对外办公，请相互转告。"
    own = p.info(r, [p.published(r, day), p.origin(r, source)])
    text = f"<p>{line}</p>"
    inner = own + text if r.random() < 0.6 else text + own
    return p.page(r, "一句话", f"{p.headline(r, title)}{inner}", day, title, source, city=city, side=True)


def long_table(r: random.Random) -> Labelled:
    """A very long table of permits, every row with two dates; it is still one article."""
    city, t, day, source = p.start(r)
    title = f"{t.split('（')[0]}名单公示"
    rows = ""
    for n in range(1, r.randint(60, 260)):
        given = p.before(r, day, 3, 300)
        rows += f"<tr><td>{n}</td><td>{r.choice(w.CITIES)}第{r.randint(1, 900)}号企业</td><td>许可〔{given.year}〕{r.randint(1, 999)}号</td><td>{given}</td><td>{p.after(r, given, 900, 1100)}</td></tr>"
    table = f"<table border=1><tr><th>序号</th><th>名称</th><th>文号</th><th>{r.choice(['发证日期', '发布日期', '登记日期'])}</th><th>有效期至</th></tr>{rows}</table>"
    line = p.info(r, [r.choice([f"{day}", p.published(r, day)]), p.origin(r, source)])
    return p.page(r, "长表", f"{p.headline(r, title)}{line}{table}", day, title, source, city=city)


def gallery(r: random.Random) -> Labelled:
    """A set of pictures, each caption with the day it was taken."""
    city, t, day, source = p.start(r)
    shots = "".join(
        f'<li><img src="/pic/{n}.jpg"><p>{p.cn(p.before(r, day, 1, 9))}，{r.choice(CAPTIONS)}（{r.choice(p.PEOPLE)} 摄）</p><i>{n}/{12}</i></li>'
        for n in range(1, r.randint(4, 12))
    )
    own = r.choice([f"{day}", p.cn(day), f"发布时间：{day} {p.clock(r)}"])
    title = f"【图集】{t}"
    line = p.info(r, [own, p.origin(r, source)])
    pictures = f'<ul class="{p.cls(r)}">{shots}</ul>'
    inner = line + pictures if r.random() < 0.6 else pictures + line
    return p.page(r, "图集", f"{p.headline(r, title)}{inner}", day, title, source, city=city)


def interview(r: random.Random) -> Labelled:
    """A transcript: the day and hour of the talk, a time for every line, and a publish date of its own."""
    city, t, day, source = p.start(r)
    held = p.before(r, day, 1, 12)
    title = f"在线访谈：{t}"
    lines = [
        f"<b>[{r.choice(['主持人', '嘉宾', '网友'])}]</b> {p.sentence(r, day)} <em>{held} 15:{n:02d}:{r.randint(0, 59):02d}</em>"
        for n in range(r.randint(6, 20))
    ]
    box = f'<div class="{p.cls(r)}"><p>访谈时间：{p.cn(held)} 15:00</p><p>访谈嘉宾：{r.choice(p.PEOPLE)}</p></div>'
    line = p.info(r, [f"{r.choice(['发布时间：', '发布日期：'])}{p.shown(r, day)}", p.origin(r, source)])
    inner = r.choice([box + line + p.text(r, lines), box + p.text(r, lines) + line])
    return p.page(r, "访谈", p.headline(r, title) + inner, day, title, source, city=city)


def compilation(r: random.Random) -> Labelled:
    """An article whose body is a list of linked policies with their dates."""
    city, _, day, source = p.start(r)
    title = f"{day.year}年{r.choice(['惠企', '惠农', '就业', '医保'])}政策文件汇编"
    rows = "".join(
        f'<p>{n}.<a href="/zc/{r.randint(100, 9999)}.html">{w.title(r)}</a>（{p.cn(p.before(r, day, 2, 700))}）</p>'
        for n in range(1, r.randint(8, 24))
    )
    opening = f"<p>　　为方便企业和群众查阅，现将近年来有关政策整理汇编如下，供参考。{p.sentence(r, day)}</p>"
    closing = f"<p>　　以上文件以正式文本为准。{p.sentence(r, day)}</p>"
    line = p.info(r, [p.published(r, day), p.origin(r, source)])
    main = f"{p.headline(r, title)}{line}<div class='{p.cls(r)}'>{opening}{rows}{closing}</div>"
    return p.page(r, "政策汇编", main, day, title, source, city=city)


def no_date(r: random.Random) -> Labelled:
    """Duties, a life, a guide to openness: dates in the text, none of publication."""
    city, _, _, _ = p.start(r)
    shape = r.choice(["person", "duty", "openness", "history"])
    title, lines = {
        "person": (
            f"{r.choice(p.PEOPLE)}同志简历",
            ["男，汉族，1970年5月生。", "1992年7月参加工作，2021年3月1日任现职。", "负责市政府全面工作。"],
        ),
        "duty": (
            f"{city}{r.choice(w.WHO[2:12])}机构职能",
            ["贯彻执行有关法律法规。", "依据2019年1月15日批准的机构改革方案设立。", "办公时间：上午8:30—12:00。"],
        ),
        "openness": (
            f"{city}政府信息公开指南",
            ["根据2019年5月15日起施行的《中华人民共和国政府信息公开条例》编制。", "受理机构联系电话：0555-1234567。"],
        ),
        "history": (
            f"{city}历史沿革",
            ["1949年5月7日，县人民政府成立。", "1988年10月20日，撤县设市。", "2016年6月8日，部分乡镇合并。"],
        ),
    }[shape]
    clock = f"<div>今天是{p.cn(TODAY)}</div>" if r.random() < 0.5 else ""
    main = f"{p.headline(r, title)}{p.text(r, lines)}"
    return p.page(r, "无日期", main, None, title, "", city=city, note=shape, top=clock)


def other_words(r: random.Random) -> Labelled:
    """Articles that speak of logins, errors, searches, guides and letters; they are articles."""
    city, _, day, source = p.start(r)
    shape = r.choice(["login", "error", "search", "guide", "letters"])
    title, lines = {
        "login": ("政务服务网用户登录方式升级公告", ["请输入用户名、密码和验证码后点击登录，忘记密码可找回。"]),
        "error": (
            "关于修复网站“页面不存在（404）”问题的情况说明",
            ["群众反映访问时提示“您访问的页面不存在或已删除”。"],
        ),
        "search": ("政府网站站内搜索功能改版上线", ["输入关键词即可查看搜索结果，共找到相关信息约128条。"]),
        "guide": (f"关于公布{r.choice(w.WHAT)}办事指南的公告", ["受理条件、申请材料、法定办结时限等事项公布如下。"]),
        "letters": (
            f"{day.year}年网民留言办理情况通报",
            [f"网民留言时间：{p.before(r, day, 9, 30)}，答复时间：{p.before(r, day, 2, 8)}，回复内容：已办理。"],
        ),
    }[shape]
    form = '<form action="/s"><input type="text" name="q" value="请输入关键字"><button>搜索</button></form><a href="/login">登录</a> <a href="/reg">注册</a>'
    line = p.info(r, [p.published(r, day), p.origin(r, source)])
    main = f"{p.headline(r, title)}{line}{p.text(r, lines + p.sentences(r, day))}"
    return p.page(r, "言及他类", main, day, title, source, city=city, note=shape, top=form)


def error_page(r: random.Random) -> Labelled:
    """An error page answered with 200, dressed with the newest news and a clock."""
    city = r.choice(w.CITIES)
    said = r.choice(
        [
            "抱歉，您访问的页面不存在或已删除！",
            "404 您要查看的页面找不到了",
            "对不起，该文章不存在或未通过审核。",
            "您访问的信息已被撤销，3秒后自动返回首页",
            "系统发生错误，请稍后再试",
        ]
    )
    back = '<p><a href="/">返回首页</a> <a href="javascript:history.back()">返回上一页</a></p>'
    main = f'<div class="{p.cls(r)}"><img src="/images/e.png"><h2>{said}</h2>{back}</div>'
    top = f"<div>今天是{p.cn(TODAY)} 星期三</div>" if r.random() < 0.5 else ""
    title = r.choice(["提示信息", "页面不存在", "错误页面"])
    url = f"http://www.{p.HOSTS[city]}.gov.cn{p.dated_path(r, newest_day(r))}"
    return p.page(
        r, "错误页", main, None, title, city=city, kind="error", top=top, url=url, note=said[:6], side=r.random() < 0.4
    )


def login_page(r: random.Random) -> Labelled:
    """A login form with a short board of dated notices."""
    city = r.choice(w.CITIES)
    name = r.choice(["统一身份认证平台", "网上信访", "内部办公系统", "信息报送系统"])
    code = '<p>验证码：<input name="code"><img src="/code.jpg"></p>' if r.random() < 0.6 else ""
    form = f'<h2>{city}{name}</h2><form method="post" action="/login.do"><p>用户名：<input type="text" name="u"></p><p>密　码：<input type="password" name="p"></p>{code}<button type="submit">登 录</button> <a href="/forget">忘记密码？</a> <a href="/reg">立即注册</a></form>'
    board = f'<div class="{p.cls(r)}"><b>系统公告</b><p>{p.before(r, TODAY)} 系统将于{p.cn(p.after(r, TODAY))}升级维护。</p></div>'
    url = f"http://sso.{p.HOSTS[city]}.gov.cn/{r.choice(['login', 'cas/login?service=oa', 'index.do'])}"
    return p.page(
        r,
        "登录页",
        form + (board if r.random() < 0.6 else ""),
        None,
        f"用户登录-{name}",
        city=city,
        kind="login",
        url=url,
        side=False,
    )


def search_page(r: random.Random) -> Labelled:
    """Search results: titles, snippets, dates and pages, yet no column of the site."""
    city = r.choice(w.CITIES)
    word = r.choice(["停水", "招聘", "预算", "医保"])
    rows = "".join(
        f'<div class="{p.cls(r)}"><h3><a href="/x/{r.randint(1, 9999)}.html">{w.title(r)}<em>{word}</em></a></h3><p>…{p.sentence(r, TODAY)}<em>{word}</em>…</p><span>{p.before(r, TODAY, 0, 900)}</span></div>'
        for _ in range(r.randint(3, 10))
    )
    box = f'<form action="/search"><input name="q" value="{word}"><button>搜索</button> <label><input type="radio" name="s">全文</label><label><input type="radio" name="s">标题</label></form>'
    told = f"<p>为您找到与“{word}”相关的结果约{r.randint(11, 900)}条，用时0.0{r.randint(1, 9)}秒</p><p>排序：<a>按相关度</a> <a>按时间</a>　时间：<a>一周内</a> <a>一年内</a></p>"
    pages = '<div><b>1</b> <a href="?q=x&p=2">2</a> <a href="?q=x&p=2">下一页</a></div>'
    url = f"http://www.{p.HOSTS[city]}.gov.cn/{r.choice(['search', 'jsearch/search.do', 's'])}?q={quote(word)}"
    return p.page(
        r,
        "搜索页",
        box + told + rows + pages,
        None,
        f"{word} - 站内搜索",
        city=city,
        kind="search",
        url=url,
        side=False,
    )


def service_guide(r: random.Random) -> Labelled:
    """A 办事指南: fields, materials, steps; its dates belong to the laws it rests on."""
    city = r.choice(w.CITIES)
    name = r.choice(["食品经营许可", "老年人优待证办理", "建设工程规划许可", "医师执业注册"])
    rows = [
        ("事项名称", name),
        ("事项类型", "行政许可"),
        ("实施主体", r.choice(w.WHO[2:12])),
        ("法定办结时限", f"{r.randint(10, 30)}个工作日"),
        ("承诺办结时限", f"{r.randint(1, 9)}个工作日"),
        ("受理条件", "符合法律法规规定的申请条件"),
        ("申请材料", "1.申请表（原件1份）2.身份证明（复印件1份）"),
        ("办理流程", "申请—受理—审查—决定—送达"),
        (
            "设定依据",
            f"《管理条例》（{p.cn(p.before(r, TODAY, 900, 4000))}公布，自{p.cn(p.before(r, TODAY, 300, 800))}起施行）",
        ),
        ("收费标准", "不收费"),
        ("咨询电话", "0555-1234567"),
    ]
    if r.random() < 0.5:
        r.shuffle(rows)
    box = f"<table border=1>{''.join(f'<tr><th>{a}</th><td>{b}</td></tr>' for a, b in rows)}</table>"
    main = f"{p.headline(r, f'{name}办事指南')}<p><a href='/sb'>在线办理</a> <a href='/yy'>网上预约</a> <a href='/bg'>表格下载</a></p>{box}"
    url = f"http://zwfw.{p.HOSTS[city]}.gov.cn/{r.choice(['item/detail', 'bszn/show', 'portal/guide'])}?id={r.getrandbits(64):x}"
    return p.page(
        r, "办事指南", main, None, f"{name}-办事指南", city=city, kind="guide", url=url, side=r.random() < 0.3
    )


def letter_page(r: random.Random) -> Labelled:
    """One citizen's letter and the office's reply, each with its time."""
    city = r.choice(w.CITIES)
    sent = newest_day(r)
    asked = r.choice(["小区何时通天然气", "关于公交线路调整的建议", "路灯不亮", "医保报销咨询"])
    rows = [
        ("信件编号", f"{sent:%Y%m%d}{r.randint(100, 999)}"),
        ("信件标题", asked),
        ("来信人", r.choice(["王**", "李*", "匿名"])),
        ("来信时间", f"{sent} {p.clock(r)}"),
        ("信件类别", r.choice(["咨询", "投诉", "建议"])),
        ("来信内容", f"市长您好，{asked}，请问何时能解决？"),
        ("受理单位", r.choice(w.WHO[2:12])),
        ("办理状态", "已办结"),
        ("回复时间", f"{p.past(p.after(r, sent, 1, 10))} {p.clock(r)}"),
        ("回复内容", f"您好，来信收悉。{p.sentence(r, sent)}感谢您的关注。"),
    ]
    form = r.choice(["<tr><td>{}：</td><td>{}</td></tr>", "<tr><th>{}</th><td>{}</td></tr>"])
    box = f"<table>{''.join(form.format(a, b) for a, b in rows)}</table>"
    main = f"<h2>{r.choice(['市长信箱', '领导信箱', '互动交流'])}</h2>{box}<p>满意度评价：非常满意 满意 不满意</p>"
    url = f"http://www.{p.HOSTS[city]}.gov.cn/{r.choice(['szxx/letter', 'hdjl/mailshow', 'mail/view'])}?id={r.randint(100, 99999)}"
    return p.page(
        r, "来信页", main, None, f"{asked}-市长信箱", city=city, kind="inquiry", url=url, side=r.random() < 0.3
    )


WRITERS = (
    picture_only,
    attachment_only,
    video_only,
    one_sentence,
    long_table,
    gallery,
    interview,
    compilation,
    no_date,
    other_words,
    error_page,
    login_page,
    search_page,
    service_guide,
    letter_page,
)
