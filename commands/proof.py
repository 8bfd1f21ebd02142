"""proof, learn: Chinese text before it is published, and the statistics it is judged by."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.options import DATA, AllowPrivate, Data, Database, Format, check_format, opened, read_file, rulebook
from commands.printing import say
from domain.errors import UsageError

if TYPE_CHECKING:
    from inspection.texts.proof import Proofread

KINDS = {
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".pdf": "pdf",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(proof)
    app.command()(learn)


def proof(
    source: Annotated[str, typer.Argument(metavar="文件|网址|-", help="- 表示从标准输入读取文字")],
    suspected: Annotated[bool, typer.Option("--suspected", help="同时列出把握不大的疑点")] = False,
    out: Annotated[Path | None, typer.Option("-o", help="写出标注稿：.html，或 .docx（批注）")] = None,
    data: Data = DATA,
    output: Format = "text",
    allow_private: AllowPrivate = False,
) -> None:
    """发稿前校对一份文稿：错别字、表述、格式、个人信息；有问题时退出码为 1。"""
    check_format(output, ("text", "json"))
    from inspection.texts.proof import has_reported, judge_by, read_proof

    body, kind = _read(source, allow_private)
    found = read_proof(body, kind, judge=judge_by(rulebook(None, data)))
    rows = found.rows(suspected)
    if out is not None:
        _write_marked(found, out, body if kind == "docx" else None, suspected, source)
    if output == "json":
        say(json.dumps(rows, ensure_ascii=False))
    else:
        say("\n".join(_line(found, row) for row in rows) or "没有发现问题。")
        if found.cut:
            say("文稿过长，只检查了前面的部分。", err=True)
    if has_reported(rows):
        say(f"发现 {len(rows)} 处问题", err=True)
        raise typer.Exit(1)


def _line(found: "Proofread", row: dict[str, Any]) -> str:
    advice = f"，应为“{row['suggestion']}”" if row["suggestion"] else ""
    if str(row["suggestion"]).startswith("“"):  # a remark on a bracket, no replacement
        advice = f"，{row['suggestion']}"
    where = found.place_of(row["start"])
    return f"{where}：“{row['text']}”{advice}（{row['check']}，{row['confidence']}）：{row['sentence']}"


def _read(source: str, allow_private: bool) -> tuple[bytes, str]:
    from inspection.texts.manuscripts import kind_of_bytes

    if source == "-":
        body = sys.stdin.buffer.read()
        return body, kind_of_bytes(body)
    if "://" in source:
        from crawler.fetch.file_types import document_kind
        from domain.crawl_policy import CrawlPolicy
        from inspection.look.fetched import fetch

        document = fetch(source, CrawlPolicy(allow_private=allow_private))
        if document.status >= 400:
            raise UsageError(f"{source} 返回 {document.status}，没有可校对的文稿")
        named = document_kind(document.url, document.content_type) or KINDS.get(Path(document.url).suffix.lower())
        return document.body, named or kind_of_bytes(document.body).replace("txt", "html")
    kind = KINDS.get(Path(source).suffix.lower())
    if kind is None:
        raise UsageError(f"不能校对 {source}；可用的格式：{'、'.join(KINDS)}")
    return read_file(source), kind


def _write_marked(found: "Proofread", out: Path, docx: bytes | None, suspected: bool, source: str) -> None:
    from inspection.texts.marked_copies import marked_docx, marked_html

    if out.suffix == ".html":
        name = "标准输入" if source == "-" else source if "://" in source else Path(source).name
        out.write_text(marked_html(found, f"校对结果：{name}", suspected), encoding="utf-8")
    elif out.suffix == ".docx":
        out.write_bytes(marked_docx(docx, found, suspected))
    else:
        raise UsageError(f"标注稿不能写成 {out.suffix or '没有扩展名的文件'}；请用 .html 或 .docx")


def learn(
    files: Annotated[list[Path] | None, typer.Argument(metavar="[文件...]", help="另外学习的文本（.txt、.xz）")] = None,
    data: Data = DATA,
    db: Database = "",
) -> None:
    """从已采集的页面和给出的文本学习用字统计，供错别字检查使用。"""
    from itertools import chain

    from inspection import clock
    from inspection.locks import only_job
    from inspection.texts.installation import FOLDER, captured_paragraphs
    from inspection.texts.statistics import ENOUGH, read_texts
    from inspection.texts.statistics import learn as learn_language

    texts = files or []
    with opened(data, db) as store, only_job(data, "learn"):
        paragraphs = chain(captured_paragraphs(store, clock.now()), read_texts(texts))
        learnt = learn_language(paragraphs, data / FOLDER, [path.name for path in texts], ENOUGH)
    say(
        f"已学习 {learnt.characters} 字（{learnt.paragraphs} 段不重复的文字），版本 {learnt.version}，存于 {learnt.folder}"
    )
