"""What one answer may break: itself. A crash is logged with its address and counted; only many of them end a run."""

import logging

from crawler.engine.archive import Archive
from domain.errors import XunjianError

log = logging.getLogger(__name__)

MOST = 500  # in one process: then it is the program, not the pages


class Crashes:
    """The crashes of one crawl."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.count = 0

    def note(self, where: str, error: Exception) -> None:
        """Log one crash; after too many the crawl stops as it does when the store fails."""
        log.error("%s: could not be read", ascii(where), exc_info=error)
        self.count += 1
        if self.count > MOST and self.archive.error is None:
            self.archive.error = XunjianError(f"已有 {self.count} 个页面使程序出错，采集停止；请查看日志。")
