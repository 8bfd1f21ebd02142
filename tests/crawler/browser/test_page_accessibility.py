"""Live pages under axe-core in the browser: planted faults, the entry, pages away, pages that fight back."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crawler.browser.accessibility import AXE, PageLook, is_entry, look_at_pages, rules
from crawler.browser.rendering import find_browser
from domain.crawl_policy import CrawlPolicy

needs_browser = pytest.mark.skipif(find_browser(CrawlPolicy()) is None, reason="no Chromium on this machine")
HEAD = "<!doctype html><html lang=zh-CN><title>市政府</title><body><main><h1>云川市</h1>"
PAGES = {
    "/good": HEAD + "<button onclick=\"document.body.className='old'\">长者模式</button>",
    "/bad": "<!doctype html><meta name=viewport content='user-scalable=no'><body><img src=/x.png><input>"
    "<p style='color:#ccc'>看不清的文字</p><iframe src=/good></iframe><a href=/good></a><button></button><b tabindex=3>一</b>",
    "/dead": HEAD + "<a href='#'>无障碍</a>",
    "/lost": HEAD + "<a href=/nowhere>无障碍浏览</a>",
    "/other": HEAD + "<a href=/good target=_blank>关怀版</a>",
    "/moving": HEAD
    + "<a href='#'>适老化</a><script>let i=0;setInterval(()=>document.body.className='m'+i++,50)</script>",
    "/axe": HEAD
    + "<img src=/x.png><script>Object.defineProperty(window,'axe',{value:{run:()=>Promise.resolve({})}})</script>",
    "/csp": HEAD + "<img src=/x.png>",
    "/dialogs": HEAD + "<img src=/x.png><script>setInterval(()=>alert(1),20)</script>",
}
FAULTS = {"image-alt", "label", "color-contrast", "frame-title", "link-name", "button-name", "tabindex", "meta-viewport",
          "html-has-lang", "document-title"}  # fmt: skip


class Desk(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path, "")
        self.send_response(200 if body else 404)
        self.send_header("content-type", "text/html; charset=utf-8")
        if self.path == "/csp":
            self.send_header("content-security-policy", "default-src 'none'")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture(scope="module")
def desk() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def look(url: str) -> PageLook:
    return look_at_pages([url], CrawlPolicy(allow_private=True))[0]


@pytest.mark.browser
@needs_browser
def test_planted_faults_are_found(desk: str) -> None:
    assert {each.rule for each in look(f"{desk}/bad").violations} >= FAULTS


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("good", "works"),
        ("other", "works"),
        ("dead", "unchanged"),
        ("lost", "unchanged"),
        ("moving", "unchanged"),
        ("csp", "none"),
    ],
)
def test_entry(desk: str, path: str, entry: str) -> None:
    seen = look(f"{desk}/{path}")
    assert (seen.unknown, seen.entry) == ("", entry)


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize("path", ["axe", "csp", "dialogs"])
def test_a_page_cannot_hide_its_faults(desk: str, path: str) -> None:
    seen = look(f"{desk}/{path}")
    assert seen.unknown or [each.rule for each in seen.violations] == ["image-alt"]
    assert path == "dialogs" or not seen.unknown


@pytest.mark.browser
@needs_browser
def test_what_cannot_be_seen_is_not_passed(desk: str) -> None:
    assert look(f"{desk}/nowhere").unknown
    assert look("http://127.0.0.1:1/").unknown


def test_every_rule_exists_and_is_explained() -> None:
    source = (AXE / "axe.min.js").read_text(encoding="utf-8")
    assert all(f'id:"{rule}"' in source for rule in rules())
    assert all(text["title"] and text["fix"] for text in rules().values())


@pytest.mark.parametrize(
    "words",
    [
        "无障碍",
        "无障碍浏览",
        "进入无障碍",
        "长者模式",
        "长者版",
        "适老化",
        "关怀版",
        "关怀模式",
        "老年人模式",
        "大字版",
    ],
)
def test_entry_words(words: str) -> None:
    assert is_entry(words)


@pytest.mark.parametrize(
    "words",
    ["无障碍环境建设法", "推进无障碍环境建设", "适老化改造补贴申请", "长者食堂", "长者", "关怀", "老年大学", "敬老院"],
)
def test_other_words(words: str) -> None:
    assert not is_entry(words)
