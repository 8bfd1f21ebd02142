"""Days as workbooks count them: from 1900, or from 1904 in those of older programs for the Mac."""

import re
import zipfile
from datetime import datetime, timedelta
from io import BytesIO

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell names no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_FLAG = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true|on)[\"']", re.I)
_LARGEST = 4_000_000  # bytes of a workbook part
_NEARLY = timedelta(seconds=60)
LATE_BY = timedelta(days=1462)  # by how much a day is too early where 1904 was taken for 1900


def counts_from_1904(data: bytes) -> bool:
    """Whether an XLSX says that its day 0 is 1904-01-01; False for anything else."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            part = package.getinfo("xl/workbook.xml")
            return part.file_size < _LARGEST and bool(_FLAG.search(package.read(part)))
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError):
        return False


def serial_moment(number: float, from_1904: bool = False) -> datetime:
    """The moment of a serial day, to the second."""
    return (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(seconds=round(number * 86400))


def whole_day(moment: datetime) -> datetime:
    """A midnight that a program stored up to a minute short: JavaScript's offset of Shanghai before 1901 costs 43 seconds."""
    rounded = moment + _NEARLY
    late = rounded.date() > moment.date()
    return datetime(rounded.year, rounded.month, rounded.day) if late else moment  # noqa: DTZ001
