"""Fill a database of today's schema: run once when a change of the schema ends, and commit what it writes.

    python tests/storage/databases/make.py

Two nights of a small invented site and an audit: runs, captures, findings open and closed, questions, samples. Numbers
are never reused; an existing file is never written again.
"""

import lzma
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "stories"))

from faults import FAULTS  # noqa: E402
from town import built, watched  # noqa: E402

from domain.runs import RunKind  # noqa: E402
from storage import HEAD  # noqa: E402


def main() -> None:
    """Write `<version>.sqlite.xz` beside this file."""
    target = HERE / f"{HEAD}.sqlite.xz"
    if target.exists():
        raise SystemExit(f"{target.name} is there already: a schema that was released does not change")
    town = built()
    for fault in FAULTS:
        fault.plant(town)
    with tempfile.TemporaryDirectory() as folder:
        with watched(Path(folder), town) as watch:
            watch.inspect(0)
            for fault in FAULTS[::2]:
                fault.mend(town)
            watch.inspect(1)
            watch.inspect(1, RunKind.AUDIT, hours=10)
        with sqlite3.connect(Path(folder) / "xunjian.db") as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("VACUUM")
        with (Path(folder) / "xunjian.db").open("rb") as source, lzma.open(target, "wb", preset=9) as packed:
            shutil.copyfileobj(source, packed)


if __name__ == "__main__":
    main()
