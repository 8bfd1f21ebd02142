"""Where every number and name of a notice comes from: the JSON beside the document, and `notice --format json`."""

from typing import Any

from domain.notices import Facts
from reports.notice.model import Notice, Sentence
from reports.period_json import figure_document


def notice_document(notice: Notice, facts: Facts) -> dict[str, Any]:
    """The whole notice as JSON: sentences with their pieces, figures, attachments, contradictions."""
    return {
        "schema": "xunjian.notice/1",
        "period": {"id": facts.period.id, "label": facts.period.label, "version": facts.period.version},
        "title": notice.title.text,
        "addressees": notice.addressees,
        "number": notice.number,
        "sentences": [{"place": place, **_sentence(sentence)} for place, sentence in notice.sentences()],
        "headings": [
            {"number": part.number, "title": part.title} for section in notice.sections for part in section.walk()
        ],
        "figures": [figure_document(figure) for figure in facts.figures.values()],
        "attachments": [
            {"title": table.title, "heads": table.heads,
             "rows": [{"cells": row, "sources": sources} for row, sources in zip(table.rows, table.sources, strict=True)]}
            for table in notice.tables
        ],
        "gaps": [gap for _, sentence in notice.sentences() for gap in sentence.gaps],
        "contradictions": notice.faults,
        "warnings": notice.warnings,
    }  # fmt: skip


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "key": sentence.key,
        "text": sentence.text,
        "pieces": [{"text": piece.text, "sources": piece.sources} for piece in sentence.pieces],
    }
