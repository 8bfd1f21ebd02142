"""Other programs told by themselves: of what, signed, tried again with growing pauses, never inside without leave."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from staff import AT, PERSONS, SEVERE, SITES, STALE, UNITS, actor, later, office

from cli import main
from crawler.fetch.posting import INSIDE, Posted
from domain.errors import UsageError
from domain.findings import Review
from domain.letter_moves import LetterState, PaperKind
from domain.letters import Letter, LetterItem, Reply
from domain.persons import Role
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.webhooks import MOST_TRIES, PAUSES, DeliveryState, Event, secret_words
from inspection.operations.health import store as health
from inspection.operations.health.symptoms import Level, Patient
from inspection.operations.plan import load_plan
from inspection.operations.webhooks.news import note_news
from inspection.operations.webhooks.registering import add_webhook, remove_webhook, secret_of, webhook_lines
from inspection.operations.webhooks.telling import by_network, tell_all

ADMIN = actor(Role.ADMIN)
URL = "https://duban.example.gov.cn/events"


@dataclass
class Receiver:
    """A program that is told things on loopback."""

    answers: list[int] = field(default_factory=list)
    heard: list[tuple[dict[str, str], str]] = field(default_factory=list)
    base: str = ""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            made.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
            status = made.answers.pop(0) if made.answers else 204
            self.send_response(status)
            if status == 302:
                self.send_header("location", f"{made.base}/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = office(tmp_path)
    yield made
    made.close()


def hooked(store: Store, folder: Path, who: Role, url: str = URL, *events: str) -> tuple[str, bytes]:
    hook, secret = add_webhook(store, folder, url, PERSONS[who].id, events, ADMIN, AT, allow_private=True)
    return hook.id, secret


def night(store: Store, days: float = 1.0, run: str = "r2") -> None:
    """A later night with a new finding of each site; the second is a candidate."""
    at = later(days)
    store.save_run(Run(run, RunKind.NIGHTLY, at, at, RunState.COMPLETE, finished_at=at, crawled="complete"))
    for number, record in enumerate((STALE[0], SEVERE, STALE[2])):
        key = f"{run}{number:014x}"[:16]
        store.save_findings(
            [replace(record, fingerprint=key, first_run=run, last_run=run, first_seen=at, last_seen=at)]
        )


def test_an_address_is_added_with_a_secret_that_is_not_kept(store: Store, tmp_path: Path) -> None:
    id, secret = hooked(store, tmp_path, Role.AUDITOR)
    assert len(secret) == 32
    assert secret == secret_of(tmp_path, id)
    assert secret_words(secret) not in (tmp_path / "xunjian.db").read_bytes().decode("latin-1")
    assert (tmp_path / "privacy.key").stat().st_mode & 0o077 == 0
    assert "webhooks" in load_plan(tmp_path / "schedule.yaml")
    assert "duban.example.gov.cn" in webhook_lines(store)[0]
    assert "/events" not in webhook_lines(store)[0]
    remove_webhook(store, tmp_path, id, ADMIN, AT)
    assert "webhooks" not in load_plan(tmp_path / "schedule.yaml")
    assert "已取消" in webhook_lines(store)[0]
    with pytest.raises(UsageError, match="没有在用"):
        remove_webhook(store, tmp_path, id, ADMIN, AT)


@pytest.mark.parametrize(
    "url", ["ftp://x.example/", "http://", "nonsense", "https://me:word@x.example/", "http://127.0.0.1/", "http://0x7f.1/", f"http://x.example/{'x' * 2000}"]
)  # fmt: skip
def test_an_address_that_is_none_or_lies_inside_is_refused(store: Store, tmp_path: Path, url: str) -> None:
    with pytest.raises(UsageError):
        add_webhook(store, tmp_path, url, PERSONS[Role.AUDITOR].id, (), ADMIN, AT, allow_private=False)
    assert store.webhooks() == []


def test_only_who_operates_adds_one(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="无权"):
        add_webhook(store, tmp_path, URL, PERSONS[Role.LIAISON].id, (), actor(Role.INSPECTOR), AT, allow_private=True)
    with pytest.raises(UsageError, match="没有事件"):
        add_webhook(store, tmp_path, URL, PERSONS[Role.LIAISON].id, ["all"], ADMIN, AT, allow_private=True)


def test_new_findings_are_told_once_to_whom_they_concern_and_candidates_when_confirmed(
    store: Store, tmp_path: Path
) -> None:
    whole, _ = hooked(store, tmp_path, Role.AUDITOR)
    own, _ = hooked(store, tmp_path, Role.LIAISON)
    assert note_news(store, later(0.5)) == 0  # what was found before is no news
    night(store)
    assert note_news(store, later(1.1)) == 2
    assert note_news(store, later(1.2)) == 0
    told = {item.hook_id: json.loads(item.body)["data"]["findings"] for item in store.deliveries()}
    assert [row["target"] for row in told[whole]] == ["S1", "S3"]
    assert [row["target"] for row in told[own]] == ["S1"]
    assert {"message", "quoted", "url"}.isdisjoint(told[whole][0])
    (candidate,) = [record for record in store.findings(run_id="r2") if record.finding.candidate]
    store.save_findings([replace(candidate, review=Review("confirmed", "王敏、李华", later(1.3)))])
    assert note_news(store, later(1.4)) == 2
    assert json.loads(store.deliveries()[-1].body)["data"]["findings"][0]["fingerprint"] == candidate.fingerprint


def test_many_findings_go_in_parts(store: Store, tmp_path: Path) -> None:
    hooked(store, tmp_path, Role.AUDITOR)
    at = later(1)
    store.save_run(Run("r2", RunKind.NIGHTLY, at, at, RunState.COMPLETE, finished_at=at))
    many = [replace(STALE[0], fingerprint=f"{number:016x}", first_run="r2", last_run="r2") for number in range(250)]
    store.save_findings(many)
    assert note_news(store, later(1.1)) == 3
    told = [row["fingerprint"] for item in store.deliveries() for row in json.loads(item.body)["data"]["findings"]]
    assert len(told) == len({*told}) == 250


def test_answers_of_units_are_told(store: Store, tmp_path: Path) -> None:
    hooked(store, tmp_path, Role.INSPECTOR, URL, "letter.answered")
    item = LetterItem(1, STALE[0].fingerprint, "S1", SITES[0].name, "column.stale", "栏目", "超期", SITES[0].home_url)
    replies = tuple(Reply(later(days), "某人", "a.pdf", "0" * 64, 8, is_form=days > 0) for days in (-1, 1))
    letter = Letter(
        "L1", PaperKind.LETTER, "U1", UNITS[0].label, (item,), "王敏", AT, state=LetterState.ANSWERED, year=2023,
        number=1, due=AT, issued_by="王敏", issued_at=AT, replies=replies,
    )  # fmt: skip
    store.save_letters([letter])
    night(store)
    assert note_news(store, later(1.5)) == 1
    (told,) = store.deliveries()
    assert (told.event, json.loads(told.body)["data"]["reply"]["no"]) == (Event.LETTER_ANSWERED, 2)
    assert note_news(store, later(1.6)) == 0


def test_a_telling_is_signed_and_arrives_once(store: Store, tmp_path: Path, receiver: Receiver) -> None:
    _, secret = hooked(store, tmp_path, Role.AUDITOR, receiver.base)
    night(store)
    note_news(store, later(1.1))
    send = by_network(allow_private=True)
    assert tell_all(store, tmp_path, send, later(1.1)).told == 1
    assert tell_all(store, tmp_path, send, later(1.2)).told == 0
    ((headers, body),) = receiver.heard
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    expected = base64.b64encode(hmac.new(base64.b64decode(secret_words(secret)[6:]), signed, hashlib.sha256).digest())
    assert headers["webhook-signature"] == f"v1,{expected.decode()}"
    assert int(headers["webhook-timestamp"]) == int(later(1.1).timestamp())
    assert json.loads(body)["type"] == "finding.new"


def test_what_is_not_taken_is_tried_again_with_growing_pauses_and_ended(
    store: Store, tmp_path: Path, receiver: Receiver
) -> None:
    id, _ = hooked(store, tmp_path, Role.AUDITOR, receiver.base)
    night(store)
    now = later(1.1)
    note_news(store, now)
    receiver.answers = [500, 302, *[503] * (MOST_TRIES - 2)]
    send = by_network(allow_private=True)
    for pause in PAUSES:
        assert tell_all(store, tmp_path, send, now).failed == 1
        assert tell_all(store, tmp_path, send, now + pause - timedelta(seconds=1)).failed == 0
        now += pause
    assert tell_all(store, tmp_path, send, now).ended == 1
    assert tell_all(store, tmp_path, send, now + timedelta(days=3)).ended == 0
    (item,) = store.deliveries()
    assert (item.state, item.tries, item.note) == (DeliveryState.ENDED, MOST_TRIES, "对方回答 503")
    assert len(receiver.heard) == MOST_TRIES
    assert len({headers["webhook-id"] for headers, _ in receiver.heard}) == 1
    (line,) = health.webhooks(Patient(tmp_path, "", now), store)
    assert (line.level, "未能送达，不再尝试" in line.text or "试了 8 次" in line.text) == (Level.NOTICE, True)
    assert "未能送达，不再尝试 1" in webhook_lines(store)[0]
    assert id in webhook_lines(store)[0]


def test_a_killed_try_is_made_again_after_its_pause(store: Store, tmp_path: Path) -> None:
    hooked(store, tmp_path, Role.AUDITOR)
    night(store)
    now = later(1.1)
    note_news(store, now)

    def killed(*_: object) -> Posted:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tell_all(store, tmp_path, killed, now)
    (item,) = store.deliveries()
    assert (item.tries, item.state, item.not_before) == (1, DeliveryState.WAITING, now + PAUSES[0])
    assert tell_all(store, tmp_path, lambda *_: Posted(200), now).told == 0
    assert tell_all(store, tmp_path, lambda *_: Posted(200), now + PAUSES[0]).told == 1


def test_nothing_is_told_inside_without_leave(store: Store, tmp_path: Path, receiver: Receiver) -> None:
    send = by_network(allow_private=False)
    port = receiver.base.rpartition(":")[2]
    for place in (receiver.base, f"http://localhost:{port}", f"http://[::1]:{port}", f"http://0x7f000001:{port}/"):
        assert send(place, "{}", {}).why == INSIDE, place
    assert receiver.heard == []
    assert by_network(allow_private=True)("http://127.0.0.1:1/", "{}", {}).why.startswith("无法连接")


def test_a_name_that_leads_inside_is_refused(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the name says: what it was looked up as decides, once."""
    import asyncio

    async def inside(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("10.0.0.7", 80))]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", inside)
    assert by_network(allow_private=False)("http://outside.example/", "{}", {}).why == INSIDE


