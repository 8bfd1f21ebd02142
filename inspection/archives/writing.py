"""A period for the shelf: everything that was said, asked and answered, with its evidence, in one folder."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from domain.errors import StoreError, UsageError, unwritable
from domain.letters import Letter
from domain.periods import Period
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.rules import RuleBook
from domain.standings import Item, Standing
from domain.times import beijing_date
from domain.trail import Act
from inspection.acting import demand, note
from inspection.letters.issuing import sender_of, write_papers
from inspection.people.trail_lines import write_trail
from inspection.periods.closing import Sums, found_period
from inspection.periods.lines import write_sums
from inspection.results.screenshots import pictures_by_fingerprint
from reports.archive import Row, Section, archive_page
from reports.dossier import guarded
from reports.period_json import period_document
from reports.words import moment

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
TRAIL = "留痕/留痕.jsonl"
SCHEMA = "xunjian.archive/1"
_PRIVATE = frozenset({"text.privacy"})  # its page holds in full what the finding masks
_ODD = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@dataclass
class Shelf:
    """A folder being filled. Names of files come from outside and are made harmless here."""

    root: Path
    written: set[str] = field(default_factory=set)

    def put(self, folder: str, name: str, content: bytes) -> str:
        """Write a file; returns its path inside the archive. A name that is taken gets a number."""
        stem, suffix = PurePosixPath(harmless(name)).stem, PurePosixPath(harmless(name)).suffix
        path, number = f"{folder}/{stem}{suffix}", 2
        while path in self.written:
            path, number = f"{folder}/{stem}（{number}）{suffix}", number + 1
        (self.root / folder).mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(content)
        self.written.add(path)
        return path


def harmless(name: str) -> str:
    """A file name without what systems take for something else."""
    return _ODD.sub("_", name).strip(" .")[:120] or "文件"


def archive_period(
    store: Store, rulebook: RuleBook, data: Path, name: str, folder: Path, actor: Actor, at: datetime
) -> int:
    """Write the archive of a closed period to a new folder, whole or not at all; returns the number of its files."""
    demand(store, actor, Action.CLOSE_PERIOD)
    period = found_period(store, name)
    if not period.version:
        raise UsageError(f"{period.label}尚未关闭过，不能归档；请先运行 xunjian period close {name}")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} 已经存在且不是空文件夹；请另写一个文件夹")
    fixed = store.period(name, period.version) or period
    sums = Sums(fixed, tuple(store.figures(name, period.version)), tuple(store.standings(name, period.version)))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as part:
            number = _fill(store, rulebook, data, sums, Shelf(Path(part) / "档案"), actor, at)
            if folder.exists():
                folder.rmdir()
            shutil.move(Path(part) / "档案", folder)
    except OSError as error:
        raise unwritable(folder, error) from error
    note(store, actor, Act.PERIOD, name, at, now=f"归档，第 {period.version} 版")
    return number


def _fill(store: Store, rulebook: RuleBook, data: Path, sums: Sums, shelf: Shelf, actor: Actor, at: datetime) -> int:
    shelf.root.mkdir()
    sections = (
        Section("通报", "已签发的终稿原件；更正另编版次。", tuple(_notices(store, sums.period, shelf))),
        Section("整改通知单和提示单", "通知单和回执按所存内容写出；单位的反馈是原件。", tuple(_letters(store, data, sums.period, shelf, actor, at))),
        Section("数字和评分", "关闭考核期时固定，不再重新计算。", tuple(_scores(rulebook, sums, shelf))),
        Section("证据", "问题所在页面采集时的原文和截图；含个人信息的页面不归档。", tuple(_evidence(store, sums, shelf))),
        Section("留痕", "谁在何时做了什么，逐条相接。", tuple(_trail(store, shelf))),
    )  # fmt: skip
    head = store.trail_head()
    page = archive_page(sums.period, sums.standings, sections, head, actor.name, at, version("xunjian"))
    (shelf.root / "index.html").write_text(page, encoding="utf-8")
    files = {path.relative_to(shelf.root).as_posix(): path for path in sorted(shelf.root.rglob("*")) if path.is_file()}
    hashes = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    manifest = {
        "schema": SCHEMA, "period": sums.period.id, "version": sums.period.version, "by": actor.name,
        "at": at.isoformat(), "program": version("xunjian"),
        "trail": {"number": head.number, "hash": head.hash} if head else None,
        "files": [{"path": name, "size": files[name].stat().st_size, "sha256": sign} for name, sign in hashes.items()],
    }  # fmt: skip
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (shelf.root / MANIFEST).write_text(text, encoding="utf-8")
    hashes[MANIFEST] = hashlib.sha256(text.encode()).hexdigest()
    (shelf.root / SUMS).write_text("".join(f"{sign}  {name}\n" for name, sign in hashes.items()), encoding="utf-8")
    return len(files)


def _notices(store: Store, period: Period, shelf: Shelf) -> Iterator[Row]:
    for item in store.issued_notices(period.id):
        told = f"{moment(item.at)} {item.by} 登记，依据第 {item.figures} 版数字" + (
            f"；{item.reason}" if item.reason else ""
        )
        path = shelf.put("通报", f"{item.version} {item.file}", store.body(item.sha256))
        yield Row(item.label, told, (path,))


def _letters(store: Store, data: Path, period: Period, shelf: Shelf, actor: Actor, at: datetime) -> Iterator[Row]:
    for letter in store.letters():
        if not letter.number or not _belongs(letter, period):
            continue
        folder = f"整改/{harmless(letter.name)}"
        with TemporaryDirectory() as part:
            papers = write_papers(letter, sender_of(store, data, actor, at), Path(part))
            files = [shelf.put(folder, path.name, path.read_bytes()) for path in papers]
        files += [
            shelf.put(folder, f"反馈 {beijing_date(reply.at)} {reply.file}", store.body(reply.sha256))
            for reply in letter.replies
        ]
        done = sum(item.state.is_over for item in letter.items)
        yield Row(
            f"{letter.name} {letter.unit}", f"{letter.state.label}，办结 {done}/{len(letter.items)} 项", tuple(files)
        )


def _belongs(letter: Letter, period: Period) -> bool:
    if letter.period:
        return letter.period == period.id
    return letter.issued_at is not None and period.start <= beijing_date(letter.issued_at) <= period.end


def _scores(rulebook: RuleBook, sums: Sums, shelf: Shelf) -> Iterator[Row]:
    with TemporaryDirectory() as part:
        book = write_sums(sums, rulebook, Path(part) / f"{sums.period.id} 检查情况.xlsx")
        yield Row(
            "工作簿", "数字、检查对象、扣分和否决、问题、排名", (shelf.put("评分", book.name, book.read_bytes()),)
        )
    text = json.dumps(period_document(sums.period, sums.figures, sums.standings), ensure_ascii=False, indent=1)
    yield Row("机器可读", "每个数字有出处", (shelf.put("评分", f"{sums.period.id} 数字.json", text.encode()),))


def _evidence(store: Store, sums: Sums, shelf: Shelf) -> Iterator[Row]:
    items = [(each, item) for each in sums.standings for item in each.items if item.check not in _PRIVATE]
    pictures = pictures_by_fingerprint(store, [item.fingerprint for _, item in items])
    pages: dict[str, tuple[str, ...]] = {}
    for standing, item in items:
        if item.capture and item.capture not in pages:
            pages[item.capture] = _kept(store, shelf, item.capture)
        files = list(pages.get(item.capture, ()))
        if (mark := pictures.get(item.fingerprint)) and (picture := _body(store, mark)):
            files.append(shelf.put("证据", f"{item.fingerprint}.png", picture))
        yield _evidence_row(standing, item, tuple(files))


def _evidence_row(standing: Standing, item: Item, files: tuple[str, ...]) -> Row:
    state = "已整改" if item.mended else "疑似，待人工确认" if item.candidate else item.severity.label
    hashes = f"，存页校验值 {item.capture[:16]}" if item.capture else "，没有存页"
    told = f"{item.what}（{state}，问题编号 {item.fingerprint}{hashes}）"
    return Row(standing.name, told, files, item.url)


def _kept(store: Store, shelf: Shelf, capture: str) -> tuple[str, ...]:
    body = _body(store, capture)
    page = guarded(body) if body is not None else None
    return (shelf.put("证据", f"{capture[:32]}.html", page),) if page is not None else ()


def _body(store: Store, sign: str) -> bytes | None:
    try:
        return store.body(sign)
    except StoreError:
        return None


def _trail(store: Store, shelf: Shelf) -> Iterator[Row]:
    with TemporaryDirectory() as part:
        files = []
        for name in (TRAIL.rpartition("/")[2], "留痕.csv"):
            write_trail(store, Path(part) / name)
            files.append(shelf.put("留痕", name, (Path(part) / name).read_bytes()))
    yield Row("全部留痕", "jsonl 供核对，csv 供阅读", tuple(files))
