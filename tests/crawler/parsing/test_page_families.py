"""The page families stay right in a small sample, and their pages, mangled, never break the parser."""

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from crawler.parsing import read_links, read_page
from tests.accuracy.families import undated
from tests.accuracy.families.base import AS_OF, Writer
from tests.accuracy.pages import ROUNDS, Score, measure, pages

WRITERS = tuple(writer for told in ROUNDS for writer in told.writers)


def test_the_goals_hold_on_a_small_sample() -> None:
    score = Score()
    for page in pages(WRITERS, 5, "small"):
        measure(page, score)
    assert score.kind >= 0.97 * score.pages
    assert score.right >= 0.97 * score.pages
    assert score.items >= 0.95 * score.lists
    assert score.marks >= 0.98 * score.mark_total
    assert score.wrong <= 0.005 * score.pages


def test_pages_without_a_date_get_none() -> None:
    for page in pages(undated.WRITERS, 20, "small"):
        assert read_page(page.body, page.url, AS_OF).published.value is None


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
def test_mangled_pages_are_harmless(writer: Writer) -> None:
    r = random.Random(writer.__name__)
    for _ in range(12):
        page = writer(r)
        body = bytearray(page.body)
        for _ in range(r.randint(1, 30)):
            start = r.randrange(len(body))
            body[start : start + r.randint(0, 40)] = r.randbytes(r.randint(0, 6))
        reading = read_page(bytes(body), page.url, AS_OF, page.content_type)
        assert read_page(bytes(body), page.url, AS_OF, page.content_type) == reading
        assert len(read_links(bytes(body), page.url)) <= len(reading.links)
