"""The console in a real browser: each role's main act on a desk and on a telephone, with keys, without script; axe."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from desk import WORD, Desk, new_desk
from staff import AT, PERSONS, SECOND, SEVERE, STALE, record
from staff import SITES as STAFFED
from test_every_route import letter
from test_texts_and_worksheets import doubt

from crawler.browser.rendering import find_browser
from domain.captured import SiteRun
from domain.crawl_policy import CrawlPolicy
from domain.letter_moves import ItemState, LetterState
from domain.letters import Claim
from domain.periods import period_named
from domain.persons import Role
from web.app import build_app

AXE = Path(__file__).parents[1] / "axe" / "node_modules" / "axe-core" / "axe.min.js"
I = Role.INSPECTOR  # noqa: E741
WIDTHS = [1440, 390]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_browser(CrawlPolicy()) is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=find_browser(CrawlPolicy()), args=["--no-sandbox"])
        yield made
        made.close()


class Served:
    """A desk behind a real server on loopback."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        config = uvicorn.Config(build_app(desk.place), host="127.0.0.1", port=0, log_level="warning", access_log=False)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self) -> "Served":
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        self.desk.store.close()


def furnish(desk: Desk) -> None:
    """Something of everything."""
    store = desk.store
    body, sha = store.put_body("<h1>保存的页面</h1>".encode()), store.put_body(b"%PDF-1.4")
    own = STALE[0]
    store.save_findings([replace(own, finding=replace(own.finding, ref=replace(own.finding.ref, capture=body)))])
    store.save_findings([record(STAFFED[number % 3], "link.dead", f"n{number}") for number in range(30)])
    store.save_doubts("r1", "S1", [doubt(0), doubt(1)])
    first = letter(1, sha)
    asked = replace(
        first.items[0], no=2, state=ItemState.DISPUTED, claim=Claim.OBJECTION, remark="已归档", reported_at=AT
    )
    store.save_letters([replace(first, items=(*first.items, asked)), replace(letter(2, sha), state=LetterState.ISSUED)])
    store.save_period(period_named("2023-05"))
    store.write([SiteRun("r1", "S2", "partial", 12, {"超出页面上限": 31}, "连接超时")])


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """For looking only."""
    desk = new_desk(tmp_path_factory.mktemp("shown"))
    furnish(desk)
    with Served(desk) as served:
        yield served


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    desk = new_desk(tmp_path)
    furnish(desk)
    with Served(desk) as made:
        yield made


def enter(chromium: Any, served: Served, who: Any, width: int, **more: Any) -> Any:
    """A page of somebody who has logged in."""
    person = PERSONS[who] if isinstance(who, Role) else who
    context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=served.base, **more)
    page = context.new_page()
    page.set_default_timeout(8000)
    page.goto("/login")
    page.fill("#who", person.id)
    page.fill("#password", WORD)
    page.click("main button")
    assert page.locator("h1").inner_text() == "工作台"
    return page


PAGES = (
    "/", "/city", "/city?view=table", "/targets/S1", "/findings", f"/findings/{STALE[0].fingerprint}",
    f"/findings/{SEVERE.fingerprint}", "/requests", "/doubts", "/worksheet", "/letters", "/letters/L1", "/letters/L2",
    "/periods", "/periods/2023-05", "/periods/2023-05/notice", "/periods/2023-05/print", "/runs", "/runs/r1", "/trail",
    "/ledger", "/password", "/nowhere", "/registry", "/registry/entry?kind=sites&key=S1", "/registry/import", "/rules",
    "/rules/account.stale", "/rules/deadlines", "/proof", "/periods/2023-05/compare",
)  # fmt: skip


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed; `make axe` needs npm")
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_no_page_has_violations_or_is_wider_than_its_window(
    chromium: Any, shown: Served, width: int, theme: str
) -> None:
    faults = []
    looked = PAGES if theme == "light" else PAGES[1::2]
    people = ((I, looked), (Role.LIAISON, ("/", "/letters/L1", "/findings")), (Role.ADMIN, ("/persons", "/settings")))
    for who, paths in people:
        page = enter(chromium, shown, who, width, color_scheme=theme, bypass_csp=True)
        for path in paths:
            page.goto(path)
            page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
            found = page.evaluate("axe.run(document, {resultTypes: ['violations'], iframes: false})")["violations"]
            faults += [(path, item["id"], item["nodes"][0]["html"][:160]) for item in found]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                faults.append((path, "wider-than-window", ""))
        page.context.close()
    assert faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_an_inspector_confirms_by_keys_alone(chromium: Any, served: Served, width: int) -> None:
    page = enter(chromium, served, I, width)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.goto("/findings?check=link.dead")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    for _ in range(5):
        page.wait_for_selector("[data-key=c]")
        page.keyboard.press("c")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    decided = [item for item in served.desk.store.findings() if item.review.verdict == "confirmed"]
    assert len(decided) == 5
    assert told == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_unit_answers_on_its_screen_with_an_upload(chromium: Any, served: Served, width: int) -> None:
    page = enter(chromium, served, Role.LIAISON, width)
    page.goto("/letters")
    page.click(".row-main")
    page.select_option("#c1", "已整改")
    page.fill("#m1", "已更新栏目")
    page.click("button[form=answers]")
    assert "反馈 1 项" in page.locator(".done").inner_text()
    page.set_input_files("#file", {"name": "扫描件.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 scan"})
    page.click("form[enctype] button")
    assert "已登记扫描件" in page.locator(".done").inner_text()
    assert served.desk.store.letter("L1").items[0].state is ItemState.REPORTED


