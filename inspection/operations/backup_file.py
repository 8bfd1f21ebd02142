"""The one file of a backup: two lines that say what it is, then a tar stream, sealed when there is a key, its manifest last."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, cast

from domain.errors import UsageError, cause
from inspection.operations.sealing import SALT, Damaged, SealedReader, SealedWriter, derived

MAGIC, FORMAT, MANIFEST = b"XUNJIAN-BACKUP\n", 1, "manifest.json"
BLOCK = 1 << 20
ROOMS = ("database", "data")
Take = Callable[[str, IO[bytes], int], None]


@dataclass(frozen=True, slots=True)
class Header:
    """What the first lines say. `schema` is the version of the database inside."""

    schema: str
    program: str
    created: str
    sealed: bool = False
    salt: str = ""
    sign: str = ""

    @property
    def lines(self) -> bytes:
        """As they stand in the file."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return MAGIC + json.dumps({"format": FORMAT, **values}, sort_keys=True).encode() + b"\n"


class BackupWriter:
    """Adds files one after the other and remembers their hashes."""

    def __init__(self, out: BinaryIO, header: Header, key: bytes) -> None:
        salt = os.urandom(SALT) if key else b""
        secret, sign = derived(key, salt) if key else (b"", "")
        header = Header(header.schema, header.program, header.created, bool(key), salt.hex(), sign)
        out.write(header.lines)
        self._sealed = SealedWriter(out, secret, header.lines)
        self._tar = tarfile.open(fileobj=cast("IO[bytes]", self._sealed), mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115  closed by `finish`
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        """One file of a size known before."""
        hashing = _Hashing(source)
        self._tar.addfile(_member(name, size), cast("IO[bytes]", hashing))
        self.files[name] = {"size": size, "sha256": hashing.digest.hexdigest()}

    def finish(self) -> None:
        """The manifest, and the end of everything."""
        text = json.dumps({"files": self.files}, sort_keys=True).encode()
        self._tar.addfile(_member(MANIFEST, len(text)), io.BytesIO(text))
        self._tar.close()
        self._sealed.finish()


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._source.read(size)
        self.digest.update(block)
        return block


def read_header(source: BinaryIO, path: Path) -> Header:
    """The first lines; UsageError for anything that is no backup this program can read."""
    if source.read(len(MAGIC)) != MAGIC:
        raise UsageError(f"{path} 不是巡检的备份文件；请选择由 xunjian backup 生成的文件")
    try:
        values = json.loads(source.readline(1 << 16))
        version = values.pop("format")
        if version != FORMAT:
            raise UsageError(f"{path} 由更新的程序生成（格式 {version}）；请先升级程序再恢复")
        return Header(**values)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged(path) from error


def damaged(path: Path) -> UsageError:
    """The one sentence for a file that is not as it was written."""
    return UsageError(f"备份文件 {path} 已损坏或不完整，没有恢复任何内容；请改用另一份备份")


def read_backup(path: Path, key: bytes, take: Take | None = None) -> tuple[Header, Mapping[str, Any]]:
    """Read a backup to its end and compare every hash; `take` gets each file. Returns header and manifest."""
    try:
        with path.open("rb") as source:
            header = read_header(source, path)
            with _opened(source, header, key, path) as tar:
                return header, _walk(tar, take, path)
    except (Damaged, tarfile.TarError, EOFError, UnicodeDecodeError) as error:
        raise damaged(path) from error
    except OSError as error:
        raise UsageError(f"不能读取备份文件 {path}（{cause(error)}）；请检查路径和权限") from error


@contextmanager
def _opened(source: BinaryIO, header: Header, key: bytes, path: Path) -> Iterator[tarfile.TarFile]:
    secret = b""
    if header.sealed:
        if not key:
            raise UsageError(f"{path} 已加密；请用 --key 指定密钥文件，或设置 XUNJIAN_BACKUP_KEY")
        try:
            secret, sign = derived(key, bytes.fromhex(header.salt))
        except ValueError as error:
            raise damaged(path) from error
        if sign != header.sign:
            raise UsageError(f"密钥与备份文件 {path} 不符；请改用生成备份时的密钥")
    reader = cast("IO[bytes]", SealedReader(source, secret, header.lines))
    with tarfile.open(fileobj=reader, mode="r|") as tar:
        yield tar
    while reader.read(BLOCK):  # to the end: what was appended or cut off is noticed
        pass


def _walk(tar: tarfile.TarFile, take: Take | None, path: Path) -> Mapping[str, Any]:
    found: dict[str, dict[str, Any]] = {}
    for member in tar:
        inside = tar.extractfile(member)
        if inside is None or not _is_plain(member.name):
            raise damaged(path)
        if member.name == MANIFEST:
            try:
                manifest = json.loads(inside.read())["files"]
            except (ValueError, KeyError, TypeError) as error:
                raise damaged(path) from error
            if manifest != found:
                raise damaged(path)
            return cast("Mapping[str, Any]", manifest)
        hashing = cast("IO[bytes]", _Hashing(inside))
        if take:
            take(member.name, hashing, member.size)
        while hashing.read(BLOCK):
            pass
        found[member.name] = {"size": member.size, "sha256": cast("_Hashing", hashing).digest.hexdigest()}
    raise damaged(path)


def _is_plain(name: str) -> bool:
    """Whether a name stays inside the folder it is written to."""
    parts = PurePosixPath(name).parts
    if name == MANIFEST:
        return True
    return len(parts) > 1 and parts[0] in ROOMS and ".." not in parts and name == "/".join(parts)
