"""Further personal data beside names: what a person has to look at, for much of it may be published on purpose.

The kinds are those of the catalogue of 云南省 (2017) that ID, mobile and card numbers leave out. A table of a web page is
read cell by cell, one a line; offices' own addresses and telephones, court announcements and masked forms pass.
"""

import hashlib
import hmac
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from checks.text.hits import Hit, Level, sentence_at
from checks.text.privacy import CHECK, fold
from checks.text.typos.surroundings import SURNAMES

DETAILS = {
    "address": "家庭住址", "born": "出生日期", "passport": "护照号码", "landline": "住宅电话", "hardship": "困难、疾病或残疾人员名单",
}  # fmt: skip
_NOT_NAMES = "金额|时间|项目|成绩|成员|毕业|程度|方式|方法|方向|单位|单价|高中|高级|高龄|施工|关系|安置|常住|明细|路线|车牌|易地|万元|白天|党员|房屋|房产|房号|包保|康复|温馨|祝贺|和平|解放|安全|景区"
_NAME = f"(?!{_NOT_NAMES})[{SURNAMES}](?!某|先生|女士)[\u4e00-\u9fff]{{1,2}}"
_PERSON = re.compile(rf"(?:(?:姓名|户主)[:\uff1a]?)?({_NAME})(?:[,\uff0c]?[\uff08(]?[男女][)\uff09]?)?")
_HOUSE = re.compile(
    r"[\u4e00-\u9fff\d]{0,20}?[路街巷弄道里村屯组庄寨园苑区城庭院坊](?:[^,\uff0c。;\uff1b\s*]{0,8}?)\d+(?:号楼|号|栋|幢|单元|室|户|-\d+)(?:[\d\-]*(?:号楼|号|栋|幢|单元|层|楼|室|户)?)*"
)
_DAY = re.compile(r"(?:19|20)\d{2}(?:年\d{1,2}月\d{1,2}日|[-./]\d{1,2}[-./]\d{1,2}(?!\d)|(?<!\d{5})\d{4}(?!\d))")
_PASSPORT = re.compile(r"(?<![A-Za-z\d])(?:[EG]\d{8}|E[A-HJ-NP-Z]\d{7}|[PSD]E?\d{7})(?![A-Za-z\d*])")
_LANDLINE = re.compile(r"(?<![\d*\-])[\uff08(]?(?:0\d{2,3}[)\uff09]?[- ]?)?[2-8]\d{6,7}(?![\d*\-])")
_CUES = {
    "address": re.compile("(?:家庭住址|家庭地址|居住地址|住址|家住|现住|户籍地|户籍所在地)[址:\uff1a为是在于 ]{0,3}"),
    "born": re.compile("(?:出生日期|出生年月日?|生日|[男女][,\uff0c](?:[\u4e00-\u9fff]{1,4}族[,\uff0c])?)[:\uff1a为是于 ]{0,2}"),
    "passport": re.compile("护照(?:号码|号)?[:\uff1a为是 ]{0,3}"),
    "landline": re.compile("(?:家庭|住宅|宅|家中|家里)(?:固定)?电话[:\uff1a为是 ]{0,3}"),
}  # fmt: skip
_VALUES = {"address": _HOUSE, "born": _DAY, "passport": _PASSPORT, "landline": _LANDLINE}
_HEADS = {
    "address": re.compile("住址|家庭地址|居住地|户籍地|住所|^地址$"), "born": re.compile("出生|生日"),
    "passport": re.compile("护照"), "landline": re.compile("家庭电话|住宅电话|宅电"),
}  # fmt: skip
_CONDITION = re.compile(
    "低保|特困|困难(?!.{0,6}企业)|贫困|残疾(?!人联合会|人就业保障金)|大病|重病|病种|患病|疾病|救助|孤儿|五保"
)
_LIST = re.compile("名单|花名册|名册|公示|对象|等级|类别|病种|疾病|患病|原因|情况|人员|家庭")
_HEAD = re.compile("姓名|户主(?:姓名)?|(?:对象|患者|学生|申请人|残疾人|救助人)姓名")
_OFFICIAL = re.compile(
    "单位|职务|职称|岗位|科室|部门|企业|公司|机构|法人|经营|店|案号|被执行|得分|成绩|准考证|奖|先进|优秀|负责人|专家|办公"
    "|执业|资格|编号证|许可|处罚"
)
_PUBLIC = re.compile(
    "法院|送达|开庭|裁定|判决|仲裁|被告|原告|被执行|处罚|悬赏|通缉|寻人|失踪|任前|干部|拟任|简历|烈士|英烈|诞辰|生平|逝世"
    "|获奖|表彰|运动会|法定代表人|经营者|示例|样本|样表|填写"
)
_GATE = re.compile("姓名|户主|住址|家住|现住|户籍|居住地|家庭地址|护照|电话|出生|生日|[男女][,\uff0c]")
_PROSE, _BEFORE, _MANY = 40, 4, 2  # characters of a paragraph; cells before the head; names of a list
_NEAR = 120  # characters before a value in which its person is named


