"""Pages that stand in for a whole site while it is away: 网站升级维护中. Pure; each rule carries what it must and must not see.

Such a page is nothing but its notice. A home page that mentions a notice of maintenance among its headlines, or a column
under construction, is a page like any other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.captured import PageKind, Reading

MOST_TEXT, MOST_LINKS, MOST_ENTRIES = 300, 3, 2  # of a page that is nothing but a notice
_SITE = r"(?:网站|网|站点?|官网|门户|平台|系统|服务器)"
_WORKS = "升级|维护|改版|改造|建设|调试|迁移|割接|检修|切换|更新"
# Works and what goes with them, the last of them a work; nothing is tried twice (possessive), so that no text costs much.
_AT_WORK = rf"(?:正在|正|处于|进行|系统|全面|紧急|例行|[与和及、]|{_WORKS}){{1,8}}+(?<={_WORKS})"
_POLITE = r"(?:[\W_]{0,20}+(?:敬?请|给您|带来|谢谢|感谢|预计|不便|稍[后候]|耐心).{0,60})?+"
_HEADLINE = re.compile(r"公告|通知|通告|公示|会议|关于|方案|办法|招标|采购|项目|报告")
_SENTENCES = re.compile(r"[。！!？?；;\n]|\s\s")
_TITLE_PARTS = re.compile(r"[-_|—–·»>]+")
_SENTENCE = 120  # characters; a longer one says more


@dataclass(frozen=True, slots=True)
class Sign:
    """One way to say that the site is away. `sees` and `spares`: sentences that it must and must not take for it."""

    name: str
    pattern: re.Pattern[str]
    sees: tuple[str, ...]
    spares: tuple[str, ...]

    def says(self, sentence: str) -> bool:
        """Whether a sentence is this statement and nothing else."""
        return len(sentence) <= _SENTENCE and self.pattern.fullmatch(_bare(sentence)) is not None


def _bare(sentence: str) -> str:
    """Without punctuation and blanks at its edges."""
    while sentence and not sentence[0].isalnum():
        sentence = sentence[1:]
    while sentence and not sentence[-1].isalnum():
        sentence = sentence[:-1]
    return sentence


SIGNS = (
    Sign(
        "site_at_work",
        re.compile(rf".{{0,36}}?{_SITE}(?:现|已|将|于.{{0,30}}?)?{_AT_WORK}(?:状态|期间|阶段)?+中?+{_POLITE}"),
        ("网站正在升级维护", "系统维护中", "本网站正在改版升级中，敬请期待", "云川市示例局网站建设中", "网站维护中，请稍后访问"),
        ("系统升级维护公告", "关于网站系统升级维护的通知", "栏目正在建设中", "全市政府网站建设工作会议召开", "网站维护：云川市信息中心"),
    ),
    Sign(
        "works_alone",
        re.compile(rf"(?:正在|正){_AT_WORK}中?+{_POLITE}|{_AT_WORK}中{_POLITE}"),
        ("正在升级维护，请稍候", "维护中", "升级维护中，给您带来不便敬请谅解", "建设中"),
        ("升级维护公告", "栏目建设中", "正在招聘", "道路维护中心", "设备维护"),
    ),
    Sign(
        "service_paused",
        re.compile(rf".{{0,60}}{_SITE}.{{0,30}}(?:暂停|停止|暂时关闭|暂时无法|暂时不能|无法)(?:对外|提供|正常)*(?:服务|访问|运行)?{_POLITE}"),
        ("因设备检修，本网站于4月20日22时至次日8时暂停服务", "网站暂停访问", "系统暂时无法访问，请稍后再试"),
        ("办事窗口暂停服务", "关于网站暂停服务的公告", "网站由市信息中心运行"),
    ),
    Sign(
        "english",
        re.compile(r"(?:.{0,40}\b)?(?:under|down for|in)\s+(?:scheduled\s+)?(?:maintenance|construction)\b.{0,40}", re.I),
        ("Site under maintenance", "We are down for maintenance", "Under Construction"),
        ("Maintenance of roads", "Construction permits"),
    ),
)  # fmt: skip


def stands_in(reading: Reading | None) -> str:
    """The name of the rule by which a page says that its site is away; empty for every other page."""
    if reading is None or reading.kind is PageKind.FILE or not _is_bare(reading):
        return ""
    sentences = list(_sentences(reading))
    return next((sign.name for sign in SIGNS if any(sign.says(each) for each in sentences)), "")


def _is_bare(reading: Reading) -> bool:
    """Whether there is nothing on the page but what a notice may have."""
    if len(reading.text) > MOST_TEXT or len(reading.entries) > MOST_ENTRIES or len(reading.nav) > MOST_LINKS:
        return False
    leads = {link.url.partition("#")[0] for link in reading.links if link.tag == "a" and link.place != "footer"}
    return len(leads) <= MOST_LINKS


def _sentences(reading: Reading) -> Iterator[str]:
    """What the page says itself: its title and text, without the names of links and without headlines."""
    named = {link.text.strip() for link in reading.links if link.tag == "a"}
    whole = (*_TITLE_PARTS.split(reading.title), *_SENTENCES.split(reading.text))
    yield from (part for part in whole if part.strip() and part.strip() not in named and not _HEADLINE.search(part))
