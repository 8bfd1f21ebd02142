"""What the account checks share: how an account is named as evidence, and the facts of its freshness."""

from domain.account_freshness import AccountFreshness
from domain.accounts import AccountView
from domain.findings import Fact, Ref
from domain.targets import Platform
from domain.times import beijing_date

PLATFORM_NAMES = {
    Platform.WECHAT: "微信", Platform.WEIBO: "微博", Platform.BILIBILI: "哔哩哔哩", Platform.DOUYIN: "抖音",
    Platform.KUAISHOU: "快手", Platform.TOUTIAO: "今日头条", Platform.XIAOHONGSHU: "小红书", Platform.CHANNELS: "视频号",
    Platform.APP: "移动客户端", Platform.MINIPROGRAM: "小程序", Platform.FEED: "订阅源", Platform.OTHER: "其他",
}  # fmt: skip


def account_ref(view: AccountView) -> Ref:
    """The account as evidence, named as notices name it: 账号（平台）."""
    captures = [item.sha256 for source in view.collections for item in source.evidence if item.sha256]
    account = view.account
    label = f"{account.name}（{PLATFORM_NAMES[account.platform]}）"
    return Ref(account.url, label, captures[-1] if captures else "")


def freshness_facts(view: AccountView, verdict: AccountFreshness) -> dict[str, Fact]:
    """The numbers behind a verdict; dates are Beijing dates."""
    return {
        "platform": PLATFORM_NAMES[view.account.platform],
        "name": view.account.name,
        "limit": verdict.limit,
        "age": verdict.age,
        "newest": beijing_date(verdict.low).isoformat() if verdict.low else None,
        "source": verdict.decided_by,
        "post": (verdict.newest.url or verdict.newest.id) if verdict.newest else None,
    }
