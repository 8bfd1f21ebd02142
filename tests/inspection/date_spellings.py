"""Spellings of one day put together from parts, and lists of five shapes that show them. `python date_spellings.py` tries 2,000."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from checks.column_stale import StaleColumns
from checks.home_stale import StaleHomes
from checks.rules.column_kinds import classify
from checks.rules.rulebook import load_rules
from crawler.parsing.page import read_page
from domain.captured import Page
from domain.findings import Finding
from domain.targets import Site, SiteKind
from domain.times import BEIJING, Window, beijing_date
from domain.views import SiteView
from inspection.judging.columns import ColumnBook

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
ORIGIN = "http://www.pingshan.gov.cn"
TOPICS = ("春季防火", "安全生产", "农田水利", "就业帮扶", "营商环境", "基层治理", "校园食品", "河道清理")
Spelling = Callable[[date], str]

_ZEROS = "〇○◯零0０OＯ"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
_FOREIGN = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря")  # fmt: skip
_FRENCH = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")  # fmt: skip
_JOINTS = ("-", "/", ".", " ", "_", "·", "，", ",", "、", "–", "—", "‐", "−", "﹣", "／", "．", "\\", "~", "|", "=", "+", "*", "'", "一", "・", "\u00a0", "\u3000", "\u202f", " - ", " / ", ". ", "-- ")  # fmt: skip
_UNSEEN = ("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u202a")
_WRAPS = ("{}", "{}", "{}", "[{}]", "（{}）", "【{}】", "({})", "〔{}〕", "<{}>", "发布时间：{}", "日期:{}", "时间 {}", "发布于{}", "/ {}", "{}　", "@{}", "{} 发布", "更新：{}")  # fmt: skip
_TAILS = ("", "", "", " 10:05", " 10∶05", "　10：05：09", " 10时", " 10时05分", "上午", " 下午3点", " 周二", "（星期二）", "T10:05:00+08:00", " AM", "晚8:00", " 10-05", " 10.05")  # fmt: skip


def _cipher(number: int, zero: str, digits: str = "〇一二三四五六七八九") -> str:
    return "".join(zero if figure == "0" else digits[int(figure)] for figure in str(number))


def _counted(number: int, formal: bool) -> str:
    ones, ten = (_FORMAL, "拾") if formal else ("〇一二三四五六七八九", "十")
    tens, rest = divmod(number, 10)
    return ((ones[tens] if tens > 1 or (tens and formal) else "") + ten if tens else "") + (ones[rest] if rest else "")


def _figures(r: random.Random) -> Spelling:
    order, joint, padded, short = r.choice(("ymd",) * 4 + ("dmy", "mdy", "md", "dm")), r.choice(_JOINTS), r.random() < 0.7, r.random() < 0.2  # fmt: skip
    wide = str.maketrans("0123456789", r.choice(("０１２３４５６７８９", "⓪①②③④⑤⑥⑦⑧⑨", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "0123456789", "0123456789", "0123456789", "༠༡༢༣༤༥༦༧༨༩")))  # fmt: skip

    def spell(day: date) -> str:
        parts = {
            "y": f"{day.year % 100:02d}" if short else str(day.year),
            "m": f"{day.month:02d}" if padded else str(day.month),
            "d": f"{day.day:02d}" if padded else str(day.day),
        }
        return joint.join(parts[part] for part in order).translate(wide)

    return spell


def _marked(r: random.Random) -> Spelling:
    year, month, day_mark = r.choice(("年", "年 ", " 年", "年-", "")), r.choice(("月", " 月", "月 ", "月份")), r.choice(("日", "号", "日", "", "號"))  # fmt: skip
    words, formal, zero, gap, with_year = r.random() < 0.5, r.random() < 0.2, r.choice(_ZEROS), r.choice(("", "", " ")), r.random() < 0.8  # fmt: skip

    def spell(day: date) -> str:
        y = _cipher(day.year, zero, _FORMAL if formal else "〇一二三四五六七八九") if words else str(day.year)
        m, d = (_counted(day.month, formal), _counted(day.day, formal)) if words else (str(day.month), str(day.day))
        return gap.join((f"{y}{year}" if with_year else "") + f"{m}{month}{d}{day_mark}")

    return spell


def _named(r: random.Random) -> Spelling:
    names, cut, form = r.choice((_MONTHS, _MONTHS, _FOREIGN, _FRENCH)), r.random() < 0.4, r.choice(("{m} {d}, {y}", "{d} {m} {y}", "{d}-{m}-{y}", "{m}. {d}", "{d}{m}{y}", "{y} {m} {d}", "{d}th of {m} {y}", "{d}. {m} {y}", "{m} '{y}"))  # fmt: skip
    return lambda day: form.format(m=names[day.month - 1][: 3 if cut else None], d=day.day, y=day.year)


def _solid(r: random.Random) -> Spelling:
    form = r.choice(("{0:%Y%m%d}", "{0:%y%m%d}", "{0:%Y%m%d%H%M%S}", "{0:%m%d}", "{0.day}{0:%m%Y}", "{0:%Y}年第{1}天", "{0:%Y-%j}", "{0:%G-W%V-%u}", "{2}", "{2}000", "{0:%Y}/{0:%m%d}", "{0:%Y%m}.{0:%d}"))  # fmt: skip
    return lambda day: form.format(day, day.timetuple().tm_yday, int(datetime(day.year, day.month, day.day, 2, tzinfo=BEIJING).timestamp()))  # fmt: skip


def _near(r: random.Random) -> Spelling:
    form = r.choice(("{n}天前", "{n} 天前", "{n}日前", "{n} days ago", "{n}d", "距今{n}天"))
    return lambda day: form.format(n=(beijing_date(AS_OF) - day).days)


def spellings(count: int, seed: int) -> Iterator[Spelling]:
    """Ways of writing a day; most are read, some by nobody but a person."""
    r = random.Random(seed)
    for _ in range(count):
        bare = r.choice((_figures, _figures, _figures, _marked, _marked, _named, _solid, _near))(r)
        yield _dressed(r, bare)


def _dressed(r: random.Random, bare: Spelling) -> Spelling:
    wrap, tail, unseen, at = r.choice(_WRAPS), r.choice(_TAILS), r.choice(_UNSEEN), r.choice((-1, -1, -1, 0, 1, 2, 4))

    def spell(day: date) -> str:
        text = wrap.format(bare(day) + tail)
        return text if at < 0 else f"{text[:at]}{unseen}{text[at : at + 2]}{unseen}{text[at + 2 :]}"

    return spell


def _title(number: int) -> str:
    return f"全县部署{TOPICS[number % len(TOPICS)]}重点工作"


Shape = Callable[[list[tuple[str, str, str]]], str]  # (address, title, shown date) -> a list
SHAPES: dict[str, Shape] = {
    "spans": lambda rows: "<ul>" + "".join(f'<li><a href="{u}">{t}</a><span class="date">{d}</span></li>' for u, t, d in rows) + "</ul>",
    "table": lambda rows: "<table>" + "".join(f'<tr><td>·</td><td><a href="{u}">{t}</a></td><td>{d}</td></tr>' for u, t, d in rows) + "</table>",
    "before": lambda rows: '<div class="list">' + "".join(f'<div class="row"><em>{d}</em> <a href="{u}" title="{t}">{t}</a></div>' for u, t, d in rows) + "</div>",
    "inside": lambda rows: "<ul>" + "".join(f'<li><a href="{u}"><h3>{t}</h3><p>{d}</p></a></li>' for u, t, d in rows) + "</ul>",
    "apart": lambda rows: '<div><div class="l">' + "".join(f'<p><a href="{u}">{t}</a></p>' for u, t, _ in rows) + '</div><div class="r">' + "".join(f"<p>{d}</p>" for *_, d in rows) + "</div></div>",
}  # fmt: skip


def _html(title: str, body: str) -> bytes:
    nav = '<div class="nav"><a href="/">首页</a> <a href="/gzdt/">工作动态</a></div>'
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{nav}{body}<div class="footer">主办单位：平山县示例局</div></body></html>'.encode()


def _page(path: str, body: bytes, *, home: bool = False) -> Page:
    url = ORIGIN + path
    return Page("r", "s", url, url, 200, AS_OF, body_hash=path, reading=read_page(body, url, AS_OF, home=home))


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one site: accusations, and its column's newest date."""

    accused: tuple[str, ...]
    newest: date | None
    undated: str


