"""How a run crawls: budgets, pace, identity. Comes from `crawl:` in rules.yaml, travels in Run.settings as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, get_args, get_origin, get_type_hints

# Shows itself a bot and a spider as plainly as can be: what is hidden from people is shown to such names.
USER_AGENT = "Mozilla/5.0 (compatible; XunjianBot/0.1; spider; government website inspection)"
# For second looks: some hosts answer 404 to whatever is no browser or has "bot" in its name. Ours stays in it.
BROWSER_AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
    " Xunjian/0.1"
)


_BY_THE_JOB = frozenset({"second_look_seconds", "is_own_folder", "everything", "only_places", "allow_private"})
_WRITTEN_OTHERWISE = {"second_look_minutes": float, "quiet_hours": tuple[str, ...]}


@dataclass(frozen=True, slots=True)
class CrawlPolicy:
    """Settings of one crawl; seconds unless a name says otherwise."""

    page_budget: int = 20_000  # addresses asked per site and run
    time_budget_minutes: float = 240.0  # per site, counted while it has its turn
    night_minutes: float = 480.0  # for all sites of one address together; what does not fit is left for the next nights
    concurrency: int = 112
    concurrency_per_host: int = 2
    delay_seconds: float = 0.25
    address_rates: Mapping[str, float] = field(
        default_factory=dict
    )  # IP address -> starts a second, as its operator agreed
    address_at_once: Mapping[str, int] = field(default_factory=dict)  # IP address -> requests at a time, likewise
    timeout_seconds: float = 15.0
    max_body_mb: float = 20.0
    max_depth: int = 40
    max_url_length: int = 2_000
    second_look_seconds: float = 1_800.0
    is_own_folder: bool = False  # served by this program: its pages need no pause before the second look
    retry_times: int = 2  # inside one look: 429, 503 and dropped connections
    retry_seconds: float = 2.0
    retry_after_cap_seconds: float = 120.0
    probe_again_seconds: float = 10.0  # before a failed visit of a home page is believed
    storm_failures: int = 20  # 5xx or no answer in a row before a site is left alone
    max_renderings: int = 40  # rendered pages per site
    render: bool = True
    browser: str = ""  # path of a Chromium; empty: look for one
    user_agent: str = USER_AGENT
    contact: str = ""
    canaries: tuple[str, ...] = ()
    recent_days: int = 30  # articles younger than this are asked again every night
    revisit_days: int = 28  # everything else at least once in so many nights
    incremental: bool = True
    everything: bool = False  # a later night asks all known pages, as far as the time allows: an audit
    only_places: bool = False  # nothing but the places of some findings: their re-check
    places_per_site: int = 300  # places of milder findings and doubts looked at again, per site and night
    audit_minutes: float = 15.0  # for each site of an audit; 0: no limit
    read_sitemaps: bool = True  # whether sitemap.xml and those named in robots.txt are a source of addresses
    check_outside: bool = True  # whether targets outside the sites are asked
    outside_minutes: float = 240.0  # for all outside targets of a run
    files_per_site: int = 20  # documents whose text is read, per site and run: new and changed ones
    file_mb: float = 5.0  # larger documents are not read
    pictures_per_site: int = 0  # pictures of articles whose text is recognised; needs the extra `ocr`
    picture_kb: float = 40.0  # smaller pictures are decoration
    file_seconds: float = 20.0  # for reading one document
    file_minutes: float = 30.0  # for reading all documents of a process
    max_browser_looks: int = 20  # bot walls looked at with the browser, per run
    resolver: Mapping[str, str] = field(default_factory=dict)  # host -> ip:port
    ipv6: Mapping[str, str] = field(default_factory=dict)  # host -> its IPv6 address, empty: it has none
    ipv6_witness: str = "www.gov.cn"  # a name with an IPv6 address, asked when no site of a run has one
    check_ipv6: bool = True
    check_search: bool = True  # whether the in-site search is asked for titles known to exist
    check_codes: bool = True  # whether pictures that may be QR codes of accounts are looked at
    check_disguise: bool = True  # whether some pages are compared as a program and as a browser see them
    lost_after_seconds: float = 180.0  # without a sign of life, after which another process takes over a piece of work
    sites_per_batch: int = 16  # that workers crawl together; they share the pause before the second look
    allow_private: bool = False

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """What `crawl:` in rules.yaml may set, with its type: the fields above, but for those a job decides by itself."""
        types = get_type_hints(cls)
        own = {name: dict[get_args(kind)] if get_origin(kind) is Mapping else kind for name, kind in types.items()}  # type: ignore[misc]
        return {name: kind for name, kind in own.items() if name not in _BY_THE_JOB} | _WRITTEN_OTHERWISE

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> "CrawlPolicy":
        """Read the fields this crawler knows; others belong to other readers."""
        known = {entry.name: entry for entry in fields(cls)}
        values = {key: value for key, value in settings.items() if key in known}
        if "canaries" in values:
            values["canaries"] = tuple(values["canaries"])
        if "second_look_minutes" in settings:
            values.setdefault("second_look_seconds", 60.0 * settings["second_look_minutes"])
        return cls(**values)

    @property
    def agent(self) -> str:
        """The User-Agent header, with the office's contact when there is one."""
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent
