"""`make accuracy`: measure on labelled material and write docs/accuracy.md; `--short` measures a part and writes nothing."""

import argparse
import sys
from pathlib import Path

from tests.accuracy import columns, links, pages, real_sites, services, text
from tests.accuracy.summary import summary

TARGET = Path(__file__).resolve().parents[2] / "docs" / "accuracy.md"
HEAD = """# Accuracy

Written by `make accuracy`. Every table prints the share that was judged beside the share that was right: what could not
be judged is `Unjudged` (待人工核查) and never a verdict. Material that lies outside the project (real pages, typo corpora) is read
from the folder named by `XUNJIAN_SHARED`; without it those parts say that they were skipped.
"""


def main() -> int:
    """Print all sections; without `--short` they become the page of the documents."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", choices=("pages", "columns", "services", "links", "real", "text"))
    args = parser.parse_args()
    chosen = {
        "pages": pages,
        "columns": columns,
        "services": services,
        "links": links,
        "real": real_sites,
        "text": text,
    }
    modules = [chosen[args.only]] if args.only else list(chosen.values())
    sections = []
    for module in modules:
        sections.append(module.section(args.short).strip())
        print(sections[-1] + "\n", flush=True)
    if not args.short and not args.only:
        TARGET.write_text("\n\n".join([HEAD.strip(), summary(sections), *sections]) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
