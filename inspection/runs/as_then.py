"""A run judged by what it had then: its rules, its word lists, its language statistics."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.errors import UsageError, cause
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run
from inspection.judging.rules_then import KEY as RULES
from inspection.judging.rules_then import rules_of
from inspection.texts.installation import KEY as SECRET
from inspection.texts.installation import with_installation
from inspection.texts.kept_files import kept_of, write_kept


@contextmanager
def rules_then(store: Store, run: Run, data: Path) -> Iterator[tuple[RuleBook, list[str]]]:
    """The rule book of then, and in Chinese what is not as it was then.

    The key of private data is never kept with a run: today's is used. UsageError where the rules themselves are gone.
    """
    book = rules_of(store, run)
    if kept_of(run) is None:
        told = f"批次 {run.id} 没有保存当时的词表和语言统计（由旧版程序完成），用现在的"
        yield with_installation(book, data), [told]
        return
    with TemporaryDirectory(prefix="xunjian-then-") as folder:
        lost = write_kept(store, run, Path(folder))
        if (data / SECRET).is_file():
            shutil.copy(data / SECRET, Path(folder) / SECRET)
        yield with_installation(book, Path(folder)), [f"当时的 {path} 已损坏或缺失，判定时没有用它" for path in lost]


def export_then(store: Store, run: Run, folder: Path) -> list[str]:
    """Write rules and files of a run into an empty folder; returns a line for each, lost ones named."""
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} 不是空文件夹；请另选一个")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lost = write_kept(store, run, folder)
        lines = []
        if body := str(run.settings.get(RULES, "")):
            (folder / "rules.yaml").write_bytes(store.body(body))
            lines.append(f"rules.yaml  {body[:12]}")
    except OSError as error:
        raise UsageError(f"不能写入 {folder}（{cause(error)}）；请检查路径和权限") from error
    return [*lines, *kept_lines(run, lost)]


def kept_lines(run: Run, lost: list[str] | None = None) -> list[str]:
    """A line for each file that a run names."""
    kept = kept_of(run)
    if kept is None:
        return [f"批次 {run.id} 没有保存当时的词表和语言统计（由旧版程序完成）"]
    return [f"{path}  {body[:12]}{'  已损坏或缺失' if path in (lost or ()) else ''}" for path, body in kept.items()]