def test_an_objection_is_decided_and_a_letter_issued(chromium: Any, served: Served) -> None:
    page = enter(chromium, served, I, 1440)
    page.goto("/letters/L1")
    page.fill("#reason-2", "栏目仍在使用")
    page.click("button[value=dismiss]")
    assert "认定异议不成立" in page.locator(".done").inner_text()
    page.goto("/letters")
    page.select_option("#draft-unit", "U3")
    page.click("form[action='/letters/draft'] button")
    page.click("text=签发并下发")
    assert "已下发" in page.locator(".done").inner_text()


def test_a_leader_grants_and_prints_two_pages(chromium: Any, served: Served) -> None:
    asker = enter(chromium, served, SECOND, 1440)
    asker.goto(f"/findings/{STALE[0].fingerprint}")
    asker.click("text=申请豁免 >> nth=0")
    asker.fill("#why-waive", "网站改版")
    asker.click("form[action$=ask-waiver] button")
    page = enter(chromium, served, Role.LEADER, 390)
    page.click("text=待批准")
    page.click(".row-main")
    page.click("button[value=grant]")
    assert "已批准" in page.locator(".done").inner_text()
    page.goto("/periods/2023-05/print")
    import pypdf

    path = served.desk.folder / "two.pdf"
    path.write_bytes(page.pdf(format="A4"))
    assert len(pypdf.PdfReader(path).pages) <= 2


def test_a_verifier_answers_and_settles_a_group(chromium: Any, served: Served) -> None:
    page = enter(chromium, served, Role.VERIFIER, 390)
    page.goto("/doubts")
    page.click("text=不是错误…")
    page.click("main button.main")
    assert "已处理" in page.locator("h1").inner_text()
    page.goto("/")
    page.click("text=未能判定")
    page.select_option("select[name^=verdict]", "符合")
    page.click("text=提交第1局网站的结果")
    assert "已登记 1 条" in page.locator(".done").inner_text()


def test_an_administrator_invites_and_an_auditor_reads(chromium: Any, served: Served) -> None:
    page = enter(chromium, served, Role.ADMIN, 1440)
    page.goto("/persons")
    page.fill("#name", "新来的")
    page.select_option("#role", "监管员")
    page.click("form[action='/persons'] button")
    assert "已登记" in page.locator(".done").inner_text()
    reader = enter(chromium, served, Role.AUDITOR, 1440)
    reader.goto("/trail")
    assert "登记人员" in reader.locator("table").inner_text()
    with reader.expect_download() as saved:
        reader.click("text=导出表格")
    assert saved.value.suggested_filename == "trail.csv"


def test_everything_works_without_script(chromium: Any, served: Served) -> None:
    page = enter(chromium, served, I, 390, java_script_enabled=False)
    page.goto("/findings?check=column.stale")
    for box in page.locator("input.tick").all():
        box.check()
    page.click("button[value=rejected]")
    page.fill("#reason", "网站改版")
    page.click("button.main")
    assert "已办理 3 个问题" in page.locator("h1").inner_text()
    page.goto("/city")
    page.click(".cell >> nth=0")
    assert "第1局网站" in page.locator("h1").inner_text()


def test_arrow_keys_move_among_the_cells_of_the_city(chromium: Any, shown: Served) -> None:
    page = enter(chromium, shown, I, 1440)
    page.goto("/city")
    page.focus(".cell >> nth=0")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/targets/S2"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.classList.contains('cell')")


def test_the_stored_page_is_shown_in_its_frame(chromium: Any, shown: Served) -> None:
    page = enter(chromium, shown, I, 1440)
    page.goto(f"/findings/{STALE[0].fingerprint}")
    frame = page.frame_locator("iframe.stored")
    page.locator("iframe.stored").scroll_into_view_if_needed()
    assert frame.locator("h1").inner_text() == "保存的页面"
