"""Export and import again: nothing may change, in any format."""

import re
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import RegistryError
from domain.targets import (
    Account,
    ColumnKind,
    ColumnSpec,
    Platform,
    Registry,
    Site,
    SiteKind,
    Source,
    TargetState,
    Unit,
    UnitKind,
)
from registry import build, export, read_file
from registry.accounts import account_id
from registry.headers import HEADERS
from registry.text import clean, key

DAY = date(2023, 4, 26)
WORDS = (
    st.text("云川市区县教育局发布网信办Aa19=+-@'\"#：:,，;（）() &\\_x<", min_size=1, max_size=12)
    .map(clean)
    .filter(bool)
)
NAMES = WORDS.map(lambda text: f"云{text}号").filter(lambda text: not text.startswith(("合计", "注")))
DATES = st.none() | st.dates(date(2000, 1, 1), date(2023, 4, 1))


@st.composite
def lives(draw):
    state = draw(st.sampled_from(TargetState))
    ends = st.dates(date(2023, 4, 2), date(2030, 1, 1))
    ended = draw(ends if state is TargetState.CLOSED else st.none() | ends)
    return {"state": state, "valid_from": draw(DATES), "valid_to": ended, "proof_file": draw(st.just("") | NAMES)}


@st.composite
def registries(draw):
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique_by=key))
    units = tuple(
        Unit(
            draw(st.sampled_from([name, f"u{number}"])),
            name,
            draw(st.just("") | st.just(f"简{number}")),
            draw(st.sampled_from(UnitKind)),
            number * 10,
        )
        for number, name in enumerate(names)
    )
    unit_ids = st.sampled_from([unit.id for unit in units])
    sites = []
    for number in range(draw(st.integers(0, 4))):
        url = f"http{draw(st.sampled_from(['', 's']))}://w{number}.yunchuan.gov.cn{draw(st.sampled_from(['', '/', ':8080/a']))}"
        code = draw(st.sampled_from([f"210000000{number}", f"bm0000000{number}", ""]))
        columns = tuple(
            ColumnSpec(
                f"{url.rstrip('/')}/col{i}/",
                draw(st.just("") | NAMES),
                draw(st.none() | st.sampled_from(ColumnKind)),
                draw(st.sampled_from(["", "14d", "2w", "6mo", "1y"])),
                draw(st.booleans()),
                draw(st.booleans()),
            )
            for i in range(draw(st.integers(0, 3)))
        )
        sites.append(
            Site(
                code or url.split("/")[2],
                draw(NAMES),
                url,
                draw(unit_ids),
                draw(st.sampled_from(SiteKind)),
                columns,
                draw(st.booleans()),
                draw(st.booleans()),
                draw(
                    st.sampled_from(
                        [(), ((DAY, DAY),), ((DAY, date(2023, 5, 1)), (date(2023, 6, 1), DAY.replace(month=7)))]
                    )
                ),
                **draw(lives()),
            )
        )
    accounts = []
    for number in range(draw(st.integers(0, 4))):
        platform = draw(st.sampled_from(Platform))
        label = "百家号" if platform is Platform.OTHER and draw(st.booleans()) else ""
        platform_id = draw(st.sampled_from(["", f"gh_{number}", f"00{number}", f"12345678901234567{number}"]))
        unit_id, name = draw(unit_ids), f"{draw(NAMES)}{number}"
        sources = draw(
            st.lists(
                st.sampled_from(
                    [
                        Source("feed", "https://rss.example/x?a=1&b=2", (("naive_tz", "Asia/Shanghai"),)),
                        Source("weibo", "1234567890"),
                        Source("weibo", "http://127.0.0.1:8080/api?uid=1"),
                        Source("douyin", "作品.json", (("author", "104"),)),
                        Source("import", "上报/四月 份.xlsx"),
                        Source("manual"),
                    ]
                ),
                unique=True,
            )
        )
        accounts.append(
            Account(
                account_id(platform, label, platform_id, name, unit_id),
                name,
                platform,
                unit_id,
                platform_id,
                draw(st.sampled_from(["", "https://weibo.com/u/1", "weixin://dl/x"])),
                draw(st.just("") | NAMES),
                tuple(sources),
                platform_label=label,
                **draw(lives()),
            )
        )
    return Registry(units, tuple(sites), tuple(accounts))


@pytest.mark.parametrize("name", ["city.xlsx", "city.csv", "city.yaml", "folder"])
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(registry=registries())
def test_export_then_import_changes_nothing(name, registry):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        export(registry, path)
        sheets = read_file(path)
    fresh = build(sheets, Registry(), as_of=DAY)
    assert fresh.problems == ()
    assert fresh.registry == registry
    again = build(sheets, registry, as_of=DAY)
    assert again.registry == registry
    assert again.changes == ()


def test_columns_found_in_a_run_join_the_declared_ones(tmp_path):
    declared = ColumnSpec("http://a.gov.cn/tz/", "通知公告", deadline="14d")
    found = ColumnSpec("http://a.gov.cn/xw/", "要闻", ColumnKind.NEWS)
    unit = Unit("市府办", "市府办", order=1)
    site = Site("2100000001", "某网站", "http://a.gov.cn/", unit.id, columns=(declared,))
    registry = Registry((unit,), (site,))
    export(registry, tmp_path / "a.xlsx", columns={site.id: [replace(declared, deadline="1y"), found]})
    result = build(read_file(tmp_path / "a.xlsx"), registry, as_of=DAY)
    assert result.registry.sites[0].columns == (declared, found)
    assert [(change.action, change.kind) for change in result.changes] == [("added", "column")]


def test_csv_opens_in_excel_and_keeps_no_formula_in_xlsx(tmp_path):
    from openpyxl import load_workbook

    registry = Registry((Unit("=1+1", "=1+1", order=1),))
    (csv_file,) = export(registry, tmp_path / "x.csv")
    assert csv_file.name == "x-units.csv"
    assert csv_file.read_bytes().startswith(b"\xef\xbb\xbf")
    export(registry, tmp_path / "x.xlsx")
    cell = load_workbook(tmp_path / "x.xlsx").worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("=1+1", "s", "@")


@pytest.mark.parametrize("name", ["form.xlsx", "form.csv"])
def test_an_empty_registry_exports_a_form_to_fill_in(tmp_path, name):
    export(Registry(), tmp_path / name)
    with pytest.raises(RegistryError) as caught:
        read_file(tmp_path / name)
    assert len(caught.value.problems) == 4
    assert all("只有表头" in problem for problem in caught.value.problems)


def test_a_form_that_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(RegistryError, match=r"不会写 \.pdf 文件"):
        export(Registry(), tmp_path / "a.pdf")
    with pytest.raises(RegistryError, match="写不了"):
        export(Registry((Unit("a", "a"),)), tmp_path / "none" / "a.xlsx")


def test_the_yaml_of_the_how_to_imports(tmp_path):
    page = Path(__file__).parents[2] / "docs" / "how-to" / "registry.md"
    text = re.search(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)[1]
    (tmp_path / "doc.yaml").write_text(text, encoding="utf-8")
    result = build(read_file(tmp_path / "doc.yaml"), Registry(), as_of=DAY)
    assert (result.problems, result.warnings) == ((), ())
    assert [(account.unit_id, len(account.sources)) for account in result.registry.accounts] == [("云川市教育局", 2)]


def test_the_how_to_names_every_official_column():
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "registry.md").read_text(encoding="utf-8")
    for fields in HEADERS.values():
        for names in fields.values():
            assert names[0] in page
