"""How well text is proofread: typo recall and precision, false alarms, speed, memory, learning; Markdown for docs/accuracy.md."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checks.text.hits import Hit
from checks.text.language.starter import load_starter
from checks.text.language.statistics import load_statistics
from checks.text.language.word_trigrams import find_word_trigrams
from checks.text.typos import guards
from checks.text.typos.analyser import Analyser
from checks.text.typos.candidates import UNJUDGED
from checks.text.typos.word_evidence import Voice, load_voice
from inspection.texts.statistics import learn, read_texts
from tests.accuracy.general_words import compared

SHARED = Path(os.environ.get("XUNJIAN_SHARED", Path(__file__).resolve().parents[3] / "shared"))
TYPOS = SHARED / "data" / "typos"
SIZE = 20_000  # characters of a set that the short run looks at
STEP = 13  # every so many characters the guards are asked
SILENT = (guards.is_classical, guards.is_verse, guards.in_foreign_name, guards.in_list)
DOUBTING = (guards.in_title, guards.in_short_quotes, guards.in_couplet, guards.in_person_name)
BARS = {
    "clean_rmrb98": ("<= 0.35", "<= 0.2"), "gen_xxqg": ("<= 0.35", "<= 0.2"), "ecspell_odw_train": ("<= 0.35", "<= 0.2"),
    "textproof_odd": (".97 / .31", ".97 / .40"), "cscd_0_2499": (".87 / .10", ".87 / .15"),
    "ecspell_odw_train errors": (".98 / .49", ".98 / .55"), "confused": (".97 / .60", ""),
}  # fmt: skip
CONFUSED = {
    "confused_words": "confused words, the set the tables were extended by",
    "confused_words_later": "confused words, a later set, written and measured blind",
}
ALARMS = """The words of general Chinese were added after a prototype; the dev sets chose the form, so they flatter it a little. Some thirty
entries of the list of wrong words were seen as misses of textproof_odd: about seven points of its recall. Two strangers who
had not seen the tables wrote 400 sentences each with words confused by their meaning. The first set gave 0.986 / 0.343 before
any change, then the tables were extended by what it showed; the second one is measured on tables that have not seen it.
In 31 million characters of news and laws the rows of the table strike some thirty times, most of them errors.

Passed over are 的地得 and 他她它 (their choice needs grammar), classical prose and verse, foreign names, rows of names; in titles, short
quotations and names of persons an error is only suspected. What is judged at a place depends on its counts too: a
character in surroundings the learnt text does not know needs more evidence.

Every false alarm that the dev sets raised was looked at once:

- **Errors of the set itself**, counted against us: 多工能 (多功能), 倾刻 (顷刻), 小时侯 (小时候), 竟争 (竞争), 生态坏境 (环境).
- **A one-character word beside a frequent word**: 一杆138分 (taken for 一个), 售书量 (数量), 价格提到 (达到), 计重收费 (计量).
- **Short forms and names**: 人代会 (人大), 正监会 in an enumeration, 扶平开发局, 教师师德 (taken for a doubling), 危重症一科 (医科).

Suspected ones (not reported) are mostly names of persons and places, slogans, titles and old prose.

