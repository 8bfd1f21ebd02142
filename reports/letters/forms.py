"""The reply form (回执): one row an item, as a workbook and as a Word document; what both are read back by."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from domain.letters import Claim, Letter, LetterItem
from reports.notice.docx import clean, fill_rows, write_run
from reports.workbook import KEY

TITLE = "整改回执"
CLAIM, NEW_URL, REMARK = "整改情况", "整改后网址", "说明"
_KEY_WIDTH = 20
WIDTHS: Mapping[str, int] = {"序号": 6, "问题": 46, "网址": 40, CLAIM: 12, NEW_URL: 40, REMARK: 36}
FILL: Mapping[str, Sequence[str]] = {CLAIM: tuple(Claim), NEW_URL: (), REMARK: ()}
HELP = (
    "整改情况填：已整改、部分整改、未整改、有异议。后三种须在“说明”中写明计划或理由；页面换了网址的填整改后网址。"
    "不要改动最后一列。单位反馈不等于销号，以复核为准。"
)


def key_of(letter: Letter, item: LetterItem) -> str:
    """What a row is recognised by: letter and item."""
    return f"{letter.code}-{item.no}"


def form_rows(letter: Letter) -> list[list[Any]]:
    """The rows that are still to be answered, with their keys."""
    return [
        [item.no, f"{item.target}：{item.what}", item.url, "", "", "", key_of(letter, item)]
        for item in letter.items
        if not item.state.is_over
    ]


def write_form(letter: Letter, path: Path) -> None:
    """The form as a Word document, lying across."""
    document = Document()
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(18)
    write_run(document.add_paragraph(), f"{letter.name}{TITLE}", "黑体", 16)
    write_run(document.add_paragraph(), clean(f"单位：{letter.unit}　　{HELP}"), "仿宋", 11)
    heads = (*WIDTHS, KEY)
    grid = document.add_table(1, len(heads), style="Table Grid")
    rows = ([str(text) for text in row] for row in form_rows(letter))
    fill_rows(grid, heads, rows, (*WIDTHS.values(), _KEY_WIDTH), 297 - 2 * 18)
    document.add_paragraph()
    write_run(document.add_paragraph(), "负责人（签字）：　　　　　　　单位（盖章）：　　　　　　　日期：", "仿宋", 12)
    document.save(str(path))
