"""A template of an office filled in by a child process: whatever it asks for, it ends in time and in bounded memory.

The child reads the fields as JSON and answers with the document, or with one sentence and exit code 2.
"""

import contextlib
import io
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

from domain.errors import ConfigError

SECONDS = 20
MOST_MEMORY = 1_500_000_000


def rendered_apart(source: Path, fields: Mapping[str, Any]) -> Any:
    """The filled-in template; ConfigError when it takes too long or too much, or is faulty."""
    command = [sys.executable, "-m", "reports.notice.rendering", str(source)]
    told = json.dumps(fields, ensure_ascii=True).encode()
    try:
        done = subprocess.run(command, input=told, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise ConfigError(f"模板 {source.name}：填写超过 {SECONDS} 秒，已停止；请对照自带模板改正。") from error
    if done.returncode == 2:
        raise ConfigError(done.stdout.decode())
    if done.returncode:
        raise ConfigError(f"模板 {source.name}：填写时所需内存过多或意外中止；请对照自带模板改正。")
    document = DocxTemplate(io.BytesIO(done.stdout))
    document.init_docx()
    return document


def _bound() -> None:
    """Bound the memory of this process, where the system can."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def main() -> int:
    """The child."""
    from reports.notice.docx import rendered

    _bound()
    source, fields = Path(sys.argv[1]), json.loads(sys.stdin.buffer.read())
    made = io.BytesIO()
    try:
        rendered(source, fields).save(made)
    except ConfigError as error:
        sys.stdout.buffer.write(str(error).encode())
        return 2
    except MemoryError:
        sys.stdout.buffer.write(f"模板 {source.name}：所需内存过多，已停止；请对照自带模板改正。".encode())
        return 2
    sys.stdout.buffer.write(made.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
