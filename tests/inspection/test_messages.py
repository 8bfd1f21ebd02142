"""Who is told what and when: only changes, never twice, nothing to a unit before the office says so, no secret anywhere."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from staff import AT, PERSONS, STALE, actor, contents, later, office

import cli
from checks.rules.rulebook import load_rules
from domain.errors import ConfigError, UsageError
from domain.findings import FindingState, Ref, Unjudged, Why
from domain.letter_moves import LetterState, PaperKind
from domain.letters import Letter, LetterItem
from domain.operations import JobRun, JobState, Message, MessageState
from domain.periods import PeriodState
from domain.persons import Role
from domain.ports import Store
from domain.runs import Run, RunState
from domain.times import BEIJING
from inspection.letters.working_days import WorkingDays
from inspection.operations.addresses import Addresses, load_addresses
from inspection.operations.messages.daily import daily
from inspection.operations.messages.digests import changes_of
from inspection.operations.messages.reminders import letter_reminders, letter_stage, office_reminders, slip_stage
from inspection.operations.messages.rounds import is_working_time, round_now, switch_units
from inspection.operations.messages.sending import MOST_TRIES, Sent, by_apprise, send_all
from inspection.operations.settings import MessagePlan
from inspection.periods.closing import open_period

DAYS = WorkingDays()
ADMIN = actor(Role.ADMIN)
RULES = load_rules()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = office(tmp_path)
    made.save_run(replace(made.runs()[0], finished_at=AT + timedelta(hours=3)))
    yield made
    made.close()


def night(store: Store, number: int, **states: FindingState) -> Run:
    """A later night in which the findings of U1 to U3 (`u1` ...) are in some states."""
    run = replace(store.runs()[0], id=f"n{number}", as_of=later(number), started_at=later(number), finished_at=later(number + 0.1))  # fmt: skip
    store.save_run(run)
    for unit, state in states.items():
        record = STALE[int(unit[1]) - 1]
        seen = later(number) if state is not FindingState.FIXED else record.last_seen
        store.save_findings([replace(record, state=state, last_run=run.id, last_seen=seen)])
    return run


def told(store: Store, now: datetime, plan: MessagePlan = MessagePlan(daily=False)) -> list[tuple[str, str]]:  # noqa: B008
    return [(item.target, item.title) for item in round_now(store, RULES, plan, DAYS, now)]


def test_nothing_goes_to_a_unit_before_it_is_switched_on(store: Store) -> None:
    night(store, 1, u1=FindingState.FIXED, u2=FindingState.NEW)
    assert all(not target for target, _ in told(store, later(1.2)))
    switch_units(store, ADMIN, later(1.3), on=True)
    assert all(not target for target, _ in told(store, later(1.4)))  # what was before is no news
    night(store, 2, u1=FindingState.REOPENED, u2=FindingState.FIXED, u3=FindingState.PERSISTING)
    changed = [item for item in told(store, later(2.2), MessagePlan(daily=False, flapping=1)) if item[0]]
    assert changed == [("U1", "2023-05-28 巡检变化：反弹 1"), ("U2", "2023-05-28 巡检变化：已整改 1")]
    switch_units(store, ADMIN, later(2.3), on=False)
    assert all(not target for target, _ in told(store, later(2.4)))
    with pytest.raises(UsageError, match="已经是关闭"):
        switch_units(store, ADMIN, later(2.4), on=False)
    with pytest.raises(UsageError, match="无权"):
        switch_units(store, actor(Role.INSPECTOR), later(2.4), on=True)


def test_what_flaps_is_told_when_it_has_stood(store: Store) -> None:
    registry = store.load_registry()
    runs = [night(store, 1, u1=FindingState.FIXED)]
    seen = []
    for number, state in enumerate(
        ("reopened", "fixed", "reopened", "persisting", "persisting", "persisting", "fixed"), 2
    ):
        runs.append(night(store, number, u1=FindingState(state)))
        changes = changes_of(store, registry, runs[-1], runs[-4:-1], 3).get("U1")
        seen.append((state, [word for word, records in changes.lists if records] if changes else []))
    assert seen == [
        ("reopened", []),
        ("fixed", []),
        ("reopened", []),
        ("persisting", []),
        ("persisting", ["反弹"]),
        ("persisting", []),
        ("fixed", ["已整改"]),
    ]


def test_what_a_person_has_to_confirm_is_not_told_to_a_unit(store: Store) -> None:
    run = store.runs()[0]
    changes = changes_of(store, store.load_registry(), run, [], 1)
    assert {unit: [len(rows) for _, rows in change.lists] for unit, change in changes.items()} == {
        "U1": [1, 0, 0, 0], "U2": [1, 0, 0, 0], "U3": [1, 0, 0, 0]
    }  # fmt: skip
    assert len(store.findings(run_id="r1")) == 4


def test_the_daily_line_says_what_was_not_looked_at_and_zero_too(store: Store) -> None:
    (line,) = daily(store, store.load_registry(), later(0.3))
    assert "未采集完的网站和账号 0 个" in line.text
    assert "新增 4，反弹 0，已整改 0" in line.text
    assert "待人工核查 1 项" in line.text
    run = night(store, 1)
    store.save_run(replace(run, state=RunState.PARTIAL, reason="磁盘已满"))
    store.save_unjudged("n1", "S1", [Unjudged("link.dead", Ref("http://x/"), "x", Why.BUDGET)])
    store.save_job_run(JobRun("backup", later(1), JobState.FAILED, later(1), later(1), 2, "磁盘已满"))
    (line,) = daily(store, store.load_registry(), later(1.2))
    assert "未完成：磁盘已满" in line.title
    assert "未采集完的网站和账号 3 个（第1局网站、第2局网站、第3局网站）" in line.text
    assert "未能复核的位置 1 处" in line.text
    assert "备份（磁盘已满）" in line.text
    (line,) = daily(store, store.load_registry(), later(9))
    assert "没有结束的例行巡检" in line.text


def letter(kind: PaperKind = PaperKind.LETTER, **changes: object) -> Letter:
    item = LetterItem(
        1, STALE[0].fingerprint, "S1", "第1局网站", "column.stale", "栏目不更新", "工作动态超期", "http://x/"
    )
    issued, due = datetime(2023, 5, 26, 9, tzinfo=BEIJING), datetime(2023, 6, 2, 17, tzinfo=BEIJING)
    made = Letter("L1", kind, "U1", "第1局", (item,), "王敏", issued, state=LetterState.ISSUED, year=2023, number=1, due=due, issued_at=issued)  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("moment", "stage"),
    [
        ("05-26T10:00", None),
        ("05-29T10:00", None),  # four working days before
        ("05-30T10:00", "three"),
        ("05-31T10:00", "three"),
        ("06-01T10:00", "one"),
        ("06-02T10:00", "today"),
        ("06-02T17:01", "overdue"),
        ("06-09T10:00", "overdue"),
    ],
)
def test_letters_are_called_to_mind_by_working_days(moment: str, stage: str | None) -> None:
    made, now = letter(), datetime.fromisoformat(f"2023-{moment}").replace(tzinfo=BEIJING)
    assert made.issued_at is not None
    assert made.due is not None
    found = letter_stage(made.issued_at, made.due, DAYS, now)
    assert (found.name if found else None) == stage


def test_an_overdue_letter_goes_to_the_office_too_and_a_settled_one_to_nobody(store: Store) -> None:
    store.save_letters([letter()])
    late = datetime(2023, 6, 5, 9, tzinfo=BEIJING)
    assert [item.target for item in letter_reminders(store, DAYS, late)] == ["U1", ""]
    assert [target for target, title in told(store, late) if "逾期" in title] == [""]  # units are not switched on
    store.save_letters([letter(state=LetterState.WITHDRAWN)])
    assert list(letter_reminders(store, DAYS, late)) == []


def test_slips_are_called_to_mind_half_way_and_at_their_end() -> None:
    issued, due = AT, AT + timedelta(hours=4)
    stages = [slip_stage(issued, due, AT + timedelta(hours=hours)) for hours in (1, 2, 3.9, 4)]
    assert [stage.name if stage else None for stage in stages] == [None, "half", "half", "due"]


def test_the_office_is_reminded_of_its_own_work(store: Store) -> None:
    third = datetime(2023, 6, 5, 9, tzinfo=BEIJING)  # the third working day of June
    titles = [item.title for item in office_reminders(store, DAYS, third)]
    assert titles == ["2023-05 考核期尚未建立", "人工核查提醒"]
    assert [item.title for item in office_reminders(store, DAYS, third - timedelta(days=3))] == ["人工核查提醒"]
    made = open_period(store, "2023-05", actor(Role.INSPECTOR), third)
    assert next(office_reminders(store, DAYS, third)).title == "2023-05 考核期尚未关闭"
    store.save_period(replace(made, state=PeriodState.CLOSED))
    assert [item.title for item in office_reminders(store, DAYS, third)] == ["人工核查提醒"]


def test_it_is_quiet_outside_working_hours() -> None:
    plan = MessagePlan()
    assert is_working_time(plan, DAYS, datetime(2023, 5, 26, 8, 40, tzinfo=BEIJING))
    assert not is_working_time(plan, DAYS, datetime(2023, 5, 26, 12, 40, tzinfo=BEIJING))
    assert not is_working_time(plan, DAYS, datetime(2023, 5, 27, 8, 40, tzinfo=BEIJING))


def test_no_message_goes_twice_and_a_failed_one_goes_again(store: Store) -> None:
    addresses, message = Addresses(office=("a://1", "b://2")), Message("k", "daily", "", "标题", "正文")
    asked: list[str] = []

    def send(place: str, item: Message) -> str:
        asked.append(place)
        if place == "b://2" and len(asked) < 3:
            return "对方没有接受"
        return ""

    first = send_all(store, [message], addresses, send, AT)
    assert (first.sent, len(first.failed)) == (1, 1)
    assert send_all(store, [message], addresses, send, AT) == Sent(1)
    assert send_all(store, [message], addresses, send, AT) == Sent()
    assert asked == ["a://1", "b://2", "b://2"]
    states = [(item.state, item.tries) for item in store.messages()]
    assert sorted(states, key=str) == [(MessageState.SENT, 1), (MessageState.SENT, 2)]

    def crash(place: str, item: Message) -> str:
        raise KeyboardInterrupt

    other = replace(message, key="k2")
    with pytest.raises(KeyboardInterrupt):
        send_all(store, [other], Addresses(office=("a://1",)), crash, AT)
    assert (
        send_all(store, [other], Addresses(office=("a://1",)), send, AT) == Sent()
    )  # perhaps it was sent: never twice
    assert any(item.state is MessageState.SENDING for item in store.messages())
    assert send_all(store, [replace(message, key="k3", target="U2")], addresses, send, AT) == Sent(homeless=1)
    assert MOST_TRIES > 1


class Receiver(BaseHTTPRequestHandler):
    """Notes what comes."""

    bodies: list[dict[str, str]] = []  # noqa: RUF012
    status = 200

    def do_POST(self) -> None:
        self.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[HTTPServer]:
    Receiver.bodies, Receiver.status = [], 200
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_round_reaches_the_office_and_leaves_no_secret(
    store: Store, tmp_path: Path, receiver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "s3cr3t-of-the-robot"
    path = tmp_path / "addresses.yaml"
    path.write_text(f"office: ['json://127.0.0.1:{receiver.server_port}/{secret}']\n", encoding="utf-8")
    words = ["messages", "send", "--anytime", "--data", str(tmp_path)]
    path.chmod(0o644)
    assert cli.run(words) == 2
    assert "chmod 600" in capsys.readouterr().err
    path.chmod(0o600)
    assert cli.run(words) == 1  # inside, without leave
    assert "--allow-private" in capsys.readouterr().err
    assert Receiver.bodies == []
    assert cli.run([*words, "--allow-private"]) == 0
    assert len(Receiver.bodies) >= 1
    count = len(Receiver.bodies)
    assert cli.run([*words, "--allow-private"]) == 0
    assert len(Receiver.bodies) == count
    assert cli.run(["messages", "list", "--data", str(tmp_path)]) == 0
    assert (
        cli.run(["messages", "test", "--by", PERSONS[Role.ADMIN].id, "--data", str(tmp_path), "--allow-private"]) == 0
    )
    assert Receiver.bodies[-1]["title"] == "巡检测试消息"
    Receiver.status = 500
    assert (
        cli.run(["messages", "test", "--by", PERSONS[Role.ADMIN].id, "--data", str(tmp_path), "--allow-private"]) == 1
    )
    captured = capsys.readouterr()
    logs = "".join(log.read_text(encoding="utf-8") for log in (tmp_path / "logs").glob("*.log"))
    assert secret not in captured.out + captured.err + logs + "".join(contents(tmp_path))


def test_addresses_are_read_without_being_quoted(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = store.load_registry()
    monkeypatch.setenv("XUNJIAN_ADDRESSES", "{office: 'json://h/secret', units: {第2局: ['json://h/2']}}")
    found = load_addresses(tmp_path, "", registry)
    assert (found.of(""), found.of("U2"), found.of("U1")) == (("json://h/secret",), ("json://h/2",), ())
    assert "secret" not in repr(found)
    for text in ("office: [a: b: secret", "{offices: secret}", "{units: {教育部: secret}}", "units: secret"):
        monkeypatch.setenv("XUNJIAN_ADDRESSES", text)
        with pytest.raises(ConfigError) as caught:
            load_addresses(tmp_path, "", registry)
        assert "secret" not in str(caught.value) + "".join(caught.value.problems)
    with pytest.raises(ConfigError, match="不认识"):
        by_apprise(allow_private=True)("nonsense", Message("k", "x", "", "a", "b"))


def test_what_would_be_sent_can_be_seen(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["messages", "send", "--dry-run", "--data", str(tmp_path)]) == 0
    assert "→ 办公室：" in capsys.readouterr().out
    assert store.messages() == []
