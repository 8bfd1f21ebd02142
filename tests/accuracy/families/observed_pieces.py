"""What the families re-created from real sites share: the document, menus, side columns, forms of dates."""

import random
from datetime import date, timedelta

from tests.accuracy.families import words as w
from tests.accuracy.families.base import AS_OF

TODAY = AS_OF.date()


def html(title: str, body: str, charset: str = "utf-8", head: str = "", declared: bool = True) -> bytes:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}" />\n' if declared else ""
    page = f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n{meta}{head}<title>{title}</title>\n<link href="/images/style.css" rel="stylesheet" type="text/css" />\n<script type="text/javascript" src="/js/jquery.min.js"></script>\n</head>\n<body>\n{body}\n</body>\n</html>\n'
    return page.encode("gb18030" if charset in ("gb2312", "gbk") else charset)


def nav(r: random.Random, shape: str = "ul") -> str:
    names = ["首页", *r.sample(w.COLUMNS, 6)]
    links = [f'<a href="/{n}/index.html" target="_blank">{name}</a>' for n, name in enumerate(names)]
    if shape == "table":
        cells = "".join(f'<td align="center" background="/img/nav.gif">{link}</td>' for link in links)
        return f'<table width="980" border="0" align="center" cellpadding="0"><tr>{cells}</tr></table>'
    return '<div class="nav"><ul class="clearfix">' + "".join(f"<li>{link}</li>" for link in links) + "</ul></div>"


def fresh(r: random.Random, count: int = 6) -> str:
    """The rows of a side column, newer than most pages."""
    return "".join(
        f'<li><a href="/xwzx/{r.randint(1000, 9999)}.html">{w.title(r)}</a><span>{TODAY - timedelta(days=n)}</span></li>'
        for n in range(count)
    )


def selects() -> str:
    groups = {"省政府部门": ["省发改委", "省财政厅"], "市、县（区）": w.CITIES, "新闻媒体": ["清河日报", "柳江新闻网"]}
    return "".join(
        f'<select onchange="window.open(this.value)"><option>{group}</option>'
        + "".join(f'<option value="http://www.{n}.gov.cn/">{name}</option>' for n, name in enumerate(names))
        + "</select>"
        for group, names in groups.items()
    )


def cn(day: date) -> str:
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"


def plain(day: date, mark: str = "-") -> str:
    """Without leading zeros."""
    return f"{day.year}{mark}{day.month}{mark}{day.day}"


def trs(day: date, r: random.Random) -> str:
    return f"./{day:%Y%m}/t{day:%Y%m%d}_{r.randint(10**5, 10**7)}.html"
