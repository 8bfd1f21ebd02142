"""Make the templates of notices that come along: `python -m tools.notice_templates`; run it after changing this file."""

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FOLDER = Path(__file__).parents[1] / "reports" / "notice" / "templates"
BODY, HEAD, LEAD, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"


def main() -> None:
    """Write both families: the long monthly one with a red head, the short one without."""
    for name, head in (("monthly", True), ("short", False)):
        build(head).save(str(FOLDER / f"{name}.docx"))


def build(head: bool) -> Any:
    """A page as official documents are set: A4, 16 pt, 28 pt a line, two characters indented."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    page_number(page.footer.paragraphs[0])
    if head:
        line(document, "{%p if number %}")
        line(document, "{{ number }}", centred=True)
        line(document, "{%p endif %}")
    line(document, "{{ title }}", font=TITLE, size=22, centred=True)
    line(document, "")
    line(document, "{{ addressees }}：")
    loop(document, "opening")
    line(document, "{%p for s in sections %}")
    line(document, "{%p if s.level == 1 %}")
    line(document, "{{ s.number }}{{ s.title }}", font=HEAD, indent=True)
    line(document, "{%p if s.text %}")
    line(document, "{{ s.text }}", indent=True)
    line(document, "{%p endif %}")
    line(document, "{%p else %}")
    lead = line(document, "{{ s.number }}{{ s.title }}。", font=LEAD, indent=True)
    run(lead, "{{ s.text }}", BODY, 16)
    line(document, "{%p endif %}")
    line(document, "{%p endfor %}")
    loop(document, "closing")
    line(document, "{%p if attachments %}")
    line(document, "")
    line(document, "附件：", indent=True)
    line(document, "{%p endif %}")
    line(document, "{%p for a in attachments %}")
    line(document, "{{ a }}", indent=True)
    line(document, "{%p endfor %}")
    line(document, "")
    line(document, "{{ signature }}", right=True)
    line(document, "{{ date }}", right=True)
    return document


def page_number(paragraph: Any) -> None:
    """— 1 — at the foot."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run(paragraph, "— ", BODY, 14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    shown = OxmlElement("w:r")
    shown.append(OxmlElement("w:t"))
    shown[0].text = "1"
    field.append(shown)
    run(paragraph, " —", BODY, 14)


def loop(document: Any, name: str) -> None:
    """One paragraph for each text."""
    line(document, f"{{%p for t in {name} %}}")
    line(document, "{{ t }}", indent=True)
    line(document, "{%p endfor %}")


def line(
    document: Any, text: str, *, font: str = BODY, size: float = 16, indent: bool = False, centred: bool = False,
    right: bool = False,
) -> Any:  # fmt: skip
    """A paragraph of one run."""
    made = document.add_paragraph()
    form = made.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28 if size < 20 else 36)
    form.first_line_indent = Pt(32) if indent else None
    if centred:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if right:
        form.alignment, form.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(64)
    run(made, text, font, size)
    return made


def run(paragraph: Any, text: str, font: str, size: float) -> None:
    """Text in a Chinese font."""
    made = paragraph.add_run(text)
    made.font.name, made.font.size, made.font.color.rgb = font, Pt(size), RGBColor(0, 0, 0)
    made._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


if __name__ == "__main__":
    main()