def test_who_left_is_told_nothing(store: Store, tmp_path: Path) -> None:
    hooked(store, tmp_path, Role.AUDITOR)
    night(store)
    note_news(store, later(1.1))
    store.save_persons([replace(PERSONS[Role.AUDITOR], enabled=False)])
    assert tell_all(store, tmp_path, lambda *_: Posted(200), later(1.2)).ended == 1
    night(store, 2, "r3")
    assert note_news(store, later(2.1)) == 0


def test_the_commands_and_the_job(
    store: Store, tmp_path: Path, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*words: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(["webhook", *words, "--data", str(tmp_path)])
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out + told.err

    by = ["--by", PERSONS[Role.ADMIN].id]
    code, told = said("add", receiver.base, "--person", PERSONS[Role.AUDITOR].id, *by)
    assert (code, "--allow-private" in told) == (2, True)
    code, told = said("add", receiver.base, "--person", PERSONS[Role.AUDITOR].id, "--allow-private", *by)
    assert (code, "whsec_" in told) == (0, True), told
    (hook,) = store.webhooks()
    assert said("test", hook.id)[0] == 1
    assert said("test", hook.id, "--allow-private") == (0, f"{hook.id} 已送达，对方回答 204\n")
    assert json.loads(receiver.heard[0][1])["type"] == "test"
    assert said("send", "--allow-private")[0] == 0
    assert "在用" in said("list")[1]
    assert said("remove", hook.id, *by)[0] == 0
    assert said("test", hook.id, "--allow-private")[0] == 2
