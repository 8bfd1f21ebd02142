"""Wrong command lines and files: one sentence, an exit code, nothing half-applied."""

import json
from pathlib import Path

import pytest

import cli
from reports.notice.docx import TEMPLATES

APRIL = str(Path(__file__).parent / "notices" / "april.yaml")


@pytest.fixture
def data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert cli.run(["init", "--data", str(tmp_path / "data")]) == 0
    capsys.readouterr()
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["notice"], 2, "--period"),
        (["notice", "--period", "2023-04"], 2, "没有考核期 2023-04"),
        (["notice", "--facts", "none.yaml"], 2, "没有这个文件"),
        (["notice", "--facts", APRIL, "-o", "{folder}/通报.pdf"], 2, "请用 .docx"),
        (["notice", "--facts", APRIL, "-o", "{folder}/none/通报.docx"], 2, "不能写入"),
        (["notice", "--facts", APRIL, "--family", "yearly"], 2, "没有“yearly”这种通报"),
        (["notice", "--facts", APRIL, "--due", "五月"], 2, "不是日期"),
        (["notice", "--facts", APRIL, "--due", "2023-05-01"], 2, "早于成文日期"),
        (["notice", "--facts", APRIL, "--template", "{folder}/none.docx", "-o", "{folder}/通报.docx"], 2, "模板"),
        (["notice", "--facts", APRIL, "--format", "junit"], 2, "输出格式"),
        (["period", "open", "四月", "--by", "王敏"], 2, "不是考核期"),
        (["period", "open", "2023-04"], 2, "--by"),
        (["period", "open", "2023-04", "--by", "王敏", "--cutoff", "月底"], 2, "不是时间"),
        (["period", "open", "2025-第5次", "--by", "王敏", "--from", "5月8日"], 2, "不是日期"),
        (["period", "open", "2023-04", "--by", "王敏", "--cutoff", "2023-05-10"], 2, "不在本期之内"),
        (["period", "open", "2023-04", "--by", "王敏", "--from", "2023-04-08"], 2, "不能另写"),
        (["period", "open", "2023-第0次", "--by", "王敏", "--from", "2023-04-01", "--to", "2023-04-08"], 2, "从 1 起"),
        (["period", "open", "2023-第5次", "--by", "王敏", "--from", "2023-04-01", "--to", "2023-04-08", "--nth", "4"], 2, "第 5 次检查"),
        (["period", "open", "2023-04", "--by", "   "], 2, "只有空格"),
        (["period", "close", "2023-04", "--by", "王敏"], 2, "没有考核期"),
        (["period", "show", "2023-04"], 2, "没有考核期"),
        (["scorecard", "--period", "2023-04", "--run", "r"], 2, "不能与"),
    ],
)  # fmt: skip
def test_each_mistake_is_one_sentence(
    arguments: list[str], code: int, said: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [word.format(folder=tmp_path) for word in arguments]
    before = sorted(tmp_path.iterdir())
    assert cli.run([*words, "--data", str(data)]) == code
    told = capsys.readouterr()
    assert said in told.err
    assert told.err.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_a_period_without_a_night_is_not_closed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["period", "open", "2023-04", "--by", "王敏", "--data", str(data)]) == 0
    assert cli.run(["period", "close", "2023-04", "--by", "王敏", "--data", str(data)]) == 3
    assert "没有任何完整的判定" in capsys.readouterr().err
    assert cli.run(["period", "list", "--data", str(data)]) == 0
    assert "进行中  未关闭过" in capsys.readouterr().out


def test_a_period_without_a_night_has_no_notice(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "2023-04-08..2023-04-20"
    assert cli.run(["period", "open", name, "--by", "王敏", "--data", str(data)]) == 0
    capsys.readouterr()
    assert cli.run(["notice", "--period", name, "-o", str(tmp_path / "a.docx"), "--data", str(data)]) == 3
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert not list(tmp_path.glob("a.*"))


@pytest.mark.parametrize(
    "figures",
    [
        [{"kind": "sites.inspected", "n": 0}, {"kind": "sites.passed", "n": 0}],
        [{"kind": "sites.inspected", "n": 0}, {"kind": "sites.passed", "n": 0, "of": 0}],
        [{"kind": "accounts.registered", "n": 0}, {"kind": "accounts.passed", "n": 0}],
    ],
)
def test_verdicts_without_anybody_inspected_contradict(
    figures: list[dict[str, object]], data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"period": "2023-04", "figures": figures}), encoding="utf-8")
    assert cli.run(["notice", "--facts", str(facts), "--data", str(data)]) == 2
    told = capsys.readouterr()
    assert "没有检查任何" in told.out
    assert "全部合格" not in told.out


def test_both_files_are_written_or_neither(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.sources.json").mkdir()
    assert cli.run(["notice", "--facts", APRIL, "-o", str(tmp_path / "a.docx"), "--data", str(data)]) == 2
    assert "a.sources.json（是文件夹" in capsys.readouterr().err
    assert not (tmp_path / "a.docx").exists()


def test_the_template_is_never_written_over(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.docx"
    own.write_bytes((TEMPLATES / "short.docx").read_bytes())
    before = own.read_bytes()
    command = ["notice", "--facts", APRIL, "--template", str(own), "-o", str(own), "--data", str(data)]
    assert cli.run(command) == 2
    assert "是模板本身" in capsys.readouterr().err
    assert own.read_bytes() == before


def test_contradictions_are_listed_and_leave_no_file(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "facts.json"
    figures = [
        {"kind": "sites.passed", "n": 437, "of": 461, "printed": "95.0"},
        {"kind": "messages.received", "n": 1},
        {"kind": "messages.true", "n": 2},
    ]
    facts.write_text(json.dumps({"period": "2021-Q4", "figures": figures}), encoding="utf-8")
    command = ["notice", "--facts", str(facts), "-o", str(tmp_path / "a.docx"), "--data", str(data)]
    assert cli.run(command) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 3
    assert "通报的数字自相矛盾（2 处）" in told.err.splitlines()[-1]
    assert not list(tmp_path.glob("*.docx")) + list(tmp_path.glob(".*.part"))
    assert cli.run([*command, "--despite", "照录原件"]) == 0
    assert (tmp_path / "a.docx").exists()


def test_json_is_one_document_and_nothing_else(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["notice", "--facts", APRIL, "--format", "json", "--data", str(data)]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == "xunjian.notice/1"
