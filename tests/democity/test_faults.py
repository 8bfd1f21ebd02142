import http.client
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from democity.city import City, build_city
from democity.names import BODIES, host_of
from democity.server import serve_in_process
from democity.server import served as serving
from democity.story import FAULT_KINDS, Fault

ROOT = Path(__file__).parents[2]


def host(label: str) -> str:
    return next(host_of(body) for body in BODIES if body.label == label)


def ask(port: int, name: str, target: str) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", target, headers={"Host": name})
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, body, dict(answer.getheaders())


def control(port: int, target: str) -> dict[str, object]:
    return json.loads(ask(port, "any", target)[1])  # type: ignore[no-any-return]


@contextmanager
def served(*faults: Fault) -> Iterator[tuple[City, int]]:
    city = build_city("small", sites=8, faults=faults)
    with serving(city) as port:
        yield city, port


def answers(city: City, label: str) -> dict[str, object]:
    code = next(site.code for site in city.sites if site.body.label == label)
    return city.answer_sheet()["sites"][code]  # type: ignore[no-any-return]


def test_unknown_fault_is_refused() -> None:
    with pytest.raises(ValueError, match="no planted fault"):
        Fault("flood", "www")


@pytest.mark.parametrize(
    ("kind", "status"),
    [("dead_link", 404), ("dead_home", 404), ("dead_footer", 404), ("error_500", 500), ("soft_404", 200)],
)
def test_planted_link_is_where_the_sheet_says(kind: str, status: int) -> None:
    with served(Fault(kind, "mzj")) as (city, port):
        (fault,) = answers(city, "mzj")["faults"]  # type: ignore[misc]
        page, target = fault["found_on"][0].partition("//")[2].partition("/")[::2], fault["url"]
        path = "/" + target.partition("//")[2].partition("/")[2]
        assert path in ask(port, page[0], "/" + page[1])[1]
        assert ask(port, host("mzj"), path)[0] == status
        assert path not in ask(port, host("tjj"), "/")[1]


def test_dead_attachments_are_listed() -> None:
    with served(Fault("dead_attachment", "mzj", "zcwj")) as (city, port):
        (fault,) = answers(city, "mzj")["faults"]  # type: ignore[misc]
        assert fault["urls"]
        for url in fault["urls"]:
            assert ask(port, host("mzj"), "/" + url.partition("//")[2].partition("/")[2])[0] == 404


def test_blank_and_stale_columns_reach_the_sheet() -> None:
    with served(Fault("blank", "fgw", "zcwj"), Fault("stale", "fgw", "gzdt:30")) as (city, port):
        sheet = answers(city, "fgw")
        (blank,), (stale,) = sheet["blank"], sheet["overdue"]  # type: ignore[misc]
        assert (blank["key"], stale["key"], stale["newest"]) == ("zcwj", "gzdt", "2023-03-27")
        body = ask(port, host("fgw"), "/" + blank["url"].partition("//")[2].partition("/")[2])[1]
        assert not re.search(r"20(22|23)-\d\d-\d\d</span>", body.split("最新信息")[0])


def test_unreachable_and_down_sites() -> None:
    with served(Fault("unreachable", "mzj"), Fault("down", "tjj")) as (city, port):
        with pytest.raises((http.client.HTTPException, ConnectionError)):
            ask(port, host("mzj"), "/")
        status, _, headers = ask(port, host("tjj"), "/")
        assert (status, headers.get("Retry-After")) == (503, "1")
        assert ask(port, host("www"), "/")[0] == 200
        assert answers(city, "mzj")["verdict"] == answers(city, "tjj")["verdict"] == "未能判定"


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("icp", "ICP备"),
        ("police", "公网安备"),
        ("jiucuo", "jiucuo.html"),
        ("site_code", "网站标识码"),
        ("sitemap", "网站地图"),
    ],
)
def test_missing_mark_is_missing_on_one_site_only(mark: str, text: str) -> None:
    with served(Fault("missing_mark", "mzj", mark)) as (_, port):
        assert text not in ask(port, host("mzj"), "/")[1]
        assert text in ask(port, host("www"), "/")[1]


