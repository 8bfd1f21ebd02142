"""整改 in the browser: drafted, issued, signed for, answered with a scan, disputed, decided, withdrawn."""

from desk import Desk, Visitor
from reply_forms import fill_word
from staff import STALE

from domain.findings import FindingState
from domain.letter_moves import ItemState, LetterState
from domain.letters import Letter
from domain.persons import Role

I = Role.INSPECTOR  # noqa: E741
PDF = b"%PDF-1.4\n1 0 obj\n"


def issued(desk: Desk) -> tuple[Visitor, Visitor, Letter]:
    """(inspector, liaison, a letter to the liaison's unit)."""
    office = desk.log_in(I)
    office.get("/letters")
    office.send("/letters/draft", kind="letter", unit="U1")
    office.send("/issue", days="5")
    assert "已下发" in office.text, office.text
    return office, desk.log_in(Role.LIAISON), desk.store.letters()[0]


def test_drafts_go_to_be_signed_and_out(desk: Desk) -> None:
    office, leader = desk.log_in(I), desk.log_in(Role.LEADER)
    office.get("/letters")
    office.send("/letters/draft", kind="letter")
    assert "已起草 3 份" in office.text
    office.get("/letters/L1")
    office.send("/submit")
    leader.get("/")
    assert "待签发 1" in leader.text
    leader.get("/letters/L1")
    leader.send("/issue")
    assert "整改通知单〔2023〕1号" in leader.text
    leader.get("/letters")
    assert office.post("/letters/draft", {"kind": "letter"}).status_code == 400  # all are asked already


def test_a_unit_sees_its_letter_only_once_it_is_out(desk: Desk) -> None:
    office, liaison = desk.log_in(I), desk.log_in(Role.LIAISON)
    office.get("/letters")
    office.send("/letters/draft", kind="letter", unit="U1")
    assert liaison.get("/letters/L1").status_code == 404
    office.send("/withdraw", reason="写错")
    assert liaison.get("/letters/L1").status_code == 404


def test_a_unit_signs_answers_and_uploads_the_scan(desk: Desk) -> None:
    _, liaison, letter = issued(desk)
    liaison.get("/")
    assert "待签收 1" in liaison.text
    liaison.get(f"/letters/{letter.id}")
    liaison.send("/sign")
    assert "已签收" in liaison.text
    assert liaison.send("/answer", claim__1="未整改", remark__1="").status_code == 400
    liaison.get(f"/letters/{letter.id}")
    liaison.send("/answer", claim__1="已整改", url__1="http://s1.example.gov.cn/new/", remark__1="已更新")
    assert "反馈 1 项" in liaison.text
    liaison.send("/files", files={"file": ("盖章 扫描.pdf", PDF, "application/pdf")})
    now = desk.store.letter(letter.id)
    assert now.items[0].state is ItemState.REPORTED
    assert now.items[0].new_url == "http://s1.example.gov.cn/new/"
    assert [reply.file for reply in now.replies] == ["网上反馈.json", "盖章 扫描.pdf"]
    answer = liaison.get(f"/letters/{letter.id}/replies/{now.replies[1].sha256}")
    assert (answer.content, answer.headers["content-disposition"].split("; ")[0]) == (PDF, "attachment")
    liaison.get(f"/letters/{letter.id}")
    assert liaison.send("/files", files={"file": ("盖章 扫描.pdf", PDF, "application/pdf")}).status_code == 400
    assert "没有重复登记" in liaison.text


def test_the_filled_form_of_word_and_excel_is_taken_as_well(desk: Desk) -> None:
    office, liaison, letter = issued(desk)
    for kind in ("letter", "form-docx", "form-xlsx"):
        answer = office.get(f"/letters/{letter.id}/paper/{kind}")
        assert answer.content.startswith(b"PK")
        assert "filename*=UTF-8''" in answer.headers["content-disposition"]
    path = desk.folder / "回执.docx"
    path.write_bytes(office.get(f"/letters/{letter.id}/paper/form-docx").content)
    path = fill_word(path, {1: ("已整改", "", "已更新")})
    liaison.get(f"/letters/{letter.id}")
    liaison.send("/files", files={"file": ("回执.docx", path.read_bytes(), "")})
    assert desk.store.letter(letter.id).items[0].state is ItemState.REPORTED


