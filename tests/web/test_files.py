"""What comes along with the console: one script of others, unchanged; and every template in good Chinese."""

import hashlib
import re
from pathlib import Path

import pytest

from inspection.texts.proof import read_proof
from web.rendering import FILES, HERE, outside, query

HTMX = "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de"  # htmx.org 2.0.10, dist/htmx.min.js, 0BSD
TEMPLATES = sorted((HERE / "templates").glob("*.html"))


def test_htmx_is_the_published_file_with_its_licence() -> None:
    assert hashlib.sha256((HERE / "static" / "htmx.min.js").read_bytes()).hexdigest() == HTMX
    assert "Zero-Clause BSD" in (HERE / "static" / "htmx.LICENSE").read_text(encoding="utf-8")


def test_every_file_of_the_folder_is_served_or_a_licence() -> None:
    assert {path.name for path in (HERE / "static").iterdir()} == {*FILES, "htmx.LICENSE"}


def test_the_style_asks_for_nothing_from_outside() -> None:
    text = (HERE / "static" / "console.css").read_text(encoding="utf-8")
    assert "url(" not in text
    assert "@import" not in text
    assert not set(re.findall(r"var\((--[\w-]+)\)", text)) - set(re.findall(r"(--[\w-]+):", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_templates_hold_no_script_no_style_and_good_chinese(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?! src)|<style|\sstyle=|\son\w+=|\|\s*safe", text)
    posts = re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.S)
    assert all("parts.token()" in form or "hidden()" in form for form in posts)
    words = re.sub(r"\{[{%#].*?[}%#]\}|<[^>]+>", "\n", text, flags=re.S)
    hits = [hit for hit in read_proof(words).hits if hit.reported and hit.check in {"text.typo", "text.format"}]
    assert [hit.text for hit in hits] == []


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x", "https://a.example/x"), (" http://a/", " http://a/"), ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""), ("data:text/html,x", ""), ("//evil.example", ""), ("http://[", ""), ("", ""),
    ],
)  # fmt: skip
def test_only_pages_are_linked_to(url: str, kept: str) -> None:
    assert outside(url) == kept


def test_filters_go_into_an_address_and_empty_ones_do_not() -> None:
    assert query(a="1&2", b="", c=None, d=["x", "y"], e=0) == "?a=1%262&d=x&d=y&e=0"
    assert query() == ""
