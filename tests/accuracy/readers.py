"""Other readers of publish dates on the same pages: htmldate, trafilatura, gne."""

import time
import warnings
from collections.abc import Callable
from datetime import date

from crawler.parsing import read_page
from tests.accuracy.families.base import AS_OF, Labelled


def share(part: int, whole: int) -> str:
    """A part of a whole in per cent."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


Reader = Callable[[Labelled], date | None]


def _ours(page: Labelled) -> date | None:
    return read_page(page.body, page.url, AS_OF, page.content_type).published.day


def _others() -> tuple[dict[str, Reader], list[str]]:
    """The tools we compare with; one that is not installed is named with its reason."""
    readers: dict[str, Reader] = {"xunjian": _ours}
    missing = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, load in (("htmldate", _htmldate), ("trafilatura", _trafilatura), ("gne", _gne)):
            try:
                readers[name] = load()
            except ImportError as error:
                missing.append(f"{name} was not compared: {error}")
    return readers, missing


def _text(page: Labelled) -> str:
    charset = "gb18030" if b"charset=gb" in page.body[:400] or b'charset="gb' in page.body[:400] else "utf-8"
    return page.body.decode(charset, "replace")


def _htmldate() -> Reader:
    from htmldate import find_date

    def read(page: Labelled) -> date | None:
        told = find_date(_text(page), url=page.url, original_date=True, max_date="2023-04-26")
        return date.fromisoformat(told) if told else None

    return read


def _trafilatura() -> Reader:
    import trafilatura

    def read(page: Labelled) -> date | None:
        found = trafilatura.bare_extraction(_text(page), url=page.url, with_metadata=True)
        told = getattr(found, "date", None)
        return date.fromisoformat(told) if told else None

    return read


def _gne() -> Reader:
    import gne

    from crawler.parsing.dates import reader as dates

    extractor = gne.GeneralNewsExtractor()

    def read(page: Labelled) -> date | None:
        told = extractor.extract(_text(page)).get("publish_time")
        stamp = dates.read(str(told), AS_OF) if told else None
        return stamp.day if stamp else None

    return read


def comparison(articles: list[Labelled], empty: list[Labelled]) -> list[str]:
    readers, missing = _others()
    rows = [
        "| reader | date right | date given | wrong date given | no-date pages left without a date | CPU ms (mean) |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, reader in readers.items():
        begin = time.process_time()
        told = [_quietly(reader, page) for page in articles]
        spent = (time.process_time() - begin) * 1000 / max(1, len(articles))
        right = sum(day == page.date for day, page in zip(told, articles, strict=True))
        given = sum(day is not None for day in told)
        wrong = sum(day is not None and day != page.date for day, page in zip(told, articles, strict=True))
        kept = sum(_quietly(reader, page) is None for page in empty)
        count = len(articles)
        rows.append(
            f"| {name} | {share(right, count)} | {share(given, count)} | {share(wrong, count)} | {share(kept, len(empty))} | {spent:.2f} |"
        )
    return rows + [f"\n{line}." for line in missing]


def _quietly(reader: Reader, page: Labelled) -> date | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return reader(page)
        except (ValueError, TypeError, AttributeError, IndexError, KeyError):
            return None
