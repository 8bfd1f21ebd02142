"""A month for the shelf: everything in it opens without the program, and whatever is changed is told."""

import hashlib
import json
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from docx import Document
from staff import AT, STALE, actor, office

from checks.rules.rulebook import load_rules
from domain.errors import UsageError
from domain.persons import Role
from domain.ports import Store
from inspection.archives.checking import archive_faults
from inspection.archives.writing import MANIFEST, TRAIL, archive_period, harmless
from inspection.periods.closing import close_period, open_period
from inspection.periods.issued import register_issued
from inspection.periods.notices import Made, load_settings_of, notice_of_period, write_notice
from scorecards.figures import FigureRules

NOW = AT + timedelta(days=10)
BOSS = actor(Role.INSPECTOR)
PAGE = "<html><body><h1>工作动态</h1><script>alert(1)</script></body></html>".encode()
SIGN = hashlib.sha256(PAGE).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = office(tmp_path)
    made.put_body(PAGE, SIGN)
    finding = replace(STALE[0].finding, ref=replace(STALE[0].finding.ref, capture=SIGN))
    made.save_findings([replace(STALE[0], finding=finding)])
    open_period(made, "2023-05", BOSS, AT)
    close_period(made, load_rules(), FigureRules(), "2023-05", BOSS, NOW)
    return made


def drafted(store: Store, folder: Path) -> Made:
    return notice_of_period(store, load_rules(), load_settings_of(folder), "2023-05")


def signed(made: Made, folder: Path, name: str = "终稿.docx", added: str = "") -> Path:
    """The draft as a person fills it in."""
    write_notice(made, folder / name, None, "试")
    document = Document(str(folder / name))
    for paragraph in document.paragraphs:
        if "【待补充" in paragraph.text:
            paragraph.text = "已补充。"
    document.add_paragraph(added)
    document.save(str(folder / name))
    return folder / name


def archived(store: Store, tmp_path: Path) -> Path:
    folder = tmp_path / "档案"
    archive_period(store, load_rules(), tmp_path, "2023-05", folder, BOSS, NOW)
    return folder


def test_an_archive_holds_all_and_opens_without_the_program(store: Store, tmp_path: Path) -> None:
    made = drafted(store, tmp_path)
    register_issued(store, made, signed(made, tmp_path), BOSS, NOW)
    folder = archived(store, tmp_path)
    page = BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "lxml")
    heads = [head.get_text() for head in page.select("h2")]
    assert heads == ["一、通报", "二、整改通知单和提示单", "三、数字和评分", "四、证据", "五、留痕", "核对"]
    links = [unquote(link["href"]) for link in page.select("main a[href]") if not link["href"].startswith("http")]
    assert links
    assert all((folder / link).is_file() for link in links)
    stored = (folder / "证据" / f"{SIGN[:32]}.html").read_bytes()
    assert stored.endswith(PAGE)
    assert b"default-src 'none'" in stored[:200]
    assert STALE[0].fingerprint in page.get_text()
    assert (folder / "通报" / "1 终稿.docx").read_bytes() == (tmp_path / "终稿.docx").read_bytes()
    assert list(archive_faults(folder)) == []
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS", "--quiet"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0


def change(folder: Path, what: str) -> None:
    target = folder / "评分" / "2023-05 数字.json"
    if what == "changed":
        target.write_text("{}", encoding="utf-8")
    elif what == "missing":
        target.unlink()
    elif what == "more":
        (folder / "评分" / "另一份.json").write_text("{}", encoding="utf-8")
    elif what == "link":
        content = target.read_bytes()
        target.unlink()
        (folder.parent / "elsewhere").write_bytes(content)
        target.symlink_to(folder.parent / "elsewhere")
    elif what == "manifest":
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        target.write_text("{}", encoding="utf-8")
        for row in manifest["files"]:
            if row["path"].endswith("数字.json"):
                row["sha256"] = hashlib.sha256(b"{}").hexdigest()
        (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    elif what == "outside":
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest["files"].append({"path": "../elsewhere", "size": 1, "sha256": "0"})
        (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("changed", "文件“评分/2023-05 数字.json”被改动"),
        ("missing", "缺少文件“评分/2023-05 数字.json”"),
        ("more", "多出文件“评分/另一份.json”"),
        ("link", "文件“评分/2023-05 数字.json”被改动"),
        ("manifest", "SHA256SUMS 与 manifest.json 不一致"),
        ("outside", "清单中的“../elsewhere”不在归档文件夹之内"),
    ],
)
def test_whatever_is_changed_is_told(store: Store, tmp_path: Path, what: str, told: str) -> None:
    folder = archived(store, tmp_path)
    change(folder, what)
    assert told in list(archive_faults(folder))


