"""Tries the in-site search of a home page: asks it for the title of an article the crawl has read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from crawler.fetch.asker import Answer, Asker
from crawler.fetch.walls import wall_of
from crawler.job import CrawlJob
from crawler.parsing import read_page
from crawler.parsing.html.addresses import scope_of
from crawler.parsing.html.charsets import decode
from crawler.parsing.services.search_answers import judge_answer, searched_words, shows
from crawler.parsing.services.search_forms import SearchForm, find_search, inline_scripts
from crawler.sites.state import SiteState
from domain.captured import Entry, Page, PageKind
from domain.errors import BodyLost
from domain.site_facts import SearchTrial
from domain.times import beijing_date

TITLES = 3
SETTLED = 3  # days; a search engine may need as long to know a new article
MAX_LOOKED_AT = 15  # entries, then columns, looked at for titles
MAX_SCRIPTS = 8
BYTES = 1_048_576
FAILING = frozenset({404, 410, 500, 501, 502, 503, 504})


@dataclass(slots=True)
class _Trial:
    """One search on its way: what to send, what was searched for, how it stands."""

    state: SiteState
    home: Page
    page: str
    form: SearchForm
    articles: tuple[tuple[str, str], ...]  # (words, address)
    asked: list[str] = field(default_factory=list)

    def ended(self, outcome: str, reason: str, answer: Answer) -> SearchTrial:
        return SearchTrial(outcome, reason, answer.url, tuple(self.asked), answer.status)


class Searches:
    """The search trials of a crawl: one look at every site, and a second one where the first looks like a failure."""

    def __init__(self, job: CrawlJob, asker: Asker, *, can_draw: bool) -> None:
        self.job, self.asker, self.can_draw = job, asker, can_draw
        self.results: dict[str, SearchTrial] = {}
        self.failing: dict[str, _Trial] = {}  # wants its second look

    async def try_site(self, state: SiteState) -> None:
        """The first look: one title, and two more when the first is not found."""
        opened = self._open(state)
        if isinstance(opened, str):
            self.results[state.site.id] = SearchTrial(reason=opened)
            return
        result = await self._look(opened)
        if result.outcome in ("failing", "missing"):
            self.failing[state.site.id] = opened
            result = SearchTrial(reason="not_asked", url=result.url, titles=result.titles, status=result.status)
        self.results[state.site.id] = result

    async def confirm(self) -> None:
        """The second look at what seemed to fail; a form that a script sends is nobody's fault."""
        waiting, self.failing = self.failing, {}
        for site_id, trial in waiting.items():
            trial.asked.clear()
            result = await self._look(trial)
            if result.outcome in ("failing", "missing") and await self._is_hooked(trial):
                result = SearchTrial(reason="script", url=result.url)
            self.results[site_id] = result

    def _open(self, state: SiteState) -> _Trial | str:
        """What to ask, or why nothing can be asked."""
        home = next(state.captured_homes(self.job.store, self.job.run), None)
        if home is None or home.reading is None or not home.body_hash:
            return "site_down"
        try:
            page = decode(self.job.store.body(home.body_hash), home.content_type).text
        except BodyLost:  # an unchanged home page whose body is gone
            return "site_down"
        form = find_search(page, home.final_url, home.reading.charset or "utf-8", state.scopes)
        if isinstance(form, str):
            return form
        articles = tuple(islice(self._articles(state, home), TITLES))
        return _Trial(state, home, page, form, articles) if articles else "no_titles"

    def _articles(self, state: SiteState, home: Page) -> Iterator[tuple[str, str]]:
        """(words to search for, address) of articles that were read, those a search should know by now first."""
        store, site_id, as_of = self.job.store, state.site.id, self.job.run.as_of
        settled = beijing_date(as_of) - timedelta(days=SETTLED)

        def rank(entry: Entry) -> tuple[bool, int]:
            day = entry.published_on
            return (day is None or day > settled, -day.toordinal() if day else 0)

        seen: set[str] = set()
        columns = islice(store.pages(site_id, as_of, (PageKind.COLUMN,)), MAX_LOOKED_AT)
        for page in (home, *columns):
            entries = [entry for block in page.reading.lists for entry in block.entries] if page.reading else []
            for entry in sorted(entries, key=rank)[:MAX_LOOKED_AT]:
                article = store.page(site_id, entry.url, as_of) if scope_of(entry.url) in state.scopes else None
                if article is None or article.reading is None or article.status >= 300:
                    continue
                words = searched_words(article.reading.title) if article.reading.kind is PageKind.ARTICLE else ""
                if words and words not in seen:
                    seen.add(words)
                    yield words, article.url

    async def _look(self, trial: _Trial) -> SearchTrial:
        """Ask for one article after the other until one is found or the search does not behave like one."""
        result = SearchTrial()
        for words, address in trial.articles:
            trial.asked.append(words)
            url, body = trial.form.request_for(words)
            answer = await self._ask(trial, url, body)
            outcome, reason = self._told(trial, answer, words, address)
            if reason == "script" and not body and self.can_draw:
                drawn = await self._ask(trial, url, body, drawn=True)
                outcome, reason = self._told(trial, drawn, words, address, drawn=True)
            result = trial.ended(outcome, reason, answer)
            if outcome != "missing":
                break
        return result

    async def _ask(self, trial: _Trial, url: str, body: str, *, drawn: bool = False) -> Answer:
        return await self.asker.ask(url, drawn=drawn, robots=trial.state.site.obeys_robots, limit=BYTES, form=body)

    def _told(self, trial: _Trial, answer: Answer, words: str, address: str, *, drawn: bool = False) -> tuple[str, str]:
        """(outcome, reason) of one answer."""
        scopes = trial.state.scopes
        if scope_of(answer.final) not in scopes:
            return "unknown", "other_host"
        if answer.error:
            return "unknown", "robots" if answer.error == "robots" else "no_answer"
        if wall_of(answer.status, answer.headers, answer.body):
            return "unknown", "blocked"
        if answer.status in FAILING and not drawn:
            return "failing", ""
        if answer.status >= 300 or answer.stopped:
            return "unknown", "blocked" if answer.status in (401, 403, 412, 429) else "no_result_page"
        kind = answer.headers.get("content-type", "")
        reading = read_page(answer.body, answer.final, self.job.run.as_of, kind, marks=False)
        page = decode(answer.body, kind).text
        if shows(reading, page, words, address):
            return "found", ""
        reason = judge_answer(reading, page, words, scopes, drawn=drawn)
        return ("missing", "") if reason == "none" else ("unknown", reason)

    async def _is_hooked(self, trial: _Trial) -> bool:
        """Whether a script of the home page may send the form in its own way."""
        form = trial.form
        if form.scripted or any(handle in inline_scripts(trial.page) for handle in form.handles):
            return True
        home = trial.home.reading
        sources = [link.url for link in home.links if link.tag == "script"] if home else []
        own = [url for url in dict.fromkeys(sources) if scope_of(url) in trial.state.scopes]
        if len(own) > MAX_SCRIPTS:
            return True
        for url in own:
            answer = await self.asker.ask(url, robots=trial.state.site.obeys_robots, limit=BYTES)
            text = answer.body.decode("utf-8", "replace")
            if answer.error or any(handle in text for handle in form.handles):
                return True
        return False
