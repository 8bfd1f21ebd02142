"""The command line as a stranger meets it: help, wrong use, the way from `init` to a score."""

import json
import os
import re
import resource
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import cli
from commands.examples import EXAMPLES
from storage import HEAD

ROOT = Path(__file__).parents[1]
COMMANDS = {
    "init", "status", "schedule", "demo", "db upgrade", "registry import", "registry export", "nightly", "audit",
    "gate", "recheck", "findings list", "findings show", "findings confirm", "findings reject", "findings waive",
    "findings reopen", "scorecard", "report", "score", "rules", "look",
}  # fmt: skip
HEAVY = ("scrapy", "twisted", "sqlalchemy", "playwright", "numpy", "jieba", "lxml", "bs4", "openpyxl", "docx", "jinja2")
Run = Callable[..., tuple[int, str, str]]


def all_commands() -> dict[str, typer.models.CommandInfo]:
    app = cli.build_app()
    found = {_name(info): info for info in app.registered_commands}
    for group in app.registered_groups:
        assert group.typer_instance is not None
        found |= {f"{group.name} {_name(info)}": info for info in group.typer_instance.registered_commands}
    return found


def _name(info: typer.models.CommandInfo) -> str:
    return info.name or (info.callback.__name__.replace("_", "-") if info.callback else "")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.run(list(arguments))
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


@pytest.fixture
def office(run: Run) -> Run:
    assert run("init")[0] == 0
    return run


def test_every_command_that_works_is_listed() -> None:
    assert set(all_commands()) >= COMMANDS


@pytest.mark.parametrize("command", sorted(all_commands()))
def test_every_command_explains_itself_in_chinese(run: Run, command: str) -> None:
    code, out, err = run(*command.split(), "--help")
    assert (code, err) == (0, "")
    assert "Show this message" not in out
    assert any("\u4e00" <= letter <= "\u9fff" for letter in out)
    assert all_commands()[command].callback.__doc__  # type: ignore[union-attr]


@pytest.mark.parametrize("command", sorted(all_commands()))
def test_every_command_shows_two_examples_that_it_would_take(run: Run, command: str) -> None:
    examples = EXAMPLES[command]
    assert len(set(examples)) == 2
    code, out, _ = run(*command.split(), "--help")
    assert code == 0
    for example in examples:
        assert example in out
        words = shlex.split(example)
        assert " ".join(words[1 : 1 + len(command.split())]) == command
        leaf = typer.main.get_command(cli.build_app())
        for name in command.split():
            leaf = leaf.commands[name]  # type: ignore[attr-defined]
        leaf.make_context(command, words[1 + len(command.split()) :])  # refuses unknown options and too many words


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_commands_are_completed(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli", "--show-completion", shell],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},  # named, not guessed from our parent
    )  # fmt: skip
    assert done.returncode == 0
    assert "_XUNJIAN_COMPLETE" in done.stdout
    asked = {"_XUNJIAN_COMPLETE": "complete_bash", "COMP_WORDS": "xunjian find", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "cli"],
        cwd=ROOT,
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["findings"]


def test_help_names_only_the_formats_a_command_has(run: Run) -> None:
    for command in sorted(all_commands()):
        _, out, _ = run(*command.split(), "--help")
        if found := re.search(r"输出格式：([\w、\s]+?)\s+\[default", out):
            wanted = re.sub(r"\s", "", found[1]).split("、")
            assert ("junit" in wanted) == (command in {"nightly", "audit", "gate", "recheck"}), command


def test_help_of_the_program_names_its_commands() -> None:
    result = CliRunner().invoke(cli.build_app(), ["--help"])
    for command in COMMANDS:
        assert command.split()[0] in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nosuch",), "nosuch"),
        (("findings", "nosuch"), "nosuch"),
        (("gate",), ""),
        (("gate", "--nosuch"), "--nosuch"),
        (("gate", "http://a.invalid", "--max-pages", "0"), "--max-pages"),
        (("gate", "http://a.invalid", "--max-pages", "x"), "--max-pages"),
        (("status",), "xunjian init"),
        (("nightly",), "xunjian init"),
        (("nightly", "--format", "pdf"), "pdf"),
        (("nightly", "--as-of", "2023-13-01"), "2023-13-01"),
        (("score", "missing.yaml"), "missing.yaml"),
        (("rules", "no.such"), "no.such"),
        (("rules", "confirm", "D1.1"), "--by"),
        (("look", "missing.html"), "missing.html"),
        (("recheck", "r1"), "xunjian init"),
        (("registry", "import", "missing.xlsx"), ""),
        (("schedule", "--data", "missing"), "missing"),
    ],
)
def test_wrong_use_exits_two_with_one_sentence(run: Run, arguments: tuple[str, ...], words: str) -> None:
    code, out, err = run(*arguments)
    assert code == 2
    assert out == ""
    assert err.count("\n") == 1, err
    assert words in err
    assert any("\u4e00" <= letter <= "\u9fff" for letter in err), err


def test_errors_inside_an_office_exit_two_with_one_sentence(office: Run) -> None:
    for arguments in (
        ("nightly",),
        ("audit", "民政局"),
        ("recheck", "r9"),
        ("scorecard",),
        ("scorecard", "--run", "r9"),
        ("findings", "show", "abc"),
        ("findings", "list", "民政局"),
        ("findings", "reject", "abc", "--by", "王敏", "--reason", "x"),
        ("rules", "confirm", "NO.1", "--by", "王敏"),
        ("rules", "confirm", "D1.1", "--by", '"\n'),
        ("nightly", "--resume", "r9"),
    ):
        code, out, err = office(*arguments)
        assert (code, out, err.count("\n")) == (2, "", 1), (arguments, err)


def test_broken_rules_are_told_all_at_once_with_lines(office: Run) -> None:
    path = Path("data/rules.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("page_budget: 20000", "page_budget: many\n  nosuch: 1"), encoding="utf-8")
    code, out, err = office("rules")
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert len(lines) >= 3
    assert "page_budget" in err
    assert "nosuch" in err


def test_init_twice_keeps_the_offices_rules(office: Run) -> None:
    own = Path("data/rules.yaml")
    own.write_text(own.read_text(encoding="utf-8") + "# ours\n", encoding="utf-8")
    code, out, _ = office("init")
    assert code == 0
    assert "已就绪" in out
    assert own.read_text(encoding="utf-8").endswith("# ours\n")
    code, out, _ = office("db", "upgrade")
    assert (code, out.strip()[-4:]) == (0, HEAD)


def test_a_folder_that_cannot_be_made_is_one_sentence(run: Run) -> None:
    Path("file").write_text("x")
    code, _, err = run("init", "--data", "file/data")
    assert (code, err.count("\n")) == (2, 1)


def test_registry_is_previewed_written_and_exported(office: Run) -> None:
    Path("sites.csv").write_text(
        "网站标识码,网站名称,主办单位,首页网址,网站类型\n2101000001,甲市政府门户网站,甲市政府办公室,http://www.jia.gov.cn/,市门户\n",
        encoding="utf-8",
    )
    code, out, _ = office("registry", "import", "sites.csv")
    assert code == 0
    assert "预览" in out
    assert office("registry", "export", "none.yaml")[0] == 0
    assert "jia.gov.cn" not in Path("none.yaml").read_text(encoding="utf-8")
    assert "已写入" in office("registry", "import", "sites.csv", "--apply")[1]
    for name in ("all.yaml", "all.xlsx"):
        code, out, _ = office("registry", "export", name)
        assert (code, Path(name).exists()) == (0, True)
    assert "jia.gov.cn" in Path("all.yaml").read_text(encoding="utf-8")
    assert "已写入" not in office("registry", "import", "all.yaml", "--apply")[1]


def test_a_bad_row_writes_nothing(office: Run) -> None:
    Path("sites.csv").write_text(
        "网站标识码,网站名称,主办单位,首页网址,网站类型\n1,甲,甲办,http://www.jia.gov.cn/,市门户\n2,乙,乙办,not an address,部门\n",
        encoding="utf-8",
    )
    code, out, err = office("registry", "import", "sites.csv", "--apply")
    assert code == 2
    assert "没有写入" in err
    assert "3" in out
    office("registry", "export", "all.yaml")
    assert "jia.gov.cn" not in Path("all.yaml").read_text(encoding="utf-8")


def test_rules_are_shown_and_a_row_confirmed(office: Run) -> None:
    code, out, _ = office("rules")
    assert code == 0
    pending = next(line.split()[0] for line in out.splitlines() if "待核" in line)
    assert "column.stale" in out
    assert "建议" in office("rules", "column.stale")[1]
    code, out, _ = office("rules", "confirm", pending, "--by", "王敏")
    assert (code, "王敏" in out) == (0, True)
    line = next(line for line in office("rules")[1].splitlines() if line.startswith(f"{pending} "))
    assert "待核" not in line


def test_score_of_a_hand_written_list(run: Run) -> None:
    Path("list.yaml").write_text(
        "target: {kind: department, service_function: true}\nfindings: [{indicator: D1.5, count: 1}]\n",
        encoding="utf-8",
    )
    code, out, _ = run("score", "list.yaml", "--format", "json")
    answer = json.loads(out)
    assert code == 0
    assert (answer["verdict"], answer["vetoes"]) == ("pass", [])
    assert answer["deductions"][0]["indicator"] == "D1.5"
    assert run("score", "list.yaml")[0] == 0


def test_status_of_a_new_office(office: Run) -> None:
    code, out, _ = office("status")
    assert (code, out.splitlines()[0]) == (0, "还没有巡检批次。")
    told = {"schema": "xunjian.status/1", "runs": [], "going": [], "jobs": []}
    assert json.loads(office("status", "--format", "json")[1]) == told
    assert office("findings", "list")[1] == "没有问题。\n"


def cpu_seconds(*code: str) -> Iterator[float]:
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *code], cwd=ROOT, check=True, capture_output=True, env={**os.environ})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        yield after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_costs_less_than_four_tenths_of_a_second() -> None:
    assert min(cpu_seconds("-m", "cli", "--help")) < 0.4


