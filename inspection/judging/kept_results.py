"""Results of page checks kept by content, so that an unchanged page costs nothing on later nights."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from domain.findings import Doubt, Finding, Ref, Result, Unjudged, Why
from domain.ports import Store

BATCH = 500


class StoredResults:
    """`checks.runner.PageCache` over the store; new results are written in batches."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._new: dict[str, str] = {}

    def many(self, keys: Sequence[str]) -> Mapping[str, tuple[Result, ...]]:
        """What is kept under some of the keys."""
        found = self.store.cached(keys)
        return {key: tuple(_load(document) for document in json.loads(text)) for key, text in found.items()}

    def keep(self, key: str, results: tuple[Result, ...]) -> None:
        """Keep the results of one page."""
        self._new[key] = json.dumps([_dump(result) for result in results], ensure_ascii=False) if results else "[]"
        if len(self._new) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is new."""
        if self._new:
            self.store.cache(self._new)
            self._new = {}


def _dump(result: Result) -> dict[str, object]:
    return {"type": type(result).__name__, **asdict(result)}


def _load(document: dict[str, Any]) -> Result:
    name = document.pop("type")
    if name == "Doubt":
        return Doubt(_finding(document["finding"]))
    if name == "Unjudged":
        return Unjudged(ref=Ref(**document.pop("ref")), why=Why(document.pop("why", Why.OPEN)), **document)
    return _finding(document)


def _finding(document: dict[str, Any]) -> Finding:
    return Finding(ref=Ref(**document.pop("ref")), found_on=tuple(document.pop("found_on")), **document)
