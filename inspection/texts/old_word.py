"""Documents of old word processors (.doc, .wps), turned into .docx by LibreOffice where it is installed."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.errors import UsageError

OLD_KINDS = frozenset({"doc", "wps"})
_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 120


def as_docx(data: bytes, kind: str) -> bytes:
    """The same document as .docx; UsageError says what is missing or went wrong."""
    program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        raise UsageError(f"校对 .{kind} 文件需要安装 LibreOffice；请安装，或用 Word、WPS 另存为 .docx 后再试。")
    with TemporaryDirectory() as folder:
        source = Path(folder) / f"document.{kind}"
        source.write_bytes(data)
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "docx", "--outdir", f"{folder}/out", str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as fault:
            raise UsageError(f"LibreOffice 未能转换这份 .{kind} 文件；请另存为 .docx 后再试。") from fault
        made = Path(folder) / "out" / "document.docx"
        if not made.is_file():
            raise UsageError(
                f"LibreOffice 未能转换这份 .{kind} 文件；请确认文件完好、没有加密，或另存为 .docx 后再试。"
            )
        return made.read_bytes()
