"""What an account has published by a moment."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from democity import phrases
from democity.accounts.roster import AccountPlan
from democity.calendar import Stream
from democity.text import Writer, dice, event_of
from domain.times import BEIJING

# The typos of the three districts: (wrong, right), as inspectors really find them.
TYPOS = (("布署", "部署"), ("再接再励", "再接再厉"), ("防范于未然", "防患于未然"))
_CARRIERS = (
    "会议对近期{t}工作进行了安排布署，要求各单位抓好落实。",
    "大家表示，将再接再励，做好{t}工作。",
    "{t}工作要抓早抓小，防范于未然。",
)
_CLOSINGS = (
    "欢迎广大市民关注并提出宝贵意见。",
    "更多信息请关注后续发布。",
    "有关事项可以拨打咨询电话了解。",
    "感谢社会各界的关心和支持。",
)


@dataclass(frozen=True, slots=True)
class CityPost:
    """One post. `moment` is naive Beijing time."""

    seq: int
    moment: datetime
    title: str
    text: str
    typo: str = ""

    @property
    def stamp(self) -> int:
        """Unix seconds."""
        return int(self.moment.replace(tzinfo=BEIJING).timestamp())


_STREAMS: dict[AccountPlan, Stream] = {}


def posts_of(plan: AccountPlan, at: datetime) -> list[CityPost]:
    """The posts visible at a moment, newest first."""
    if plan not in _STREAMS:
        _STREAMS[plan] = Stream(plan.rhythm, plan.key)
    return [_post(plan, seq, moment) for seq, moment in _STREAMS[plan].upto(at)]


@lru_cache(maxsize=20_000)
def _post(plan: AccountPlan, seq: int, moment: datetime) -> CityPost:
    rng = dice(plan.key, seq)
    body = plan.owner.body
    writer = Writer(body, moment.date(), rng, body.topics[seq % len(body.topics)])
    writer.slots["w"] = plan.owner.short
    title = writer.line(phrases.NEWS_TITLES[(seq * 5 + len(plan.key)) % len(phrases.NEWS_TITLES)])
    lines = [
        writer.line(rng.choice(phrases.LEADS[event_of(title)])),
        writer.line(rng.choice(phrases.POINTS[event_of(title)])),
    ]
    typo = ""
    if plan.typo and seq == 0:
        typo = TYPOS[plan.typo - 1][0]
        lines.append(writer.line(_CARRIERS[plan.typo - 1]))
    lines.append(rng.choice(_CLOSINGS))
    return CityPost(seq, moment, title, "".join(lines), typo)
