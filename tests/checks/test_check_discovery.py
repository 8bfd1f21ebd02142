"""A check of a third party enters by the same door as ours, and a broken one is named."""

import sys
from pathlib import Path

import pytest

from checks import discovery
from checks.rules.rulebook import SHIPPED, build_rules
from domain.errors import RulesError

MODULE = '''
from dataclasses import dataclass
from typing import ClassVar

@dataclass(frozen=True)
class Slogans:
    """Flag nothing."""

    id: ClassVar[str] = "office.slogan"
    version: ClassVar[int] = 3
    words: tuple[str, ...] = ("口号",)

    def __call__(self, view):
        return iter(())

NotAClass = 7
'''


@pytest.fixture
def outside(tmp_path: Path, monkeypatch):
    """Install a package with the given entry points, for this test only."""

    def install(points: str) -> None:
        (tmp_path / "office_checks_demo.py").write_text(MODULE, encoding="utf-8")
        info = tmp_path / "office_checks_demo-1.0.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: office-checks-demo\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[xunjian.site_checks]\n{points}\n")
        monkeypatch.syspath_prepend(tmp_path)
        discovery.classes.cache_clear()

    yield install
    discovery.classes.cache_clear()
    sys.modules.pop("office_checks_demo", None)


def test_a_third_party_check_is_ruled_like_ours(outside) -> None:
    outside("office.slogan = office_checks_demo:Slogans")
    row = "checks:\n  office.slogan: {title: 口号, message: m, fix: f, severity: notice, params: {words: [甲]}}\n"
    book = build_rules(SHIPPED.read_text(encoding="utf-8").replace("checks:\n", row, 1))
    assert book.checks["office.slogan"].params == {"words": ("甲",)}
    assert book.checks["office.slogan"].version.startswith("3+")
    assert "home.stale" in book.checks


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ("office.slogan = office_checks_gone:Slogans", "无法导入"),
        ("office.slogan = office_checks_demo:Missing", "无法导入"),
        ("office.slogan = office_checks_demo:NotAClass", "id 与注册名不一致"),
        ("office.other = office_checks_demo:Slogans", "id 与注册名不一致"),
        ("home.stale = office_checks_demo:Slogans", "被注册了两次"),
    ],
)
def test_a_broken_one_is_named(outside, points: str, sentence: str) -> None:
    outside(points)
    with pytest.raises(RulesError) as caught:
        discovery.classes("site")
    assert sentence in caught.value.problems[0]
    assert points.split()[0] in caught.value.problems[0]
