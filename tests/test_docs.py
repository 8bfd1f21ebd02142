"""The documents say what is true: commands exist, links lead somewhere, tables list what there is, examples run."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import typer
import yaml

from checks.rules.rulebook import SHIPPED
from cli import build_app

ROOT = Path(__file__).resolve().parents[1]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
HOME = "<!doctype html><meta charset=utf-8><title>示例局</title><h1>示例局</h1><a href=/news/1.html>示例局召开会议</a>"
ARTICLE = (
    "<!doctype html><meta charset=utf-8><title>示例局召开会议</title><h1>示例局召开会议</h1><p>发布时间：2023-04-24{source}</p>"
    "<div class=content><p>4月24日，示例局召开年度工作会议，总结去年工作，部署今年任务，要求各科室抓好落实。</p></div>"
)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(text: str, language: str | None = None) -> list[str]:
    """The fenced blocks of a page, all or those of one language."""
    found = re.findall(r"^```([\w-]*)\n(.*?)^```", text, re.M | re.S)
    return [body for name, body in found if language is None or name == language]


def quoted_commands(text: str) -> Iterator[list[str]]:
    """The words of every `xunjian …` in code blocks and code spans."""
    spans = re.findall(r"`(xunjian[^`\n]*)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))
    lines = [line for body in blocks(text) for line in body.splitlines()]
    for line in [*spans, *lines]:
        found = re.search(r"(?:^|[\s$/])(xunjian(?: [^#>|&]*)?)(?:[#>|&]|$)", line)
        if found and not re.search(r"cd xunjian|clone|--name|User=|path: xunjian|createdb", line):
            words = shlex.split(found[1].replace("…", ""))
            if len(words) > 1 and re.match(r"[a-z-]", words[1]):
                yield words[1:]


def command_of(words: list[str]) -> tuple[object, list[str]]:
    """The command the words lead to and what remains; KeyError names an unknown command."""
    command, rest = typer.main.get_command(build_app()), list(words)
    while rest and (children := getattr(command, "commands", None)) and not rest[0].startswith("-"):
        if rest[0] not in children:
            raise KeyError(" ".join(words))
        command = children[rest.pop(0)]
    return command, rest


def options_of(command: object) -> set[str]:
    params = getattr(command, "params", [])
    return {"--help", *(name for param in params for name in (*param.opts, *param.secondary_opts))}


@pytest.mark.parametrize("page", DOCS, ids=named)
def test_quoted_commands_and_their_options_exist(page: Path) -> None:
    for words in quoted_commands(page.read_text(encoding="utf-8")):
        command, rest = command_of(words)
        unknown = {word.split("=")[0] for word in rest if re.match(r"--?[a-z]", word)} - options_of(command)
        assert not unknown, f"xunjian {' '.join(words)}: {unknown}"


def test_commands_are_found_where_they_are_quoted() -> None:
    found = list(quoted_commands("`xunjian gate` and\n```\n$ xunjian nightly --resume R  # again\n```\n"))
    assert found == [["gate"], ["nightly", "--resume", "R"]]
    with pytest.raises(KeyError):
        command_of(["registry", "burn"])
    assert "--resume" in options_of(command_of(["nightly"])[0])


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", DOCS, ids=named)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        goal = (page.parent / path).resolve() if path else page
        assert goal.exists(), f"{named(page)}: {target}"
        assert goal.is_relative_to(ROOT)
        assert not anchor or anchor in anchors(goal), f"{named(page)}: {target}"


@pytest.mark.parametrize("page", DOCS, ids=named)
def test_source_files_are_named_where_they_are(page: Path) -> None:
    for name in re.findall(r"`(\w+/[\w/]+\.py)`", page.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), f"{named(page)}: {name}"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, todo = set(), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        if page in reached:
            continue
        reached.add(page)
        links = re.findall(r"\]\(([^)#\s]+\.md)", page.read_text(encoding="utf-8"))
        todo.extend((page.parent / link).resolve() for link in links if "://" not in link)
    assert not {named(page) for page in set(DOCS) - reached if page.parent != ROOT}


@pytest.mark.parametrize("page", READMES, ids=named)
def test_the_configuration_table_lists_the_crawl_settings(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \|", text, re.M))
    crawl = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["crawl"]
    assert {key: yaml.safe_load(value) for key, value in table.items()} == crawl


def shape(page: Path) -> list[tuple[str, int, int]]:
    """Level of every heading, with the number of code blocks and table rows below it."""
    parts = re.split(r"^(#+) .*\n", page.read_text(encoding="utf-8"), flags=re.M)
    outside = re.compile(r"^```.*?^```", re.M | re.S)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return [(level, len(blocks(body)), len(re.findall(r"^\|", outside.sub("", body), re.M))) for level, body in pairs]


def test_both_readmes_have_the_same_sections() -> None:
    english, chinese = map(shape, READMES)
    assert english == chinese


def test_both_readmes_name_the_same_commands_and_limits() -> None:
    texts = [page.read_text(encoding="utf-8") for page in READMES]
    english, chinese = ({" ".join(words[:2]) for words in quoted_commands(text)} for text in texts)
    assert {name for name in english if name.isascii()} == {name for name in chinese if name.isascii()}
    assert len({len(re.findall(r"^- ", text, re.M)) for text in texts}) == 1


def test_no_picture_is_heavy() -> None:
    heavy = [named(path) for path in (ROOT / "docs").rglob("*") if path.is_file() and path.stat().st_size > 150_000]
    assert not heavy


def test_the_example_of_a_third_party_check_runs(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "how-to" / "add-a-check.md").read_text(encoding="utf-8")
    installed = tmp_path / "installed"
    info = installed / "office_checks-1.0.dist-info"
    info.mkdir(parents=True)
    (installed / "office_checks.py").write_text(blocks(page, "python")[0], encoding="utf-8")
    group, line = re.search(r'entry-points\."([\w.]+)"\]\n(.*)', blocks(page, "toml")[0]).groups()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: office-checks\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{group}]\n{line.replace(chr(34), '')}\n")
    rules = SHIPPED.read_text(encoding="utf-8").replace("checks:\n", "checks:\n" + blocks(page, "yaml")[0], 1)
    (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")
    site = tmp_path / "public"
    (site / "news").mkdir(parents=True)
    (site / "index.html").write_text(HOME + "<a href=/news/2.html>示例局公布结果</a>", encoding="utf-8")
    (site / "news" / "1.html").write_text(ARTICLE.format(source=""), encoding="utf-8")
    (site / "news" / "2.html").write_text(ARTICLE.format(source=" 来源：办公室"), encoding="utf-8")
    options = ["--as-of", "2023-04-26", "--rules", str(tmp_path / "rules.yaml"), "--fail-on", "problem"]
    done = subprocess.run(
        [sys.executable, "-m", "cli", "gate", str(site), *options, "--format", "github"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    found = [line for line in done.stdout.splitlines() if "未注明信息来源" in line]
    assert len(found) == 1, done.stderr
    assert found[0].startswith("::error file=")
    assert "title=信息未注明来源" in found[0]
    assert found[0].endswith("/news/1.html")
    assert done.returncode == 1
