"""A backup holds everything, is made while a night runs, and is put back whole or not at all."""

import io
import os
import random
import resource
import signal
import sqlite3
import subprocess
from pathlib import Path

import pytest

import cli
from checks.rules.rulebook import load_rules
from domain.errors import UsageError
from domain.persons import BY_CLOCK, Actor
from domain.ports import Store
from domain.times import BEIJING
from inspection import clock
from inspection.operations.backup import Place, drop_oldest, make_backup, planned_file
from inspection.operations.backup_file import MAGIC, BackupWriter, Header
from inspection.operations.restoring import restore_backup, verify_backup
from inspection.operations.sealing import read_key
from inspection.operations.settings import BackupPlan
from inspection.people.registering import add_person
from inspection.runs.recheck import recheck_run
from inspection.runs.run import run_inspection
from inspection.texts.installation import create_key
from storage import open_store, upgrade

KEY = b"0123456789abcdef0123456789abcdef"
NOW = clock.now().replace(2023, 4, 20, 23, tzinfo=BEIJING)
ME = Actor("王敏")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    upgrade(f"sqlite:///{folder}/xunjian.db")
    create_key(folder)
    (folder / "rules.yaml").write_text("extends: builtin\n", encoding="utf-8")
    (folder / "logs").mkdir()
    (folder / "logs" / "2023-04-20.log").write_text("x")
    (folder / "nightly.lock").touch()
    store = open_store(f"sqlite:///{folder}/xunjian.db", folder)
    store.put_body("第一版".encode())
    store.close()
    return folder


def saved(data: Path, out: Path, key: bytes = b"", actor: Actor = ME) -> Path:
    store = open_store(f"sqlite:///{data}/xunjian.db", data)
    try:
        return make_backup(store, Place(data, f"sqlite:///{data}/xunjian.db"), out, key, actor, NOW).path
    finally:
        store.close()


def put_back(path: Path, data: Path, key: bytes = b"", actor: Actor = ME) -> None:
    restore_backup(path, key, data, "", lambda store: actor, NOW)


@pytest.mark.parametrize("key", [b"", KEY], ids=["plain", "sealed"])
def test_everything_comes_back(data: Path, tmp_path: Path, key: bytes) -> None:
    path = saved(data, tmp_path / "a.backup", key)
    assert path.stat().st_mode & 0o777 == 0o600
    put_back(path, tmp_path / "new", key)
    names = {file.relative_to(data) for file in data.rglob("*") if file.is_file()}
    gone = {Path("logs/2023-04-20.log"), Path("nightly.lock"), Path("backup.lock")}
    there = {file.relative_to(tmp_path / "new") for file in (tmp_path / "new").rglob("*") if file.is_file()}
    assert {name for name in names if not name.name.startswith("xunjian.db")} - gone == there - {Path("xunjian.db")}
    for name in ("privacy.key", "rules.yaml"):
        assert (tmp_path / "new" / name).read_bytes() == (data / name).read_bytes()
    store = open_store(f"sqlite:///{tmp_path}/new/xunjian.db", tmp_path / "new")
    assert [digest for digest, _, _ in store.stored_bodies()]
    deeds = [entry.text for entry in store.trail()]
    assert len(deeds) == 1  # the deed of the backup itself came after it
    store.close()


def test_a_backup_of_a_running_night_is_judged_the_same_elsewhere(tmp_path: Path) -> None:
    from faults import FAULTS
    from town import built, watched

    folder, made = tmp_path / "data", []
    folder.mkdir()
    town = built()
    for fault in FAULTS:
        fault.plant(town)
    with watched(folder, town) as watch:
        first = watch.inspect(0).run.id
        before = findings(watch.store, first)

        def in_the_middle(line: object) -> None:
            if not made:
                out = tmp_path / "night.backup"
                made.append(make_backup(watch.store, Place(folder, watch.db), out, KEY, ME, NOW))

        run_inspection(watch.order(1), watch.store, progress=in_the_middle)
    assert made
    put_back(tmp_path / "night.backup", tmp_path / "elsewhere", KEY)
    store = open_store(f"sqlite:///{tmp_path}/elsewhere/xunjian.db", tmp_path / "elsewhere")
    try:
        assert [run.state.value for run in store.runs()] == ["complete", "running"]
        assert before
        outcome = recheck_run(store, first, load_rules())
        assert findings(store, first) == before
        cards = {card.target_id: (card.verdict, card.score) for card in store.scorecards(first)}
        assert {target: (j.card.verdict, j.card.score) for target, j in outcome.judged.items()} == cards
        for digest, _, _ in store.stored_bodies():
            store.body(digest)
    finally:
        store.close()


