"""Is an archive still what was written? Its hashes, its files, and the chain of its trail."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from domain.errors import UsageError
from domain.trail import Entry, verified
from inspection.archives.writing import MANIFEST, SCHEMA, SUMS, TRAIL


def manifest_of(folder: Path) -> Mapping[str, Any]:
    """The manifest of an archive; UsageError when the folder is none."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{folder} 不是归档文件夹：没有可读的 {MANIFEST}") from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA or not isinstance(found.get("files"), list):
        raise UsageError(f"{folder} 不是归档文件夹：{MANIFEST} 不是本程序写的")
    return found


def archive_faults(folder: Path) -> Iterator[str]:
    """What is not as it was written, one sentence each; nothing when all is well."""
    manifest = manifest_of(folder)
    listed = {str(row.get("path")): str(row.get("sha256")) for row in manifest["files"] if isinstance(row, dict)}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() or path.is_symlink()}
    for name, sign in listed.items():
        if not _is_inside(name):
            yield f"清单中的“{name}”不在归档文件夹之内"
        elif name not in there:
            yield f"缺少文件“{name}”"
        elif (folder / name).is_symlink() or hashlib.sha256((folder / name).read_bytes()).hexdigest() != sign:
            yield f"文件“{name}”被改动"
    for name in sorted(there - listed.keys() - {MANIFEST, SUMS}):
        yield f"多出文件“{name}”"
    yield from _sums_faults(folder, listed)
    yield from _trail_faults(folder, manifest.get("trail"))


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _sums_faults(folder: Path, listed: Mapping[str, str]) -> Iterator[str]:
    """The second list must say the same: it is the one that is checked without the program."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
        manifest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    except (OSError, UnicodeDecodeError):
        yield f"缺少可读的 {SUMS}"
        return
    told = {name: sign for sign, _, name in (line.partition("  ") for line in lines)}
    if told != {**listed, MANIFEST: manifest}:
        yield f"{SUMS} 与 {MANIFEST} 不一致"


def _trail_faults(folder: Path, head: object) -> Iterator[str]:
    if not isinstance(head, dict) or not (folder / TRAIL).is_file():
        return
    try:
        rows = [json.loads(line) for line in (folder / TRAIL).read_text(encoding="utf-8").splitlines()]
        entries = [Entry(row["number"], row["previous"], row["text"], row["hash"]) for row in rows]
    except (ValueError, KeyError, TypeError):
        yield f"“{TRAIL}”不能读取"
        return
    found = verified(entries, str(head.get("hash", "")))
    if found.broken:
        yield f"留痕不完整：{found.broken}"
