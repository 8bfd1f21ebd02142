"""全市一览: how one target stands, as a sign, a colour and words."""

from dataclasses import dataclass

from domain.scores import counts_of
from domain.target_days import Sign, sign_of
from reports import words
from reports.sheets import Sheet

_CSS = {Sign.CLEAN: "pass", Sign.CHARGED: "unknown", Sign.FAILED: "fail", Sign.UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class Glance:
    """One cell; `css` is a class of the style sheet."""

    sign: str
    css: str
    words: str


def glance(sheet: Sheet) -> Glance:
    """✓ 合格, ! 合格 with points lost or problems, ✗ 不合格, ? 未能判定: by the rule of the console's cells."""
    counts = counts_of(sheet.records)
    told = [f"扣 {words.points(sheet.lost)} 分"] if sheet.lost else []
    told += [f"问题 {counts.named} 项"] if counts.named else []
    told += [f"待人工核查 {sheet.open_places} 处"] if sheet.open_places else []
    sign = sign_of(sheet.verdict, sheet.lost, counts)
    return Glance(sign.symbol, _CSS[sign], "，".join((sheet.verdict.label, *told)))
