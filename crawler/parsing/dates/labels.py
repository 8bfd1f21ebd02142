"""What the words directly before a date say about it: published, updated, written, or some other event."""

import re
from enum import StrEnum

from crawler.parsing.dates import reader as dates

_UNIT = r"(?:日\s?期|时\s?间|于)"
_TRADITIONAL = str.maketrans("發佈時間來開廣佈訂", "发布时间来开广布订")
_PUBLISH = re.compile(
    rf"(?:发\s?布|发\s?表|刊登|刊发|发稿)\s?(?:{_UNIT})?$|(?:公布|公开|公告|上传|录入|添加|加入|提供|上网|推送|转载|登载|入库)\s?{_UNIT}$|提交于$"
    rf"|(?:Posted|Published|Publish(?:ed)? Date|Release[d]?)(?: on)?$",
    re.I,
)
_UPDATE = re.compile(rf"(?:更新|修改|修订|编辑|变更|维护)\s?(?:{_UNIT})?$|(?:Updated|Modified)(?: on)?$", re.I)
_WRITTEN = re.compile(rf"(?:成文|印发|生成|制作|制发|签发|落款|拟稿|撰写|形成|发文|创建|收录)\s?{_UNIT}?$")
_BARE = re.compile(
    r"(?:^|\s)(?:信息|文章|稿件|新闻|本文)?(?:日\s?期|时\s?间)$|(?:^|\s)(?:信息|文章|稿件|本文)于$|\b(?:Pub)?(?:Date|Time)$",
    re.I,
)  # 于 alone stands in sentences
_ELSEWHERE = re.compile(
    r"(?:原文|原稿|首次|原载|原刊|政策|附件|上次|上期|历史|结果|成绩|名单|分数|录取|入围|中标|报名|预计|计划|拟|下次|产品|版本)[一-鿿]{0,3}$"
)
_NEUTRAL = re.compile(
    r"(?:来源|稿源|出处|作者|编辑|供稿|发布(?:者|人|单位|机构)|主题|分类|关键词|标签|字体|字号)\s*:\s*$"
)
_ANY = re.compile(rf"[一-鿿]{_UNIT}[\])>\s]*$|[一-鿿A-Za-z][\])>\s]*:\s*$")  # a label, whatever it says
_AFTER_FIELD = re.compile(
    rf"(?:来源|稿源|出处|作者|编辑|供稿)\s*:\s*[^:]{{2,20}}{_UNIT}\s*:\s*$"
)  # 来源:市教育局时间: elements of one line stand without a space between them
_HEAD = re.compile(r"((?:[一-鿿]|(?<=[一-鿿])\s(?=[一-鿿])){1,40}|[A-Za-z][A-Za-z ]{0,40})[\])>\s]{0,9}:?\s{0,9}$")


class Label(StrEnum):
    """What a label makes of the date behind it."""

    PUBLISHED = "published"
    BARE = "bare"  # 日期, 时间 and no more
    UPDATED = "updated"
    WRITTEN = "written"  # 成文日期: publishing comes later
    OTHER = "other"  # of a meeting, a deadline, another text
    NONE = ""


def label_of(before: str) -> Label:
    """The meaning of what stands before a date; `before`: folded text of the same line, its label last."""
    if dates.OTHER_EVENT.search(before):
        return Label.OTHER
    text = before.translate(_TRADITIONAL)
    found = _HEAD.search(text)
    if not found:
        return Label.NONE
    words = found[1].strip()
    for label, pattern in ((Label.PUBLISHED, _PUBLISH), (Label.UPDATED, _UPDATE), (Label.WRITTEN, _WRITTEN)):
        if match := pattern.search(words):
            return Label.OTHER if _ELSEWHERE.search(words[: match.start()]) else label
    if _BARE.search(words) or _AFTER_FIELD.search(text):
        return Label.BARE
    return Label.OTHER if _ANY.search(text) and not _NEUTRAL.search(text) else Label.NONE