@pytest.mark.parametrize("arguments", [["--help"], ["gate", "--help"], ["rules", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = f"import sys, cli; cli.run({arguments!r}); print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_without_a_command_the_help_is_shown_and_the_last_line_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["db"], ["findings"]):
        assert cli.run(arguments) == 2
        told = capsys.readouterr()
        assert "Commands" in told.out or "日常" in told.out
        assert told.err == "缺少命令；以上是可用的命令\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["demo", "--data", "{file}"],
        ["init", "--data", "{file}"],
        ["gate", "{site}", "--html", "{file}"],
        ["gate", "{file}"],
        ["gate", ""],
        ["report", "--html", "{file}", "--data", "{data}"],
        ["recheck", "r", "--html", "{file}", "--data", "{data}"],
        ["nightly", "--html", "{file}/below", "--data", "{data}"],
        ["registry", "export", "{file}/below.xlsx", "--data", "{data}"],
        ["worksheet", "import", "{file}", "--data", "{data}"],
        ["demo", "--as-of", "昨天"],
        ["demo", "--size", "huge"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_written_is_refused_with_one_sentence(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, data, site = tmp_path / "file.xlsx", tmp_path / "data", tmp_path / "site"
    file.write_bytes(b"no folder")
    site.mkdir()
    (site / "index.html").write_text("<h1>x</h1>", encoding="utf-8")
    assert cli.run(["init", "--data", str(data)]) == 0
    capsys.readouterr()
    assert cli.run([word.format(file=file, data=data, site=site) for word in arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "Errno" not in told.err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("xunjian ")


def test_every_command_stands_in_one_group_of_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--help"]) == 0
    told = capsys.readouterr().out
    assert [title for title in ("日常:", "人工:", "配置:", "开发:") if title in told] == [
        "日常:",
        "人工:",
        "配置:",
        "开发:",
    ]
    assert "其他:" not in told, "place the new command in commands/groups.py"


def test_a_reader_that_has_seen_enough_is_no_failure() -> None:
    command = f"set -o pipefail; {sys.executable} cli.py rules | head -1"
    ended = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
