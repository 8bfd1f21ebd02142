"""Build the starter table from public law texts: statistics only, small enough to be committed.

Run: python -m training.starter LAWS.txt.xz
"""

import json
import sys
from pathlib import Path

import numpy as np

from checks.text.language.counts import Counter
from checks.text.language.starter import FOLDER
from checks.text.language.statistics import build_statistics
from training.ranker import read_lines

LEAST = {2: 2, 3: 2, 4: 3, 5: 4}
SOURCE = "中华人民共和国法律、行政法规、地方性法规公开文本(约 1823 万字);仅含字串计数,不含原文"


def main(laws: Path) -> None:
    """Count and write `checks/text/data/starter/`."""
    counter = Counter()
    counter.add(read_lines(laws))
    statistics = build_statistics(counter, "starter-1", LEAST)
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows, columns = np.nonzero(statistics.bigrams & 127)
    np.savez_compressed(
        FOLDER / "bigrams.npz",
        chars=statistics.chars,
        unigrams=statistics.unigrams,
        pairs=rows.astype(np.uint32) * statistics.bigrams.shape[1] + columns.astype(np.uint32),
        logs=(statistics.bigrams[rows, columns] & 127).astype(np.uint8),
    )
    sizes = {}
    for order, table in statistics.tables.items():
        np.save(FOLDER / f"order{order}.npy", table.words)
        sizes[str(order)] = table.size
    about = {
        "version": statistics.version, "characters": statistics.characters, "paragraphs": statistics.paragraphs,
        "sizes": sizes, "source": SOURCE, "least": {str(order): least for order, least in LEAST.items()},
    }  # fmt: skip
    (FOLDER / "about.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
