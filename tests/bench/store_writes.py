"""CPU milliseconds per page of writing a night: discover, body, page with its reading and 28 links.

python tests/bench/store_writes.py [pages] [url]
"""

import random
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import storage
from domain.captured import Address, Dated, DateHow, Link, Page, PageKind, Reading
from domain.ports import Store
from domain.runs import Run, RunKind

AS_OF = datetime(2023, 4, 26, 1, tzinfo=UTC)
SITES, LINKS, BATCH = 56, 28, 100
rng = random.Random(1)
LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]


def text(length: int) -> str:
    return "".join(rng.choices(LETTERS, k=length))


PARAGRAPHS = [text(170) for _ in range(3000)]
TITLES = [text(14) for _ in range(2000)]


def address(site: int, number: int) -> str:
    return f"http://site{site}.example.gov.cn/zwgk/tzgg/202304/t20230420_{number}.html"


def page(run_id: str, site: int, number: int, total: int) -> tuple[Page, bytes]:
    links = tuple(
        Link(address(site, rng.randrange(total)), rng.choice(TITLES), place="main" if i > 8 else "nav")
        for i in range(LINKS)
    )
    paragraphs = rng.choices(PARAGRAPHS, k=18)
    reading = Reading(
        PageKind.ARTICLE,
        rng.choice(TITLES),
        "utf-8",
        text="\n".join(paragraphs),
        published=Dated(date(2023, 4, 20), DateHow.META),
        source="市政府办公室",
        trail=(("首页", address(site, 0)), ("通知公告", address(site, 1))),
        links=links,
        meta={"ArticleTitle": "通知", "PubDate": "2023-04-20", "SiteName": "示例"},
    )
    anchors = "".join(f'<li><a href="{link.url}">{link.text}</a></li>\n' for link in links)
    body = f"<html><title>{reading.title}{number}</title>{anchors}<p>{'</p><p>'.join(paragraphs)}</p></html>".encode()
    url = address(site, number)
    made = Page(run_id, f"site{site}", url, url, 200, AS_OF, content_type="text/html", size=len(body), reading=reading)
    return made, body


def night(store: Store, run_id: str, total: int) -> None:
    from dataclasses import replace

    each = max(1, total // SITES)
    store.save_run(Run(run_id, RunKind.NIGHTLY, AS_OF, AS_OF))
    spent = {"discover": 0.0, "put_body": 0.0, "write": 0.0, "pending": 0.0}

    def timed(name: str, act: object, *arguments: object) -> object:
        started = time.process_time()
        result = act(*arguments)
        spent[name] += time.process_time() - started
        return result

    done = 0
    for start in range(0, each * SITES, BATCH):
        places = [(index % SITES, index // SITES) for index in range(start, min(start + BATCH, each * SITES))]
        made = [page(run_id, site, number, each) for site, number in places]
        timed("discover", store.discover, run_id, [Address(item.site_id, item.url) for item, _ in made])
        if start % (BATCH * 10) == 0:
            timed("pending", store.pending, run_id, "site0", 64, ())
        captures = []
        for item, body in made:
            captures.append(replace(item, body_hash=timed("put_body", store.put_body, body)))
        timed("write", store.write, captures)
        done += len(made)
    total_ms = 1000 * sum(spent.values()) / done
    parts = ", ".join(f"{name} {1000 * seconds / done:.3f}" for name, seconds in spent.items())
    print(f"{done} pages, {LINKS} links each: {total_ms:.3f} ms CPU a page ({parts})")


def reading_back(store: Store, total: int) -> None:
    for label, act in (
        ("pages()", lambda: sum(1 for site in range(SITES) for _ in store.pages(f"site{site}", AS_OF))),
        ("articles", lambda: sum(1 for _ in store.pages("site0", AS_OF, {PageKind.ARTICLE}))),
        ("known()", lambda: sum(1 for s in range(SITES) for _ in store.known(f"site{s}", AS_OF + timedelta(days=1)))),
        ("visited()", lambda: sum(1 for site in range(SITES) for _ in store.visited("r1", f"site{site}"))),
        ("sources() of one target", lambda: sum(1 for _ in store.sources("site0", address(0, 3), AS_OF))),
        ("outside_links()", lambda: sum(1 for site in range(SITES) for _ in store.outside_links("r1", f"site{site}"))),
    ):
        started = time.process_time()
        count = act()
        spent = time.process_time() - started
        print(f"{label}: {count} in {spent:.2f} s CPU, {1000 * spent / total:.3f} ms for each of {total} pages")


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 5600
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/xunjian.db"
        storage.upgrade(url)
        opened = storage.open_store(url, Path(folder))
        night(opened, "r1", wanted)
        reading_back(opened, wanted)
        opened.close()
        size = sum(path.stat().st_size for path in Path(folder).glob("xunjian.db*"))
        print(f"database {size / 1e6:.1f} MB")