def findings(store: Store, run: str) -> list[tuple[str, str]]:
    return sorted((record.fingerprint, record.state.value) for record in store.findings(run_id=run))


@pytest.mark.parametrize("key", [b"", KEY], ids=["plain", "sealed"])
def test_no_changed_byte_and_no_missing_end_is_overlooked(data: Path, tmp_path: Path, key: bytes) -> None:
    body, dice = saved(data, tmp_path / "a.backup", key).read_bytes(), random.Random(7)
    start = body.index(b"\n", len(MAGIC)) + 1
    telling = [place for place in range(start, len(body) - 1100) if key or body[place]]  # zeros pad a plain one
    places = dice.sample(telling, 25)
    for number, place in enumerate(places):
        broken = bytearray(body)
        broken[place] ^= 0x41
        refused(tmp_path, bytes(broken), key, f"b{number}")
    for cut in (len(body) // 3, len(body) // 2, start, start + 3):
        refused(tmp_path, body[:cut], key, f"c{cut}")


def refused(tmp_path: Path, body: bytes, key: bytes, name: str) -> None:
    path = tmp_path / f"{name}.backup"
    path.write_bytes(body)
    with pytest.raises(UsageError, match=r"损坏|加密"):
        put_back(path, tmp_path / "new", key)
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".new*"))


