"""Faults of a town: how each is planted, half mended and mended, and under which name the office knows it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from town import FIRST, FOOT, Town, item

OLD = FIRST.date() - timedelta(days=70)
PAST = FIRST.date() - timedelta(days=400)
TEXT = "会议听取了各科室汇报，研究了下一步工作。" * 6
BETS = '<a href="http://bets.example/" style="position:absolute;left:-9999px">澳门赌场在线博彩开户</a>'


@dataclass(frozen=True)
class Fault:
    """`key`: check and path of the finding; `page`: the page that shows it, where it is one that can go."""

    key: str
    plant: Callable[[Town], None]
    mend: Callable[[Town], None]
    page: str = ""


def _old(path: str, text: str) -> Callable[[Town], None]:
    """An article of two months ago; no plan of a night asks for it by itself."""

    def write(town: Town) -> None:
        rows = town.__dict__.setdefault("old_rows", [])
        row = item(OLD, path, f"旧闻{path[-6]}")
        if row not in rows:
            rows.append(row)
        town.article(path, f"旧闻{path[-6]}", OLD, text)

    return write


def _link(path: str) -> tuple[Callable[[Town], None], Callable[[Town], None]]:
    anchor = f'<p><a href="{path}">办事大厅</a></p>'

    def plant(town: Town) -> None:
        town.home_extra += anchor

    def mend(town: Town) -> None:
        town.home_extra = town.home_extra.replace(anchor, "")

    return plant, mend


def _column(path: str, name: str, bad: str, good: str) -> tuple[Callable[[Town], None], Callable[[Town], None]]:
    return (lambda town: town.column(path, name, bad)), (lambda town: town.column(path, name, good))


def _guide(town: Town, fee: str) -> None:
    rows = "".join(
        f"<tr><th>{name}</th><td>{text}</td></tr>"
        for name, text in (
            ("事项名称", "社会团体成立登记"), ("设定依据", "社会团体登记管理条例"), ("申请条件", "有五十个以上的个人会员"),
            ("申请材料", "申请书、章程草案、验资证明"), ("办理地点", "云川市示例路1号"), ("办理时间", "工作日9:00至17:00"),
            ("办理流程", "申请、受理、审查、决定、送达"), ("办理时限", "20个工作日"), ("实施主体", "云川市示例局"),
        )
    )  # fmt: skip
    body = f'<h1>社会团体成立登记办事指南</h1><table class="guide">{rows}{fee}</table>'
    town.pages["/bszn/1.html"] = f"GUIDE|社会团体成立登记办事指南||{body}"
    town.nav["/bszn/1.html"] = "办事指南"


STALE = item(PAST, "/gg/1.html", "关于进一步优化营商环境的若干措施")
FRESH = item(FIRST.date(), "/gg/1.html", "关于印发实施方案的通知")
SLOW = item(FIRST.date() - timedelta(days=150), "/gg/1.html", "关于印发年度要点的通知")
QUICK = item(FIRST.date(), "/gg/1.html", "关于印发工作规则的通知")
DEAD = _link("/hall.html")
SOFT = _link("/soft.html")
BLANK = _column("/kong/", "政策解读", "<li>暂无信息</li>", item(FIRST.date(), "/gg/1.html", "《若干措施》政策解读"))
LATE = _column("/zc/", "政策文件", STALE, FRESH)
NEAR = _column("/lq/", "规范性文件", SLOW, QUICK)


def _no_code(town: Town) -> None:
    town.footer = town.footer.replace(" 辽公网安备21010002000001号", "")


def _with_code(town: Town) -> None:
    town.footer = FOOT


def _no_tags(town: Town) -> None:
    for number in range(1, 13):
        path = f"/xw/{number}.html"
        town.article(path, f"第{number}次工作例会召开", FIRST.date() - timedelta(days=40 + number), TEXT, meta=False)


def _tags(town: Town) -> None:
    for number in range(1, 13):
        path = f"/xw/{number}.html"
        town.article(path, f"第{number}次工作例会召开", FIRST.date() - timedelta(days=40 + number), TEXT)


FAULTS = (
    Fault("link.dead /hall.html", *DEAD),
    Fault("text.typo /xw/t1.html", _old("/xw/t1.html", "各部门要认真布署下一步工作。" + TEXT), _old("/xw/t1.html", "各部门要认真部署下一步工作。" + TEXT), "/xw/t1.html"),
    Fault("text.privacy /xw/p1.html", _old("/xw/p1.html", "申请人身份证号 11010519491231002X，电话见附件。" + TEXT), _old("/xw/p1.html", "申请人身份证号 1101**********002X，电话见附件。" + TEXT), "/xw/p1.html"),
    Fault("page.defaced /xw/d1.html", _old("/xw/d1.html", "澳门赌场在线博彩开户送彩金，百家乐真人荷官，时时彩投注平台，六合彩特码，赌球外围。" * 4), _old("/xw/d1.html", TEXT), "/xw/d1.html"),
    Fault("link.hidden http://bets.example/", _old("/xw/h1.html", TEXT + BETS), _old("/xw/h1.html", TEXT), "/xw/h1.html"),
    Fault("column.blank /kong/", *BLANK, page="/kong/"),
    Fault("column.stale /zc/", *LATE, page="/zc/"),
    Fault("mark.missing /", _no_code, _with_code),
    Fault("meta.missing /xw/1.html", _no_tags, _tags),
    Fault("guide.incomplete /bszn/1.html", lambda town: _guide(town, ""), lambda town: _guide(town, "<tr><th>收费标准</th><td>不收费</td></tr><tr><th>监督投诉电话</th><td>12345</td></tr><tr><th>联系电话</th><td>024-88880000</td></tr><tr><th>服务对象</th><td>法人</td></tr>"), "/bszn/1.html"),
)  # fmt: skip