@dataclass(frozen=True, slots=True)
class Detail:
    """One place found; the value itself is not shown by `repr`."""

    kind: str
    paragraph: int
    start: int
    end: int
    value: str = field(repr=False)
    persons: tuple[str, ...] = field(default=(), repr=False)

    @property
    def masked(self) -> str:
        """What may be shown, of the length of the value."""
        keep = {"born": 4, "passport": 1, "landline": 4, "hardship": 1}.get(self.kind, 0)
        hidden = r"[\u4e00-\u9fff]" if self.kind == "hardship" else r"\d"
        return self.value[:keep] + re.sub(hidden, "*", self.value[keep:])


@dataclass(frozen=True, slots=True)
class _Cell:
    paragraph: int
    start: int
    text: str


def find_details(paragraphs: Sequence[str], kinds: Collection[str] = tuple(DETAILS)) -> list[Detail]:
    """Places of one document in order; a list of names is one place, at its first name."""
    folded = [fold(text) for text in paragraphs]
    if not kinds or not any(_GATE.search(text) for text in folded):
        return []
    titled = any(_PUBLIC.search(text) for text in folded[:2])
    found = [] if titled else [item for number, text in enumerate(folded) for item in _spoken(number, text)]
    cells = [cell for number, text in enumerate(folded) for cell in _cells(number, text)]
    for place, cell in enumerate(cells):
        if _HEAD.fullmatch(cell.text) and not titled:
            found.extend(_in_table(cells, place))
    unique = {(item.paragraph, item.start, item.end): item for item in found if item.kind in kinds}
    return [unique[place] for place in sorted(unique)]


def _cells(number: int, text: str) -> Iterator[_Cell]:
    pattern = r"[^\t|]+" if "\t" in text or "|" in text else r"\S+" if len(text) <= 2 * _PROSE else r".+"
    for found in re.finditer(pattern, text):
        bare = found[0].strip()
        if bare:
            yield _Cell(number, found.start() + found[0].index(bare), bare)


def _spoken(number: int, text: str) -> Iterator[Detail]:
    """After a word that says what it is; an address or a birth date also needs a name before it."""
    if _PUBLIC.search(text):
        return
    for kind, cue in _CUES.items():
        for said in cue.finditer(text):
            found = _VALUES[kind].match(text, said.end())
            before = re.split("[。;\uff1b]", text[max(0, said.start() - _NEAR) : said.end()])[-1]
            named = re.search(
                rf"(?:^|[,\uff0c、: \uff1a]|姓名|户主)({_NAME})(?=[,\uff0c、: \uff1a(\uff08]|家住|现住|住址)", before
            )
            if found and (named or kind in {"passport", "landline"}):
                yield Detail(kind, number, found.start(), found.end(), found[0])


def _in_table(cells: Sequence[_Cell], head: int) -> Iterator[Detail]:
    """The cells below the head 姓名: what the other heads say they hold, and the names of a list of hardships."""
    first = next((at for at in range(head + 1, min(head + 12, len(cells))) if _PERSON.fullmatch(cells[at].text)), None)
    if first is None:
        return
    heads = [cell.text for cell in cells[max(0, head - _BEFORE) : first]]
    narrow = [text for text in heads if len(text) <= 12]
    if any(_OFFICIAL.search(text) for text in narrow):
        return
    kinds = [kind for kind, pattern in _HEADS.items() if any(pattern.search(text) for text in narrow)]
    persons = []
    for cell in cells[first:]:
        if _HEAD.fullmatch(cell.text) or (len(cell.text) > _PROSE and "。" in cell.text):
            break
        if _PERSON.fullmatch(cell.text):
            persons.append(cell)
        for kind in kinds:
            if found := _VALUES[kind].fullmatch(cell.text):
                yield Detail(kind, cell.paragraph, cell.start, cell.start + len(found[0]), found[0])
    told = any(_CONDITION.search(text) and _LIST.search(text) for text in heads)
    if told and len(persons) >= _MANY:
        start, names = persons[0].start, tuple(cell.text for cell in persons)
        yield Detail("hardship", persons[0].paragraph, start, start + len(names[0]), names[0], names)


def hidden(paragraphs: Sequence[str], found: Sequence[Detail]) -> list[str]:
    """The paragraphs with every place masked, of the same lengths."""
    texts = list(paragraphs)
    for item in found:
        text = texts[item.paragraph]
        texts[item.paragraph] = text[: item.start] + item.masked + text[item.end :]
    return texts


def check_details(paragraphs: Sequence[str], found: Sequence[Detail], key: bytes = b"xunjian") -> list[tuple[int, Hit]]:
    """(paragraph, hit) of each place; text and sentence hold masked values only. `key` keys the hashes."""
    safe, hits = hidden(paragraphs, found), []
    for item in found:
        value = item.kind if item.persons else item.value  # a list that grows by a name is the same list
        digest = hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:16]
        shown = f"{item.masked}等 {len(item.persons)} 人" if item.persons else item.masked
        sentence = sentence_at(safe[item.paragraph], item.start, item.end)
        layer = f"{item.kind}:{digest}"
        hit = Hit(item.start, item.end, shown, "", CHECK, "problem", 0.6, Level.SUSPECTED, layer, sentence)
        hits.append((item.paragraph, hit))
    return hits
