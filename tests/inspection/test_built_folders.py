"""Folders of built pages as usual servers serve them."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from domain.findings import Finding, Ref
from inspection.runs.folder_places import place_of
from inspection.runs.served_folder import served

PAGES = {
    "index.html": "首页", "about.html": "关于", "news/index.shtml": "要闻", "old/default.htm": "旧站", "php/index.php": "动态", "list.shtml": "列表", "a b.html": "空格",
    "both.html": "文件", "both/index.html": "文件夹", "data/x.txt": "数据",
}  # fmt: skip


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory):
    folder: Path = tmp_path_factory.mktemp("site")
    for name, text in PAGES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    with served(folder) as url:
        yield url


@pytest.mark.parametrize(
    ("path", "text"),
    [("", "首页"), ("about", "关于"), ("about.html", "关于"), ("about?from=home", "关于"), ("news/", "要闻"), ("news", "要闻"), ("old/", "旧站"), ("php/", "动态"), ("list", "列表"), ("a%20b", "空格"), ("both/", "文件夹")],
)  # fmt: skip
def test_addresses_lead_to_their_files(origin: str, path: str, text: str) -> None:
    with urllib.request.urlopen(origin + path) as answer:
        assert answer.read().decode() == text
        assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", ["missing", "about/", "data/", "a%00.html", "a%FF%FE.html", "data/x", "..%2f..%2fetc%2fpasswd", "%00"])  # fmt: skip
def test_what_is_not_there_is_404(origin: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(origin + path)


@pytest.mark.parametrize(
    ("path", "file"),
    [("", "index.html:1"), ("about", "about.html:1"), ("old/", "old/default.htm:1"), ("php/", "php/index.php:1"), ("php", "php/index.php:1"), ("list", "list.shtml:1"), ("..%2foutside.html", None), ("missing", None)],
)  # fmt: skip
def test_a_finding_stands_in_the_file_that_was_served(tmp_path: Path, path: str, file: str | None) -> None:
    folder = tmp_path / "site"
    for name, text in PAGES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{text}错字", encoding="utf-8")
    (tmp_path / "outside.html").write_text("错字", encoding="utf-8")
    finding = Finding("text.typo", Ref(f"http://127.0.0.1:80/{path}", ""), "x", {"wrong": "错字"})
    place = place_of(finding, folder, "http://127.0.0.1:80/")
    assert (str(place).removeprefix(f"{folder}/") if place else None) == file


def test_default_pages_of_ones_own_go_first(tmp_path: Path) -> None:
    for name, text in (
        ("main.htm", "主页"),
        ("index.html", "旧页"),
        ("zw/main.htm", "政务"),
        ("xw/index.html", "要闻"),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with served(tmp_path, ("start.html", "main.htm")) as url:
        read = [urllib.request.urlopen(url + path).read().decode() for path in ("", "zw/", "xw/")]
    assert read == ["主页", "政务", "要闻"]
    finding = Finding("text.typo", Ref("http://127.0.0.1:80/zw/", ""), "x", {"wrong": "政务"})
    assert str(place_of(finding, tmp_path, "http://127.0.0.1:80/", ("main.htm",))).endswith("zw/main.htm:1")
