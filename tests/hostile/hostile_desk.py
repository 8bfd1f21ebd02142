"""The program of the browser test: serves hostile drawn pages on public addresses and a watched intranet, inspects, tells.

Prints one JSON document: which way was drawn, what the intranet was asked, what was stored.
"""

import json
import sys
import threading
import urllib.request
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ways_inside import WAYS

SECRET = "INTRANET-SECRET-PAGE"
SHELL = '<html><head><meta charset="utf-8"><title>某某市栏目</title></head><body><div id="list"></div>{}<script>/* fetch( getList ajax */</script></body></html>'
inside: list[str] = []
outside: Counter[str] = Counter()
lock = threading.Lock()


class Public(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        name = self.path.split("?")[0].strip("/")
        drawn = "HeadlessChrome" in self.headers.get("User-Agent", "") or bool(self.headers.get("Sec-Fetch-Mode"))
        with lock:
            outside[name] += 1
        if name == "robots.txt":
            return self.give(404, b"")
        if name.startswith("hop"):  # hop/<address>: a redirect
            return self.give(302, b"", Location=f"http://{name.split('/', 1)[1]}/secret")
        if name == "post307":
            return self.give(307, b"", Location="http://10.1.2.3/secret")
        if not name:
            links = "".join(f'<li><a href="/{way}">市政府召开第{n}次会议</a></li>' for n, way in enumerate(WAYS))
            return self.give(200, f"<title>某某市</title><ul>{links}</ul>".encode())
        body, headers, status = WAYS.get(name, ("", {}, 404))
        body = body.replace(
            "location", "window['loc'+'ation']"
        )  # else the plain reading sees the jump, and nothing is drawn
        if drawn and headers:
            return self.give(status, SHELL.format(body).encode(), **headers)
        return self.give(200 if name in WAYS else 404, SHELL.format(body).encode())

    do_POST = do_GET

    def give(self, status: int, body: bytes, **headers: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        self.send_response(status)
        for key, value in ({"Content_Type": "text/html; charset=utf-8"} | headers).items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Intranet(BaseHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        with lock:
            inside.append(
                f"{self.command} {self.server.server_address[0]}{self.path} from {self.headers.get('Referer')}"
            )
        body = f"<title>{SECRET}</title><p>{SECRET}</p>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_HEAD = do_PUT = do_OPTIONS = do_GET


def serve() -> None:
    for kind, addresses in ((Public, ("93.184.1.10", "93.184.1.11", "93.184.1.12")), (Intranet, ("10.1.2.3", "169.254.169.254", "192.168.7.7", "127.0.0.1"))):  # fmt: skip
        for address in addresses:
            server = ThreadingHTTPServer((address, 80), kind)
            threading.Thread(target=server.serve_forever, daemon=True).start()


def main() -> None:
    from trap_desk import open_desk

    from crawler.browser.screenshots import Shot, take_pictures
    from domain.crawl_policy import CrawlPolicy
    from inspection.runs.run import run_inspection

    serve()
    with urllib.request.urlopen("http://10.1.2.3/watched", timeout=5) as answer:  # the intranet does notice who comes
        assert SECRET.encode() in answer.read()
    assert len(inside) == 1
    inside.clear()
    folder = Path(sys.argv[1])
    desk = open_desk(folder, "http://www.pub.test/")
    quick = {
        "max_renderings": 200,
        "check_search": False,
        "check_disguise": False,
        "check_ipv6": False,
        "check_codes": False,
    }
    order = desk.order(0, **quick, timeout_seconds=3.0, delay_seconds=0.02)
    from dataclasses import replace

    order = replace(order, allow_private=False)
    outcome = run_inspection(order, desk.store)
    pages = {page.url: page for page in desk.store.pages(desk.sites[0].id, order.as_of, run_id=outcome.run.id)}
    drawn = [url.rsplit("/", 1)[1] for url, page in pages.items() if page.rendered]
    foreign = [
        url for url, page in pages.items() if page.body_hash and SECRET.encode() in desk.store.body(page.body_hash)
    ]
    elsewhere = [url for url, page in pages.items() if page.rendered and "other.pub.test" in page.final_url]
    crawl_inside = list(inside)
    shots = [Shot(way, f"http://www.pub.test/{way}", SHELL.format(body).encode(), "text/html; charset=utf-8") for way, (body, _, _) in list(WAYS.items())[:: int(sys.argv[2])]]  # fmt: skip
    pictures = len(list(take_pictures(shots, CrawlPolicy(timeout_seconds=3.0, delay_seconds=0.02))))
    (state,) = desk.store.site_runs(outcome.run.id)
    told = {
        "inside": inside, "crawl_inside": crawl_inside, "drawn": drawn, "foreign": foreign, "elsewhere": elsewhere,
        "pictures": pictures, "shots": len(shots), "outside": outside, "skipped": dict(state.skipped), "run": outcome.run.state.value,
    }  # fmt: skip
    desk.store.close()
    print(json.dumps(told))


main()
