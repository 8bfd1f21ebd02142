"""Answers that every browser shows and Twisted's parser refuses: long lines, odd header names, unusable lengths."""

import re

from twisted.web import _newclient
from twisted.web._newclient import HTTPClientParser

_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LENGTH = re.compile(rb"\s*\d+\s*(?:,\s*\d+\s*)*")
LONGEST_LINE = 262_144  # bytes, as in Chromium for a whole head


class LenientParser(HTTPClientParser):
    """Reads the head of an answer as browsers do: what is no header is passed over."""

    MAX_LENGTH = LONGEST_LINE

    def lineReceived(self, line: bytes) -> None:
        """Drop a line without a colon, and one that goes on from nothing."""
        if self.state == _newclient.HEADER:
            if self._partialHeader is not None and not _is_header(b"".join(self._partialHeader)):
                self._partialHeader = None
            if self._partialHeader is None and line[:1] in b" \t" and line.strip():
                return
        super().lineReceived(line)  # type: ignore[no-untyped-call]

    def headerReceived(self, name: bytes, value: bytes) -> None:
        """Keep what can be used: a length that is a number, a transfer encoding that is one."""
        name = name.rstrip(b" \t")
        if not _TOKEN.fullmatch(name):
            return
        lower = name.lower()
        if lower == b"content-length" and not _LENGTH.fullmatch(value):
            return
        if lower == b"transfer-encoding":
            if not value.lower().rstrip().endswith(b"chunked"):
                return
            value = b"chunked"
        super().headerReceived(name, value)  # type: ignore[no-untyped-call]


def _is_header(line: bytes) -> bool:
    return b":" in line


def install() -> None:
    """Let every connection of this process read answers so."""
    _newclient.HTTPClientParser = LenientParser  # type: ignore[misc]
