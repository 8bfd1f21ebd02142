"""What the template families share: rows of lists, meta tags, footer marks, and the insides of special pages."""

from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from democity import phrases
from democity.calendar import ANCHOR
from democity.names import CITY, OFFICE, PROVINCE
from democity.plan import ColumnPlan
from democity.site import Article, CitySite
from democity.text import numbered

ELEMENTS = ("事项名称", "设定依据", "申请条件", "办理材料", "办理地点", "办理时间", "联系电话", "办理流程")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    title: str
    url: str
    day: date
    pinned: bool = False
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a template needs: the site at a moment, and where the other sites of the city are."""

    site: CitySite
    at: datetime
    friends: tuple[tuple[str, str], ...] = ()  # (name, home url) of other sites

    def articles(self, plan: ColumnPlan) -> list[Article]:
        """The visible articles of a column, newest first."""
        return self.site.articles(plan, self.at)


def metas(site: CitySite, column: ColumnPlan | None = None, article: Article | None = None, source: str = "") -> str:
    """The tags of the 网页设计规范."""
    tags = [("SiteName", site.name), ("SiteDomain", site.host), ("SiteIDCode", site.code)]
    if column:
        tags += [
            ("ColumnName", column.name),
            ("ColumnDescription", f"{site.full_name}{column.name}栏目，发布{column.name}相关内容"),
            ("ColumnKeywords", f"{column.name},{site.body.short}"),
            ("ColumnType", column.name),
        ]
    if article:
        tags += [
            ("ArticleTitle", article.title),
            ("PubDate", f"{article.moment:%Y-%m-%d %H:%M}"),
            ("ContentSource", source or site.full_name),
            ("Keywords", f"{site.body.short},{column.name if column else ''}"),
            ("Author", site.body.short),
        ]
    missing = (
        {"PubDate", *site.faults_of("missing_meta")} if column and column.dateless else site.faults_of("missing_meta")
    )
    return "\n".join(f'<meta name="{name}" content="{escape(text)}">' for name, text in tags if name not in missing)


def police_code(site: CitySite) -> str:
    """14 digits of the 公安备案号."""
    return f"{site.code[:6]}0200{site.order + 1:04d}"


def footer(site: CitySite, sitemap: str, contact: str) -> str:
    """All marks a footer must carry, save those a fault takes away."""
    police = police_code(site)
    sponsor = OFFICE if site.body.kind == "portal" else site.full_name
    marks = {
        "party_gov": f'<a href="http://bszs.conac.cn/sitename?method=show&amp;id={site.code}AB" target="_blank"><img src="/images/conac.svg" alt="党政机关网站标识" width="60"></a>',
        "jiucuo": f'<a href="http://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={site.code}" target="_blank"><img src="/images/jiucuo.svg" alt="我为政府网站找错" width="106"></a>',
        "sponsor": f"<span>主办单位：{sponsor}</span>",
        "site_code": f"<span>网站标识码：{site.code}</span>",
        "sitemap": f'<a href="{sitemap}">网站地图</a>',
        "icp": f'<br><a href="http://beian.miit.gov.cn/" target="_blank">{PROVINCE}ICP备{19_900_000 + site.order:08d}号-1</a>',
        "police": f'<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode={police}" target="_blank"><img src="/images/police.svg" alt="" width="16">{PROVINCE}公网安备 {police}号</a>',
        "contact": f'<br><a href="{contact}">联系我们</a>　联系电话：0990-620{site.order:04d}　地址：{CITY}政务大道{site.order + 1}号　邮编：219900',
    }
    missing = site.faults_of("missing_mark")
    shown = "　\n".join(html for name, html in marks.items() if name not in missing)
    dead = '<a href="/gone/footer.html">隐私声明</a>' if site.faults_of("dead_footer") else ""
    return f'<p class="marks">{shown}{dead}</p>'


def stamp(plan: ColumnPlan, text: str) -> str:
    """A printed date, or nothing where a fault takes all dates away."""
    return "" if plan.dateless else text


def paragraphs(site: CitySite, plan: ColumnPlan, article: Article) -> list[str]:
    """The text of an article."""
    return site.writer(plan, article.seq, article.moment).paragraphs(plan.style, article.title)


def guide_table(site: CitySite, plan: ColumnPlan, article: Article) -> str:
    """办事指南 with all its elements."""
    writer = site.writer(plan, article.seq, article.moment)
    topic = writer.slots["t"]
    steps = "申请、受理、审查、决定、送达。申请人可以在线上或者窗口提交申请，材料齐全的当场受理。"
    values = (
        article.title,
        f"国家和省关于{topic}的有关法律法规和规定",
        f"符合{topic}政策规定条件的单位和个人",
        "业务申请表、有效身份证件、其他相关证明材料",
        f"{CITY}政务服务大厅二楼{writer.rng.randint(1, 40)}号窗口",
        "周一至周五 8:30-12:00，13:00-17:00（法定节假日除外）",
        f"0990-630{site.order:04d}",
        steps,
    )
    shown = ELEMENTS[:3] if site.faults_of("bad_guide") else ELEMENTS
    rows = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>\n" for name, value in zip(shown, values, strict=False))
    return f'<table class="guide" border="1" cellspacing="0" cellpadding="6">{rows}</table>'


def reply_of(site: CitySite, plan: ColumnPlan, article: Article, at: datetime) -> tuple[date | None, str]:
    """When a message is answered (workdays after it came) and the answer; None while it is being worked on."""
    writer = site.writer(plan, article.seq, article.moment)
    if site.faults_of("unanswered") and (at - article.moment).days > 90:
        return None, ""
    due = date.fromordinal(article.day.toordinal() + writer.rng.randint(2, 5))
    if due >= at.date() and article.day.toordinal() + 6 > at.date().toordinal():
        return None, ""
    return due, writer.line(writer.rng.choice(phrases.ANSWERS))


def message_table(scene: Scene, plan: ColumnPlan, rows: list[tuple[Article, str]]) -> str:
    """A list of messages with dates and states."""
    lines = []
    for article, url in rows:
        replied, _ = reply_of(scene.site, plan, article, scene.at)
        state = "已答复" if replied else "办理中"
        lines.append(
            f'<tr><td>{article.id}</td><td class="t"><a href="{url}" target="_blank">{article.title}</a></td>'
            f"<td>{article.day}</td><td>{replied or ''}</td><td>{state}</td></tr>"
        )
    head = "<tr><th>编号</th><th>标题</th><th>来信日期</th><th>答复日期</th><th>办理状态</th></tr>"
    return f'<table class="messages" width="100%">{head}\n' + "\n".join(lines) + "</table>"


def message_body(scene: Scene, plan: ColumnPlan, article: Article) -> str:
    """One message and its answer."""
    site = scene.site
    writer = site.writer(plan, article.seq, article.moment)
    replied, answer = reply_of(site, plan, article, scene.at)
    question = writer.line(writer.rng.choice(phrases.QUESTIONS))
    ask = f'<table class="message"><tr><th>来信标题</th><td>{article.title}</td></tr><tr><th>来信日期</th><td>{article.day}</td></tr><tr><th>来信内容</th><td>{question}</td></tr>'
    if not replied:
        return f"{ask}<tr><th>办理状态</th><td>办理中</td></tr></table>"
    return f"{ask}<tr><th>办理状态</th><td>已答复</td></tr><tr><th>答复单位</th><td>{site.body.short}</td></tr><tr><th>答复日期</th><td>{replied}</td></tr><tr><th>答复内容</th><td>{answer}</td></tr></table>"


def static_text(site: CitySite, style: str) -> str:
    """领导之窗, 机构职能 and 联系我们."""
    writer = site.writer(site.columns[0], 0, datetime.combine(ANCHOR, datetime.min.time()))
    if style == "functions":
        lines = [
            line.format(**{**writer.slots, "t": topic}) for topic in site.body.topics for line in phrases.FUNCTIONS[:3]
        ]
        return "<h3>主要职责</h3>" + "".join(f"<p>{line}</p>" for line in numbered(lines[:19]))
    if style == "leaders":
        posts = ("主要负责人", "分管负责人", "分管负责人", "纪检监察负责人")
        cards = "".join(
            f'<li><img src="/images/leader{i}.svg" alt="{post}" width="90"><b>{post}</b><p>工作分工：负责{topic}等工作。</p></li>'
            for i, (post, topic) in enumerate(zip(posts, site.body.topics, strict=False))
        )
        return f'<ul class="leaders">{cards}</ul>'
    return f"<p>主办单位：{site.full_name}</p><p>联系电话：0990-620{site.order:04d}</p><p>办公地址：{CITY}政务大道{site.order + 1}号</p><p>办公时间：周一至周五 8:30-12:00，13:00-17:00（法定节假日除外）</p>"


def page_count(total: int, size: int) -> int:
    """Number of list pages; an empty list has one."""
    return max(1, -(-total // size))
