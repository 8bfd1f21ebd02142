"""One site as a function of a moment: its columns and the articles that have appeared by then."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from democity.calendar import Stream
from democity.names import Body, host_of, in_city, site_code
from democity.plan import ColumnPlan
from democity.story import Fault
from democity.text import TITLES, Writer, dice

_FOLLOWING = 500  # sequence number 0 gets this place inside a column's block of ids


@dataclass(frozen=True, slots=True)
class Article:
    """One item of a column; `seq` 0 is the newest at ANCHOR, later ones are positive."""

    id: int
    seq: int
    moment: datetime
    title: str

    @property
    def day(self) -> date:
        """The Beijing date it appeared."""
        return self.moment.date()


@dataclass(frozen=True, eq=False)
class CitySite:
    """A site of the city; `family` names the template family."""

    body: Body
    order: int
    family: str
    columns: tuple[ColumnPlan, ...]
    page_size: int = 20
    faults: tuple[Fault, ...] = ()
    _streams: dict[str, Stream] = field(default_factory=dict, repr=False)
    _articles: dict[tuple[str, int], Article] = field(default_factory=dict, repr=False)

    @cached_property
    def host(self) -> str:
        """Host name."""
        return host_of(self.body)

    @cached_property
    def code(self) -> str:
        """网站标识码."""
        return site_code(self.body)

    @cached_property
    def name(self) -> str:
        """网站名称."""
        return self.body.name if self.body.kind == "portal" else self.full_name

    @cached_property
    def full_name(self) -> str:
        """Full name of the body, with the city before a district."""
        return in_city(self.body.name)

    @property
    def home_url(self) -> str:
        """Registered address."""
        return f"http://{self.host}/"

    def column(self, key: str) -> ColumnPlan | None:
        """A column by key; None when the site (of this size) has none."""
        return next((plan for plan in self.columns if plan.key == key), None)

    def children(self, key: str) -> tuple[ColumnPlan, ...]:
        """The columns under a parent."""
        return tuple(plan for plan in self.columns if plan.parent == key)

    def articles(self, plan: ColumnPlan, at: datetime) -> list[Article]:
        """What the column shows at a moment, newest first."""
        if plan.rhythm is None or plan.blank:
            return []
        if plan.key not in self._streams:
            ends = plan.archived or plan.style == "guide"
            self._streams[plan.key] = Stream(plan.rhythm, f"{self.body.label}/{plan.key}", ends)
        return [self._article(plan, seq, moment) for seq, moment in self._streams[plan.key].upto(at)]

    def _article(self, plan: ColumnPlan, seq: int, moment: datetime) -> Article:
        known = self._articles.get((plan.key, seq))
        if known is None:
            number = 1_000_000 + plan.number * 1000 + _FOLLOWING + seq
            known = self._articles[plan.key, seq] = Article(number, seq, moment, self.title(plan, seq, moment))
        return known

    @cached_property
    def turn(self) -> int:
        """Where this site starts in the stock of titles, so that sites differ."""
        return dice(self.body.label, "turn").randrange(1000)

    def faults_of(self, kind: str) -> list[str]:
        """Where the planted faults of a kind are."""
        return [fault.where for fault in self.faults if fault.kind == kind]

    def writer(self, plan: ColumnPlan, seq: int, moment: datetime) -> Writer:
        """The writer of one article; neighbours have different topics."""
        topics = self.body.topics
        topic = topics[(seq + self.turn) % len(topics)]
        return Writer(self.body, moment.date(), dice(self.body.label, plan.key, seq), topic)

    def title(self, plan: ColumnPlan, seq: int, moment: datetime) -> str:
        """A title; pattern and topic walk through all pairs, so that titles hardly repeat."""
        writer = self.writer(plan, seq, moment)
        if plan.style == "guide":
            again = "（变更）" if -seq >= len(self.body.topics) else ""
            return f"{writer.slots['t']}业务办理{again}"
        stock = TITLES[plan.style]
        lap = seq // len(self.body.topics)
        pattern = stock[(self.turn + lap * 2 + (plan.key == "jcdt") + seq * 5) % len(stock)]
        title = writer.line(pattern)
        return title if "{t}" in pattern or plan.style != "personnel" else f"{title}（第{seq % 40 + 1}号）"
