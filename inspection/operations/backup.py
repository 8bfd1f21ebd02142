"""A backup: database, captures, keys, rules, settings and word lists in one file, taken while everything goes on."""

import hashlib
import io
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from domain.errors import UsageError, cause, unwritable
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.times import BEIJING
from domain.trail import Act
from inspection.acting import demand, note
from inspection.locks import held
from inspection.operations.backup_file import BackupWriter, Header
from inspection.operations.settings import BackupPlan
from storage import current
from storage.exports import export_database, space_of

LEFT_OUT = ("logs", "backups")  # folders that a new installation does without
ENDING = ".backup"
DRAFT = "draft.part"
BUSY = "已有一个备份或清理在使用 {folder}；请等它结束"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written."""

    path: Path
    files: int
    size: int
    sealed: bool


@dataclass(frozen=True, slots=True)
class Place:
    """What is backed up."""

    data: Path
    url: str


def make_backup(
    store: Store, place: Place, out: Path, key: bytes, actor: Actor, at: datetime, *, by_clock: bool = False
) -> Made:
    """Write a backup to a file that is not there yet. `by_clock`: nobody gave the order, the plan did."""
    if not by_clock:
        demand(store, actor, Action.OPERATE)
    if key and len(key) < 16:
        raise UsageError("备份密钥不足 16 个字符；可用 openssl rand -hex 32 生成")
    if out.exists():
        raise UsageError(f"{out} 已存在；请换一个文件名")
    work = out.parent / _work(place.data)
    with held(place.data, "backup", BUSY.format(folder=place.data)):
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(work, ignore_errors=True)  # of one that was killed: the database lies open in it
            _demand_space(place, out.parent)
            work.mkdir(mode=0o700)
            number = _write(place, work, key, at, {out.resolve(), work.resolve()})
            (work / DRAFT).replace(out)
        except OSError as error:
            raise unwritable(out, error) from error
        finally:
            shutil.rmtree(work, ignore_errors=True)
    made = Made(out, number, out.stat().st_size, bool(key))
    note(store, actor, Act.OPERATE, "备份", at, now=f"{out.name}，{made.size} 字节，{'已加密' if key else '未加密'}")
    return made


def _demand_space(place: Place, folder: Path) -> None:
    """Twice the database: the copy of it, and the copy inside the file."""
    needed, free = 2 * space_of(place.url), shutil.disk_usage(folder).free
    if free < needed:
        raise UsageError(f"{folder} 只剩 {free >> 20} MB，备份至少需要 {needed >> 20} MB；请清理磁盘或换一个文件夹")


def _work(data: Path) -> str:
    """Where the parts lie until the file is whole: one folder for each data folder, found again after a crash."""
    return f".backup-{hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]}"


def _write(place: Place, work: Path, key: bytes, at: datetime, but: set[Path]) -> int:
    header = Header(current(place.url) or "", version("xunjian"), at.astimezone(BEIJING).isoformat())
    draft = work / DRAFT
    draft.touch(mode=0o600)
    with draft.open("wb") as out:
        exported = export_database(place.url, work)  # first: what its rows name lies in the folder by now
        writer = BackupWriter(out, header, key)
        for path in exported:
            with path.open("rb") as source:
                writer.add(f"database/{path.name}", source, path.stat().st_size)
            path.unlink()
        for path in _files(place.data, but):
            try:
                body = path.read_bytes()
            except FileNotFoundError:
                continue  # it was a draft of somebody
            except OSError as error:
                raise UsageError(f"不能读取 {path}（{cause(error)}），没有备份；请检查所有者和权限") from error
            writer.add(f"data/{path.relative_to(place.data).as_posix()}", io.BytesIO(body), len(body))
        writer.finish()
        out.flush()
        os.fsync(out.fileno())
    return len(writer.files)


def _files(data: Path, but: set[Path]) -> Iterator[Path]:
    """Plain files of the data folder that cannot be made again."""
    seen = {data.resolve()}
    for folder, folders, names in os.walk(data, followlinks=True):  # captures may lie on another disk
        here = Path(folder)
        folders[:] = [name for name in folders if (here / name).resolve() not in seen]
        seen |= {(here / name).resolve() for name in folders}
        folders[:] = [
            name
            for name in sorted(folders)
            if not (here == data and name in LEFT_OUT) and (here / name).resolve() not in but
        ]
        for name in sorted(names):
            path = here / name
            passing = name.endswith((".lock", ".part", ENDING)) or (here == data and name.startswith("xunjian.db"))
            if not passing and path.is_file() and not path.is_symlink() and path.resolve() not in but:
                yield path


def planned_file(plan: BackupPlan, at: datetime) -> Path:
    """Where the job writes; UsageError when nobody said where."""
    if not plan.folder:
        raise UsageError(
            "没有写明备份放在哪里；请在 settings.yaml 的 backup.folder 中写一个文件夹（最好在另一块磁盘上）"
        )
    return Path(plan.folder) / f"xunjian-{at.astimezone(BEIJING):%Y%m%d-%H%M%S}{ENDING}"


def backups_in(folder: Path) -> list[Path]:
    """The backups of the job, oldest first."""
    return sorted(folder.glob(f"xunjian-????????-??????{ENDING}"))


def drop_oldest(plan: BackupPlan) -> list[Path]:
    """Remove the backups of the job above the number that is kept."""
    gone = backups_in(Path(plan.folder))[: -plan.keep]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone
