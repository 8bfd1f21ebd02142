"""A backup put back into an empty folder: everything is read and compared first, and it appears at once or not at all."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

from domain.errors import UsageError, XunjianError, unwritable
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.trail import Act
from inspection.acting import demand, note
from inspection.operations.backup_file import BLOCK, Header, read_backup
from storage import head, open_store
from storage.exports import FILE, clear_database, import_database


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup brought back."""

    header: Header
    files: int
    size: int
    url: str = ""


def verify_backup(path: Path, key: bytes) -> Restored:
    """Read a backup to its end; UsageError says what is wrong with it."""
    header, manifest = read_backup(path, key)
    if header.schema > head():
        raise UsageError(f"{path} 来自更新的程序（数据库版本 {header.schema}，本程序为 {head()}）；请先升级程序再恢复")
    return Restored(header, len(manifest), sum(item["size"] for item in manifest.values()))


def restore_backup(
    path: Path, key: bytes, data: Path, url: str, acting: Callable[[Store], Actor], at: datetime
) -> Restored:
    """Put a backup into a folder that is empty or not there. `url`: where a PostgreSQL database goes."""
    _demand_empty(data)
    found = verify_backup(path, key)
    draft = data.with_name(f".{data.name}.restore-{os.getpid()}")
    _drop_drafts(data)
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        _demand_space(data.parent, found.size)
        draft.mkdir(mode=0o700)
        address = _unpack(path, key, draft, url)
        try:
            _sign(address, draft, acting, path, at)
        except XunjianError:
            if url:
                clear_database(url)
            raise
        if data.exists():
            data.rmdir()
        draft.replace(data)
    except OSError as error:
        raise unwritable(data, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Restored(found.header, found.files, found.size, url)


def _drop_drafts(data: Path) -> None:
    """What a restore left that was killed: others may not find the data there."""
    for path in data.parent.glob(f".{data.name}.restore-*"):
        number = path.name.rpartition("-")[2]
        if number.isdigit() and not _is_running(int(number)):
            shutil.rmtree(path, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _demand_empty(data: Path) -> None:
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise UsageError(f"{data} 不是空文件夹；恢复只写入新的或空的文件夹，请换一个（--data）")


def _demand_space(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise UsageError(f"{folder} 只剩 {free >> 20} MB，恢复需要 {needed >> 20} MB；请清理磁盘或换一个文件夹")


def _unpack(path: Path, key: bytes, draft: Path, url: str) -> str:
    """Write the files; returns the address of the database."""

    def take(name: str, source: IO[bytes], size: int) -> None:
        room, _, rest = name.partition("/")
        target = draft / ("database.part" if room == "database" and not rest.endswith(".db") else ".") / rest
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.touch(mode=0o600)
            out = target.open("wb")
        except OSError as error:
            raise unwritable(draft, error) from error
        with out:
            while block := source.read(BLOCK):
                _put(out, block, draft)

    read_backup(path, key, take)
    if (draft / FILE).exists():
        address = url or f"sqlite:///{draft.resolve()}/{FILE}"
        import_database(draft, address)
        return address
    import_database(draft / "database.part", url or f"sqlite:///{draft.resolve()}/{FILE}")
    shutil.rmtree(draft / "database.part")
    return url


def _put(out: BinaryIO, block: bytes, draft: Path) -> None:
    """To the disk at once: a full one is not taken for a backup that cannot be read."""
    try:
        out.write(block)
        out.flush()
    except OSError as error:
        raise unwritable(draft, error) from error


def _sign(url: str, data: Path, acting: Callable[[Store], Actor], path: Path, at: datetime) -> None:
    """Who restored it, in the trail that came along."""
    store = open_store(url, data)
    try:
        actor = acting(store)
        demand(store, actor, Action.OPERATE)
        note(store, actor, Act.OPERATE, "恢复备份", at, now=path.name)
    finally:
        store.close()
