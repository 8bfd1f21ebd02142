"""登记表 in the browser: found, edited with its history, imported as shown, strangers taken over."""

import io
from dataclasses import replace

from desk import Desk
from openpyxl import Workbook, load_workbook
from staff import SITES, STALE, UNITS, record

from domain.findings import Ref
from domain.persons import Role
from domain.targets import TargetState

I = Role.INSPECTOR  # noqa: E741
HEADS = ["网站标识码", "网站名称", "主办单位", "首页网址", "网站类型"]


def book(rows: list[list[str]]) -> bytes:
    made, out = Workbook(), io.BytesIO()
    made.active.title = "网站"
    for row in (HEADS, *rows):
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def test_a_record_is_found_edited_and_its_history_told(desk: Desk) -> None:
    person = desk.log_in(I)
    person.get(f"/registry?kind=sites&q={SITES[1].name}")
    assert len(person.page.select("tbody tr")) == 1
    person.get(str(person.page.select_one("tbody a")["href"]))
    person.send("/registry/entry", cell__name="第2局新网站")
    assert "第2局新网站已保存" in person.text
    site = desk.store.load_registry().sites[1]
    assert (site.name, site.home_url, site.columns) == ("第2局新网站", SITES[1].home_url, SITES[1].columns)
    person.get("/registry/entry?kind=sites&key=S2")
    assert "修改经过" in person.text
    assert "第2局新网站" in person.page.select("h2 + ul li")[0].get_text()


def test_what_is_wrong_is_told_with_what_was_typed_and_nothing_kept(desk: Desk) -> None:
    person = desk.log_in(Role.ADMIN)
    before = desk.store.load_registry()
    person.get("/registry/entry?kind=sites&key=S2")
    answer = person.send("/registry/entry", cell__home_url="没有网址", cell__valid_from="昨天")
    assert answer.status_code == 400
    assert len(person.page.select("[role=alert] li")) == 2
    assert person.page.select_one("#f-home_url")["value"] == "没有网址"
    person.get("/registry/entry?kind=sites&key=S2")
    assert person.send("/registry/entry", cell__home_url=SITES[0].home_url).status_code == 400  # another one's
    assert desk.store.load_registry() == before


def test_two_who_edit_one_record(desk: Desk) -> None:
    one, other = desk.log_in(I), desk.log_in(Role.ADMIN)
    for person in (one, other):
        person.get("/registry/entry?kind=units&key=U2")
    one.send("/registry/entry", cell__short_name="二局")
    assert other.send("/registry/entry", cell__short_name="贰局").status_code == 409
    registry = desk.store.load_registry()
    assert registry.units[1].short_name == "二局"
    assert registry.sites == SITES[:1] + SITES[1:]


def test_a_site_is_closed_with_its_day_and_proof(desk: Desk) -> None:
    person = desk.log_in(I)
    person.get("/registry/entry?kind=sites&key=S3")
    person.send("/registry/entry", cell__state="已关停", cell__valid_to="2023-05-20", cell__proof="关停批复.pdf")
    assert "请留意" in person.text  # straight from 正常
    site = desk.store.load_registry().sites[2]
    assert (site.state, str(site.valid_to)) == (TargetState.CLOSED, "2023-05-20")
    person.get("/registry/entry?kind=units")
    person.send("/registry/entry", cell__name="新设局", cell__kind="部门")
    assert any(unit.name == "新设局" for unit in desk.store.load_registry().units)


def test_a_file_is_shown_before_it_is_taken_and_taken_as_shown(desk: Desk) -> None:
    rows = [["2100000009", "新网站", UNITS[0].name, "http://www.new.gov.cn/", "部门"]]
    person, other = desk.log_in(I), desk.log_in(Role.ADMIN)
    person.get("/registry/import")
    person.send("/registry/import", files={"file": ("登记表.xlsx", book(rows), "")})
    assert "1 处改动" in person.text
    assert "缺失" not in person.text
    assert len(desk.store.load_registry().sites) == 3
    person.send("/registry/import")
    sites = desk.store.load_registry().sites
    assert (len(sites), {site.state for site in sites}) == (4, {TargetState.NORMAL})
    other.get("/registry/import")
    other.send("/registry/import", files={"file": ("登记表.xlsx", book(rows), "")}, whole="1")
    assert "缺失" in other.text
    person.get("/registry/entry?kind=units&key=U2")
    person.send("/registry/entry", cell__short_name="二局")
    assert other.post("/registry/import", {**other.fields("/registry/import"), "step": "apply"}).status_code in {
        400,
        409,
    }
    workbook = load_workbook(io.BytesIO(person.get("/registry.xlsx").content))
    assert workbook["网站"].max_row == 5


def test_faults_of_a_file_are_all_told_and_nothing_is_taken(desk: Desk) -> None:
    rows = [[f"21{n:08}", f"网站{n}", UNITS[0].name, f"http://www.n{n}.gov.cn/", "部门"] for n in range(500)]
    for number in range(0, 300, 10):
        rows[number][3] = "不是网址"
    person = desk.log_in(I)
    person.get("/registry/import")
    person.send("/registry/import", files={"file": ("登记表.xlsx", book(rows), "")})
    assert "有 30 处问题" in person.text
    assert len(person.page.select("[role=alert] li")) == 30
    assert len(desk.store.load_registry().sites) == 3
    bomb = {"file": ("登记表.xlsx", b"PK\x03\x04broken", "")}
    assert person.post("/registry/import", {}, files=bomb).status_code == 400
    assert person.post("/registry/import", {}, files={"file": ("a.exe", b"MZ", "")}).status_code == 400


def test_a_stranger_is_registered_by_one_click(desk: Desk) -> None:
    for check, facts, url in (
        ("account.unregistered", {"platform": "微博", "account": "123456", "text": "第1局微博"}, "https://weibo.com/u/123456"),
        ("site.unregistered", {"host": "sub.gov.cn", "text": "子网站"}, "http://sub.gov.cn/a/b.html"),
    ):  # fmt: skip
        one = record(SITES[0], check, url)
        finding = replace(one.finding, facts=facts, ref=Ref(url, "链接"), candidate=True)
        desk.store.save_findings([replace(one, finding=finding)])
    person = desk.log_in(I)
    person.get("/registry")
    forms = [str(form["action"]) for form in person.page.find_all("form", method="post") if "/adopt" in form["action"]]
    assert len(forms) == 2
    for action in forms:
        person.get("/registry")
        person.send(action)
        assert "已登记“" in person.text
    registry = desk.store.load_registry()
    assert [(each.id, each.unit_id) for each in registry.accounts] == [("weibo:123456", "U1")]
    assert registry.sites[3].home_url == "http://sub.gov.cn/"
    assert person.post(forms[0]).status_code in {400, 409}
    assert desk.log_in(Role.LEADER).post(f"/findings/{STALE[0].fingerprint}/adopt").status_code == 403
