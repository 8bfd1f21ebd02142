"""Doubts settled by the group, and questions answered with a picture as proof."""

from dataclasses import replace

from desk import Desk
from staff import SITES

from domain.findings import Doubt, Finding, Ref, Unjudged
from domain.persons import Role
from domain.scores import Scorecard, Verdict
from domain.targets import Account, Platform, Registry

I = Role.INSPECTOR  # noqa: E741
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
SENTENCES = ("市局召开会议，研究宣传宣传工作。", "各科室要加强宣传宣传力度。")


def doubt(number: int) -> Doubt:
    sentence = SENTENCES[number]
    facts = {"wrong": "宣传宣传", "suggestion": "宣传", "sentence": sentence, "confidence": 0.95}
    return Doubt(Finding("text.typo", Ref(f"http://s1.example.gov.cn/{number}.html"), sentence, facts))


def test_a_group_is_settled_at_once_after_a_look_and_does_not_come_back(desk: Desk) -> None:
    desk.store.save_doubts("r1", "S1", [doubt(0), doubt(1)])
    person = desk.log_in(I)
    person.get("/doubts")
    assert "“宣传宣传”疑为“宣传” 较像错误，2 处" in person.text
    keys = [box["value"] for box in person.page.select("input[name=key]")]
    assert len(keys) == 2
    person.send("/doubts/settle", verdict="不是错误")
    assert "核对后再生效" in person.text
    assert not (desk.folder / "words").exists()
    person.send("/doubts/settle", step="apply")
    assert "已处理" in person.text
    assert len((desk.folder / "words" / "allowed.tsv").read_text(encoding="utf-8").splitlines()) == 3
    person.get("/doubts")
    assert "没有等待处理的疑点" in person.text


def test_a_decision_without_a_sentence_or_a_verdict_is_refused(desk: Desk) -> None:
    person = desk.log_in(Role.VERIFIER)
    assert person.post("/doubts/settle", {"run": "r1", "verdict": "不是错误"}).status_code == 400
    assert person.post("/doubts/settle", {"run": "r1", "verdict": "也许", "key": "x"}).status_code == 400
    assert person.post("/doubts/settle", {"run": "无此批次", "verdict": "是错误", "key": "x"}).status_code == 400
    person.post("/doubts/settle", {"run": "r1", "verdict": "是错误", "key": "0" * 16})
    assert "不在这个批次的疑点中" in person.text


def test_a_question_is_answered_with_a_picture(desk: Desk) -> None:
    person = desk.log_in(Role.LIAISON)
    person.get("/worksheet")
    assert "首页没有日期" in person.text
    key = person.page.find("input", {"name": "key"})["value"]
    assert person.send("/targets/S1/answers").status_code == 400
    person.get("/worksheet")
    filled = {f"verdict__{key}": "符合", f"until__{key}": "2023-07-01", f"note__{key}": "已看"}
    person.send("/targets/S1/answers", files={f"proof-{key}": ("图.png", PNG)}, **filled)
    assert "已登记 1 条" in person.text
    (answer,) = desk.store.answers("S1")
    assert (answer.by, answer.until.isoformat(), answer.note) == ("人员单位联络员", "2023-07-01", "已看")
    assert desk.store.body(answer.picture) == PNG
    assert "首页没有日期" not in {item.reason for _, item in desk.store.unjudged("r1", "S1")}


def test_what_somebody_else_has_answered_is_not_answered_again(desk: Desk) -> None:
    one, other = desk.log_in(I), desk.log_in(Role.LIAISON)
    for person in (one, other):
        person.get("/worksheet")
    key = one.page.find("input", {"name": "key"})["value"]
    one.send("/targets/S1/answers", **{f"verdict__{key}": "不符合"})
    assert other.send("/targets/S1/answers", **{f"verdict__{key}": "符合"}).status_code == 409


def test_a_proof_that_is_no_picture_is_refused_and_nothing_kept(desk: Desk) -> None:
    person = desk.log_in(I)
    person.get("/worksheet")
    key = person.page.find("input", {"name": "key"})["value"]
    for name, data in (("图.png", b"<svg onload=alert(1)>"), ("图.svg", b"<svg/>"), ("图.png", b"%PDF-1.4")):
        person.get("/worksheet")
        answer = person.send("/targets/S1/answers", files={f"proof-{key}": (name, data)}, **{f"verdict__{key}": "符合"})
        assert answer.status_code == 400
    assert desk.store.answers("S1") == []


def test_an_account_is_looked_at_by_hand(desk: Desk) -> None:
    account = Account("wechat:gh1", "第1局发布", Platform.WECHAT, "U1", url="javascript:alert(1)")
    registry = desk.store.load_registry()
    desk.store.save_registry(Registry(registry.units, registry.sites, (account,)))
    run = desk.store.run("r1")
    desk.store.save_run(replace(run, targets=(*run.targets, account.id)))
    desk.store.save_scorecards(
        [Scorecard(account.id, account.name, "account", "U1", "r1", run.as_of, Verdict.UNKNOWN, None)]
    )
    desk.store.save_unjudged("r1", account.id, [Unjudged("account.stale", Ref(""), "未能采集")])
    person = desk.log_in(I)
    person.get("/worksheet?check=account.stale")
    assert "账号是否更新" in person.text
    assert 'href="javascript' not in person.answer.text
    assert person.send(f"/targets/{account.id.replace(':', '%3A')}/answers", result="正常更新").status_code == 400
    assert "必须填写最后更新日期" in person.text
    person.get("/worksheet?check=account.stale")
    person.send(f"/targets/{account.id.replace(':', '%3A')}/answers", result="正常更新", updated="2023-05-20")
    card = next(card for card in desk.store.scorecards("r1") if card.target_id == account.id)
    assert card.verdict is Verdict.PASS
    person.get(f"/targets/{account.id}")
    assert 'href="javascript' not in person.answer.text
    assert SITES[0].id == "S1"
