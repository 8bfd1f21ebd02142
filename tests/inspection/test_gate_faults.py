"""`xunjian gate` on sites that cannot be inspected: exit code, one last line, JSON, nothing else."""

import random
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from faulty_sites import Behaviour, Ended, answer, site, xunjian

from checks.rules.rulebook import load_rules
from domain.scores import Verdict
from domain.times import BEIJING
from inspection.runs.gate import GateOptions, run_gate

AS_OF = "2023-04-26T09:00"
RUBBISH = random.Random(7).randbytes(40_000)
CODES = {"pass": 0, "fail": 1, "unknown": 3}
BIG = b"<html><head><title>x</title></head><body>" + b"<p>0123456789abcdef</p>\n" * 2_200_000


def fixed(status: int, body: bytes = b"<h1>error</h1>", **headers: str) -> Behaviour:
    return lambda handler: answer(handler, status, body, **headers)


def circle(handler: BaseHTTPRequestHandler) -> None:
    answer(handler, 302, b"", Location="/b" if handler.path == "/" else "/")


UNKNOWN: dict[str, Behaviour] = {
    "empty": fixed(200, b""),
    "fifty_megabytes": fixed(200, BIG),
    "circle": circle,
    "broken": fixed(500),
    "forbidden": fixed(403),
}


WHY = {
    "empty": "没有内容，或不是网页",
    "fifty_megabytes": "页面过大，未能完整读取",
    "circle": "循环跳转",
    "broken": "服务器出错（500）",
    "forbidden": "拒绝访问（403）",
    "refused": "服务器拒绝连接；不能排除本机网络故障",
    "unknown_host": "域名无法解析；不能排除本机网络故障",
    "closed": "网站的 robots.txt 不允许自动访问",
}


@pytest.fixture(scope="module")
def gates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Ended]]:
    """Three gates at a time: much of their time they wait for the second look."""
    data = str(tmp_path_factory.mktemp("none"))
    common = ("--as-of", AS_OF, "--allow-private", "--format", "json", "--data", data)
    with ExitStack() as stack:
        urls = {name: stack.enter_context(site(play)) for name, play in UNKNOWN.items()}
        urls["closed"] = stack.enter_context(site(fixed(200), robots=b"User-agent: *\nDisallow: /\n"))
        urls["rubbish"] = stack.enter_context(site(fixed(200, RUBBISH)))
        with socket.create_server(("127.0.0.1", 0)) as door:
            urls["refused"] = f"http://127.0.0.1:{door.getsockname()[1]}/"
        urls["unknown_host"] = "http://no-such-host.invalid/"
        with ThreadPoolExecutor(3) as pool:
            running = {name: pool.submit(xunjian, "gate", url, *common) for name, url in urls.items()}
        yield {name: gate.result() for name, gate in running.items()}


@pytest.mark.parametrize("name", WHY)
def test_a_site_that_gives_no_home_page_is_unknown(gates: dict[str, Ended], name: str) -> None:
    gate = gates[name]
    assert gate.code == 3, gate.err
    assert gate.document["verdict"] == "unknown"
    assert gate.document["findings"] == []
    assert gate.last == f"上线前检查未能判定：首页未能读取（{WHY[name]}）"
    assert "Traceback" not in gate.err


def test_binary_rubbish_as_html_is_read_without_harm(gates: dict[str, Ended]) -> None:
    gate = gates["rubbish"]
    document = gate.document
    assert gate.code == CODES[document["verdict"]]
    assert "Traceback" not in gate.err
    assert gate.last
    told = "".join(item["message"] for item in document["findings"])
    assert "\ufffd" not in told
    assert all(item["check"] != "home.stale" for item in document["findings"])


def test_a_site_that_never_answers_is_unknown() -> None:
    stop = []

    def silent(handler: BaseHTTPRequestHandler) -> None:
        while not stop:
            handler.connection.settimeout(0.2)
            try:
                if not handler.connection.recv(1):
                    return
            except TimeoutError:
                continue

    quick = {
        "render": False,
        "timeout_seconds": 0.5,
        "retry_times": 1,
        "retry_seconds": 0.1,
        "second_look_seconds": 0.1,
    }
    options = GateOptions(datetime(2023, 4, 26, 9, tzinfo=BEIJING), allow_private=True, settings=quick)
    try:
        with site(silent) as url:
            result = run_gate(url, options, load_rules())
            stop.append(True)
    finally:
        stop.append(True)
    assert result.verdict is Verdict.UNKNOWN
    assert result.why.startswith("未能判定")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("http://127.0.0.1:9/",), "--allow-private"),
        (("http://0x7f000001:9/",), "--allow-private"),
        (("http://169.254.169.254/",), "--allow-private"),
        (("ftp://example.invalid/",), "不是网址"),
        (("http://",), "不是网址"),
        (("没有这个网站",), "不是网址"),
        (("http://a.invalid/", "--fail-on", "notice"), "--fail-on"),
        (("http://a.invalid/", "--as-of", "昨天"), "2023-04-26"),
        (("http://a.invalid/", "--baseline", "/nonexistent.json"), "基线"),
        (("http://a.invalid/", "--rules", "/nonexistent.yaml"), "/nonexistent.yaml"),
        (("http://a.invalid/", "--format", "xml"), "xml"),
    ],
)
def test_wrong_use_is_two_with_one_sentence(
    arguments: tuple[str, ...], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from cli import run

    assert run(["gate", *arguments, "--data", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert words in told.err
