"""Texts that a Word document only holds as parts (altChunk): web pages, web archives and plain text of “导出 Word” buttons."""

import email
import email.policy
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from crawler.parsing.documents.model import Limits, Line, UnreadableDocument
from crawler.parsing.documents.package import TOO_LARGE
from crawler.parsing.html.charsets import decode
from crawler.parsing.html.lines import read_lines
from crawler.parsing.html.tree import build

NOT_READ = "文件内容是嵌入的文件，未能检查文字"
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"\b(Id|Target|Type|TargetMode)\s*=\s*[\"']([^\"']*)[\"']")


def embedded_lines(package: zipfile.ZipFile, main: str, root: Any, limits: Limits) -> Iterator[Line]:
    """The lines of every embedded part, in the order of the document; UnreadableDocument for a part nobody can read."""
    wanted = [_id_of(chunk) for chunk in root.iter() if isinstance(chunk.tag, str) and chunk.tag.endswith("}altChunk")]
    if not wanted:
        return
    targets = _targets(package, main)
    for number, name in enumerate(wanted, 1):
        part = targets.get(name, "")
        if part not in package.namelist():
            raise UnreadableDocument(NOT_READ)
        if package.getinfo(part).file_size > limits.part_bytes:
            raise UnreadableDocument(TOO_LARGE)
        where = f"嵌入的第{number}部分"
        yield from (Line(text, where) for text in _texts(package.read(part), limits))


def _id_of(chunk: Any) -> str:
    return next((value for name, value in chunk.attrib.items() if name.endswith("}id")), "")


def _targets(package: zipfile.ZipFile, main: str) -> dict[str, str]:
    folder, _, name = main.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels".lstrip("/")
    if rels not in package.namelist():
        return {}
    found = {}
    for relation in _RELATION.findall(package.read(rels).decode("utf-8", "replace")):
        told = dict(_ATTRIBUTE.findall(relation))
        if told.get("TargetMode") != "External" and "Id" in told:
            target = told.get("Target", "")
            found[told["Id"]] = posixpath.normpath(target.lstrip("/") if target[:1] == "/" else f"{folder}/{target}")
    return found


def _texts(data: bytes, limits: Limits) -> Iterator[str]:
    if data.startswith(b"PK\x03\x04"):
        from crawler.parsing.documents.word import docx_lines  # a document inside a document

        yield from (line.text for line in docx_lines(data, limits))
        return
    if data.lstrip()[:5].lower() == b"{\\rtf":
        raise UnreadableDocument(NOT_READ)
    if re.match(rb"(?is)\s*(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?(?:MIME-Version|Content-Type):", data[:4000]):
        data = _page_of(data)
    text = decode(data).text
    if re.search(r"(?i)<(?:html|body|p|div|table|span|br|!doctype)\b", text[:20_000]):
        tree = build(text)
        yield from (line.text for line in read_lines(tree, 0, len(tree.tags)) if not line.hidden)
    else:
        yield from (" ".join(line.split()) for line in text.removeprefix("\ufeff").splitlines() if line.strip())


def _page_of(archive: bytes) -> bytes:
    """The page of a web archive (MHT)."""
    message = email.message_from_bytes(archive, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "text/plain", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content
    raise UnreadableDocument(NOT_READ)
