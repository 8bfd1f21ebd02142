"""A notice read back: its paragraphs, and the numbers nobody accounts for."""

import json
import re
from pathlib import Path

from docx import Document

DIGITS = re.compile(r"[0-9０-９]")


def paragraphs(path: Path) -> list[str]:
    return [item.text for item in Document(str(path)).paragraphs if item.text.strip()]


def unsourced(docx: Path, sidecar: Path) -> list[str]:
    """Numbers of the document outside its traced sentences and headings, and those in wording inside a sentence."""
    told = json.loads(sidecar.read_text(encoding="utf-8"))
    known = [item["text"] for item in told["sentences"]] + [
        f"{head['number']}{head['title']}" for head in told["headings"]
    ]
    known += [f"{n}.{table['title']}" for n, table in enumerate(told["attachments"], 1)]
    known += [f"附件{n}" for n in range(1, len(told["attachments"]) + 1)]
    wording = [piece["text"] for item in told["sentences"] for piece in item["pieces"] if not piece["sources"]]
    left = DIGITS.findall("".join(wording))
    for text in paragraphs(docx):
        for each in sorted(known, key=len, reverse=True):
            text = text.replace(each, "") if each else text
        left += DIGITS.findall(text)
    return left
