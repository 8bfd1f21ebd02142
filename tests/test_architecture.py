"""Who may import whom above the rooms, and how big files are."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("domain", "registry", "crawler", "checks", "storage", "scorecards", "reports", "inspection")
OURS = (*ROOMS, "commands", "democity", "training", "tools", "web")
OUTER = [ROOT / "cli.py", ROOT / "scheduler.py", *sorted((ROOT / "commands").glob("*.py"))]


def imports(path: Path) -> Iterator[str]:
    """Every module a file names, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""


def at_start(path: Path) -> Iterator[str]:
    """Modules a file imports as soon as it is loaded."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def sources() -> list[Path]:
    rooms = [path for room in (*OURS,) for path in sorted((ROOT / room).rglob("*.py"))]
    return [ROOT / "cli.py", ROOT / "scheduler.py", *rooms]


def room(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("path", OUTER, ids=lambda path: path.name)
def test_the_outer_ring_knows_no_framework_of_the_inner_rooms(path: Path) -> None:
    frameworks = {"scrapy", "twisted", "playwright", "sqlalchemy", "alembic", "bs4", "lxml", "jieba", "numpy", "docx"}
    assert {room(module) for module in imports(path)} & frameworks == set()


@pytest.mark.parametrize("path", OUTER[2:], ids=lambda path: path.name)
def test_commands_load_nothing_but_the_domain_before_they_run(path: Path) -> None:
    early = {module for module in at_start(path) if room(module) in OURS and room(module) not in {"domain", "commands"}}
    assert early <= {"reports.formats"}  # what --format accepts; it loads a form when it is wanted


def test_the_table_of_formats_is_light() -> None:
    assert {room(module) for module in at_start(ROOT / "reports/formats.py") if room(module) in OURS} == {"domain"}


def test_the_scheduler_holds_no_domain_logic() -> None:
    files = ("scheduler.py", "scheduler_watch.py", "scheduled_work.py", "timetable.py")
    ours = {module for name in files for module in imports(ROOT / name) if room(module) in OURS}
    assert {name for name in ours if not name.startswith("inspection.operations.")} == {
        "domain.errors", "domain.operations", "inspection.locks", "inspection.log_files", "inspection.letters.working_days"
    }  # fmt: skip
    assert "domain.ports" not in ours  # it asks the journal and the plan, and nothing of what is inspected


def test_the_way_in_knows_commands_and_errors_only() -> None:
    known = {module for module in imports(ROOT / "cli.py") if room(module) in OURS}
    assert all(module.startswith("commands.") or module == "domain.errors" for module in known)


def test_the_rooms_do_not_know_who_calls_them() -> None:
    upward = {"cli", "scheduler", "commands", "web", "tests"}
    for path in sources():
        if path.relative_to(ROOT).parts[0] in ROOMS:
            assert {room(module) for module in imports(path)} & upward == set(), path


def test_only_the_demo_knows_the_demo_city() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in sources()
        if path.relative_to(ROOT).parts[0] not in {"democity", "tools", "training"}
        and any(room(module) == "democity" for module in imports(path))
    }
    assert users == {"inspection/runs/demo.py", "inspection/texts/teaching.py"}  # the latter: its sentences only


def test_the_demo_never_sees_the_answer_sheet() -> None:
    text = (ROOT / "inspection/runs/demo.py").read_text(encoding="utf-8")
    assert ".answer_sheet(" not in text
    assert "democity.answers" not in text


def test_the_demo_city_knows_nothing_but_the_domain() -> None:
    for path in sorted((ROOT / "democity").rglob("*.py")):
        known = {room(module) for module in imports(path)} & set(OURS)
        assert known <= {"democity", "domain"}, path


def test_files_are_small() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert {path.name: n for path, n in lengths.items() if n > 500} == {}
    assert statistics.median(lengths.values()) <= 120


def test_the_judging_process_keeps_the_crawler_out_of_its_memory() -> None:
    code = "import sys, inspection.runs.run, inspection.results.report, commands.display; print(sorted({'scrapy', 'twisted', 'playwright', 'aiohttp'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"


CHINESE = re.compile("[\u4e00-\u9fff]")
READERS = {"crawler/parsing", "crawler/platforms", "registry", "commands", "reports", "domain/numerals.py"}


def compared_words(path: Path) -> Iterator[str]:
    """Chinese literals that a comparison or `startswith` asks for."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        asked: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            asked = [node.left, *node.comparators]
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"startswith", "endswith"}
        ):
            asked = node.args
        for expression in asked:
            for part in ast.walk(expression):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and CHINESE.search(part.value):
                    yield f"{path.relative_to(ROOT)}:{node.lineno} {part.value}"


def test_no_branch_hangs_on_a_chinese_sentence() -> None:
    """Readers of pages and sheets ask for words; what we say ourselves is told apart by values."""
    for path in sources():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(("domain", "storage", "scorecards", "inspection", "crawler")) and not name.startswith(
            tuple(READERS)
        ):
            assert not list(compared_words(path))
