"""Logs lie in DATA/logs, one file a day, the last thirty; nothing secret stands in them."""

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from inspection.log_files import KEPT, DayFiles, keep_logs, masked


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Path]:
    keep_logs(tmp_path)
    yield tmp_path / "logs"
    for item in [item for item in logging.getLogger().handlers if isinstance(item, DayFiles)]:
        logging.getLogger().removeHandler(item)


def test_lines_go_to_the_file_of_their_day(logs: Path) -> None:
    log = logging.getLogger("inspection.runs")
    for created in (1682438399.0, 1682438400.0):  # the second before and after midnight in Beijing
        record = log.makeRecord("inspection.runs", logging.INFO, "x.py", 1, "run %s begins", ("r1",), None)
        record.created = created
        log.handle(record)
    assert [path.name for path in sorted(logs.iterdir())] == ["2023-04-25.log", "2023-04-26.log"]
    assert "INFO" in (logs / "2023-04-26.log").read_text(encoding="utf-8")
    assert "run r1 begins" in (logs / "2023-04-26.log").read_text(encoding="utf-8")


def test_a_fault_is_kept_with_its_trace_and_without_its_password(logs: Path) -> None:
    try:
        raise ValueError("postgresql://xunjian:geheim@db/xunjian")
    except ValueError:
        logging.getLogger("inspection").exception("lost the database, token=%s", "abc123")
    (text,) = (path.read_text(encoding="utf-8") for path in logs.iterdir())
    assert "Traceback" in text
    assert "test_log_files.py" in text
    assert "geheim" not in text
    assert "abc123" not in text


def test_what_libraries_tell_of_themselves_is_left_out(logs: Path) -> None:
    root = logging.getLogger()
    for level in (logging.INFO, logging.WARNING):
        root.handle(root.makeRecord("scrapy.utils.log", level, "x.py", 1, "level %d", (level,), None))
    (text,) = (path.read_text(encoding="utf-8") for path in logs.iterdir())
    assert "level 30" in text
    assert "level 20" not in text


def test_old_days_go(logs: Path) -> None:
    logs.mkdir()
    for day in range(KEPT + 20):
        (logs / f"{date(2020, 1, 1) + timedelta(days=day)}.log").write_text("x", encoding="utf-8")
    logging.getLogger("inspection").info("today")
    assert len(list(logs.iterdir())) == KEPT
    assert not (logs / "2020-01-01.log").exists()


def test_a_folder_that_does_not_exist_is_not_made(tmp_path: Path) -> None:
    keep_logs(tmp_path / "none")
    logging.getLogger("inspection").info("x")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("mysql://u:p@h/d", "mysql://u:***@h/d"),
        ("Authorization: Bearer abc.def", "Authorization: ***"),
        ('{"api_key": "xyz"}', '{"api_key": "***"}'),
        ("GET http://a.gov.cn/?token=xyz&b=1", "GET http://a.gov.cn/?token=***&b=1"),
        ("http://a.gov.cn:8080/x@y", "http://a.gov.cn:8080/x@y"),
    ],
)
def test_what_opens_a_door_is_masked(line: str, shown: str) -> None:
    assert masked(line) == shown
