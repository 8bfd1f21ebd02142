import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest

from democity.accounts.desk import Desk
from democity.accounts.posts import TYPOS, posts_of
from democity.calendar import ANCHOR, moment_of
from democity.city import City, build_city
from democity.server import served
from domain.targets import Account
from domain.times import BEIJING
from registry import build, export, read_file

AT = moment_of(ANCHOR)


@pytest.fixture(scope="module")
def city() -> City:
    return build_city("small")


@pytest.fixture(scope="module")
def port(city: City) -> Iterator[int]:
    with served(city) as real:
        yield real


def fetch(port: int, url: str) -> tuple[int, bytes]:
    host, _, target = url.partition("//")[2].partition("/")
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/" + target, headers={"Host": host})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def by_platform(city: City, platform: str) -> list[Account]:
    return [account for account in city.registry().accounts if account.platform == platform]


def test_there_are_273_accounts_one_a_unit_and_platform(city: City) -> None:
    accounts = city.registry().accounts
    assert len(accounts) == 273
    assert len({account.id for account in accounts}) == 273
    assert len({(account.unit_id, account.platform) for account in accounts}) == 273
    counts = Counter(account.platform.value for account in accounts)
    assert (counts["wechat"], counts["weibo"], counts["douyin"]) == (190, 40, 14)
    assert all(account.sources for account in accounts)
    assert {account.unit_id for account in accounts} <= {unit.id for unit in city.registry().units}


def test_every_account_posts_often_save_the_one_near_due(city: City) -> None:
    sheet = city.answer_sheet()["accounts"]
    ages = {id: answer["age"] for id, answer in sheet["accounts"].items() if answer["age"] is not None}
    late = [id for id, age in ages.items() if age >= 10]
    assert late == sheet["near_due"]
    assert len(late) == 1
    assert late[0].startswith("douyin:")
    assert ages[late[0]] == 11


def test_sheet_says_261_before_and_273_after_the_manual_round(city: City) -> None:
    sheet = city.answer_sheet(AT.replace(tzinfo=BEIJING))["accounts"]
    rows = city.manual_answers()
    assert (sheet["total"], sheet["passed"], len(sheet["unknown"])) == (273, 261, 12)
    assert {row["编号（勿改）"] for row in rows} == set(sheet["unknown"])
    assert sheet["typo_units"] == ["东渡区政府", "枫林区政府", "白鹭县政府"]


def test_each_typo_stands_in_one_post_only(city: City) -> None:
    texts = [post.text for plan in city.accounts if not plan.failing for post in posts_of(plan, AT)]
    for wrong, right in TYPOS:
        assert sum(wrong in text for text in texts) == 1
        assert wrong != right


def test_all_sources_answer_over_http(city: City, port: int) -> None:
    failing = {f"{plan.platform}:{plan.id}": plan.failing for plan in city.accounts}
    for account in city.registry().accounts:
        source = account.sources[0]
        if source.adapter == "manual":
            continue
        status, body = fetch(port, source.argument)
        assert status == (503 if failing[account.id] == "down" else 200), account.id
        assert body


def test_posts_appear_as_time_goes_on(city: City) -> None:
    account = by_platform(city, "weibo")[0]
    desk = Desk(city.accounts)
    host, _, target = account.sources[0].argument.partition("//")[2].partition("/")
    seen = []
    for day in (26, 27, 30):
        reply = desk.answer(host, "/" + target, datetime(2023, 4, day, 9))
        assert reply is not None
        cards = json.loads(reply.body)["data"]["cards"]
        seen.append(max(int(card["mblog"]["mid"]) for card in cards))
    assert seen[0] <= seen[1] <= seen[2]
    assert seen[0] < seen[2]


def test_failures_look_like_failures(city: City) -> None:
    desk, found = Desk(city.accounts), {}
    for plan in city.accounts:
        if plan.failing and plan.failing != "manual":
            host, _, target = plan.source.argument.partition("//")[2].partition("/")
            reply = desk.answer(host, "/" + target, AT)
            assert reply is not None
            found[plan.failing] = (reply.status, reply.body.decode())
    assert found["down"][0] == 503
    assert "环境异常" in found["captcha"][1]
    assert json.loads(found["quota"][1])["errcode"] == 45009
    assert json.loads(found["login"][1])["ok"] == -100
    assert "2023-04" not in found["werss_stale"][1]
    assert "Mar 2023" in found["werss_stale"][1]


def test_the_exported_registry_is_accepted_again_unchanged(city: City, tmp_path: Path) -> None:
    registry = city.registry()
    (file,) = export(registry, tmp_path / "city.xlsx")
    again = build(read_file(file), registry, as_of=AT.date())
    assert (again.problems, again.changes) == ((), ())
    assert [account.sources for account in again.registry.accounts] == [item.sources for item in registry.accounts]
