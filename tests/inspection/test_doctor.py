"""The doctor names what is wrong and what to do, mends what is safe, and ends with 1 only for what has to be mended."""

import json
import lzma
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from staff import AT, PERSONS, contents, later, office

import cli
from checks.rules.rulebook import load_rules
from domain.captured import SiteRun
from domain.errors import RulesError
from domain.findings import Finding, FindingRecord, FindingState, Ref, Severity
from domain.issued import IssuedNotice
from domain.operations import JobRun, JobState, Message, MessageState
from domain.persons import Role
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import RunState
from domain.scores import Scorecard, Verdict
from domain.times import BEIJING
from inspection.locks import held
from inspection.operations.ages import judgement_ages, oldest, oldest_page_line
from inspection.operations.doctor import doctor_lines, examine
from inspection.operations.health import machine
from inspection.operations.health.symptoms import Level, Patient, Symptom
from inspection.operations.jobs import JOBS
from inspection.operations.metrics import Figures, registry_of, write_figures
from inspection.operations.status import going, last_job_runs, night_line
from inspection.texts.installation import create_key
from storage import open_store

ADMIN = PERSONS[Role.ADMIN].id


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    tmp_path.chmod(0o700)
    made = office(tmp_path)
    create_key(tmp_path)
    yield made
    made.close()


def looked(data: Path, now: datetime = AT, rules: object = load_rules, **how: bool) -> dict[str, Symptom]:
    patient = Patient(
        data, f"sqlite:///{data}/xunjian.db", now, ask_network=how.get("network", False), allow_private=True
    )
    return {item.name: item for item in examine(patient, rules)}  # type: ignore[arg-type]


def levels(found: dict[str, Symptom]) -> dict[str, str]:
    return {name: item.level.value for name, item in found.items() if item.level is not Level.GOOD}


def test_a_healthy_folder_has_nothing_to_mend(store: Store, tmp_path: Path) -> None:
    found = looked(tmp_path)
    wrong = {name: item for name, item in found.items() if item.level is Level.BAD}
    assert wrong == {}
    assert {
        "数据库",
        "规则",
        "磁盘",
        "时钟",
        "浏览器",
        "字体",
        "工作日历",
        "计划",
        "登记表",
        "任务占用",
        "页面快照",
        "留痕",
    } <= found.keys()
    assert all(item.fix for item in found.values() if item.level is not Level.GOOD)


