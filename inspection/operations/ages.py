"""How old the newest judgement of each target is: a figure of the report, an alert, and what the doctor looks at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.ports import Store
from domain.targets import Registry
from domain.times import beijing_date


@dataclass(frozen=True, slots=True)
class Age:
    """Of one target; `since` is None when it was never judged."""

    target_id: str
    name: str
    since: datetime | None
    oldest_page: datetime | None = None  # of a site: when the page that judgement rests on was looked at longest ago

    def at(self, now: datetime) -> timedelta:
        """How long ago that was; longer than anything when it never was."""
        return timedelta.max if self.since is None else now - self.since


def judgement_ages(store: Store, registry: Registry) -> list[Age]:
    """The newest judgement of each site and account."""
    names: Mapping[str, str] = {site.id: site.name for site in registry.sites} | {
        account.id: account.name for account in registry.accounts
    }
    last = {day.target_id: day for day in store.latest_days(names)} if names else {}  # of each target by day
    found = {target: (day.as_of, day.oldest) for target, day in last.items()}
    return [Age(target, name, *found.get(target, (None, None))) for target, name in names.items()]


def oldest_page_line(ages: list[Age], now: datetime) -> Iterator[str]:
    """The site whose last judgement rests on the page looked at longest ago; nothing where no site was judged."""
    pages = [(age.oldest_page, age.name) for age in ages if age.oldest_page is not None]
    if pages:
        at, name = min(pages)
        days = (beijing_date(now) - beijing_date(at)).days
        yield f"判定所依据的最早页面：{name}，读于 {beijing_date(at)}（{days} 天前）"


def oldest(ages: list[Age], now: datetime) -> Age | None:
    """The one judged longest ago; one never judged before all others. None without targets."""
    return max(ages, key=lambda age: age.at(now), default=None)
