"""`make same BASE=<commit>`: one stored night of the demo city, judged by that commit and by this tree, gives the same JSON.

The night is crawled once, by BASE. Both judge it again from their own copy (`recheck --format json`). What may differ
stands in same.yaml.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
MOST = 40  # differences shown


def main() -> int:
    """Exit 0 when both say the same."""
    parser = argparse.ArgumentParser()
    parser.add_argument("base", help="the commit to compare with")
    parser.add_argument("--size", default="small", choices=("small", "demo"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        tree = place / "base"
        _run("git", "worktree", "add", "--detach", str(tree), args.base, at=ROOT)
        try:
            _run(_uv(), "sync", "--frozen", "--quiet", at=tree)  # its own checks, not those of this tree
            _xunjian(tree, "demo", "--size", args.size, "--data", str(place / "before"))
            shutil.copytree(place / "before", place / "after")
            before = _judged(tree, place / "before")
            _xunjian(ROOT, "db", "upgrade", "--data", str(place / "after"))
            after = _judged(ROOT, place / "after")
        finally:
            _run("git", "worktree", "remove", "--force", str(tree), at=ROOT)
    left_out = [row["path"].split(".") for row in yaml.safe_load((ROOT / "tests/same/same.yaml").read_text("utf-8"))]
    found = [line for path, line in differences(before, after) if not any(_is(path, rule) for rule in left_out)]
    for line in found[:MOST]:
        print(line)
    print(f"{len(found)} differences" if found else f"the same: {len(before['targets'])} targets")
    return 1 if found else 0


def _judged(tree: Path, data: Path) -> dict[str, Any]:
    status = json.loads(_xunjian(tree, "status", "--data", str(data), "--format", "json"))
    runs = status["runs"] if isinstance(status, dict) else status
    run = next(item for item in runs if item["kind"] == "nightly")
    return json.loads(_xunjian(tree, "recheck", run["run"], "--data", str(data), "--format", "json"))  # type: ignore[no-any-return]


def differences(before: Any, after: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """(path, sentence) of everything that is not the same in two documents."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            yield from differences(before.get(key), after.get(key), (*path, key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, (*path, str(number)))
    elif before != after:
        yield path, f"{'.'.join(path)}: {str(before)[:160]} -> {str(after)[:160]}"


def _is(path: tuple[str, ...], rule: list[str]) -> bool:
    """`*` stands for any number of keys."""
    if rule[0] == "*":
        return list(path[-len(rule) + 1 :]) == rule[1:]
    return list(path[: len(rule)]) == rule


def _xunjian(tree: Path, *words: str) -> str:
    python = sys.executable if tree == ROOT else str(tree / ".venv" / "bin" / "python")
    return _run(python, str(tree / "cli.py"), *words, at=tree)


def _uv() -> str:
    return shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")


def _run(*command: str, at: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(at)}
    environment.pop("VIRTUAL_ENV", None)
    ended = subprocess.run(command, cwd=at, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode not in (0, 3):
        raise SystemExit(f"{' '.join(command[:4])}: {ended.stderr[-1000:]}")
    return ended.stdout


if __name__ == "__main__":
    raise SystemExit(main())
