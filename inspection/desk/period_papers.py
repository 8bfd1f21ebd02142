"""Files of a period: its workbook, its archive, and the notice as it left the office."""

import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from domain.errors import NotThere, UsageError
from domain.issued import IssuedNotice
from domain.persons import Actor
from domain.ports import Store
from domain.rules import RuleBook
from inspection.archives.writing import archive_period, harmless
from inspection.desk.notice_desk import drafted
from inspection.desk.scope import GONE
from inspection.periods.closing import Sums
from inspection.periods.issued import register_issued
from inspection.periods.lines import write_sums


def workbook(sums: Sums, rulebook: RuleBook) -> tuple[bytes, str]:
    """(bytes, name) of the figures and standings as a workbook."""
    with TemporaryDirectory() as folder:
        path = write_sums(sums, rulebook, Path(folder) / "sums.xlsx")
        return path.read_bytes(), f"{sums.period.label} 数字和评分.xlsx"


def archive(
    store: Store, rulebook: RuleBook, data: Path, name: str, actor: Actor, now: datetime
) -> tuple[Path, Path, str]:
    """(file, folder to be dropped afterwards, name) of the archive of a closed period."""
    folder = Path(mkdtemp(prefix="xunjian-archive-"))
    try:
        inside = folder / "档案"
        archive_period(store, rulebook, data, name, inside, actor, now)
        made = shutil.make_archive(str(folder / "archive"), "zip", folder, "档案")
        shutil.rmtree(inside)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Path(made), folder, f"{harmless(name)} 归档.zip"


def keep_issued(
    store: Store, rulebook: RuleBook, data: Path, name: str, upload: tuple[str, bytes], actor: Actor, now: datetime,
    reason: str,
) -> IssuedNotice:  # fmt: skip
    """Register the signed notice of a period."""
    file, content = upload
    if not content:
        raise UsageError("请选择签发后的通报文件（.docx 或 .pdf）")
    with TemporaryDirectory() as folder:
        path = Path(folder) / harmless(file)
        path.write_bytes(content)
        return register_issued(store, drafted(store, rulebook, data, name), path, actor, now, reason)


def issued_file(store: Store, period: str, number: str) -> tuple[bytes, str]:
    """(bytes, name) of a notice as it was registered."""
    found = next((item for item in store.issued_notices(period) if str(item.version) == number), None)
    if found is None:
        raise NotThere(GONE)
    return store.body(found.sha256), found.file
