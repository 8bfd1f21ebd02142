"""A site that shows programs something else than people, and honest sites whose pages merely change."""

import random
from collections.abc import Callable
from itertools import count

import pytest
from trap_desk import Desk
from trap_server import Asked, Host, Reply, serving

from domain.findings import FindingRecord

MENU = "".join(f'<li><a href="/c{n}/">栏目{n}</a></li>' for n in range(5))
SPAM = '<a href="http://shop.casino-example.com/">代开发票</a><a href="http://www.other-example.com/x">网上彩票</a>'
TITLE = "某某市水务局"


def body(extra: str = "", title: str = TITLE) -> bytes:
    text = "<p>市水务局召开会议，部署汛期安全工作，要求各单位加强值守。</p>" * 3
    head = f'<meta charset="utf-8"><title>{title}</title>'
    return f'<html><head>{head}</head><body><div class="nav"><ul>{MENU}</ul></div>{text}{extra}</body></html>'.encode()


def is_program(asked: Asked) -> bool:
    return any(word in asked.headers.get("user-agent", "").lower() for word in ("bot", "spider"))


def is_spider(asked: Asked) -> bool:
    return "spider" in asked.headers.get("user-agent", "").lower()


def candidates(desk_for: Callable[..., Desk], answer: Callable[[Asked], Reply]) -> list[FindingRecord]:
    host = Host({"/": answer}, other=lambda asked: Reply(body=body()))
    with serving(host):
        desk = desk_for(f"http://127.0.0.1:{host.port}/")
        judged = desk.inspect(0, render=False).judged[desk.sites[0].id]
    return [r for r in judged.records if r.finding.check in {"link.hidden", "page.defaced"}]


@pytest.mark.parametrize("chosen", [is_program, is_spider])
def test_links_that_only_programs_are_shown(desk_for: Callable[..., Desk], chosen: Callable[[Asked], bool]) -> None:
    found = candidates(desk_for, lambda asked: Reply(body=body(SPAM if chosen(asked) else "")))
    assert {(r.finding.check, r.finding.ref.url) for r in found} == {
        ("link.hidden", "http://shop.casino-example.com/"),
        ("link.hidden", "http://www.other-example.com/x"),
    }
    assert all(r.finding.candidate and not r.counts and "程序" in str(r.finding.facts["way"]) for r in found)


def test_another_title_for_spiders(desk_for: Callable[..., Desk]) -> None:
    spam = body("<p>真人娱乐 体育投注 首存返水</p>", "澳门新葡京官网-注册送彩金")
    found = candidates(desk_for, lambda asked: Reply(body=spam if is_spider(asked) else body()))
    assert [(r.finding.check, r.finding.candidate) for r in found] == [("page.defaced", True)]
    assert "程序" in str(found[0].finding.facts["way"])


def rotating(period: int) -> Callable[[Asked], Reply]:
    turn = count()
    return lambda asked: Reply(body=body(f'<a href="http://ad{next(turn) % period}.example.com/">广告</a>'))


def at_random() -> Callable[[Asked], Reply]:
    chance = random.Random(4)
    return lambda asked: Reply(body=body(f'<a href="http://ad{chance.randrange(2)}.example.com/">广告</a>'))


def drawn_for_browsers(asked: Asked) -> Reply:
    """A page that is drawn by script, and handed out ready-made to programs: lawful, and no comparison."""
    shell = '<html><head><title>x</title></head><body><div id="app"></div><script src="/app.js"></script></body></html>'
    return Reply(body=body(SPAM) if is_program(asked) else shell.encode())


def walled(asked: Asked) -> Reply:
    return Reply(403) if is_spider(asked) else Reply(body=body(SPAM))


@pytest.mark.parametrize(
    "answer",
    [lambda asked: Reply(body=body(SPAM)), *(rotating(period) for period in range(2, 8)), at_random(), drawn_for_browsers, walled],
)  # fmt: skip
def test_pages_that_merely_change_are_not_accused(
    desk_for: Callable[..., Desk], answer: Callable[[Asked], Reply]
) -> None:
    assert candidates(desk_for, answer) == []


def test_a_home_page_that_cannot_be_compared_is_said_so(desk_for: Callable[..., Desk]) -> None:
    programs: list[Asked] = []

    def once(asked: Asked) -> Reply:
        programs.extend([asked] if is_spider(asked) else [])
        return Reply(403) if len(programs) > 1 and is_spider(asked) else Reply(body=body(SPAM))

    host = Host({"/": once}, other=lambda asked: Reply(body=body()))
    with serving(host):
        desk = desk_for(f"http://127.0.0.1:{host.port}/")
        judged = desk.inspect(0, render=False).judged[desk.sites[0].id]
    assert [item.check for item in judged.unjudged if "程序和浏览器" in item.reason] == ["link.hidden"]
    assert len([asked for asked in host.asked if asked.path == "/"]) <= 4


@pytest.mark.parametrize(("link", "looks"), [("", 1), ('<a href="http://www.example.com/">协会</a>', 3)])
def test_only_what_leads_to_strangers_is_asked_again(desk_for: Callable[..., Desk], link: str, looks: int) -> None:
    host = Host({"/": lambda asked: Reply(body=body(link))}, other=lambda asked: Reply(body=body(link)))
    with serving(host):
        desk = desk_for(f"http://127.0.0.1:{host.port}/")
        desk.inspect(0, render=False, check_search=False)
    asked = [request.path for request in host.asked]
    assert [asked.count(f"/c{n}/") for n in range(5)] == [looks, looks, 1, 1, 1]