def test_missing_meta_and_short_guides_and_waiting_message() -> None:
    faults = (Fault("missing_meta", "mzj", "SiteIDCode"), Fault("bad_guide", "mzj"), Fault("unanswered", "mzj"))
    with served(*faults) as (city, port):
        assert "SiteIDCode" not in ask(port, host("mzj"), "/")[1]
        columns = {column["key"]: column for column in answers(city, "mzj")["columns"]}  # type: ignore[attr-defined]
        messages = ask(port, host("mzj"), "/" + columns["zxly"]["url"].partition("//")[2].partition("/")[2])[1]
        assert "办理中" in messages
        guides = ask(port, host("mzj"), "/" + columns["bsfw"]["url"].partition("//")[2].partition("/")[2])[1]
        link = re.search(r'href="([^"]*t2\d{7}_\d+\.html)"', guides)
        assert link
        page = ask(port, host("mzj"), link[1])[1]
        assert "申请条件" in page
        assert "办理地点" not in page
        assert answers(city, "mzj")["verdict"] == "不合格"


def test_every_fault_kind_is_explained_and_accepted() -> None:
    for kind in FAULT_KINDS:
        where = {"blank": "zcwj", "stale": "gzdt:30", "undated": "zcjd", "missing_mark": "icp"}.get(kind, "")
        sheet = build_city("small", sites=3, faults=(Fault(kind, "www", where),)).answer_sheet()
        assert sheet["notice"]["without_deduction"] == 0


def test_clock_moves_the_city() -> None:
    with served() as (_, port):
        before = ask(port, host("www"), "/")[1]
        assert control(port, "/__clock?date=2023-05-10") == {"at": "2023-05-10T09:00:00"}
        after = ask(port, host("www"), "/")[1]
        assert "2023-04-2" in before
        assert "2023-05" not in before
        assert "2023-05-0" in after


def test_story_is_rectified_by_may() -> None:
    city = build_city("small")
    assert city.answer_sheet(datetime(2023, 5, 9, 9))["notice"]["overdue_units"] == []


def test_noise_busy_once_slow_always_and_counted() -> None:
    city = build_city("small")
    with serving(city) as port:
        sheet = {answer["short"]: answer for answer in city.answer_sheet()["sites"].values()}
        busy = next(column["url"] for column in sheet["市教育局"]["columns"] if column["key"] == "zcjd")
        name, _, path = busy.partition("//")[2].partition("/")
        assert [ask(port, name, "/" + path)[0] for _ in range(3)] == [503, 200, 200]
        slow = next(column["url"] for column in sheet["市文化旅游和广电局"]["columns"] if column["key"] == "zcjd")
        name, _, path = slow.partition("//")[2].partition("/")
        start = time.monotonic()
        assert ask(port, name, "/" + path)[0] == 200
        assert 0.9 < time.monotonic() - start < 5
        stats = control(port, "/__stats")
        assert stats["requests"] == 4
        assert [name, "/" + path, 200, 1] in stats["hits"]  # type: ignore[operator]
        control(port, "/__reset")
        assert control(port, "/__stats")["requests"] == 0


def test_garbage_does_not_stop_the_server() -> None:
    with served() as (_, port):
        for rubbish in (
            b"\r\n\r\n",
            b"GET\r\n\r\n",
            b"\xff\xfe\x00 / HTTP/1.1\r\nHost\r\n\r\n",
            b"GET /__clock?date=tomorrow HTTP/1.1\r\n\r\n",
        ):
            with socket.create_connection(("127.0.0.1", port), timeout=5) as raw:
                raw.sendall(rubbish)
                assert raw.recv(100).startswith(b"HTTP/1.1 4")
        assert ask(port, host("www"), "/")[0] == 200


def test_process_prints_its_port_and_ends_on_sigterm() -> None:
    with serve_in_process("--size", "small", "--sites", "3", "--date", "2023-04-20") as port:
        assert control(port, "/__clock") == {"at": "2023-04-20T09:00:00"}
    with pytest.raises(ConnectionRefusedError):
        ask(port, "any", "/__clock")


def test_taken_port_is_said_in_one_line() -> None:
    with served() as (city, port):
        with pytest.raises(OSError, match="in use"), serving(city, port):
            pass
        command = [sys.executable, "-m", "democity", "--size", "small", "--sites", "1", "--port", str(port)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert ended.returncode == 1
        assert ended.stderr.count("\n") == 1
        assert "cannot be opened" in ended.stderr
