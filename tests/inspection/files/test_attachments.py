"""Attachments of a site, night after night: read, judged like pages, named by file, page and place; nothing breaks a run."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from faulty_sites import answer, site
from offices import AS_OF, QUICK
from paper import bomb, locked, numbers, printed, rows, scanned, word, workbook

from checks.rules.rulebook import load_rules
from domain.captured import Detail, PageKind
from domain.crawl_policy import CrawlPolicy
from domain.findings import Finding, FindingRecord, FindingState
from domain.ports import Store
from domain.runs import RunKind, RunState
from domain.targets import Registry, Site
from inspection.files.attachments import read_attachments
from inspection.judging.run import Outcome
from inspection.results.stored_report import stored_report
from inspection.runs.recheck import recheck_run
from inspection.runs.run import Order, run_inspection
from reports.json_gate import run_document
from storage import open_store, upgrade

FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = """<html><head><title>{title}</title><meta name="PubDate" content="2023-04-20 09:00">
<meta name="ArticleTitle" content="{title}"></head><body><h1>{title}</h1><p>发布日期：2023-04-20</p>
<div class="content"><p>现将有关材料予以公布，请各单位认真组织学习并抓好落实，工作中遇到的问题及时向市政府办公室反映。</p>{links}</div></body></html>"""


@dataclass
class Shelf:
    """A site of one home page, one article and the files that the article offers."""

    files: dict[str, bytes]
    names: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        body, kind = self._body(handler.path)
        tag = f'"{hash(body)}"'
        if body is None:
            self.asked.append((handler.path, 404))
            answer(handler, 404, b"<h1>404</h1>")
            return
        status = 304 if handler.headers.get("If-None-Match") == tag else 200
        self.asked.append((handler.path, status))
        answer(handler, status, b"" if status == 304 else body, Content_Type=kind, ETag=tag)

    def _body(self, path: str) -> tuple[bytes | None, str]:
        html = "text/html; charset=utf-8"
        if path == "/":
            return PAGE.format(title="某市某局", links='<a href="/gg/t1.html">关于公布材料的通知</a>').encode(), html
        if path == "/gg/t1.html":
            links = "".join(f'<p><a href="/{name}">{self.names.get(name, name)}</a></p>' for name in self.files)
            links += "".join(f'<p><img src="/{name}"></p>' for name in self.pictures)
            return PAGE.format(title="关于公布材料的通知", links=links).encode(), html
        name = path.lstrip("/")
        return {**self.files, **self.pictures}.get(name), self.types.get(name, "application/octet-stream")


@dataclass
class Desk:
    """A data folder from which the shelf is inspected."""

    shelf: Shelf
    url: str
    folder: Path
    store: Store
    nights: int = 0

    def inspect(self, **settings: Any) -> Outcome:
        as_of = AS_OF + timedelta(days=self.nights)
        self.nights += 1
        self.shelf.asked.clear()
        everything = self.store.load_registry().sites
        db = f"sqlite:///{self.folder}/xunjian.db"
        options = {**QUICK, "check_outside": False, "check_search": False, "check_ipv6": False, **settings}
        order = Order(RunKind.NIGHTLY, everything, as_of, load_rules(), db, str(self.folder), options, True)
        return run_inspection(order, self.store)

    def records(self, check: str = "text.") -> list[FindingRecord]:
        return [r for r in self.store.findings() if r.finding.check.startswith(check)]

    def states(self) -> dict[object, FindingState]:
        return {record.finding.facts["wrong"]: record.state for record in self.records()}

    def of(self, name: str, check: str = "text.") -> list[Finding]:
        return [r.finding for r in self.records(check) if r.finding.ref.url == self.url + name]


@contextmanager
def opened(folder: Path, files: dict[str, bytes]) -> Iterator[Desk]:
    upgrade(f"sqlite:///{folder}/xunjian.db")
    store = open_store(f"sqlite:///{folder}/xunjian.db", folder)
    shelf = Shelf(files)
    with site(shelf) as url:
        store.save_registry(Registry(sites=(Site("s1", "某局", url),)))
        yield Desk(shelf, url, folder, store)
    store.close()


UNREADABLE = {
    "locked.pdf": (locked(printed("内部材料")), "已加密"),
    "scan.pdf": (scanned(), "扫描件"),
    "broken.docx": (b"PK\x03\x04" + b"x" * 3_000, "已损坏"),
    "broken.xlsx": (word("这是一份文档")[:-200], "已损坏"),
    "cut.pdf": (printed("内容")[:200], "已损坏"),
    "bomb.docx": (bomb(), "解压后过大"),
    "secret.docx": (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "已加密"),
}
LEFT_OUT = {
    "old.doc": b"\xd0\xcf\x11\xe0" + bytes(4_000),
    "old.xls": b"\xd0\xcf\x11\xe0" + bytes(4_000),
    "big.pdf": b"%PDF-1.4" + bytes(1_500_000),
}
LINES = ["  ".join(row) for row in rows()]
READABLE = {
    "a.docx": word(
        "工作安排", "各部门要认真布署下一步工作。", table=[["单位", "任务"], ["某局", "再接再励，做好收尾"]]
    ),
    "b.xlsx": workbook([["事项"], [None], ["既使下雨也要巡查"]], names=("任务表",)),
    "c.pdf": printed("工作方案", "会议定于2023年2月30日召开。"),
    "list.xlsx": workbook(rows(), names=("发放名单",)),
    "list.docx": word("补贴对象名单", table=rows()),
    "list.pdf": printed("补贴对象名单", *LINES),
    "masked.xlsx": workbook(rows(masked=True), names=("发放名单",)),
    "masked.docx": word("补贴对象名单", table=rows(masked=True)),
    "office.xlsx": workbook([["单位", "联系电话"], ["市民政局", "13900139001"]]),
    "download?id=7": word("请各单位认真布署。"),
}


@dataclass
class Night:
    """One inspection of a site that offers everything."""

    desk: Desk
    outcome: Outcome

    @property
    def document(self) -> str:
        report = stored_report(self.desk.store, load_rules(), self.outcome.run.id, "")
        return json.dumps(run_document(report), ensure_ascii=False)


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    files = READABLE | {name: body for name, (body, _) in UNREADABLE.items()} | LEFT_OUT
    with opened(tmp_path_factory.mktemp("office"), files) as desk:
        desk.shelf.names = {"a.docx": "附件1：工作安排.docx", "download?id=7": "点击下载"}
        desk.shelf.types["download?id=7"] = WORD
        yield Night(desk, desk.inspect(file_mb=1))


def unjudged_of(outcome: Outcome, check: str = "text.typo") -> dict[str, str]:
    questions = outcome.judged["s1"].unjudged
    return {item.ref.url.rpartition("/")[2]: item.reason for item in questions if item.check == check}


def test_findings_name_file_page_and_place(night: Night) -> None:
    typos = {str(item.facts["wrong"]): item for item in night.desk.of("a.docx", "text.typo")}
    assert set(typos) == {"布署", "再接再励"}
    first = typos["布署"]
    assert first.facts["place"] == "附件“附件1：工作安排.docx”第2段"
    assert first.found_on == (night.desk.url + "gg/t1.html",)
    assert first.facts["linked_from"] == "关于公布材料的通知"
    assert first.kind == "附件"
    assert typos["再接再励"].facts["where"] == "第1个表格第2行"
    (cell,) = night.desk.of("b.xlsx", "text.typo")
    assert (cell.facts["wrong"], cell.facts["where"]) == ("既使", "工作表“任务表”第3行")
    (day,) = night.desk.of("c.pdf", "text.format")
    assert (day.facts["wrong"], day.facts["where"]) == ("2023年2月30日", "第1页")
    assert "附件“附件1：工作安排.docx”第2段中“布署”应为“部署”" in night.document


def test_a_file_without_an_ending_is_known_by_its_type(night: Night) -> None:
    (typo,) = night.desk.of("download?id=7")
    assert typo.facts["wrong"] == "布署"


def test_files_are_no_pages(night: Night) -> None:
    (state,) = night.desk.store.site_runs(night.outcome.run.id)
    assert state.pages == 2
    assert night.outcome.run.state is RunState.COMPLETE


def test_lists_of_persons_are_found_and_shown_masked(night: Night) -> None:
    for name in ("list.xlsx", "list.docx", "list.pdf"):
        found = {item.facts["layer"]: item for item in night.desk.of(name)}
        assert set(found) == {"id", "mobile"}, name
        assert all(item.count == 4 for item in found.values())
        assert str(found["id"].facts["masked"]).startswith("210102********")
        assert str(found["mobile"].facts["masked"]).endswith("等（共 4 处）")
    for name in ("masked.xlsx", "masked.docx", "office.xlsx"):
        assert night.desk.of(name) == []
    written = night.document + repr(night.desk.records()) + repr(night.outcome.judged)
    assert not [number for number in numbers() if number in written]


def test_what_cannot_be_read_is_unjudged_with_its_reason(night: Night) -> None:
    reasons = unjudged_of(night.outcome)
    assert set(reasons) == set(UNREADABLE)
    for name, (_, word_) in UNREADABLE.items():
        assert word_ in reasons[name], (name, reasons[name])
        assert reasons[name].startswith("附件“")
        assert night.desk.of(name) == []


def test_what_is_not_read_is_counted(night: Night) -> None:
    (state,) = night.desk.store.site_runs(night.outcome.run.id)
    assert state.skipped == {"file_format": 2, "file_too_large": 1}


def test_nothing_is_read_twice_and_nothing_of_an_unfinished_crawl(night: Night) -> None:
    desk, run = night.desk, night.outcome.run
    sites = desk.store.load_registry().sites
    assert read_attachments(desk.store, run, sites, CrawlPolicy()) == 0
    page = next(page for page in desk.store.pages("s1", AS_OF, (PageKind.FILE,)))
    assert page.reading is not None
    assert page.reading.published.day == date(2023, 4, 20)
    other = replace(run, id="other", as_of=AS_OF + timedelta(days=9))
    desk.store.save_run(other)
    desk.store.write([replace(page, run_id="other", reading=replace(page.reading, detail=Detail.UNREAD, text=""))])
    assert read_attachments(desk.store, other, sites, CrawlPolicy()) == 0


def test_nights_close_what_was_corrected_and_only_that(tmp_path: Path) -> None:
    files = {"a.docx": word("各部门要认真布署下一步工作。"), "b.docx": word("既使下雨也要巡查。")}
    with opened(tmp_path, files) as desk:
        desk.inspect()
        files["a.docx"] = word("各部门要认真部署下一步工作。")
        changed = desk.inspect(files_per_site=0)  # a changed file that nobody read closes nothing
        assert ("/b.docx", 304) in desk.shelf.asked
        assert desk.states() == {"布署": FindingState.NEW, "既使": FindingState.PERSISTING}
        assert changed.judged["s1"].card.complete
        assert desk.store.site_runs(changed.run.id)[0].skipped == {"file_budget": 1}
        files["b.docx"] = b"PK\x03\x04" + b"broken" * 50
        last = desk.inspect()
        assert desk.states() == {"布署": FindingState.FIXED, "既使": FindingState.PERSISTING}
        (kept,) = [r for r in last.judged["s1"].records if r.finding.facts.get("wrong") == "既使"]
        assert "已损坏" in kept.unread_note  # the open finding says it, and no question besides
        assert "b.docx" not in unjudged_of(last)
        recheck_run(desk.store, last.run.id, load_rules(), reparse=True)
        assert desk.states() == {"布署": FindingState.FIXED, "既使": FindingState.PERSISTING}


def test_what_a_night_has_no_budget_for_comes_on_the_next(tmp_path: Path) -> None:
    files = {f"{n}.docx": word(f"第{n}号文件", "各部门要认真布署下一步工作。") for n in range(4)}
    with opened(tmp_path, files) as desk:
        outcome = desk.inspect(files_per_site=3)
        assert len(desk.records()) == 3
        assert desk.store.site_runs(outcome.run.id)[0].skipped == {"file_budget": 1}
        desk.inspect(files_per_site=3)
        assert len(desk.records()) == 4


def test_pictures_are_left_alone_unless_recognition_is_installed_and_asked_for(tmp_path: Path) -> None:
    has_ocr = find_spec("rapidocr_onnxruntime") is not None
    if has_ocr and not Path(FONT).exists():
        pytest.skip("no Chinese font to draw with")
    picture = drawn("各部门要认真布署下一步工作") if has_ocr else b"\x89PNG" + bytes(90_000)
    with opened(tmp_path, {}) as desk:
        desk.shelf.pictures = {"poster.png": picture}
        desk.shelf.types["poster.png"] = "image/png"
        desk.inspect(pictures_per_site=2, picture_kb=1)
        files = list(desk.store.pages("s1", AS_OF, (PageKind.FILE,)))
        if not has_ocr:
            assert files == []
            pytest.skip("the extra `ocr` is not installed: pictures were left alone, their text is not tried")
        (record,) = desk.records("text.typo")
        assert record.finding.facts["place"] == "图片“poster.png”第1行文字"
        assert record.finding.candidate
        assert record.finding.kind == "图片"
        assert not record.counts


def drawn(words: str) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.effect_noise((900, 300), 8).convert("RGB").point(lambda value: min(255, value + 100))
    font = ImageFont.truetype(FONT, 40, index=2)
    ImageDraw.Draw(picture).text((30, 100), words, "black", font)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
