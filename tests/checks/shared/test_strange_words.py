"""Pages that took over a domain, and honest pages that speak of the same things."""

import pytest

from checks.shared.strange_words import hits, speaks_lawfully, strange_signals, strange_words

HEADLINES = "民政局召开养老服务工作会议。各街道办事处负责人参加。" * 3


@pytest.mark.parametrize(
    ("title", "text", "signals"),
    [
        ("澳门新葡京官网", "澳门新葡京娱乐城，注册送彩金，真人荷官在线发牌", ("hijack:gambling",)),
        ("澳 门-新_葡 京 官网", "注 册 送 彩 金，真人 荷官", ("hijack:gambling",)),
        ("域名出售", "该域名正在出售，this domain is for sale", ("parked",)),
        ("某某市民政局", HEADLINES, ()),
        ("", "", ()),
    ],
)
def test_what_a_page_gives_away(title: str, text: str, signals: tuple[str, ...]) -> None:
    assert strange_signals(title, text) == signals


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("公安机关严厉打击网络赌博犯罪", "澳门新葡京等网站以注册送彩金引诱群众参赌，公安机关依法查处"),
        ("关于域名管理办法的通知", "域名出售、转让应当遵守本办法。this domain is for sale 等页面应及时处置"),
        ("体育彩票管理条例", "彩票、投注、开奖由主管部门依法监督管理"),
    ],
)
def test_who_speaks_lawfully_is_no_stranger(title: str, text: str) -> None:
    assert strange_signals(title, text) == ()


def test_one_word_gives_nobody_away() -> None:
    assert strange_words("gambling", "某某市体育局", "辖区内开展了彩票销售网点检查，真人荷官一词见于举报材料") == ()


def test_words_far_down_a_page_do_not_count() -> None:
    promotion = "澳门新葡京娱乐城，注册送彩金，真人荷官在线发牌"
    assert strange_words("gambling", "首页", promotion)
    assert strange_words("gambling", "首页", HEADLINES * 10 + promotion) == ()


def test_a_long_page_is_not_parked() -> None:
    assert strange_signals("域名出售", "该域名正在出售。" + HEADLINES * 40) == ()


def test_hits_are_sorted_by_weight() -> None:
    found = hits("gambling", "澳门新葡京：注册送彩金")
    assert found.brand
    assert found.words[: len(found.brand)] == found.brand
    assert hits("gambling", "养老服务").words == ()


def test_least_is_the_number_of_lawful_words() -> None:
    assert speaks_lawfully("公安机关依法查处")
    assert not speaks_lawfully("民政局召开会议")
    assert not speaks_lawfully("严厉打击", least=9)