def test_what_is_no_backup_or_a_newer_one_or_of_another_key_is_said(data: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8 no backup")
    body = saved(data, tmp_path / "a.backup", KEY).read_bytes()
    (tmp_path / "newer.backup").write_bytes(body.replace(b'"format": 1', b'"format": 2', 1))
    for path, key, word in (
        ("photo.jpg", KEY, "不是巡检的备份"),
        ("newer.backup", KEY, "更新的程序"),
        ("a.backup", b"another key of enough length", "密钥与备份文件"),
        ("a.backup", b"", "已加密"),
        ("nowhere.backup", KEY, "不能读取"),
    ):
        with pytest.raises(UsageError, match=word):
            verify_backup(tmp_path / path, key)
    with sqlite3.connect(data / "xunjian.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    store = open_store("memory:", data)
    make_backup(store, Place(data, f"sqlite:///{data}/xunjian.db"), tmp_path / "later.backup", b"", ME, NOW)
    with pytest.raises(UsageError, match="9999"):
        put_back(tmp_path / "later.backup", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_nothing_that_is_there_is_overwritten(data: Path, tmp_path: Path) -> None:
    path = saved(data, tmp_path / "a.backup")
    with pytest.raises(UsageError, match="已存在"):
        saved(data, path)
    with pytest.raises(UsageError, match="不是空文件夹"):
        put_back(path, data)
    (tmp_path / "empty").mkdir()
    put_back(path, tmp_path / "empty")


def test_only_an_administrator_may_and_it_stands_in_the_trail(data: Path, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{data}/xunjian.db", data)
    place = Place(data, f"sqlite:///{data}/xunjian.db")
    admin = Actor("周宁", add_person(store, Actor("周宁"), "周宁", "系统管理员", NOW))
    inspector = Actor("王敏", add_person(store, admin, "王敏", "监管员", NOW))
    with pytest.raises(UsageError, match=r"王敏（监管员）无权.*备份"):
        make_backup(store, place, tmp_path / "a.backup", b"", inspector, NOW)
    make_backup(store, place, tmp_path / "a.backup", b"", admin, NOW)
    make_backup(store, place, tmp_path / "b.backup", b"", BY_CLOCK, NOW, by_clock=True)
    assert [entry.text.count("\\u5907\\u4efd") for entry in store.trail()][-2:] == [1, 1]
    store.close()
    with pytest.raises(UsageError, match="无权"):
        put_back(tmp_path / "a.backup", tmp_path / "new", actor=inspector)
    assert not (tmp_path / "new").exists()
    put_back(tmp_path / "a.backup", tmp_path / "new", actor=admin)


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "backup.key"
    path.write_bytes(KEY + b"\n")
    path.chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        read_key(path, {})
    path.chmod(0o600)
    assert read_key(path, {}) == KEY
    assert read_key(None, {"XUNJIAN_BACKUP_KEY": " abc "}) == b"abc"
    path.write_bytes(b"short")
    with pytest.raises(UsageError, match="16"):
        read_key(path, {})


def test_the_job_keeps_the_newest(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match=r"settings\.yaml"):
        planned_file(BackupPlan(), NOW)
    (data / "settings.yaml").write_text(f"backup: {{folder: {tmp_path}/kept, keep: 2}}\n", encoding="utf-8")
    assert cli.run(["backup", "--scheduled", "--data", str(data)]) == 0
    assert "未加密" in capsys.readouterr().out
    plan = BackupPlan(str(tmp_path / "kept"), 1)
    for hour in (1, 2):
        planned_file(plan, NOW.replace(hour=hour)).touch()
    assert len(drop_oldest(plan)) >= 2
    assert len(list((tmp_path / "kept").iterdir())) == 1


@pytest.mark.parametrize(
    "name", ["../evil", "data/../../evil", "data//etc/evil", "/etc/evil", "evil", "other/evil", "data"]
)
def test_no_name_in_a_backup_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    with (tmp_path / "bad.backup").open("wb") as out:
        writer = BackupWriter(out, Header("0001", "0", "2023-04-20T23:00:00+08:00"), b"")
        writer.add(name, io.BytesIO(b"x"), 1)
        writer.finish()
    with pytest.raises(UsageError, match="损坏"):
        put_back(tmp_path / "bad.backup", tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.backup"]


def test_captures_on_another_disk_come_along(data: Path, tmp_path: Path) -> None:
    (data / "blobs").rename(tmp_path / "disk")
    (data / "blobs").symlink_to(tmp_path / "disk")
    (data / "loop").symlink_to(data)
    put_back(saved(data, tmp_path / "a.backup"), tmp_path / "new")
    assert list((tmp_path / "new" / "blobs").glob("??/*.zst"))
    assert not (tmp_path / "new" / "loop").exists()


def test_what_a_killed_one_left_is_cleared_away(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "away" / "a.backup"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("inspection.operations.backup.shutil.rmtree", lambda *_, **__: None)  # as after kill -9
        saved(data, out)
    assert [path.name for path in out.parent.glob(".backup-*/*")] == []
    (work,) = out.parent.glob(".backup-*")
    (work / "xunjian.db").write_bytes(b"open")
    saved(data, tmp_path / "away" / "b.backup")
    assert sorted(path.name for path in out.parent.iterdir()) == ["a.backup", "b.backup"]


def test_a_draft_of_a_killed_restore_is_cleared_away(data: Path, tmp_path: Path) -> None:
    saved(data, tmp_path / "a.backup")
    gone = subprocess.Popen(["true"])
    gone.wait()
    dead, living = tmp_path / f".new.restore-{gone.pid}", tmp_path / f".new.restore-{os.getppid()}"
    for draft in (dead, living):
        (draft / "blobs").mkdir(parents=True)
    put_back(tmp_path / "a.backup", tmp_path / "new")
    assert not dead.exists()
    assert living.exists()


def test_a_disk_that_fills_up_is_not_taken_for_a_spoilt_backup(data: Path, tmp_path: Path) -> None:
    (data / "large.bin").write_bytes(os.urandom(300_000))
    saved(data, tmp_path / "a.backup")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (250_000, before[1]))
    try:
        with pytest.raises(UsageError, match="不能写入"):
            put_back(tmp_path / "a.backup", tmp_path / "new")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert sorted(path.name for path in tmp_path.iterdir() if "new" in path.name) == []


def test_a_file_that_cannot_be_read_is_named(data: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        reading = Path.read_bytes

        def refused(self: Path) -> bytes:
            if self.name == "note.txt":
                raise PermissionError(13, "Permission denied")
            return reading(self)

        (data / "note.txt").write_text("x")
        patch.setattr(Path, "read_bytes", refused)
        with pytest.raises(UsageError, match=r"不能读取 .*note\.txt"):
            saved(data, tmp_path / "a.backup")
    assert not (tmp_path / "a.backup").exists()