Doubling was measured on errors put into the clean sides of four sets: a character written twice is found in 4-18 % of the
cases (most in official text), with 0.98-1.00 precision and one false alarm (教师师德) in 0.8 million clean characters. Words
written twice (6-41 %) and characters left out (1 %) stay suspected: 滨河社区社区矫正 is lawful. Set phrases with one
wrong character: some 190 right against 9 wrong over six sets, of which four are errors of the sets.
"""


@dataclass(frozen=True)
class Score:
    """Corrections by character. `alarms` are flags where the set has no error, per 10,000 characters."""

    right: int
    flagged: int
    errors: int
    alarms: float

    @property
    def text(self) -> str:
        return f"{self.right / max(1, self.flagged):.3f} / {self.right / max(1, self.errors):.3f}"


def pairs(name: str, short: bool) -> list[tuple[str, str]]:
    """(wrong, right) sentences of a dev set, those of equal length."""
    rows, size = [], 0
    for line in (TYPOS / "dev" / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 2 and len(cells[0]) == len(cells[1]):
            rows.append((cells[0], cells[1]))
            size += len(cells[0])
            if short and size > SIZE:
                break
    return rows


def clean(name: str, short: bool) -> list[str]:
    """The right sides of a set, or the lines of a clean text."""
    if name != "clean_rmrb98":
        return [right for _, right in pairs(name, short)]
    lines = (TYPOS / "dev" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return lines[:400] if short else lines


def confused(name: str) -> list[tuple[str, str]]:
    """(wrong, right) sentences with words confused by their meaning; half are right as they stand."""
    rows = (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(wrong, right) for wrong, right in (row.split("\t") for row in rows)]


def reported(analyser: Analyser, texts: Sequence[str]) -> Iterator[tuple[int, Hit]]:
    """The hits that would be reported, with the number of their text."""
    for number, hits in enumerate(analyser.analyse(texts)):
        yield from ((number, hit) for hit in hits if hit.reported)


def score(analyser: Analyser, rows: Sequence[tuple[str, str]]) -> Score:
    """Corrections of the wrong sides against the right sides."""
    right = flagged = alarms = 0
    for number, hit in reported(analyser, [wrong for wrong, _ in rows]):
        wrong, gold = rows[number]
        for place, char in enumerate(hit.suggestion, start=hit.start):
            if place < len(wrong) and char != wrong[place]:
                flagged += 1
                right += gold[place] == char
                alarms += gold[place] == wrong[place]
    errors = sum(a != b for wrong, gold in rows for a, b in zip(wrong, gold, strict=True))
    return Score(right, flagged, errors, 1e4 * alarms / max(1, sum(len(wrong) for wrong, _ in rows)))


def alarms(analyser: Analyser, texts: Sequence[str]) -> float:
    """Hits on clean text per 10,000 characters."""
    return 1e4 * sum(1 for _ in reported(analyser, texts)) / max(1, sum(map(len, texts)))


def judged_shares(texts: Sequence[str]) -> tuple[float, float]:
    """Shares of the Chinese characters at which an error is judged, and at which it may only be suspected, by a sample."""
    full = doubtful = total = 0
    for text in texts:
        closed = guards.not_modern(text)
        for place in range(len(text) % STEP, len(text), STEP):
            if not "一" <= text[place] <= "龥":
                continue
            span = text, place, place + 1
            total += 1
            if closed or text[place] in UNJUDGED or any(guard(*span) for guard in SILENT):
                continue
            is_open = not any(guard(*span) for guard in DOUBTING)
            full, doubtful = full + is_open, doubtful + (not is_open)
    return full / max(1, total), doubtful / max(1, total)


def speed(analyser: Analyser, texts: Sequence[str]) -> float:
    """Characters a second of one core, in batches."""
    analyser.analyse(texts[:50])
    start = time.process_time()
    analyser.analyse(texts)
    return sum(map(len, texts)) / (time.process_time() - start)


def measure_learning(out: Path, files: Sequence[Path]) -> tuple[str, float, float]:
    """Learn in a process of its own: (folder, CPU seconds, peak in MB)."""
    code = "import sys; from tests.accuracy.text import _learn; _learn(*sys.argv[1:])"
    done = subprocess.run([sys.executable, "-c", code, str(out), *map(str, files)], check=True, capture_output=True, text=True)  # fmt: skip
    folder, seconds, peak = done.stdout.split("\t")
    return folder, float(seconds), float(peak)


def measure_memory(folder: str) -> float:
    """Peak MB of a process that loads the statistics and proofreads a set."""
    code = "import sys; from tests.accuracy.text import _proofread; _proofread(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", code, folder], check=True, capture_output=True, text=True)
    return float(done.stdout)


def _learn(out: str, *files: str) -> None:
    made = learn(read_texts([Path(file) for file in files]), Path(out))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(made.folder, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, sep="\t")


def _proofread(folder: str) -> None:
    path = find_word_trigrams()
    voice = load_voice(path) if path else None
    Analyser(load_statistics(Path(folder)), voice=voice).analyse(clean("ecspell_odw_train", short=False))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def section(short: bool = False) -> str:
    """The chapter on text. The short run looks at the first part of every set and learns less."""
    if not TYPOS.exists():
        return "## Text\n\nNot measured: the dev sets are not on this machine (XUNJIAN_SHARED).\n"
    files = [TYPOS / "news.txt.xz", TYPOS / "laws.txt.xz"]
    with tempfile.TemporaryDirectory() as place:
        folder, seconds, peak = measure_learning(Path(place) / "a", files[:1] if short else files)
        inside = Path(place) / "set.txt"
        inside.write_text("\n".join(wrong for wrong, _ in pairs("ecspell_odw_train", short)), encoding="utf-8")
        with_set, _, _ = measure_learning(Path(place) / "b", [*(files[:1] if short else files), inside])
        return _write(folder, with_set, (seconds, peak, measure_memory(folder)), short)


def _write(folder: str, with_set: str, learning: tuple[float, float, float], short: bool) -> str:
    learnt, path = Analyser(load_statistics(Path(folder))), find_word_trigrams()
    voice = load_voice(path) if path else None
    heard = replace(learnt, voice=voice) if voice else None
    columns = (heard, learnt, Analyser(load_starter()))
    lines = ["## Text", "", "Statistics learnt on `news.txt.xz` and `laws.txt.xz`; one threshold for all sets. P / R are of corrections by character.", _heard(voice)]  # fmt: skip
    lines += [] if not short else ["**Short run**: parts of the sets, less learnt."]
    lines += [
        "",
        "| set | must | aim | with general words | learnt | starter table only |",
        "|---|---|---|---|---|---|",
    ]
    for name in ("clean_rmrb98", "gen_xxqg", "ecspell_odw_train"):
        texts = clean(name, short)
        lines.append(_row(f"{name}, clean: alarms per 10,000", name, (_alarms(item, texts) for item in columns)))
    for name, key in (("textproof_odd", ""), ("cscd_0_2499", ""), ("ecspell_odw_train", " errors")):
        rows = pairs(name, short)
        lines.append(_row(f"{name}: P / R", name + key, (_score(item, rows) for item in columns)))
    for name, label in CONFUSED.items():
        rows = confused(name)
        lines.append(_row(f"{label}: P / R", "confused", (_score(item, rows) for item in columns)))
    for name in ("clean_rmrb98", "gen_xxqg", "ecspell_odw_train", "cscd_0_2499"):
        full, doubtful = judged_shares(clean(name, short))
        lines.append(f"| {name}: share of characters judged / only suspected / passed over | | | | {full:.1%} / {doubtful:.1%} / {1 - full - doubtful:.1%} | |")  # fmt: skip
    rows = pairs("ecspell_odw_train", short)
    plain, inside = score(learnt, rows), score(Analyser(load_statistics(Path(with_set))), rows)
    loss = 100 * (plain.right - inside.right) / plain.errors
    seconds, peak, resident = learning
    speeds = [(_speed(heard, clean(name, short)), _speed(learnt, clean(name, short))) for name in ("clean_rmrb98", "ecspell_odw_train")]  # fmt: skip
    lines += [
        f"| inspected text inside the statistics: loss of recall, points | <= 2 | 0 | | {loss:.1f} | |",
        f"| speed, one core, unfamiliar text (rmrb98) | 200 k/s | 500 k/s | {' | '.join(speeds[0])} | |",
        f"| speed, one core, official text (odw) | 200 k/s | 500 k/s | {' | '.join(speeds[1])} | |",
        f"| resident memory, learnt statistics loaded | <= 350 MB | <= 300 MB | {resident:.0f} MB | | |",
        f"| `learn`, CPU seconds and peak | <= 60 s, 4 GB | <= 20 s | | {seconds:.0f} s, {peak / 1024:.1f} GB | |",
        "", "Beyond the bars: " + _others(heard or learnt, short), "", ALARMS,
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _heard(voice: Voice | None) -> str:
    if voice is None:
        return "**The words of general Chinese are not installed** (Debian's `libime-data-language-model`): their column stays empty."
    return f"General words: Debian's `libime-data-language-model`, file {voice.words.version}; {compared(voice.words)}."


def _row(label: str, key: str, cells: Iterable[str]) -> str:
    must, aim = BARS[key]
    return f"| {label} | {must} | {aim} | {' | '.join(cells)} |"


def _alarms(analyser: Analyser | None, texts: Sequence[str]) -> str:
    return f"{alarms(analyser, texts):.2f}" if analyser else "-"


def _score(analyser: Analyser | None, rows: Sequence[tuple[str, str]]) -> str:
    return score(analyser, rows).text if analyser else "-"


def _speed(analyser: Analyser | None, texts: Sequence[str]) -> str:
    return f"{speed(analyser, texts) / 1e3:.0f} k/s" if analyser else "-"


def _others(analyser: Analyser, short: bool) -> str:
    names = ("ecspell_law_train", "ecspell_med_train", "csc_hard_people_daily_jieba", "sighan2013")
    return "; ".join(f"{name} {score(analyser, pairs(name, short)).text}" for name in names) + "."


if __name__ == "__main__":
    print(section("--short" in sys.argv))
