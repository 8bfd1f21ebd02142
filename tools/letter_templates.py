"""Make the templates of letters and slips that come along: `python -m tools.letter_templates`."""

from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Mm

from tools.notice_templates import HEAD, TITLE, line, page_number, run

FOLDER = Path(__file__).parents[1] / "reports" / "letters" / "templates"
ROWS = (
    ("问题", "{{ i.what }}"),
    ("位置", "{{ i.target }}　{{ i.place }}　{{ i.url }}"),
    ("原文", "{{ i.quoted }}"),
    ("依据", "{{ i.indicator }}"),
    ("证据", "{{ i.evidence }}"),
    ("建议", "{{ i.fix }}"),
)


def main() -> None:
    """Write both."""
    for name in ("letter", "slip"):
        build(name == "letter").save(str(FOLDER / f"{name}.docx"))


def build(sealed: bool) -> Any:
    """A page as official documents are set; only the letter leaves room for a seal."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    page_number(page.footer.paragraphs[0])
    line(document, "{{ title }}", font=TITLE, size=22, centred=True)
    line(document, "{{ number }}", centred=True)
    line(document, "{{ unit }}：")
    line(document, "{{ opening }}", indent=True)
    line(document, "{%p for i in items %}")
    lead = line(document, "{{ i.no }}．", font=HEAD, indent=True)
    run(lead, "{{ i.title }}（{{ i.severity }}）", HEAD, 16)
    for head, text in ROWS:
        name = text.split("i.")[1].split(" ")[0]
        line(document, f"{{%p if i.{name} %}}")
        line(document, f"{head}：{text}", indent=True)
        line(document, "{%p endif %}")
    line(document, "{%p endfor %}")
    for name in ("demand", "objection", "consequence"):
        line(document, f"{{{{ {name} }}}}", indent=True)
    line(document, "联系人：{{ contact }}", indent=True)
    line(document, "")
    line(document, f"{{{{ signature }}}}{'（印章）' if sealed else ''}", right=True)
    line(document, "{{ date }}", right=True)
    return document


if __name__ == "__main__":
    main()
