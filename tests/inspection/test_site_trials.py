"""IPv6 names through two nights: found missing, scored, worded, and closed when the address is there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from offices import AS_OF

from checks.messages import message
from checks.rules.rulebook import load_rules
from democity.city import City, build_city
from democity.server import served
from domain.findings import FindingState, Why
from domain.scores import Scorecard
from inspection.judging.sites import Judged
from inspection.runs.recheck import recheck_run


def missing(judged: Judged) -> list[tuple[str, FindingState]]:
    rules = load_rules()
    return [
        (message(record.finding, rules), record.state)
        for record in judged.records
        if record.finding.check == "ipv6.missing"
    ]


def points(card: Scorecard, row: str) -> float:
    return sum(item.points for item in card.deductions if item.indicator == row)


def open_questions(judged: Judged) -> set[str]:
    return {item.check for item in judged.unjudged}


def test_an_address_that_is_missing_and_comes(new_office: Callable[..., Any]) -> None:
    city: City = build_city("small", sites=2)
    site = city.sites[0]
    with served(city, day=date(2023, 4, 26)) as port, new_office(city, port) as office:
        first = office.inspect(ipv6=office.city.ipv6_map() | {site.host: ""})
        judged = first.judged[site.code]
        (told,) = missing(judged)
        assert told == (f"网站域名 {site.host} 没有 IPv6 地址（AAAA 记录），IPv6 用户不能直接访问", FindingState.NEW)
        assert points(judged.card, "D4.8") == 1
        assert {"ipv6.missing", "search.broken"} & open_questions(judged) == set()
        other = next(item for key, item in first.judged.items() if key != site.code)
        assert missing(other) == []

        unknown = office.inspect(AS_OF + timedelta(hours=12), ipv6={})
        judged = unknown.judged[site.code]
        (record,) = [r for r in judged.records if r.finding.check == "ipv6.missing"]
        assert (record.state, record.unread) == (FindingState.NEW, Why.OPEN)  # stands, and is no question besides
        assert "ipv6.missing" not in open_questions(judged)
        assert [state.is_open for _, state in missing(judged)] == [True]  # nobody looked: it stays open
        assert judged.card.verdict == first.judged[site.code].card.verdict  # and blocks nothing

        second = office.inspect(AS_OF + timedelta(days=1))
        assert [state for _, state in missing(second.judged[site.code])] == [FindingState.FIXED]


def test_a_search_is_judged_again_without_the_network(new_office: Callable[..., Any]) -> None:
    city = build_city("small", sites=1)
    site = city.sites[0]
    with served(city, day=date(2023, 4, 26)) as port, new_office(city, port) as office:
        run = office.inspect(check_search=False).run
        assert "search.broken" in open_questions(recheck_run(office.store, run.id, load_rules()).judged[site.code])
        run = office.inspect(AS_OF + timedelta(days=1)).run
        (ended,) = office.store.site_runs(run.id)
        assert ended.search.outcome == "found"
        office.store.write([replace(ended, search=replace(ended.search, outcome="failing", status=502))])
    judged = recheck_run(office.store, run.id, load_rules()).judged[site.code]
    (record,) = [item for item in judged.records if item.finding.check == "search.broken"]
    assert message(record.finding, load_rules()).startswith("站内搜索打不开（状态码 502），如“")
    assert points(judged.card, "D4.5") == 4
