"""Logs in DATA/logs, one file a day, the last 400 kept. Several processes write to one file, a line at a time.

No secret stands in them: passwords of addresses and values called token, key, password and the like are masked.
"""

import logging
import re
import traceback
from datetime import datetime
from pathlib import Path

from domain.times import BEIJING

FOLDER, KEPT = "logs", 400  # `prune` removes them earlier where the settings say so
OUR_ROOMS = ("checks", "crawler", "inspection", "storage")
_USER = re.compile(r"(://[^\s:/@]*):[^\s@/]*@")
_SECRET = re.compile(
    r"((?:token|secret|password|passwd|pwd|cookie|authorization|api_?key|access_?key|appsecret)[\"']?\s*[=:]\s*[\"']?)"
    r"(?:(?:bearer|basic)\s+)?[^\s\"'&,;)}]+",
    re.IGNORECASE,
)


def keep_logs(data: Path) -> None:
    """Write what is logged from now on below a data folder that exists; once a process and folder."""
    root, folder = logging.getLogger(), data / FOLDER
    if not data.is_dir() or any(isinstance(item, DayFiles) and item.folder == folder for item in root.handlers):
        return
    for item in [item for item in root.handlers if isinstance(item, DayFiles)]:
        root.removeHandler(item)
    if not root.handlers and logging.lastResort is not None:
        root.addHandler(logging.lastResort)  # a warning is still seen by whoever runs the command
    root.addHandler(DayFiles(folder))
    for room in OUR_ROOMS:
        logging.getLogger(room).setLevel(logging.INFO)


def masked(text: str) -> str:
    """A line without what opens a door."""
    return _SECRET.sub(r"\1***", _USER.sub(r"\1:***@", text))


class DayFiles(logging.Handler):
    """One file a Beijing day, by the time of the record."""

    def __init__(self, folder: Path) -> None:
        super().__init__(logging.INFO)
        self.folder = folder

    def emit(self, record: logging.LogRecord) -> None:
        """Append one line; a disk that is full or read-only must not end a run."""
        if record.levelno < logging.WARNING and record.name.partition(".")[0] not in OUR_ROOMS:
            return  # what libraries tell of their start
        at = datetime.fromtimestamp(record.created, BEIJING)
        text = record.getMessage()
        if record.exc_info and record.exc_info[0]:
            text += "\n" + "".join(traceback.format_exception(*record.exc_info)).rstrip()
        line = f"{at:%Y-%m-%d %H:%M:%S} {record.levelname} {record.process} {record.name}: {masked(text)}\n"
        try:
            path = self.folder / f"{at:%Y-%m-%d}.log"
            if not path.exists():
                self._rotate()
            with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(line)
        except OSError:
            return

    def _rotate(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        for old in sorted(self.folder.glob("????-??-??.log"))[: -KEPT + 1]:
            old.unlink(missing_ok=True)