def test_every_ill_is_named_with_what_to_do(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> RuleBook:
        raise RulesError("rules.yaml 有 1 处错误", ("rules.yaml 第 3 行",))

    (tmp_path / "settings.yaml").write_text("retention: {bodies: much}\n", encoding="utf-8")
    (tmp_path / "privacy.key").chmod(0o644)
    digest = store.put_body("正文".encode())
    (tmp_path / "blobs" / digest[:2] / f"{digest[2:]}.zst").write_bytes(b"damaged")
    store.save_run(replace(store.runs()[0], state=RunState.RUNNING, id="r0", as_of=later(-1), started_at=later(-1)))
    store.plan_leases("job", "backup", ["-"])
    store.take_lease("job", "backup", "elsewhere:1:a", 1.0)
    store.claim_message(Message("k", "daily", "", "标题", "", at=AT), 3)
    monkeypatch.setattr(machine, "LEAST_FREE", 1 << 60)
    monkeypatch.setattr(machine, "find_browser", lambda policy: None)
    soon = datetime.fromtimestamp(time.time(), BEIJING) + timedelta(minutes=10)
    found = looked(tmp_path, soon, broken)
    assert levels(found) == {
        "规则": "bad", "磁盘": "bad", "文件夹权限": "notice", "浏览器": "notice", "设置": "bad", "定时程序": "notice",
        "判定时间": "bad", "任务占用": "notice", "中断的批次": "notice", "页面快照": "notice", "消息": "notice",
        **({"工作日历": "notice"} if (soon.month, soon.day) >= (12, 1) else {}),
        **({"字体": "notice"} if found["字体"].level is not Level.GOOD else {}),
    }  # fmt: skip
    assert "第 3 行" in found["规则"].text
    assert "--resume r0" in found["中断的批次"].fix
    told = "\n".join(doctor_lines(list(found.values())))
    assert "有误  规则：" in told
    assert "→ " in told


def test_next_years_days_are_asked_for_from_december_on(store: Store, tmp_path: Path) -> None:
    for day, level in (
        (datetime(2026, 11, 30, tzinfo=BEIJING), "good"),
        (datetime(2026, 12, 1, tzinfo=BEIJING), "notice"),
    ):
        assert looked(tmp_path, day)["工作日历"].level == level
    days = ", ".join(("2027-01-01", "2027-12-31"))
    (tmp_path / "calendar.yaml").write_text(f"rest: [{days}]\n", encoding="utf-8")
    assert looked(tmp_path, datetime(2026, 12, 1, tzinfo=BEIJING))["工作日历"].level is Level.GOOD


def test_a_clock_that_went_back_is_noticed(store: Store, tmp_path: Path) -> None:
    assert looked(tmp_path, later(-2))["时钟"].level is Level.BAD


def test_the_network_is_ours_when_nothing_takes_a_connection(store: Store, tmp_path: Path) -> None:
    import socket

    registry = store.load_registry()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        sites = (replace(registry.sites[0], home_url=f"http://127.0.0.1:{port}/"), replace(registry.sites[1], home_url="http://127.0.0.1:9/"))  # fmt: skip
        store.save_registry(replace(registry, sites=sites))
        assert looked(tmp_path, network=True)["网络"].level is Level.GOOD
    assert looked(tmp_path, network=True)["网络"].level is Level.BAD


def test_what_is_safe_is_mended_by_who_may(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "privacy.key").unlink()
    tmp_path.chmod(0o755)
    words = ["doctor", "--repair", "--no-network", "--data", str(tmp_path)]
    assert cli.run([*words, "--by", PERSONS[Role.INSPECTOR].id]) == 2
    assert not (tmp_path / "privacy.key").exists()
    assert cli.run([*words, "--by", ADMIN]) == 1  # nights are missing: no command mends that
    assert (tmp_path / "privacy.key").exists()
    assert tmp_path.stat().st_mode & 0o077 == 0
    assert "已收紧" in capsys.readouterr().out
    assert "修复" in json.loads([entry.text for entry in store.trail()][-1])["subject"]


def test_an_older_database_is_brought_up_to_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = Path(__file__).parents[1] / "storage" / "databases" / "0012.sqlite.xz"
    (tmp_path / "xunjian.db").write_bytes(lzma.decompress(packed.read_bytes()))
    assert cli.run(["doctor", "--no-network", "--data", str(tmp_path)]) == 1
    assert "0012" in capsys.readouterr().out
    cli.run(["doctor", "--no-network", "--repair", "--data", str(tmp_path)])
    assert "数据库已升级" in capsys.readouterr().out
    open_store(f"sqlite:///{tmp_path}/xunjian.db", tmp_path).close()


def test_a_place_without_a_database_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["doctor", "--data", str(tmp_path / "nowhere"), "--format", "json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["checks"][0]["level"] == "bad"
    assert told.err.count("\n") == 1
    (tmp_path / "xunjian.db").write_bytes(b"no database" * 100)
    assert cli.run(["doctor", "--no-network", "--data", str(tmp_path)]) == 1
    assert "不是数据库文件" in capsys.readouterr().out
    assert [path.name for path in tmp_path.glob("*.lock")] == []


def test_ages_status_and_figures(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    registry = store.load_registry()
    assert oldest(judgement_ages(store, registry), later(1)).since == AT  # type: ignore[union-attr]
    run = store.runs()[0]
    store.save_run(replace(run, finished_at=AT + timedelta(hours=2)))
    at_work = replace(run, id="r2", as_of=later(1), started_at=later(1), state=RunState.RUNNING, crawled="")
    store.save_run(at_work)
    store.write([SiteRun("r2", "S1", "complete", 7)])
    (found,) = going(store)
    assert (found.crawled, found.judged, found.until) == (1, 0, later(1) + timedelta(hours=2))
    assert "用时 2 小时 0 分，完成" in night_line(store.runs())
    store.save_job_run(JobRun("backup", AT, JobState.DONE, AT, AT + timedelta(minutes=3), 0))
    store.save_job_run(JobRun("backup", later(0.1), JobState.SKIPPED, reason="x"))
    assert last_job_runs(store, later(1))["backup"].state is JobState.DONE
    store.claim_message(Message("k", "daily", "", "标题", "", at=AT), 3)
    store.end_message(Message("k", "daily", "", "标题", "", MessageState.FAILED, at=AT))
    url = f"sqlite:///{tmp_path}/xunjian.db"
    figures = Figures(lambda: open_store(url, tmp_path), tmp_path, lambda: later(2))
    told = {metric.name: metric for metric in registry_of(figures).collect()}
    assert told["xunjian_oldest_judgement_age_seconds"].samples[0].value == 2 * 86400
    assert told["xunjian_messages_failed"].samples[0].value == 1
    assert told["xunjian_nights_running"].samples[0].value == 1
    write_figures(figures, tmp_path / "out" / "x.prom")
    assert "xunjian_up 1.0" in (tmp_path / "out" / "x.prom").read_text()
    (tmp_path / "xunjian.db").rename(tmp_path / "gone")
    assert [metric.samples[0].value for metric in registry_of(figures).collect()] == [0]
    (tmp_path / "gone").rename(tmp_path / "xunjian.db")
    assert cli.run(["metrics", "--data", str(tmp_path)]) == 2
    assert "metrics_file" in capsys.readouterr().err
    (tmp_path / "settings.yaml").write_text(f"metrics_file: {tmp_path}/m.prom\n", encoding="utf-8")
    assert cli.run(["metrics", "--data", str(tmp_path)]) == 0
    assert (tmp_path / "m.prom").exists()
    capsys.readouterr()
    with held(tmp_path, "scheduler", "x"):
        assert cli.run(["status", "--data", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "正在进行：例行巡检 r2" in out
    assert "已采集 1/3，已判定 0/3，预计 2023-05-27 11:00 结束" in out
    assert cli.run(["status", "--format", "json", "--data", str(tmp_path)]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["going"][0]["crawled"] == 1
    assert contents(tmp_path)
    assert set(JOBS) >= {"nightly", "probe", "backup"}


def test_captures_that_are_gone_are_noticed(store: Store, tmp_path: Path) -> None:
    page, scan = store.put_body("首页".encode()), store.put_body("回执".encode())
    finding = Finding("column.stale", Ref("http://a.example/", "动态", page), "a")
    store.save_findings(
        [FindingRecord("f1", "s1", finding, FindingState.NEW, Severity.DEDUCT, "1", AT, AT, "r1", "r1")]
    )
    store.save_issued_notice(IssuedNotice("2023-04", 1, 1, "通报.docx", scan, 9, "王敏", AT))
    looked(tmp_path)
    before = store.lost_bodies()
    assert page not in before
    store.drop_bodies([page])
    assert f"{len(before) + 1} 个缺失" in looked(tmp_path)["页面快照"].text
    store.drop_bodies([scan])
    found = looked(tmp_path)
    assert found["通报和反馈原件"].level.value == "bad"
    assert "restore" in found["通报和反馈原件"].fix


def test_the_oldest_page_a_judgement_rests_on_is_a_figure(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = store.runs()[-1]
    site = store.load_registry().sites[0]
    seen = run.as_of - timedelta(days=25)
    card = Scorecard(
        site.id, site.name, "department", site.unit_id, run.id, run.as_of, Verdict.PASS, 100.0, oldest=seen
    )
    store.save_scorecards([card])
    assert card.page_days == 25
    (line,) = oldest_page_line(judgement_ages(store, store.load_registry()), run.as_of)
    assert line == f"判定所依据的最早页面：{site.name}，读于 {seen.astimezone(BEIJING):%Y-%m-%d}（25 天前）"
    figures = Figures(lambda: open_store(f"sqlite:///{tmp_path}/xunjian.db", tmp_path), tmp_path, lambda: run.as_of)
    write_figures(figures, tmp_path / "x.prom")
    assert f'xunjian_oldest_page_age_seconds{{target="{site.id}"}} 2.16e+06' in (tmp_path / "x.prom").read_text()
    assert cli.run(["status", "--data", str(tmp_path)]) == 0
    assert f"判定所依据的最早页面：{site.name}" in capsys.readouterr().out
