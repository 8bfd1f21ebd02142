"""Every real notice that could be read is a facts file; its rates come out as printed, and wrong ones are told."""

import json
import re
from pathlib import Path

import pytest
from real_notices import NOTICES, WRONG

from checks.rules.rulebook import load_rules
from inspection.periods.notices import Made, notice_of_file
from reports.notice.settings import load_settings


def made(folder: Path, name: str, family: str, change: dict[str, int] | None = None) -> Made:
    period, figures, partitions = NOTICES[name]
    rows = [dict(row) for row in figures]
    for place, more in (change or {}).items():
        rows[int(place)]["n"] += more
    document = {"period": period, "family": family, "figures": rows, "partitions": partitions}
    (folder / "facts.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return notice_of_file(folder / "facts.json", load_rules(), load_settings())


@pytest.mark.parametrize("family", ["monthly", "short"])
@pytest.mark.parametrize("name", NOTICES)
def test_rates_come_out_as_printed_and_wrong_ones_are_told(name: str, family: str, tmp_path: Path) -> None:
    notice = made(tmp_path, name, family)
    faults = list(notice.notice.faults)
    if name in WRONG:
        assert len(faults) == 1
        assert WRONG[name] in faults[0]
    else:
        assert faults == []
    assert notice.facts.stated or not any("printed" in row for row in NOTICES[name][1])


@pytest.mark.parametrize("name", [name for name in NOTICES if name not in WRONG])
def test_the_figures_of_the_city_stand_in_the_text(name: str, tmp_path: Path) -> None:
    notice = made(tmp_path, name, "short").notice
    text = "".join(sentence.text for _, sentence in notice.sentences())
    silent = re.compile(r"(failed|unknown)$")  # 全部合格 says it
    for row in NOTICES[name][1]:
        if row["scope" if "scope" in row else "kind"].startswith(("level/", "group/")) or silent.search(row["kind"]):
            continue
        if (
            row.get("n")
            and row["kind"] not in {"sites.passed", "accounts.passed"}
            and "measure" not in row
            and "scores" not in row["kind"]
        ):
            if row["kind"].endswith((".inspected", "messages.in_time", ".used")) and str(row["n"]) not in text:
                assert "%" in text
            else:
                assert str(row["n"]) in text, row
        if "measure" in row and row["kind"].endswith(".before"):
            assert row["printed"].lstrip("-") in text, row
        if (
            row.get("printed")
            and "measure" not in row
            and row.get("scope", "全市") == "全市"
            and row["printed"] != "100"
        ):
            assert f"{row['printed']}{'' if 'scores' in row['kind'] else '%'}" in text, row


@pytest.mark.parametrize("name", [name for name in NOTICES if name not in WRONG])
def test_a_changed_figure_changes_the_text_or_is_told(name: str, tmp_path: Path) -> None:
    before = made(tmp_path, name, "short").notice
    said = [sentence.text for _, sentence in before.sentences()]
    quiet = []
    for place, row in enumerate(NOTICES[name][1]):
        if "n" not in row or "measure" in row or row["kind"].startswith("scores.m"):
            continue
        more = -1 if row.get("of") == row["n"] or row["n"] > 1 else 1
        after = made(tmp_path, name, "short", {str(place): more}).notice
        if [sentence.text for _, sentence in after.sentences()] == said and not after.faults:
            quiet.append((row["kind"], row.get("scope")))
    # parts that no total is printed of, in notices that print the parts by level only
    assert [key for key in quiet if not str(key[1]).startswith(("level/", "group/", "platform/"))] == []
