"""What foreign text may do to a terminal, to a spreadsheet, to a list of processes: nothing."""

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from trap_desk import open_desk
from trap_server import Host, Reply, serving

import storage
from commands.printing import harmless
from domain.errors import StoreError
from domain.targets import Registry, Site, Unit
from registry.plain_cells import cell_of, plain_cell
from scheduled_work import Place

ROOT = Path(__file__).parents[2]
STEERING = [
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://evil/\x1b\\x",
    "\x9b31m",
    "\r\x1b[Kgone",
    "\u202egnp.exe",
    "a\x08b",
    "\ud83d",
    "\x7f",
]


@pytest.mark.parametrize("text", STEERING)
def test_nothing_steers_the_terminal(text: str) -> None:
    shown = harmless(f"标题 {text} 完")
    assert not set(shown) & set("\x1b\x07\x9b\r\x08\x7f\u202e\ud83d")
    assert shown.startswith("标题 ")
    shown.encode()
    document = json.dumps({"title": text}, ensure_ascii=False)
    assert not set(harmless(document)) & set("\x1b\x07\x9b\r\x08\x7f\u202e\ud83d")
    assert json.loads(harmless(document)) == {"title": text}  # a document says what it said


def test_a_page_with_sequences_is_printed_as_text(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        f"<title>{STEERING[0]}{STEERING[1]}&#27;[2J</title><h1>x</h1><p>{'市政府会议。' * 40}{STEERING[3]}</p>",
        errors="replace",
    )
    for arguments in (("look", str(page)), ("proof", str(page)), ("look", str(page), "--format", "json")):
        done = subprocess.run(
            [sys.executable, "-m", "cli", *arguments], cwd=ROOT, capture_output=True, check=False, timeout=60
        )
        assert b"\x1b" not in done.stdout + done.stderr
        assert b"\xc2\x9b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "+1",
        "-2",
        "@x",
        " =1",
        "\t=1",
        "'=1",
        "''=1",
        "＝1",
        "'x",
        "x'=1",
        "024-12345678",
        "",
        "'",
        "普通名称",
    ],
)
def test_a_csv_cell_runs_nothing_and_reads_back_the_same(text: str) -> None:
    written = plain_cell(text)
    assert not written.lstrip(" \t").startswith(("=", "+", "-", "@", "＝"))
    assert cell_of(written) == text


def test_a_registry_with_formulas_comes_back_as_it_was(tmp_path: Path) -> None:
    from registry import build, export, read_file

    units = (Unit("=cmd", "=cmd"), Unit("'+x", "'+x"))
    sites = (Site("2101000001", "@某某网", "http://a.gov.cn/", unit_id="=cmd"),)
    before = Registry(units=units, sites=sites)
    export(before, tmp_path / "all.csv")
    written = "".join(path.read_text(encoding="utf-8-sig") for path in tmp_path.glob("*.csv"))
    assert ",=cmd" not in written
    assert "\n=cmd" not in written
    again = build(read_file(tmp_path / "all.csv"), Registry(), as_of=date(2023, 4, 26)).registry
    assert {unit.name for unit in again.units} == {unit.name for unit in units}
    assert [site.name for site in again.sites] == ["@某某网"]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://u:S3cret@127.0.0.1:1/x", "postgresql+psycopg://u@127.0.0.1:1/x?password=S3cret", "postgressql://u:S3cret@h/x",
        "postgres:/u:S3cret@h/x", "mysql://u:S3cret@h/x", "//u:S3cret@h", "postgresql+psycopg://u@127.0.0.1:1/x?passfile=/x&sslpassword=S3cret",
        "host=127.0.0.1 user=u password=S3cret", "postgresql+psycopg://u:S3cret@127.0.0.1:1/x?bad option=S3cret",
    ],
)  # fmt: skip
def test_no_sentence_tells_a_password(tmp_path: Path, url: str) -> None:
    with pytest.raises(StoreError) as told:
        storage.open_store(url, tmp_path)
    assert "S3cret" not in str(told.value)
    assert "S3cret" not in storage.shown(url).replace("option=S3cret", "")
    for command in (
        ["init", "--data", str(tmp_path / "d"), "--db", url],
        ["status", "--data", str(tmp_path), "--db", url],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "cli", *command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
        )
        assert "S3cret" not in done.stdout + done.stderr


def test_no_list_of_processes_shows_the_database(tmp_path: Path) -> None:
    assert "S3cret" not in " ".join(Place(tmp_path, "postgresql://u:S3cret@h/x").options("nightly"))
    assert Place(tmp_path, "postgresql://u:S3cret@h/x").environment["XUNJIAN_DB"].endswith("S3cret@h/x")
    host = Host({}, other=lambda asked: Reply(body=b"<title>x</title>", delay=0.5))
    with serving(host):
        desk = open_desk(tmp_path, f"http://127.0.0.1:{host.port}/")
        code = f"from inspection.runs.children import crawl; from inspection.runs.run import start_run; import sys; crawl({'r'!r}, {desk.order().db!r}, {str(tmp_path)!r})"
        with subprocess.Popen([sys.executable, "-c", code.replace("'r'", repr(_run(desk)))], cwd=ROOT) as parent:
            lines = _command_lines_of_children(parent.pid)
            parent.wait(60)
        desk.store.close()
    assert lines
    assert not [line for line in lines if "sqlite" in line or "xunjian.db" in line]


def _run(desk) -> str:  # type: ignore[no-untyped-def]
    from inspection.runs.run import start_run

    return start_run(desk.order(), desk.store).id


def _command_lines_of_children(parent: int) -> list[str]:
    import psutil

    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if found := [" ".join(child.cmdline()) for child in psutil.Process(parent).children(recursive=True)]:
            return found
        time.sleep(0.02)
    return []
