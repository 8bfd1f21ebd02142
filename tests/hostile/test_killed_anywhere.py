"""kill -9 in the middle of every kind of command, then the same command again: what is left equals an undisturbed one.

XUNJIAN_KILLS says how many moments of each command are tried (2 in CI, 12 once for each issue).
"""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from killer import moments, run_command, spread
from trap_desk import open_desk
from trap_server import Host, Reply, serving

from domain.answers import AnswerVerdict
from storage import open_store

EACH = int(os.environ.get("XUNJIAN_KILLS", "2"))
QUIET = {"render": False, "check_disguise": False, "check_search": False, "check_codes": False, "check_ipv6": False}
TEXT = "市政府召开常务会议，研究部署政务公开和优化营商环境工作，听取有关情况汇报，对下一步工作提出明确要求。第{}次。"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A data folder after one night of two faulty sites; their servers go on."""

    def article(n: int) -> Reply:
        return Reply(
            body=f"<title>会议{n}</title><h1>会议{n}</h1><p>{''.join(TEXT.format(n * 40 + i) for i in range(40))}</p>".encode()
        )

    rows = "".join(f"<li><a href='/a{n}.html'>市政府召开会议{n}</a><span>2023-04-20</span></li>" for n in range(30))
    home = f"<title>某某市</title><ul>{rows}<li><a href='/gone'>断链</a></li></ul>"
    pages: dict[str, Any] = {"/": lambda asked: Reply(body=home.encode())}
    pages |= {f"/a{n}.html": lambda asked, n=n: article(n) for n in range(30)}
    hosts = [Host(dict(pages)) for _ in range(2)]
    folder = tmp_path_factory.mktemp("killed") / "base"
    folder.mkdir()
    with serving(*hosts):
        desk = open_desk(folder, *(f"http://127.0.0.1:{host.port}/" for host in hosts))
        run = desk.inspect(0, **QUIET).run
        desk.store.close()
        yield folder, run.id


def copied(base: Path, name: str) -> Path:
    target = base.parent / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(base, target)
    return target


def state(folder: Path) -> dict[str, Any]:
    """Everything a person could see, without the moments at which it was written."""
    store = open_store(f"sqlite:///{folder}/xunjian.db", folder)
    try:
        registry = store.load_registry()
        targets = [site.id for site in registry.sites] + [account.id for account in registry.accounts]
        return {
            "registry": registry,
            "findings": sorted(
                (r.fingerprint, r.state.value, r.nights, r.review.verdict if r.review else "") for r in store.findings()
            ),
            "cards": [
                sorted((c.target_id, c.verdict.value, c.score) for c in store.scorecards(run.id))
                for run in store.runs()
            ],
            "open": [sorted((t, u.check, u.reason) for t, u in store.unjudged(run.id)) for run in store.runs()],
            "answers": [sorted((a.check, a.url) for a in store.answers(target)) for target in targets],
            "learnt": sorted(
                p.relative_to(folder).as_posix() for p in folder.glob("language/*/*") if ".part" not in str(p)
            ),
        }
    finally:
        store.close()


def filled_worksheet(folder: Path, name: str) -> str:
    ended = run_command(folder, ("worksheet", "export", str(folder.parent / name)))
    assert ended.returncode == 0, ended.stderr
    book = openpyxl.load_workbook(folder.parent / name)
    sheet = book["待核事项"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in sheet.iter_rows() if any(cell.value == "站内搜索不可用" for cell in row))[0].row
    filled = {
        "核查结果": AnswerVerdict.FINE.label,
        "核查人": "王小明",
        "核查时间": "2023-04-26 15:00",
        "有效期至": "2023-07-01",
    }
    for head, value in filled.items():
        sheet.cell(row, heads[head], value)
    book.save(folder.parent / name)
    return str(folder.parent / name)


def long_text(file: Path) -> str:
    """Enough to learn from: paragraphs of no sense, all of them different."""
    r = random.Random(1)
    signs = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
    file.write_text("\n".join("".join(r.choices(signs, k=60)) for _ in range(17_500)), encoding="utf-8")
    return str(file)


def commands(folder: Path, run: str) -> dict[str, tuple[str, ...]]:
    sites = folder.parent / "sites.csv"
    sites.write_text(
        "网站标识码,网站名称,主办单位,首页网址\n2101000077,新网站,市教育局,http://127.0.0.9/\n", encoding="utf-8"
    )
    return {
        "probe": ("probe", "--allow-private"),
        "recheck": ("recheck", run),
        "report": ("report", "--html", "out", "--run", run),
        "import": ("registry", "import", str(sites), "--apply"),
        "worksheet": ("worksheet", "import", filled_worksheet(folder, "filled.xlsx"), "--apply"),
        "learn": ("learn", long_text(folder.parent / "text.txt")),
    }


@pytest.mark.parametrize("name", ["probe", "recheck", "report", "import", "worksheet", "learn"])
def test_the_same_command_again_brings_it_to_its_end(base: tuple[Path, str], name: str) -> None:
    folder, run = base
    words = commands(folder, run)[name]
    whole = copied(folder, f"whole-{name}")
    total = moments(whole, words)
    expected, files = state(whole), written(whole)
    assert total >= 2, "nothing was written"
    for moment in spread(total, EACH):
        desk = copied(folder, f"killed-{name}")
        run_command(desk, words, kill_at=moment)
        ended = run_command(desk, words)
        assert ended.returncode in (0, 3), f"{name} at {moment} of {total}: {ended.stderr[-500:]}"
        assert state(desk) == expected, f"{name} at {moment} of {total}"
        assert written(desk) == files, f"{name} at {moment} of {total}"


def written(folder: Path) -> set[str]:
    """The report's files."""
    return {path.relative_to(folder).as_posix() for path in (folder / "out").rglob("*") if path.is_file()}
