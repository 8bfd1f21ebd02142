"""What a run judged by beside its rules, kept with it by hash: word lists, language statistics, calendar, wording, templates.

Each file of the data folder is a body of the store; a run names them. What has not changed since the night before is
kept once: statistics of tens of megabytes cost a night their reading only.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from domain.errors import BodyLost, ConfigError, UsageError, cause
from domain.ports import Store
from domain.runs import Run
from inspection.texts.installation import FOLDER as LANGUAGE
from inspection.texts.statistics import POINTER, current_language

KEY = "kept_files"  # among the settings of a run: path in the data folder -> hash of the body
SINGLE = ("words/wrong.tsv", "words/allowed.tsv", "calendar.yaml", "notice.yaml")
TEMPLATES = "templates/*.docx"
LARGEST = 256 * 2**20  # bytes of a file; a larger one is none of these


def keep_files(store: Store, data: Path) -> dict[str, dict[str, str]]:
    """Keep them, and the setting of the run that names them; empty where an installation has none of its own."""
    return {KEY: {path.relative_to(data).as_posix(): store.put_body(_read(path)) for path in _files(data)}}


def _files(data: Path) -> Iterator[Path]:
    yield from (data / name for name in SINGLE if (data / name).is_file())
    yield from sorted(data.glob(TEMPLATES))
    if language := current_language(data / LANGUAGE):
        yield data / LANGUAGE / POINTER
        yield from sorted(path for path in Path(language).iterdir() if path.is_file())


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigError(f"{path} 超过 {LARGEST // 2**20} MB，不是本程序的文件；请移走")
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} 无法读取（{cause(error)}）；请检查权限") from error


def kept_of(run: Run) -> Mapping[str, str] | None:
    """Path -> hash, of a run; None when it was made by a program that kept none."""
    found = run.settings.get(KEY)
    return {str(path): str(body) for path, body in found.items()} if isinstance(found, Mapping) else None


def write_kept(store: Store, run: Run, folder: Path) -> list[str]:
    """Write them below a folder as they lay in the data folder; returns the paths of those that are lost."""
    lost = []
    for path, body_hash in (kept_of(run) or {}).items():
        place = PurePosixPath(path)
        if place.is_absolute() or ".." in place.parts:
            raise UsageError(f"批次 {run.id} 的文件名“{path}”不在数据文件夹之内，没有写出")
        try:
            body = store.body(body_hash)
        except BodyLost:
            lost.append(path)
            continue
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    if any(path.startswith(f"{LANGUAGE}/") for path in lost):  # half of the statistics are none
        (folder / LANGUAGE / POINTER).unlink(missing_ok=True)
    return lost
