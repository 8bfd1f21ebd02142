"""Personal data that should have been masked: ID numbers, mobile numbers, bank cards.

Facts: ID numbers follow GB 11643 (date and check digit), bank cards the Luhn rule of ISO/IEC 7812. Masked forms and
office telephones pass. What is found leaves this module masked, with a keyed hash to recognise it again.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from checks.text.hits import Hit, Level, sentence_at
from checks.text.language.alphabet import STRANGE

CHECK = "text.privacy"
_ID = re.compile(r"(?<![\dA-Za-z*])[1-9]\d{5}[ -]?(?:19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[\dXx](?![\dA-Za-z*])")
_MOBILE = re.compile(r"(?<![\d*.\-/])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?![\d*.]|[-/]\d)")
_CARD = re.compile(r"(?<![\d*])(?:\d[ -]?){15,18}\d(?![\d*])")
_LONG_NUMBER = re.compile(r"\d(?:\W?\d){10}")  # shorter ones are never private data; full-width digits count
_PERSONS = re.compile(
    "身份证|姓名|家庭住址|户主|低保|特困|贫困户|脱贫户|残疾|花名册|名单|监护人|出生年月|年龄|发放对象|补贴对象|受益人"
)
_BANK = re.compile("银行|卡号|开户|存折|账户|帐户|账号|帐号|信用社|一卡通|惠民卡")
_OFFICE = re.compile(
    "联系电话|咨询|办公电话|监督|举报|服务电话|热线|投诉|联系人|联系方式|值班|经办人|致电|拨打|详询|垂询|来电|客服|传真"
    "|报名|招商|科长|主任|老师|律师|管理人|网格员|河长|林长|包保|驻村|村医|调解员|负责人"
)
_ROSTER = re.compile(
    "身份证|姓名|家庭住址|户主|低保|特困|贫困户|脱贫户|残疾|花名册|监护人|出生年月|发放对象|补贴对象|受益人"
)
_ORGANISATION = re.compile(
    "(?:户名|单位|名称)[^，。,;；]{0,30}(?:公司|局|委|会|中心|学校|大学|医院|政府|所|院|社|厂|基金)"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MANY = 3  # so many distinct mobile numbers make a list of persons
_PROVINCES = {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83}  # fmt: skip
KINDS = {"id": "身份证号", "mobile": "手机号", "card": "银行卡号"}


@dataclass(frozen=True, slots=True)
class Private:
    """One number found; the value itself is not shown by `repr`."""

    kind: str
    start: int
    end: int
    masked: str
    digest: str


def is_id_number(text: str) -> bool:
    """Whether 18 characters are a possible ID number: province, date of birth, check digit (GB 11643)."""
    if len(text) != 18 or not text[:17].isdecimal() or int(text[:2]) not in _PROVINCES:
        return False
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return born.year >= 1900 and "10X98765432"[total % 11] == text[17].upper()


def passes_luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def mask(kind: str, digits: str) -> str:
    """What may be shown: the ends only."""
    head, tail = {"id": (6, 4), "mobile": (3, 4), "card": (4, 4)}[kind]
    return digits[:head] + "*" * (len(digits) - head - tail) + digits[-tail:]


def find_private(paragraphs: Sequence[str], key: bytes = b"xunjian") -> list[list[Private]]:
    """Unmasked numbers of each paragraph of one document. `key` keys the hashes."""
    folded = [fold(text) if _LONG_NUMBER.search(text) else "" for text in paragraphs]
    if not any(folded):
        return [[] for _ in paragraphs]
    persons = any(_PERSONS.search(text) for text in paragraphs)
    numbers = {_digits(found[1]) for text in folded for found in _MOBILE.finditer(text)}
    listed = len(numbers) >= _MANY
    rosters = _rosters(paragraphs)
    return [
        list(_in_paragraph(text, persons, listed and roster is not False, key))
        for text, roster in zip(folded, rosters, strict=True)
    ]


def _rosters(paragraphs: Sequence[str]) -> Iterator[bool | None]:
    """What stands above each paragraph: the head of a list of persons, that of a list of contacts, or neither."""
    above: bool | None = None
    for text in paragraphs:
        if _ROSTER.search(text):
            above = True
        elif _OFFICE.search(text):
            above = False
        yield above


def _in_paragraph(text: str, persons: bool, listed: bool, key: bytes) -> Iterator[Private]:
    taken: list[tuple[int, int]] = []
    for kind, start, end in _numbers(text, persons, listed):
        if any(start < high and low < end for low, high in taken):
            continue
        taken.append((start, end))
        digits = _digits(text[start:end]).upper()
        digest = hmac.new(key, digits.encode(), hashlib.sha256).hexdigest()[:16]
        yield Private(kind, start, end, mask(kind, digits), digest)


def _numbers(text: str, persons: bool, listed: bool) -> Iterator[tuple[str, int, int]]:
    ids = [found for found in _ID.finditer(text) if is_id_number(_digits(found[0]).upper())]
    for found in ids:
        yield "id", found.start(), found.end()
    for found in _CARD.finditer(text):
        digits = _digits(found[0])
        if digits[:2] in {"62", "60"} and passes_luhn(digits) and _is_personal(text, persons):
            yield "card", found.start(), found.end()
    for found in _MOBILE.finditer(text):
        # a single number beside "联系电话" was published on purpose; in a list of persons it was not
        if ids or (persons and (listed or not _OFFICE.search(text))) or (listed and not _OFFICE.search(text)):
            yield "mobile", found.start(1), found.end(1)


def _is_personal(text: str, persons: bool) -> bool:
    """An account beside words of banking or in a list of persons; that of an organisation is published on purpose."""
    return bool((_BANK.search(text) or persons) and not _ORGANISATION.search(text))


def check_privacy(paragraphs: Sequence[str], key: bytes = b"xunjian") -> list[list[Hit]]:
    """Hits of each paragraph; text and sentence hold masked values only."""
    results = []
    private = find_private(paragraphs, key)
    if not any(private):
        return private  # type: ignore[return-value]
    for text, found in zip(paragraphs, private, strict=True):
        safe = hide(text, found)
        hits = [_hit(item, safe) for item in found]
        results.append(sorted(hits, key=lambda hit: hit.start))
    return results


def _hit(item: Private, safe: str) -> Hit:
    level, confidence = (Level.CERTAIN, 0.99) if item.kind == "id" else (Level.PROBABLE, 0.9)
    return Hit(
        item.start, item.end, item.masked, "", CHECK, "problem", confidence, level, f"{item.kind}:{item.digest}",
        sentence_at(safe, item.start, item.end),
    )  # fmt: skip


def hide(text: str, found: Sequence[Private]) -> str:
    """The text with every number masked, of the same length."""
    chars = list(text)
    for item in found:
        shown = iter(item.masked)
        for place in range(item.start, item.end):
            if fold(chars[place]) in "0123456789Xx":
                chars[place] = next(shown, "*")
    return "".join(chars)


def _digits(text: str) -> str:
    return re.sub(r"[^\dXx]", "", text)


def fold(text: str) -> str:
    """Full-width digits as plain ones, same length."""
    return text.translate(_PLAIN)


_PLAIN = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF38: "X", 0xFF58: "x", STRANGE: "?", 0x3000: " "}
