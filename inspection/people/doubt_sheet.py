"""The list of text doubts as an Excel sheet: it goes out with two columns to fill and comes back with decisions."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from inspection.people.doubts import VERDICTS, Decision, Suspicion
from inspection.people.fill_in_sheets import KEY, read_filled, text_of, write_fillable
from inspection.people.unread_rows import UnreadRow

TITLE = "文字疑点"
GIVEN = {"疑似错误": 12, "疑为": 12, "原句": 70, "网站或账号": 26, "处数": 7, "位置": 14, "页面地址": 44, "把握": 10}
FILLED: Mapping[str, tuple[str, ...]] = {"结论": tuple(VERDICTS), "更长写法": (), "经办人": ()}


def write_doubts(path: Path, rows: Sequence[Suspicion]) -> None:
    """Write the list as xlsx."""
    cells = [
        (row.fact("wrong"), row.fact("suggestion"), row.fact("sentence"), row.where, row.places, row.fact("place"),
         row.finding.ref.url, row.likelihood, "", "", "", row.key)
        for row in rows
    ]  # fmt: skip
    write_fillable(path, TITLE, {**GIVEN, "结论": 12, "更长写法": 24, "经办人": 10}, cells, FILLED)


def read_doubts(path: Path) -> tuple[tuple[Decision, ...], tuple[UnreadRow, ...]]:
    """(decisions, problems) of a filled list; a row left blank is passed over. UsageError when the file is no such list."""
    decisions: list[Decision] = []
    problems: list[UnreadRow] = []
    for number, cells in read_filled(path, TITLE, "结论", "xunjian findings doubts -o"):
        verdict, key = text_of(cells.get("结论")), text_of(cells.get(KEY))
        if verdict and verdict not in VERDICTS:
            problems.append(UnreadRow(f"第 {number} 行", f"结论“{verdict}”不在可选范围内，请填：{'、'.join(VERDICTS)}"))
        elif verdict and not key:
            problems.append(UnreadRow(f"第 {number} 行", f"“{KEY}”被删去，不知道是哪个疑点，请从原表复制"))
        elif verdict:
            decisions.append(Decision(key, verdict, text_of(cells.get("经办人")), text_of(cells.get("更长写法"))))
    return tuple(decisions), tuple(problems)
