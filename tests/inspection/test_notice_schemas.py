"""The published schemas say what the reader takes and what the notice answers."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from real_notices import NOTICES

from checks.rules.rulebook import load_rules
from inspection.periods.notices import notice_of_file
from reports.notice.settings import load_settings
from scorecards import facts_file
from scorecards.facts_figures import FIGURE

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
APRIL = Path(__file__).parent / "notices" / "april.yaml"
LEDGER = Path(__file__).parent / "notices" / "april-ledger.yaml"


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(found)
    return found


def plain(value: Any) -> Any:
    """As JSON carries it: dates as text."""
    return json.loads(json.dumps(value, default=str))


def test_the_schema_knows_the_keys_of_the_reader() -> None:
    facts = schema("facts-1")["properties"]
    rows = {key: set(facts[key]["items"]["properties"]) for key in ("figures", "named", "remarks")}
    assert set(facts) == set(facts_file.TOP)
    assert rows == {
        "figures": set(FIGURE),
        "named": set(facts_file.NAMED),
        "remarks": set(facts_file.REMARK),
    }
    assert set(facts["office"]["properties"]) == set(facts_file.OFFICE)
    assert set(facts["period"]["oneOf"][1]["properties"]) == set(facts_file.PERIOD)
    assert facts["remarks"]["items"]["properties"]["section"]["enum"] == list(facts_file.REMARKS)


@pytest.mark.parametrize("path", [APRIL, LEDGER], ids=lambda path: path.stem)
def test_facts_files_keep_to_the_schema(path: Path) -> None:
    Draft202012Validator(schema("facts-1")).validate(plain(yaml.safe_load(path.read_text(encoding="utf-8"))))


def test_all_real_notices_keep_to_the_schema() -> None:
    validator = Draft202012Validator(schema("facts-1"))
    for period, figures, partitions in NOTICES.values():
        validator.validate(plain({"period": period, "figures": figures, "partitions": partitions}))
    assert not validator.is_valid({"period": "2023-04", "numbers": []})
    assert not validator.is_valid({"figures": [{"kind": "sites.passed", "of": 5}]})


def test_the_answer_of_the_notice_keeps_to_its_schema() -> None:
    made = notice_of_file(APRIL, load_rules(), load_settings())
    validator = Draft202012Validator(schema("notice-1"))
    validator.validate(plain(made.document))
    assert not validator.is_valid(plain({**made.document, "figures": [{"kind": "a"}]}))


DOCS = [SCHEMAS.parent / "how-to" / name for name in ("notice.md", "zh/notice.md")]


@pytest.mark.parametrize("page", DOCS, ids=("en", "zh"))
def test_the_example_of_the_document_is_a_notice(page: Path, tmp_path: Path) -> None:
    example = page.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]
    (tmp_path / "facts.yaml").write_text(example, encoding="utf-8")
    notice = notice_of_file(tmp_path / "facts.yaml", load_rules(), load_settings()).notice
    assert notice.faults == ()
    assert "无扣分点的网站54家，占96%" in "".join(sentence.text for _, sentence in notice.sentences())


def test_both_languages_say_the_same() -> None:
    shapes = []
    for page in DOCS:
        text = page.read_text(encoding="utf-8")
        shapes.append(
            ([line.count("#") for line in text.splitlines() if line.startswith("#")], text.split("```")[1::2])
        )
    assert shapes[0] == shapes[1]
