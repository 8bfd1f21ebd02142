"""Where in a folder of built HTML a finding stands: public/news/7.html:41."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from domain.findings import Finding
from inspection.runs.served_folder import served_as
from reports.model import FilePlace, Report

MAX_BYTES = 5_000_000


def places_of(report: Report, folder: Path, base: str, defaults: Sequence[str] = ()) -> dict[str, FilePlace]:
    """Fingerprint -> the first page of a finding as a file, with the line that shows it."""
    found = {}
    for records in report.records.values():
        for record in records:
            if place := place_of(record.finding, folder, base, defaults):
                found[record.fingerprint] = place
    return found


def place_of(finding: Finding, folder: Path, base: str, defaults: Sequence[str] = ()) -> FilePlace | None:
    """The file of a finding's first page that lies in the folder; None when there is none."""
    pages = (*finding.found_on, finding.ref.url)
    file = next((file for url in pages if (file := _file(url, folder, base, defaults))), None)
    if file is None:
        return None
    return FilePlace(file.as_posix(), next(_lines(file, _marks(finding)), 0))


def _file(url: str, folder: Path, base: str, defaults: Sequence[str]) -> Path | None:
    if not url.startswith(base):
        return None
    found = served_as(f"{folder}/{unquote(urlsplit(url).path).lstrip('/')}", defaults)
    found = served_as(f"{found}/", defaults) if Path(found).is_dir() else found
    is_inside = Path(found).resolve().is_relative_to(folder.resolve())
    return Path(found) if is_inside and Path(found).is_file() else None


def _marks(finding: Finding) -> Iterator[str]:
    """What to look for, the surest first: the quoted sentence, the wrong words, the address of a link."""
    for name in ("sentence", "wrong", "text", "label"):
        if isinstance(value := finding.facts.get(name), str) and len(value) > 1:
            yield value
    path = urlsplit(finding.ref.url).path
    if finding.found_on and finding.ref.url not in finding.found_on and path.strip("/"):
        yield path
        yield path.rpartition("/")[2]


def _lines(file: Path, marks: Iterator[str]) -> Iterator[int]:
    data = file.read_bytes()[:MAX_BYTES]
    text = data.decode("utf-8", "replace") if b"\xef\xbf\xbd" not in data else data.decode("gb18030", "replace")
    lines = text.splitlines()
    for mark in marks:
        yield from (number for number, line in enumerate(lines, 1) if mark in line)
