"""Values <-> documents, for everything a Reading may hold."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.captured import (
    DateCandidate,
    Dated,
    DateHow,
    Entry,
    EntryList,
    Guide,
    Inquiry,
    Link,
    Marks,
    PageKind,
    Reading,
)
from storage.documents import from_document, pack, to_document, to_text, unpack

texts = st.text(max_size=20)
days = st.dates(min_value=date(1900, 1, 1))
moments = st.one_of(days, st.datetimes(min_value=datetime(1900, 1, 1)))
hows = st.sampled_from(DateHow)
many = {"max_size": 3}


def tuples(item: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(item, **many).map(tuple)


entries = st.builds(Entry, texts, texts, st.none() | days, hows, st.booleans())
links = st.builds(Link, texts, texts, texts, texts)
readings = st.builds(
    Reading,
    kind=st.sampled_from(PageKind),
    title=texts,
    text=texts,
    reasons=tuples(texts),
    published=st.builds(Dated, st.none() | moments, hows, texts),
    candidates=tuples(st.builds(DateCandidate, texts, st.none() | moments, hows, texts)),
    trail=tuples(st.tuples(texts, texts)),
    nav=tuples(st.tuples(texts, texts)),
    lists=tuples(st.builds(EntryList, texts, texts, tuples(entries), st.booleans())),
    links=tuples(links),
    marks=st.builds(Marks, texts, texts, party_gov=st.booleans()),
    meta=st.dictionaries(texts, texts, **many),
    inquiries=tuples(st.builds(Inquiry, texts, texts, st.none() | days, st.none() | days, texts)),
    guide=st.none() | st.builds(Guide, texts, st.dictionaries(texts, texts, **many)),
)


@given(readings)
@settings(max_examples=150, deadline=None)
def test_a_reading_survives(reading: Reading) -> None:
    document = to_document(reading)
    assert from_document(Reading, document) == reading
    assert from_document(Reading, json.loads(to_text(document))) == reading
    assert from_document(Reading, unpack(pack(document))) == reading


@dataclass(frozen=True)
class Older:
    kept: int
    dropped: str = "x"


@dataclass(frozen=True)
class Newer:
    kept: int
    added: Mapping[str, tuple[int, ...]] | None = None


def test_documents_outlive_the_fields_they_were_written_with() -> None:
    assert to_document(Older(1)) == {"kept": 1}
    assert from_document(Newer, to_document(Older(1, "y"))) == Newer(1)
    assert from_document(Newer, to_document(Newer(1, {"a": (1, 2)}))) == Newer(1, {"a": (1, 2)})
