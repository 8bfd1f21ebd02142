"""One table holds every form of a report; the how-to's example becomes one."""

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from reports.formats import FORMATS, SHOWN, WRITTEN, Format, Wanted
from reports.model import Report

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-report-format.md"


def test_every_form_can_be_shown_or_written() -> None:
    assert set(SHOWN) | set(WRITTEN) == set(FORMATS)
    assert set(SHOWN) == {"text", "json", "junit", "sarif", "github"}


@pytest.mark.parametrize("name", [name for name in SHOWN if name != "text"])
def test_a_shown_form_names_every_finding_that_fails(report: Report, name: str) -> None:
    text = FORMATS[name].text(Wanted(report))  # type: ignore[misc]
    assert "栏目超期未更新" in text or "column.stale" in text


@pytest.mark.parametrize("name", WRITTEN)
def test_a_written_form_is_a_file(report: Report, name: str, tmp_path: Path) -> None:
    FORMATS[name].write(report, tmp_path / f"out.{name}")  # type: ignore[misc]
    assert (tmp_path / f"out.{name}").stat().st_size > 1000


def test_the_example_of_the_how_to(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"^ *```python\n(.*?)^ *```", HOW_TO.read_text(encoding="utf-8"), re.M | re.S)
    file, row = (re.sub(r"^   ", "", block, flags=re.M) for block in blocks)
    module = ModuleType("reports.markdown")
    exec(file, module.__dict__)
    monkeypatch.setitem(sys.modules, "reports.markdown", module)
    room = {"Wanted": Wanted}
    exec(row, room)
    shown = Format("markdown", text=room["_markdown"]).text(Wanted(report))  # type: ignore[arg-type, misc]
    assert f"## {report.targets[0].name}" in shown
    assert "\n- 扣分：" in shown