def judge(spell: Spelling, shape: Shape, newest: date = date(2023, 4, 25)) -> Told:
    """A home page, a column and its articles, all dated in one spelling, as the checks see them."""
    days = [newest - timedelta(days=back) for back in range(6)]
    rows = [(f"/gzdt/{'abcdef'[n]}.html", _title(n), spell(day)) for n, day in enumerate(days)]
    listed = shape(rows)
    home = _page("/", _html("平山县示例局", f'<h2><a href="/gzdt/">工作动态</a></h2>{listed}'), home=True)
    column = _page("/gzdt/", _html("工作动态-平山县示例局", f'<div class="main"><h2>工作动态</h2>{listed}</div>'))
    text = "<p>会议要求各乡镇认真落实各项任务，压实责任，确保如期完成。</p>" * 3
    articles = [_page(u, _html(t, f'<h1>{t}</h1><p class="info">{d}　来源：办公室</p>{text}')) for u, t, d in rows]
    pages = {page.url: page for page in (home, column, *articles)}
    rules = load_rules()
    site = Site(id="s", name="平山县示例局", unit_id="u", home_url=ORIGIN + "/", kind=SiteKind.DEPARTMENT)
    book = ColumnBook(site, AS_OF, lambda name, url: classify(name, url, rules), pages.get)
    columns = tuple(book.build(home, [column]))
    dated = [entry.published_on for entry in home.reading.entries if entry.published_on] if home.reading else []
    view = SiteView(
        site=site, as_of=AS_OF, run_id="r", home=home, columns=lambda: iter(columns), links=lambda **_: iter(()), probes=lambda _: iter(()),
        pages=lambda kind=None, changed_in=None: (page for page in articles if page.reading and kind in (None, page.reading.kind)),
        home_lists_newest=max((day for day in dated if day <= AS_OF.date()), default=None),
    )  # fmt: skip
    found = [*StaleHomes(Window.parse("14d"))(view), *StaleColumns()(view)]
    accused = tuple(item.check for item in found if isinstance(item, Finding))
    accused += tuple("column.blank" for each in columns if each.undated == "blank")
    first = next(iter(columns), None)
    return Told(accused, first.newest if first else None, first.undated if first else "")


def undated_site() -> Told:
    """The same site without any date: the one that may be accused."""
    return judge(lambda day: "", SHAPES["spans"])


if __name__ == "__main__":
    tried = read = wrong = 0
    for number, spell in enumerate(spellings(2000, 7)):
        for name, shape in SHAPES.items():
            told = judge(spell, shape)
            tried, read = tried + 1, read + (told.newest == date(2023, 4, 25))
            wrong += told.newest not in (None, date(2023, 4, 25))
            if told.accused:
                print("ACCUSED", number, name, repr(spell(date(2023, 4, 25))), told)
            elif told.newest not in (None, date(2023, 4, 25)):
                print("WRONG", number, name, repr(spell(date(2023, 4, 25))), told.newest)
    print(f"tried {tried}, newest read {read}, another day read {wrong}")
