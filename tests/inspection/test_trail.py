"""The trail of an office: acts of persons are in it, masked; nights are not; tampering is named by the command."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from staff import PERSONS, STALE, office

import cli
from domain.persons import Role
from domain.ports import Store
from domain.trail import Act, Deed

INSPECTOR = PERSONS[Role.INSPECTOR]
OWN = STALE[0].fingerprint


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return office(tmp_path)


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*words: str) -> tuple[int, str, str]:
        code = cli.run([*words, "--data", str(tmp_path)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def deeds(store: Store) -> list[Deed]:
    return [Deed.read(entry.text) for entry in store.trail()]


def test_acts_of_persons_stand_in_it_with_who_what_from_and_to(
    store: Store, call: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    (tmp_path / "rules.yaml").write_text("extends: builtin\n", encoding="utf-8")
    assert call("findings", "confirm", OWN, "--by", INSPECTOR.id)[0] == 0
    assert call("findings", "reject", OWN, "--by", INSPECTOR.id, "--reason", "电话 13812345678 说没有")[0] == 0
    assert call("rules", "confirm", "D1.1", "--by", INSPECTOR.id)[0] == 0
    assert call("period", "open", "2023-05", "--by", INSPECTOR.id)[0] == 0
    assert call("period", "close", "2023-05", "--by", INSPECTOR.id)[0] == 0
    assert (
        call("notice", "--period", "2023-05", "-o", str(tmp_path / "a.docx"), "--despite", "x", "--by", INSPECTOR.id)[0]
        == 0
    )
    assert call("period", "reopen", "2023-05", "--reason", "补判", "--by", INSPECTOR.id)[0] == 0
    found = deeds(store)
    assert [deed.act for deed in found] == [
        Act.REVIEW,
        Act.REVIEW,
        Act.RULES,
        *[Act.PERIOD] * 2,
        Act.NOTICE,
        Act.PERIOD,
    ]
    assert {deed.by for deed in found} == {INSPECTOR.name}
    assert all(deed.account for deed in found)
    assert found[1].was == "新增，已确认"
    assert "138****5678" in found[1].now
    code, out, _ = call("trail", "list", OWN[:8])
    assert code == 0
    assert out.count(OWN) == 2


def test_refused_acts_leave_no_trace_and_nights_do_not_fill_it(
    store: Store, call: Callable[..., tuple[int, str, str]]
) -> None:
    assert call("findings", "confirm", OWN, "--by", PERSONS[Role.AUDITOR].id)[0] == 2
    assert call("findings", "confirm", "ffffffff", "--by", INSPECTOR.id)[0] == 2
    assert call("period", "close", "2023-05", "--by", INSPECTOR.id)[0] == 2
    store.save_findings(STALE)
    assert deeds(store) == []


def test_a_changed_row_is_named_and_what_was_cut_off_is_seen(
    store: Store, call: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    for name in ("2023-05", "2023-06", "2023-07"):
        call("period", "open", name, "--by", INSPECTOR.id)
    code, out, _ = call("trail", "verify")
    assert (code, "3 条留痕完好" in out) == (0, True)
    head = out.split()[-1]
    assert call("trail", "verify", "--head", head)[0] == 0
    with sqlite3.connect(tmp_path / "xunjian.db") as connection:
        connection.execute("DELETE FROM trail WHERE number = 3")
    assert call("trail", "verify")[0] == 0
    assert call("trail", "verify", "--head", head)[0] == 1
    with sqlite3.connect(tmp_path / "xunjian.db") as connection:
        connection.execute("UPDATE trail SET document = replace(document, '2023-06', '2023-08') WHERE number = 2")
    code, out, err = call("trail", "verify")
    assert (code, out) == (1, "")
    assert "第 2 条的内容被改动；此前 1 条完好" in err


def test_it_is_exported_to_read_and_to_verify(
    store: Store, call: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    call("period", "open", "2023-05", "--by", INSPECTOR.id)
    with sqlite3.connect(tmp_path / "xunjian.db") as connection:
        connection.execute("INSERT INTO trail VALUES (2, 'x', 'no json', 'y')")
    assert call("trail", "export", str(tmp_path / "t.csv"))[0] == 0
    assert call("trail", "export", str(tmp_path / "t.jsonl"))[0] == 0
    assert "2023-05" in (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    rows = [json.loads(line) for line in (tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["number"] for row in rows] == [1, 2]
    assert "内容已损坏" in call("trail", "list")[1]
    assert call("trail", "export", str(tmp_path / "t.pdf"))[0] == 2
