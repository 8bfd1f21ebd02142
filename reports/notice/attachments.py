"""附件: what the websites lost points for, what was found of accounts, and pass rates by platform."""

from collections.abc import Iterator

from domain.findings import Severity
from domain.notices import Facts
from domain.scores import Deduction
from domain.standings import Item, Standing
from reports import words
from reports.notice.model import Table

SITE_HEADS = (
    "序号",
    "网站名称",
    "标识码",
    "主办单位",
    "指标",
    "问题描述",
    "页面地址",
    "最后更新",
    "应更新期限",
    "扣分",
    "得分",
)
ACCOUNT_HEADS = ("序号", "账号名称", "平台", "主办单位", "问题类别", "检查时更新日期", "结果")
PLATFORM_HEADS = ("序号", "平台", "账号数", "检查数", "合格", "不合格", "未能判定", "合格率")
_NAMED = (Severity.VETO, Severity.DEDUCT, Severity.PROBLEM)
Row = tuple[tuple[str, ...], tuple[str, ...]]


def tables(facts: Facts) -> Iterator[Table]:
    """Those that have rows."""
    for title, heads, rows in (
        ("网站扣分明细", SITE_HEADS, list(_sites(facts))),
        ("新媒体问题清单", ACCOUNT_HEADS, list(_accounts(facts))),
        ("各平台合格率", PLATFORM_HEADS, list(_platforms(facts))),
    ):
        if rows:
            lines = [(str(number), *cells) for number, (cells, _) in enumerate(rows, 1)]
            yield Table(title, heads, tuple(lines), tuple(sources for _, sources in rows))


def _sites(facts: Facts) -> Iterator[Row]:
    for standing in facts.standings:
        if not standing.is_site:
            continue
        items = {item.fingerprint: item for item in standing.items}
        for charge in (*standing.vetoes, *standing.charges):
            found = [items[mark] for mark in charge.fingerprints if mark in items]
            for place, item in enumerate(found or [None]):
                yield _site_row(standing, charge, item, first=place == 0)
        for item in standing.items:
            if item.mended and item.severity in _NAMED:
                yield _site_row(standing, None, item, first=True)


def _site_row(standing: Standing, charge: Deduction | None, item: Item | None, *, first: bool) -> Row:
    row = f"{charge.indicator} {charge.title}{'（待核）' if charge.pending else ''}" if charge else "—"
    lost = "—" if charge is None else "单项否决" if charge in standing.vetoes else words.points(charge.points)
    cells = (
        standing.name, standing.target_id, standing.unit, row,
        (item.what + ("（已整改，不扣分）" if item.mended and charge is None else "")) if item else "—",
        item.url if item else "—", (item.newest or "—") if item else "—", (item.deadline or "—") if item else "—",
        lost if first else "同上", words.points(standing.score),
    )  # fmt: skip
    return cells, (f"target:{standing.target_id}", *((f"finding:{item.fingerprint}",) if item else ()))


def _accounts(facts: Facts) -> Iterator[Row]:
    for standing in facts.standings:
        if standing.is_site:
            continue
        for item in standing.items:
            if item.severity not in _NAMED or item.candidate:
                continue
            result = "已整改" if item.mended else standing.verdict.label
            cells = (standing.name, standing.platform, standing.unit, item.title, item.newest or "—", result)
            yield cells, (f"target:{standing.target_id}", f"finding:{item.fingerprint}")


def _platforms(facts: Facts) -> Iterator[Row]:
    found = sorted(
        facts.of_kind("accounts.registered", "platform"), key=lambda figure: (figure.scope.endswith("其他"), -figure.n)
    )
    for figure in found:
        sides = [
            facts.figure(f"accounts.{kind}", figure.scope) for kind in ("inspected", "passed", "failed", "unknown")
        ]
        numbers = [str(side.n) if side else "—" for side in sides]
        rate = f"{sides[1].rate}%" if sides[1] and sides[1].rate else "—"
        cells = (figure.scope.partition("/")[2], str(figure.n), *numbers, rate)
        yield cells, tuple(f"figure:{side.kind}@{side.scope}" for side in (figure, *sides) if side)
