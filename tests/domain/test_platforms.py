"""One row a platform: nothing is forgotten, and no two of them answer to one name."""

import pytest

from domain.account_links import account_of
from domain.platforms import PLATFORMS, code_of, name_of
from domain.targets import Platform


@pytest.mark.parametrize("platform", Platform)
def test_every_platform_has_a_row_and_a_name(platform: Platform) -> None:
    assert PLATFORMS[platform].platform is platform
    assert name_of(platform)


def test_names_and_words_belong_to_one_platform() -> None:
    names = [row.name for row in PLATFORMS.values()]
    words = [word.casefold() for row in PLATFORMS.values() for word in row.words]
    assert len(set(names)) == len(names)
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://weibo.com/u/1234567", (Platform.WEIBO, "1234567")),
        ("https://www.toutiao.com/c/user/token/abcdef/", (Platform.TOUTIAO, "abcdef")),
        ("https://mp.weixin.qq.com/mp/profile_ext?action=home&__biz=Mzk%3D", (Platform.WECHAT, "Mzk=")),
        ("https://weibo.com/login", None),
        ("https://www.a.gov.cn/weibo.com/u/1234567", None),
    ],
)
def test_home_pages(url: str, found: tuple[Platform, str] | None) -> None:
    assert account_of(url) == found


def test_codes_lead_to_an_account_without_its_id() -> None:
    assert code_of("https://v.douyin.com/abc") is Platform.DOUYIN
    assert code_of("https://v.qq.com/abc") is None
