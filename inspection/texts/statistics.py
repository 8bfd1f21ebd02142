"""Language statistics for the typo check, learnt from stored captures and text files."""

import hashlib
import lzma
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checks.text.language.counts import Counter
from checks.text.language.statistics import Statistics, build_statistics, save_statistics
from domain.errors import UsageError

POINTER = "current"
KEPT = 2  # this version and the one before
LEAST = 50_000  # characters; fewer are no statistics at all
ENOUGH = 1_000_000  # with fewer the starter table knows more


@dataclass(frozen=True, slots=True)
class Learnt:
    """What `learn` wrote: the folder to give to the checks, and its size."""

    folder: Path
    version: str
    characters: int
    paragraphs: int


def learn(paragraphs: Iterable[str], out: Path, sources: Sequence[str] = (), least: int = LEAST) -> Learnt:
    """Count paragraphs and write a new version below `out` (DATA/language); the one before is kept.

    Each distinct paragraph counts once. Raises UsageError when there is too little text to be of use.
    """
    counter = Counter()
    counter.add(paragraphs)
    if counter.total < least:
        raise UsageError(
            f"只有 {counter.total} 字可供学习，至少需要 {least} 字；请先完成一次巡检，或在命令后给出文本文件（.txt、.xz）。"
        )
    statistics = build_statistics(counter, "", about={"sources": list(sources)})
    version = _version(statistics)
    folder = out / version
    if not folder.exists():
        part = out / f".{version}.part"
        shutil.rmtree(part, ignore_errors=True)
        save_statistics(build_named(statistics, version), part)
        part.rename(folder)
    _point(out, version)
    return Learnt(folder, version, counter.total, counter.paragraphs)


def build_named(statistics: Statistics, version: str) -> Statistics:
    """The same statistics under their version."""
    return Statistics(
        version, statistics.characters, statistics.paragraphs, statistics.chars, statistics.unigrams,
        statistics.bigrams, statistics.tables, statistics.about,
    )  # fmt: skip


def current_language(out: Path) -> str:
    """The folder of the statistics in use below `out`, or an empty string where nothing was learnt."""
    pointer = out / POINTER
    if not pointer.is_file():
        return ""
    folder = out / pointer.read_text(encoding="utf-8").strip()
    return str(folder) if (folder / "about.json").is_file() else ""


def read_texts(files: Sequence[Path]) -> Iterator[str]:
    """Lines of text files, UTF-8, packed with xz or not; UsageError names a file that cannot be read."""
    for path in files:
        opener = lzma.open if path.suffix == ".xz" else open
        try:
            with opener(path, "rt", encoding="utf-8") as file:
                yield from file
        except (OSError, UnicodeDecodeError, lzma.LZMAError) as fault:
            raise UsageError(f"文本文件 {path} 无法读取({fault});请给出 UTF-8 编码的 .txt 或 .xz 文件。") from fault


def _version(statistics: Statistics) -> str:
    digest = hashlib.blake2b(digest_size=6)
    digest.update(statistics.bigrams.tobytes())
    for _, table in sorted(statistics.tables.items()):
        digest.update(table.words.tobytes())
    return f"{statistics.paragraphs}-{digest.hexdigest()}"


def _point(out: Path, version: str) -> None:
    pointer = out / POINTER
    before = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
    fresh = out / f".{POINTER}.part"
    fresh.write_text(version, encoding="utf-8")
    fresh.replace(pointer)
    folders = [path for path in out.iterdir() if (path / "about.json").is_file()]
    keep = {version, before} if before else {version}
    for path in folders:
        if path.name not in keep and len(folders) > KEPT:
            shutil.rmtree(path)
