"""全市一览: how one target stands, as a sign, a colour and words."""

from dataclasses import dataclass

from domain.findings import Severity
from domain.scores import Verdict
from reports import words
from reports.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Glance:
    """One cell; `css` is a class of the style sheet."""

    sign: str
    css: str
    words: str


def glance(sheet: Sheet) -> Glance:
    """✓ 合格, ! 合格 with points lost or problems, ✗ 不合格, ? 未能判定."""
    lost, count = sheet.lost, sum(record.severity is not Severity.NOTICE for record in sheet.records)
    told = [f"扣 {words.points(lost)} 分"] if lost else []
    told += [f"问题 {count} 项"] if count else []
    told += [f"待人工核查 {sheet.open_places} 处"] if sheet.open_places else []
    text = "，".join((sheet.verdict.label, *told))
    if sheet.verdict is Verdict.PASS and (lost or count):
        return Glance("!", "unknown", text)
    return Glance(_SIGNS[sheet.verdict], sheet.verdict.value, text)


_SIGNS = {Verdict.PASS: "✓", Verdict.FAIL: "✗", Verdict.UNKNOWN: "?"}
