"""发稿前校对: all text checks on one document, before it is published."""

import html
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import docx
from docx.text.paragraph import Paragraph

from checks.text.analyse import PROBABLE, Analyser
from checks.text.hits import Hit, Level
from checks.text.judging import TextJudge
from checks.text.misstatement import load_phrases
from checks.text.pages import shared_judge
from checks.text.starter import load_language
from domain.rules import RuleBook
from inspection.documents import docx_paragraphs, read_document

Row = Mapping[str, object]


@dataclass(frozen=True)
class Proofread:
    """A document as read, and what was found in it; offsets are characters of `text`."""

    text: str
    hits: tuple[Hit, ...]

    def rows(self, suspected: bool = False) -> list[dict[str, object]]:
        """The JSON rows (DESIGN.md section 6): certain and probable ones, with `suspected` all."""
        return [_row(hit) for hit in self.hits if suspected or hit.reported]


def proof(
    source: bytes | str, kind: str = "txt", language: str = "", suspected: bool = False
) -> list[dict[str, object]]:
    """Check one document. `language` is a folder of learnt statistics; empty: the starter table."""
    return read_proof(source, kind, language).rows(suspected)


def judge_by(rulebook: RuleBook) -> TextJudge:
    """The judge the nightly run uses: its statistics, word lists and phrases."""
    typo, statement = (rulebook.checks[name].params for name in ("text.typo", "text.misstatement"))
    files = {name: Path(statement[name]) for name in ("protected", "wording") if statement.get(name)}
    lists = {name: tuple(typo.get(name, ())) for name in ("allowed", "confirmed")}
    judge = shared_judge(typo.get("language", ""), typo.get("probable", PROBABLE), **lists)
    return replace(judge, phrases=load_phrases(**files))


def read_proof(source: bytes | str, kind: str = "txt", language: str = "", judge: TextJudge | None = None) -> Proofread:
    """Read and check a document; text given as a string is taken as it is. Without a judge the shipped lists are used."""
    text = source if isinstance(source, str) else read_document(source, kind)
    judge = judge or TextJudge(Analyser(load_language(language)))
    starts, paragraphs = [], []
    place = 0
    for line in text.split("\n"):
        starts.append(place)
        paragraphs.append(line.rstrip("\r"))
        place += len(line) + 1
    found = judge.judge(paragraphs)
    hits = [
        replace(hit, start=start + hit.start, end=start + hit.end)
        for start, row in zip(starts, found, strict=True)
        for hit in row
    ]
    return Proofread(text, tuple(sorted(hits, key=lambda hit: (hit.start, hit.end))))


def _row(hit: Hit) -> dict[str, object]:
    return {
        "start": hit.start, "end": hit.end, "text": hit.text, "suggestion": hit.suggestion or None,
        "check": hit.check, "severity": hit.severity, "confidence": hit.confidence, "sentence": hit.sentence,
    }  # fmt: skip


def marked_html(found: Proofread, title: str = "校对结果", suspected: bool = False) -> str:
    """A copy of the text as one HTML page, every hit marked with its suggestion."""
    parts: list[str] = []
    place = 0
    for hit in _shown(found, suspected):
        parts.append(html.escape(found.text[place : hit.start]))
        tip = html.escape(describe(hit), quote=True)
        parts.append(f'<mark class="{hit.level.value}" title="{tip}">{html.escape(hit.text)}</mark>')
        parts.append(f"<ins>{html.escape(hit.suggestion)}</ins>" if hit.suggestion else "")
        place = hit.end
    body = ("".join(parts) + html.escape(found.text[place:])).replace("\n", "<br>\n")
    return _PAGE.format(title=html.escape(title), body=body, count=len(_shown(found, suspected)))


def marked_docx(data: bytes | None, found: Proofread, suspected: bool = False) -> bytes:
    """The document with a comment at every hit; without a docx to copy, a new one from the text."""
    hits = _shown(found, suspected)
    document = docx.Document(io.BytesIO(data)) if data is not None else docx.Document()
    if data is None:
        for line in found.text.split("\n"):
            document.add_paragraph(line.rstrip("\r"))
    place = 0
    for paragraph in list(docx_paragraphs(document.iter_inner_content())):
        length = len(paragraph.text)
        inside = [hit for hit in hits if place <= hit.start and hit.end <= place + length]
        _comment(document, paragraph, [(hit.start - place, hit.end - place, describe(hit)) for hit in inside])
        place += length + 1
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _comment(document: docx.document.Document, paragraph: Paragraph, notes: Iterable[tuple[int, int, str]]) -> None:
    """Comments stand on the runs that hold the span: text and formats of the document stay untouched."""
    spans, place = [], 0
    for run in paragraph.runs:
        spans.append((place, place + len(run.text), run))
        place += len(run.text)
    for start, end, text in notes:
        runs = [run for low, high, run in spans if low < end and start < high]
        if runs:
            document.add_comment([runs[0], runs[-1]], text=text, author="巡检校对", initials="校")


def describe(hit: Hit) -> str:
    """One sentence for a tooltip or comment."""
    sure = {Level.CERTAIN: "", Level.PROBABLE: "很可能", Level.SUSPECTED: "疑似,请核对:"}[hit.level]
    change = f"“{hit.text}”应为“{hit.suggestion}”" if hit.suggestion else f"“{hit.text}”"
    return f"{NAMES.get(hit.check, hit.check)}:{sure}{change}"


def _shown(found: Proofread, suspected: bool) -> list[Hit]:
    shown: list[Hit] = []
    for hit in found.hits:
        if (suspected or hit.reported) and (not shown or hit.start >= shown[-1].end):
            shown.append(hit)
    return shown


def has_reported(rows: Sequence[Row]) -> bool:
    """Whether `proof` should exit with 1."""
    return bool(rows)


NAMES = {
    "text.typo": "错别字", "text.format": "格式", "text.misstatement": "表述待核实", "text.privacy": "个人信息未遮盖",
}  # fmt: skip
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<style>body{{font:16px/1.8 serif;max-width:46em;margin:2em auto;padding:0 1em}}
mark{{background:#ffd7d7}} mark.suspected{{background:#fff3c4}} ins{{color:#0a6b2d;margin:0 .2em}}</style></head>
<body><h1>{title}</h1><p>共 {count} 处。红底为应改之处,黄底为疑似,绿字为建议;鼠标停在上面可见说明。</p>
<div>{body}</div></body></html>
"""
