"""A notice as a Word document: the office's template filled in by docxtpl, attachments appended.

A template is a document an office may have got from anybody: it is read in a sandbox, without functions and without
ranges, and what it asks for that there is not is one sentence.
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from domain.errors import ConfigError
from reports.notice.model import Notice, Section, Table
from reports.notice.rendering import rendered_apart

TEMPLATES = Path(__file__).with_name("templates")
MOST_BYTES = 50_000_000  # unpacked
PRINTED = 257  # millimetres between the margins of a page that lies across
CELL_MARGIN = 5  # half characters
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def write_docx(notice: Notice, out: Path, template: Path | None = None, stamp: str = "") -> None:
    """Fill a template and write the document; ConfigError says what is wrong with the template.

    `stamp` goes into its properties as the comment: what the document rests on.
    """
    fields = context(notice)
    document = filled(template, fields) if template else rendered(TEMPLATES / notice.template, fields)
    append_tables(document.docx, notice.tables)
    if stamp:
        document.docx.core_properties.comments = stamp[:255]
    document.save(str(out))


def filled(source: Path, fields: Mapping[str, Any]) -> Any:
    """A template of an office with its fields filled in, within bounds of time and memory."""
    _demand_document(source)
    return rendered_apart(source, fields)


class Sandbox(SandboxedEnvironment):
    """Without what makes a long text of a short one."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Numbers only, and small ones."""
        if not all(isinstance(side, int | float) and abs(side) < 10_000 for side in (left, right)) or operator == "**":
            raise SecurityError(f"{operator} 只能用于较小的数")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """No methods of texts: none is needed, and some fill up to any width."""
        return not isinstance(obj, str) and super().is_safe_attribute(obj, attr, value)


def rendered(source: Path, fields: Mapping[str, Any]) -> Any:
    """A template with its fields filled in, read in the sandbox."""
    environment = Sandbox(autoescape=True, undefined=StrictUndefined)
    for name in ("center", "indent", "format", "replace", "wordwrap", "batch", "slice", "pprint", "tojson"):
        environment.filters.pop(name, None)
    for name in ("range", "lipsum", "cycler", "joiner", "namespace", "dict"):
        environment.globals.pop(name, None)
    document = DocxTemplate(str(source))
    try:
        document.render(fields, environment, autoescape=True)
    except TemplateSyntaxError as error:
        raise ConfigError(f"模板 {source.name}：标记写错了（{error.message}），请对照自带模板改正。") from error
    except UndefinedError as error:
        raise ConfigError(f"模板 {source.name}：用了没有的字段（{error.message}），请对照自带模板改正。") from error
    except SecurityError as error:
        raise ConfigError(f"模板 {source.name}：含有不允许的写法（{error}），请换用自带模板。") from error
    except (TemplateError, TypeError, ArithmeticError, ValueError, RecursionError) as error:
        raise ConfigError(f"模板 {source.name}：不能填写（{error}），请对照自带模板改正。") from error
    return document


def context(notice: Notice) -> dict[str, Any]:
    """What a template may use; docs/how-to/notice.md lists it."""
    return {
        "title": clean(notice.title.text),
        "number": clean(notice.number),
        "addressees": clean(notice.addressees),
        "opening": [clean(sentence.text) for sentence in notice.opening],
        "sections": [_row(part) for section in notice.sections for part in section.walk()],
        "closing": [clean(sentence.text) for sentence in notice.closing],
        "attachments": [f"{number}.{table.title}" for number, table in enumerate(notice.tables, 1)],
        "signature": clean(notice.signature.text),
        "date": clean(notice.dated.text),
    }


def _row(section: Section) -> dict[str, Any]:
    text = "".join(clean(sentence.text) for sentence in section.sentences)
    return {"level": section.level, "number": section.number, "title": clean(section.title), "text": text}


def clean(text: str) -> str:
    """Without what XML refuses; one paragraph stays one."""
    return _CONTROL.sub(" ", text)


def _demand_document(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
            if "word/document.xml" not in archive.namelist():
                raise ConfigError(f"模板 {path.name} 不是 .docx 文件，请用 Word 另存为 .docx。")
    except (zipfile.BadZipFile, FileNotFoundError, IsADirectoryError) as error:
        raise ConfigError(f"模板 {path} 不存在或不是 .docx 文件，请检查路径，或用 Word 另存为 .docx。") from error
    if size > MOST_BYTES:
        raise ConfigError(
            f"模板 {path.name} 展开后有 {size // 1_000_000} MB，超过 {MOST_BYTES // 1_000_000} MB，不予打开。"
        )


def append_tables(document: Any, tables: tuple[Table, ...]) -> None:
    """附件 on pages of their own, lying across."""
    if not tables:
        return
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    for number, table in enumerate(tables, 1):
        head = document.add_paragraph()
        head.paragraph_format.page_break_before = number > 1
        write_run(head, f"附件{number}", "黑体", 14)
        write_run(document.add_paragraph(), table.title, "黑体", 14)
        _fill(document.add_table(1, len(table.heads), style="Table Grid"), table)


def _widths(table: Table) -> list[float]:
    """Shares of the columns: the more the longest text has, the wider, within bounds."""
    longest = [max(map(_printed_width, column)) for column in zip(table.heads, *table.rows, strict=True)]
    return [min(max(length, 4), 34) + CELL_MARGIN for length in longest]


def _printed_width(text: str) -> int:
    """In half characters: a Chinese one takes two."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def _fill(grid: Any, table: Table) -> None:
    fill_rows(grid, table.heads, table.rows, _widths(table), PRINTED)


def fill_rows(
    grid: Any, heads: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[float], whole: float
) -> None:
    """A head that every page repeats, and rows; `whole` millimetres are divided among the columns.

    Rows are copies of one that python-docx made: thousands of them take seconds.
    """
    for cell, text in zip(grid.rows[0].cells, heads, strict=True):
        write_run(cell.paragraphs[0], text, "黑体", 9)
    repeat = grid.rows[0]._tr.get_or_add_trPr()
    repeat.append(repeat.makeelement(qn("w:tblHeader"), {}))
    for cell in grid.add_row().cells:
        write_run(cell.paragraphs[0], "…", "仿宋", 9)
    _set_widths(grid, shares, whole)
    pattern = grid.rows[1]._tr
    grid._tbl.remove(pattern)
    for row in rows:
        line = deepcopy(pattern)
        for place, text in zip(line.iter(qn("w:t")), row, strict=True):
            place.text = clean(text)
            place.set(qn("xml:space"), "preserve")
        grid._tbl.append(line)


def _set_widths(grid: Any, shares: Sequence[float], whole: float) -> None:
    grid.autofit = False
    for column, share in zip(grid.columns, shares, strict=True):
        width = Mm(whole * share / sum(shares))
        column.width = width  # Word goes by the cells, LibreOffice by the columns
        for cell in column.cells:
            cell.width = width


def write_run(paragraph: Any, text: str, font: str, size: float) -> None:
    """Text in a Chinese font."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
