"""proof, learn: Chinese text before it is published, and the statistics it is judged by."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import DATA, AllowPrivate, Data, Database, TextOrJson, check_format, opened, read_file, rulebook
from commands.printing import say
from domain.errors import UsageError

if TYPE_CHECKING:
    from inspection.texts.proof import Proofread

KINDS = {f".{kind}": kind for kind in ("txt", "md", "html", "docx", "doc", "wps", "xlsx", "pdf")} | {
    ".htm": "html",
    ".shtml": "html",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(proof)
    app.command()(learn)


def proof(
    sources: Annotated[
        list[str], typer.Argument(metavar="文件|文件夹|网址|-", help="可写多个；- 表示从标准输入读取文字")
    ],
    suspected: Annotated[bool, typer.Option("--suspected", help="同时列出把握不大的疑点")] = False,
    out: Annotated[
        Path | None, typer.Option("-o", help="写出标注稿：.html，或 .docx（批注）；多份文稿时写文件夹")
    ] = None,
    data: Data = DATA,
    output: TextOrJson = "text",
    allow_private: AllowPrivate = False,
) -> None:
    """发稿前校对文稿：错别字、表述、格式、个人信息；有问题时退出码为 1。"""
    check_format(output, ("text", "json"))
    from inspection.texts.proof import judge_by, read_proof

    names = _documents(sources)
    several, judge = len(names) > 1, judge_by(rulebook(None, data))
    rows: list[dict[str, object]] = []
    refused: list[str] = []
    for name in names:
        try:
            body, kind = _read(name, allow_private)
            found = read_proof(body, kind, judge=judge)
        except UsageError as refusal:
            if not several:
                raise
            refused.append(f"{name}：{refusal}")
            continue
        mine = found.rows(suspected)
        rows += [{"file": name, **row} for row in mine] if several else mine
        if out is not None:
            _write_marked(found, _marked(out, name, kind, several=several), body, kind, suspected, name)
        if output == "text":
            _tell(found, name if several else "", suspected)
    if output == "json":
        say(json.dumps(rows, ensure_ascii=False))
    _end(len(rows), refused)


def _end(hits: int, refused: Sequence[str]) -> None:
    """The exit code: 1 for any hit, else 2 for a document that could not be read."""
    for line in refused:
        say(line, err=True)
    unread = f"{len(refused)} 份文稿未能校对" if refused else ""
    if hits:
        say("；".join(part for part in (f"发现 {hits} 处问题", unread) if part), err=True)
        raise typer.Exit(1)
    if refused:
        raise UsageError(f"{unread}；原因见上")


def _documents(sources: Sequence[str]) -> list[str]:
    """The documents named, and those of the folders named, in order."""
    found: list[str] = []
    for source in sources:
        folder = Path(source)
        if "://" in source or not folder.is_dir():
            found.append(source)
            continue
        inside = sorted(path for path in folder.rglob("*") if path.suffix.lower() in KINDS and path.is_file())
        found += [str(path) for path in inside if not path.name.startswith(("~$", "."))]
    if not found:
        raise UsageError(f"{sources[0]} 中没有可校对的文稿；可用的格式：{'、'.join(KINDS)}")
    return list(dict.fromkeys(found))


def _tell(found: "Proofread", name: str, suspected: bool) -> None:
    hits = [hit for hit in found.hits if suspected or hit.reported]
    if name:
        say(f"{name}：{f'{len(hits)} 处' if hits else '没有发现问题。'}")
    lines = [f"{found.place_of(hit.start)}：{found.note_of(hit)}：{hit.sentence}" for hit in hits]
    if lines or not name:
        say("\n".join(lines) or "没有发现问题。")
    if found.cut:
        say("文稿过长，只检查了前面的部分。", err=True)


def _marked(out: Path, name: str, kind: str, *, several: bool) -> Path:
    """Where the marked copy of a document goes: of several, beside each other in a folder."""
    if not several:
        return out
    if out.suffix in {".html", ".docx"}:
        raise UsageError("多份文稿的标注稿写入文件夹；请在 -o 后写文件夹名")
    out.mkdir(parents=True, exist_ok=True)
    base = Path(name.rstrip("/")).name or "标准输入"
    return out / f"{base}.校对.{'docx' if kind == 'docx' else 'html'}"


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


def _write_marked(found: "Proofread", out: Path, body: bytes, kind: str, suspected: bool, source: str) -> None:
    from inspection.texts.marked_copies import marked_docx, marked_html

    if out.suffix == ".html":
        name = "标准输入" if source == "-" else source if "://" in source else Path(source).name
        out.write_text(marked_html(found, f"校对结果：{name}", suspected), encoding="utf-8")
    elif out.suffix == ".docx":
        out.write_bytes(marked_docx(body if kind == "docx" else None, found, suspected))
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
