"""Kill a command at a chosen moment: before or after a transaction, or a file written; and see what is left behind.

A `sitecustomize` in front of the path counts the moments of every process of the command; at the one that
XUNJIAN_KILL_AT names the process kills itself (SIGKILL: nothing is cleaned up). XUNJIAN_KILL_LOG collects the counts.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOOK = """
import os, signal, pathlib, atexit
from contextlib import contextmanager
import storage.database as database

AT, LOG, seen = int(os.environ.get("XUNJIAN_KILL_AT", "0")), os.environ.get("XUNJIAN_KILL_LOG", ""), [0]

def moment():
    seen[0] += 1
    if seen[0] == AT:
        os.kill(os.getpid(), signal.SIGKILL)

def around(call):
    def counted(*args, **more):
        moment()
        made = call(*args, **more)
        moment()
        return made
    return counted

write = database.Database.write

@contextmanager
def counted_write(self):
    with write(self) as connection:
        yield connection
        moment()  # before the commit
    moment()  # after it

database.Database.write = counted_write
for name in ("write_text", "write_bytes", "rename", "replace"):
    setattr(pathlib.Path, name, around(getattr(pathlib.Path, name)))
os.replace = around(os.replace)
if LOG:
    atexit.register(lambda: open(LOG, "a").write(f"{seen[0]}\\n"))
"""


def run_command(
    folder: Path, words: tuple[str, ...], *, kill_at: int = 0, log: Path | None = None, db: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `xunjian WORDS --data folder`, killed at a moment when `kill_at` is given."""
    hooks = folder.parent / "hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "sitecustomize.py").write_text(HOOK)
    environment = {**os.environ, "PYTHONPATH": f"{hooks}:{ROOT}", "XUNJIAN_KILL_AT": str(kill_at)}
    environment["XUNJIAN_KILL_LOG"] = str(log or "")
    command = [sys.executable, str(ROOT / "cli.py"), *words, "--data", str(folder), *(("--db", db) if db else ())]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=180, check=False
    )


def moments(folder: Path, words: tuple[str, ...], db: str = "") -> int:
    """How many moments the busiest process of a command has when nobody disturbs it."""
    log = folder.parent / f"{folder.name}.log"
    ended = run_command(folder, words, log=log, db=db)
    assert ended.returncode in (0, 3), ended.stderr[-800:]
    return max(int(line) for line in log.read_text().split())


def was_killed(ended: subprocess.CompletedProcess[str]) -> bool:
    """Whether the command itself was killed, rather than a process it started."""
    return ended.returncode == -signal.SIGKILL


def spread(total: int, wanted: int) -> list[int]:
    """So many moments of 1..total, the first and the last among them."""
    if total <= wanted:
        return list(range(1, total + 1))
    return sorted({1 + round(n * (total - 1) / (wanted - 1)) for n in range(wanted)})
