"""The starter table: statistics of public law texts that come with the program, used until something is learnt."""

import json
from functools import cache
from pathlib import Path

import numpy as np

from checks.text import DATA
from checks.text.language.hash_tables import Table
from checks.text.language.statistics import Statistics, id_table, load_statistics, map_array, mark_words

FOLDER = DATA / "starter"


@cache
def load_starter() -> Statistics:
    """Statistics of the shipped table (training/starter.py builds it)."""
    about = json.loads((FOLDER / "about.json").read_text(encoding="utf-8"))
    with np.load(FOLDER / "bigrams.npz") as arrays:
        chars, unigrams = arrays["chars"], arrays["unigrams"]
        matrix = np.zeros((len(chars) + 1, len(chars) + 1), dtype=np.uint8)
        matrix.reshape(-1)[arrays["pairs"]] = arrays["logs"]
    mark_words(matrix, id_table(chars))
    tables = {
        int(order): Table(map_array(FOLDER / f"order{order}.npy"), int(size)) for order, size in about["sizes"].items()
    }
    return Statistics(
        about["version"], about["characters"], about["paragraphs"], chars, unigrams, matrix, tables, about
    )


@cache
def load_language(folder: str) -> Statistics:
    """The learnt statistics of a folder, or the starter table for an empty name."""
    return load_statistics(Path(folder)) if folder else load_starter()