def test_the_office_returns_closes_and_says_why(desk: Desk) -> None:
    office, liaison, letter = issued(desk)
    liaison.get(f"/letters/{letter.id}")
    liaison.send("/answer", claim__1="已整改")
    office.get("/")
    assert "待复核 1" in office.text
    office.get(f"/letters/{letter.id}")
    office.send("/review")
    assert "1 项反馈后还没有专门复核" in office.text
    assert office.send("/decide", move="return", reason=" ").status_code == 400
    office.get(f"/letters/{letter.id}")
    office.send("/decide", move="return", reason="仍未更新")
    liaison.get("/")
    assert "被退回 1" in liaison.text
    liaison.get(f"/letters/{letter.id}")
    liaison.send("/answer", claim__1="已整改", remark__1="这次真的改了")
    office.get(f"/letters/{letter.id}")
    office.send("/decide", move="pass", reason="已看过")
    assert desk.store.letter(letter.id).state is LetterState.CLOSED
    assert desk.store.finding(STALE[0].fingerprint).state is FindingState.NEW  # only a look closes a finding


def test_an_objection_is_upheld_and_the_finding_is_none(desk: Desk) -> None:
    office, liaison, letter = issued(desk)
    liaison.get(f"/letters/{letter.id}")
    liaison.send("/answer", claim__1="有异议", remark__1="该栏目已归档")
    office.get("/")
    assert "异议待定 1" in office.text
    office.get(f"/letters/{letter.id}")
    office.send("/decide", move="uphold", reason="确已归档")
    assert desk.store.letter(letter.id).items[0].state is ItemState.UPHELD
    assert desk.store.finding(STALE[0].fingerprint).state is FindingState.REJECTED


def test_a_leader_without_the_right_to_review_is_not_offered_to_uphold(desk: Desk) -> None:
    _, liaison, letter = issued(desk)
    liaison.get(f"/letters/{letter.id}")
    liaison.send("/answer", claim__1="有异议", remark__1="该栏目已归档")
    leader = desk.log_in(Role.LEADER)
    leader.get(f"/letters/{letter.id}")
    assert [button["value"] for button in leader.form("/decide").find_all("button")] == ["dismiss"]


def test_two_who_act_on_one_letter(desk: Desk) -> None:
    office, _, letter = issued(desk)
    other = desk.log_in(Role.LEADER)
    office.get(f"/letters/{letter.id}")
    other.get(f"/letters/{letter.id}")
    office.send("/defer", due="2023-06-09T17:00", reason="节假日")
    assert other.send("/withdraw", reason="作废").status_code == 409
    assert "人员监管员 2023-05-26 09:00 " in other.text
    assert desk.store.letter(letter.id).state is LetterState.ISSUED


def test_issuing_twice_gives_one_number(desk: Desk) -> None:
    office = desk.log_in(I)
    office.get("/letters")
    office.send("/letters/draft", kind="letter", unit="U1")
    fields = office.fields("/issue")
    for _ in range(2):
        assert office.post("/letters/L1/issue", fields).status_code == 200
    assert "没有重复办理" in office.text
    assert desk.store.next_number("letter/2023") == 2


def test_overdue_and_due_today_are_seen(desk: Desk) -> None:
    office, liaison, letter = issued(desk)
    due = desk.store.letter(letter.id).due
    desk.clock.now = due.replace(hour=9)
    office, liaison = desk.log_in(I), desk.log_in(Role.LIAISON)
    liaison.get("/")
    assert "今日到期 1" in liaison.text
    desk.clock.turn(hours=12)
    office, liaison = desk.log_in(I), desk.log_in(Role.LIAISON)
    office.get("/letters?task=overdue")
    assert "逾期" in office.page.select_one("ul.rows").get_text()
    liaison.get(f"/letters/{letter.id}")
    liaison.send("/answer", claim__1="已整改")
    assert "逾期反馈" in liaison.text
