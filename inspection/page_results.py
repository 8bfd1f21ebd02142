"""Results of page checks kept by content, so that an unchanged page costs nothing on later nights."""

import json
from collections.abc import Iterator, MutableMapping
from dataclasses import asdict

from domain.findings import Finding, Ref, Result, Unjudged
from domain.ports import Store

BATCH = 500


class StoredResults(MutableMapping[str, tuple[Result, ...]]):
    """A mapping over `Store.cached` and `Store.cache`; new results are written in batches."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._new: dict[str, str] = {}

    def __getitem__(self, key: str) -> tuple[Result, ...]:
        text = self._new.get(key) or self.store.cached(key)
        if text is None:
            raise KeyError(key)
        return tuple(_load(document) for document in json.loads(text))

    def __setitem__(self, key: str, results: tuple[Result, ...]) -> None:
        self._new[key] = json.dumps([_dump(result) for result in results], ensure_ascii=False)
        if len(self._new) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is new."""
        if self._new:
            self.store.cache(self._new)
            self._new = {}

    def __contains__(self, key: object) -> bool:
        return key in self._new or self.store.cached(str(key)) is not None

    def __delitem__(self, key: str) -> None:
        raise TypeError("kept results are never deleted one by one")

    def __iter__(self) -> Iterator[str]:
        return iter(self._new)

    def __len__(self) -> int:
        return len(self._new)


def _dump(result: Result) -> dict[str, object]:
    return {"type": type(result).__name__, **asdict(result)}


def _load(document: dict[str, object]) -> Result:
    name = document.pop("type")
    ref = Ref(**document.pop("ref"))  # type: ignore[arg-type]
    if name == "Unjudged":
        return Unjudged(ref=ref, **document)  # type: ignore[arg-type]
    found_on: tuple[str, ...] = tuple(document.pop("found_on"))  # type: ignore[arg-type]
    return Finding(ref=ref, found_on=found_on, **document)  # type: ignore[arg-type]
