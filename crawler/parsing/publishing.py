"""When an article was published: every date seen beside it, ranked, and the one that wins."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawler.parsing import dates
from crawler.parsing.dates import Stamp
from crawler.parsing.lines import Line
from domain.captured import DateCandidate, Dated, DateHow
from domain.times import beijing_date

_LABEL = re.compile(
    r"(发布|发表|发稿|刊登|刊发|公布|公开|添加|录入|上传|发文|更新|生成|成文|印发|制作|编辑|信息)?\s*(日期|时间)\s*[:]?\s*$|(发布于|发表于|刊登于|更新于|发布|发表)\s*[:]?\s*$|(?:Posted|Published|Updated)(?:\s+on)?\s*[:]?\s*$|\b(?:Pub)?[Dd]ate\s*[:]\s*$"
)
_FIELD = re.compile(
    r"(?:供稿(?:单位|人)?|来源|出处|作者|撰稿人?|文字|文/?图?|图片|摄影|责任编辑|责编|编辑|编审|审核人?|审校|校对|初审|复审|终审|信息员|录入员?|发布(?:人|机构|单位|者))\s*:\s*[^\s:,;|\]]{1,24}"
)  # who wrote, checked and sent it
_NOISE = re.compile(
    r"字体|字号|[【\[]?\s*[大中小]\s*[】\]]|浏览(?:次数|量)?|点击(?:率|数|量)?|阅读(?:次数|量)?|次数|分享|打印|收藏|关闭|扫一扫|来源|作者|编辑|责任|[:|\s\d次]"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One printed date."""

    stamp: Stamp
    rank: int  # smaller is better; 9: not a publish date
    why: str
    listed: bool = False  # beside a link, as in a box of other articles


def printed_dates(lines: list[Line], headline: str, title: int, first: int, last: int, as_of: datetime) -> list[Seen]:
    """The dates of the page's lines; `title`, `first`, `last`: numbers of the title line and of the text's lines."""
    seen = []
    for number, line in enumerate(lines):
        inside = first <= number < last
        if inside and (len(line.text) > 120 or (first + 3 <= number < last - 3 and len(line.text) > 60)):
            continue  # dates in running text say nothing
        if len(line.text) > 300 or line.linked > 12 or line.place or not _DIGIT.search(line.text):
            continue
        folded = dates.fold(line.text)
        said = dates.fold(lines[number - 1].text) if number and len(lines[number - 1].text) <= 12 else ""
        labelled = len(folded) < 120 and bool(_LABELLED.search(folded) or _LABEL.search(said))
        for stamp in dates.search(line.text, as_of, short=labelled):
            before = folded[max(0, stamp.start - 16) : stamp.start]
            if said and stamp.start < 3 and _LABEL.search(said):
                before = said + before
            if stamp.shape == "month_day" or (labelled and not _LABEL.search(before) and len(stamp.text) < 9):
                continue
            rank, why = (
                (9, "在标题里")
                if _is_part_of(headline, stamp, line.text)
                else _rank(number, before, folded, stamp, title, first, last, inside)
            )
            seen.append(
                Seen(stamp, rank, why, any(beside.linked > 6 for beside in lines[max(0, number - 1) : number + 2]))
            )
    return seen


def _is_part_of(headline: str, stamp: Stamp, line: str) -> bool:
    """Whether a date stands in the words of the headline."""
    at = line.find(headline) if headline else -1
    return 0 <= at <= stamp.start and stamp.end <= at + len(headline) and len(headline) > len(stamp.text)


def dates_in_pieces(lines: list[Line], title: int, first: int, as_of: datetime) -> list[Seen]:
    """A date cut into several short lines or elements beside the title (20 | 2023-04)."""
    for width in (1, 2, 3):
        for start in range(max(0, title - 3), min(first, title + 7) - width + 1):
            pieces = lines[start : start + width]
            if any(len(line.text) > 12 or line.linked or line.place for line in pieces):
                continue
            text = " ".join(line.text for line in pieces)
            stamp = dates.read(text, as_of) if _DIGIT.search(text) else None
            if stamp and stamp.value is not None and (stamp.shape == "split" or (width > 1 and stamp.shape == "full")):
                return [Seen(stamp, 4, "标题与正文之间，日期分在几个元素里")]
    return []


_ELSE = re.compile(
    r"(?:相关|关联|附件|原文|政策|解读)(?:的)?(?:文件|链接|解读|信息|阅读|稿件|报道|新闻|原文|政策)?\s*:"
)
_DIGIT = re.compile(r"\d|昨|今|前|刚|[一二][零〇○九]")
_LABELLED = re.compile(r"(?:发布|发表|日期|时间|Date|Posted|Published)\s*[于]?\s*:?", re.I)


