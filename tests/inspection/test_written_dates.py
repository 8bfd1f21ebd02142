"""Sites whose dates nobody may be able to read: never accused of showing none. All 2,000 spellings: python date_spellings.py."""

from datetime import date

import pytest
from date_spellings import SHAPES, judge, spellings, undated_site

NEWEST = date(2023, 4, 25)


@pytest.mark.parametrize("shape", SHAPES)
def test_no_spelling_of_a_day_is_held_against_a_site(shape: str) -> None:
    read = 0
    for spell in spellings(40, seed=len(shape)):
        told = judge(spell, SHAPES[shape], NEWEST)
        assert not told.accused, spell(NEWEST)
        assert told.newest in (None, NEWEST), spell(NEWEST)
        read += told.newest == NEWEST
    assert read > 4 or shape == "apart"


def test_a_site_that_shows_no_date_is_still_found() -> None:
    assert undated_site().accused == ("home.stale", "column.stale")


def test_dates_of_next_year_prove_nothing() -> None:
    told = judge(lambda day: day.replace(year=2024).isoformat(), SHAPES["spans"], NEWEST)
    assert (told.accused, told.undated) == ((), "future")