def test_a_trail_that_was_rewritten_with_its_hashes_is_told(store: Store, tmp_path: Path) -> None:
    folder = archived(store, tmp_path)
    lines = (folder / TRAIL).read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / TRAIL).write_text("".join(lines[1:]), encoding="utf-8")
    assert any(fault.startswith("留痕不完整：第 1 条缺失") for fault in archive_faults(folder))


def test_an_archive_is_written_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    folder = archived(store, tmp_path)
    with pytest.raises(UsageError, match="不是空文件夹"):
        archive_period(store, load_rules(), tmp_path, "2023-05", folder, BOSS, NOW)
    open_period(store, "2023-06", BOSS, NOW)
    with pytest.raises(UsageError, match="尚未关闭过"):
        archive_period(store, load_rules(), tmp_path, "2023-06", tmp_path / "六月", BOSS, NOW)
    assert not (tmp_path / "六月").exists()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError):
        archive_period(store, load_rules(), tmp_path, "2023-05", tmp_path / "file" / "a", BOSS, NOW)
    with pytest.raises(UsageError, match="不是归档文件夹"):
        list(archive_faults(tmp_path))


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "_.._etc_passwd"), ("a\r\nb.pdf", "a_b.pdf"), ("..", "文件"), ("CON:1?.docx", "CON_1_.docx")],
)
def test_names_from_outside_are_made_harmless(name: str, kept: str) -> None:
    assert harmless(name) == kept


def test_a_signed_notice_is_kept_numbered_and_compared(store: Store, tmp_path: Path) -> None:
    made = drafted(store, tmp_path)
    first = register_issued(store, made, signed(made, tmp_path), BOSS, NOW)
    assert (first.version, first.added, first.figures) == (1, (), 1)
    with pytest.raises(UsageError, match="已经登记过"):
        register_issued(store, made, tmp_path / "终稿.docx", BOSS, NOW)
    again = signed(made, tmp_path, "更正.docx", "另有 7777 个问题。")
    with pytest.raises(UsageError, match="为更正，须写明理由"):
        register_issued(store, made, again, BOSS, NOW)
    second = register_issued(store, made, again, BOSS, NOW, "更正单位名称")
    assert (second.version, second.added, second.label) == (2, ("7777",), "通报（更正，第 2 版）")
    assert store.issued_notices("2023-05") == [first, second]
    assert store.body(second.sha256) == again.read_bytes()


def test_what_is_no_signed_notice_is_refused(store: Store, tmp_path: Path) -> None:
    made = drafted(store, tmp_path)
    write_notice(made, tmp_path / "底稿.docx", None, "试")
    (tmp_path / "坏.docx").write_bytes(b"PK but no package")
    (tmp_path / "假.pdf").write_bytes(b"MZ")
    (tmp_path / "a.txt").write_bytes(b"x")
    more = signed(made, tmp_path, "多.docx", "另有 7777 个问题。")
    for path, told in (
        (tmp_path / "底稿.docx", "没有填写：【待补充"),
        (tmp_path / "坏.docx", "不是完好的"),
        (tmp_path / "假.pdf", "内容不是 .pdf"),
        (tmp_path / "a.txt", "请用 .docx 或 .pdf"),
        (tmp_path / "没有.pdf", "不能读取"),
        (more, "底稿中没有的数字：7777"),
    ):
        with pytest.raises(UsageError, match=told):
            register_issued(store, made, path, BOSS, NOW)
    with pytest.raises(UsageError, match="单位联络员"):
        register_issued(store, made, more, actor(Role.LIAISON), NOW, "x")
    assert store.issued_notices() == []