def _rank(
    number: int, before: str, line: str, stamp: Stamp, title: int, first: int, last: int, inside: bool
) -> tuple[int, str]:
    label = _LABEL.search(before)
    if dates.OTHER_EVENT.search(before):
        return 9, "旁边的文字说明它不是发布日期"
    kind = (label[1] or label[3] or "") if label else ""
    rest = len(_NOISE.sub("", _FIELD.sub("", line[: stamp.start] + " " + line[stamp.end :])))
    if kind in ("成文", "印发", "生成", "制作"):
        return 6, "成文或生成日期，仅在没有发布日期时参考"
    if _ELSE.search(line[: stamp.start]):
        return 9, "是所附文件或相关信息的日期"
    near = title <= number <= first + 1
    if label and near and (not inside or rest < 40):
        return (
            1
            if kind in ("发布", "发表", "发表于", "刊登", "刊发", "发布于", "公布", "公开")
            else 4
            if kind in ("更新", "更新于")
            else 2
        ), "标题与正文之间，有日期标签"
    if inside and label and kind and rest < 8 and number >= last - 2:
        return 3, "正文末尾，有日期标签"
    if inside:
        return 9, _SIGNED if rest < 4 else "在正文里"
    if near and rest < 30:
        return 3, "标题与正文之间，单独成行"
    if label and kind and number >= last and number <= last + 8:
        return 3, "正文之后，有日期标签"
    if label and kind and rest < 30:
        return 5, "页面其他位置，有日期标签"
    return 9, _UNPLACED


_SIGNED = "在正文里单独成行，不能确定是发布日期"
_UNPLACED = "不在标题与正文之间，也没有日期标签"


def _is_doubtful(seen: Seen, as_of: datetime) -> bool:
    """A date nobody can place: it may be the publish date, so that the page is not one without any."""
    day, today = seen.stamp.day, beijing_date(as_of)
    return day is not None and day < today and not seen.listed and seen.why in (_SIGNED, _UNPLACED)


def decide(
    seen: list[Seen], meta: dict[str, str], url: str, as_of: datetime
) -> tuple[Dated, tuple[DateCandidate, ...]]:
    """The publish date by meta, else the best printed one, else the address; and every candidate with its verdict."""
    candidates: list[DateCandidate] = []
    told = meta.get("PubDate") or meta.get("article:published_time") or ""
    from_meta = dates.read(told, as_of) if told else None
    from_url = dates.from_address(url, as_of)
    usable = sorted((s for s in seen if s.rank < 9 and s.stamp.value is not None), key=lambda s: s.rank)
    printed = usable[0] if usable else None
    broken = bool(from_meta and from_meta.value is None) or any(s.stamp.value is None and s.rank < 6 for s in seen)
    if from_meta and from_meta.value is not None:
        chosen = Dated(from_meta.value, DateHow.META)
    elif printed:
        chosen = Dated(printed.stamp.value, DateHow.RELATIVE if printed.stamp.shape == "relative" else DateHow.PRINTED)
    elif from_url and not broken:
        chosen = Dated(from_url, DateHow.ADDRESS)
    else:
        unsure = broken or told or any(_is_doubtful(s, as_of) for s in seen)
        chosen = Dated(None, DateHow.UNREADABLE if unsure else DateHow.ABSENT)
    if told:
        candidates.append(
            DateCandidate(
                told,
                from_meta.value if from_meta else None,
                DateHow.META,
                "采用" if chosen.how is DateHow.META else "读不出日期",
            )
        )
    for s in seen:
        won = printed is s and chosen.how in (DateHow.PRINTED, DateHow.RELATIVE)
        candidates.append(
            DateCandidate(s.stamp.text, s.stamp.value, DateHow.PRINTED, ("采用：" if won else "未采用：") + s.why)
        )
    if from_url:
        candidates.append(
            DateCandidate(
                str(from_url),
                from_url,
                DateHow.ADDRESS,
                "采用" if chosen.how is DateHow.ADDRESS else "未采用：有更可靠的日期",
            )
        )
    return _with_conflict(chosen, printed, from_url), tuple(candidates)


def _with_conflict(chosen: Dated, printed: Seen | None, from_url: date | None) -> Dated:
    if chosen.day is None:
        return chosen
    value = chosen.value
    notes = []
    if printed and printed.rank <= 3 and chosen.how is DateHow.META and printed.stamp.day:
        if printed.stamp.day != chosen.day:
            notes.append(f"页面显示{printed.stamp.day}")
        elif isinstance(printed.stamp.value, datetime) and not isinstance(value, datetime):
            value = printed.stamp.value
    if from_url and abs(from_url - chosen.day) > timedelta(days=1):
        notes.append(f"地址中为{from_url}")
    return Dated(value, chosen.how, "，".join(notes))
