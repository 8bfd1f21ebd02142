"""Counts: distinct paragraphs, thresholds, exact look-ups."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from checks.text.language.alphabet import encode, encode_all
from checks.text.language.counts import Counter, distinct
from checks.text.language.hash_tables import STEPS, Table, to_keys, to_logs, window_sums
from checks.text.language.statistics import build_statistics, load_statistics, save_statistics


def counted(*paragraphs):
    counter = Counter()
    counter.add(paragraphs)
    return counter


def count_of(statistics, text):
    codes = encode(text)
    if len(codes) == 2:
        first, second = statistics.ids[codes]
        return round(np.expm1(int(statistics.bigrams[first, second] & 127) / 8))
    return round(float(np.expm1(statistics.log_of(len(codes), window_sums(codes, len(codes))[:1])[0])))


def test_a_sequence_needs_two_distinct_paragraphs():
    statistics = build_statistics(counted("市政府召开会议", "市政府召开会议", "布署工作布署工作"), "1")
    assert count_of(statistics, "市政府") == 0  # one paragraph, however often it is repeated
    statistics = build_statistics(counted("市政府召开会议", "今天市政府发布公告"), "1")
    assert count_of(statistics, "市政府") == 2
    assert count_of(statistics, "政府") == 2
    assert count_of(statistics, "召开会") == 0


def test_repeating_inside_a_paragraph_counts_once():
    statistics = build_statistics(counted("部署部署部署部署工作", "部署工作很重要"), "1")
    assert count_of(statistics, "部署工") == 2
    assert count_of(statistics, "部署") == 2


def test_counts_add_up_over_chunks(monkeypatch):
    monkeypatch.setattr("checks.text.language.counts._CHUNK", 20)
    whole = counted(*[f"第{number}号文件印发各区县政府" for number in "一二三四五六"])
    assert count_of(build_statistics(whole, "1"), "印发各区") == 6


def test_short_and_repeated_paragraphs_are_left_out():
    assert list(distinct(["首页", "市政府召开会议 ", "市政府召开会议"])) == ["市政府召开会议"]


def test_windows_do_not_cross_paragraphs():
    statistics = build_statistics(counted("工作会议召开", "今日工作会议召开", "召开今日大会呀", "召开今日大会吗"), "1")
    assert count_of(statistics, "开召") == 0
    assert count_of(statistics, "召开今") == 2


def test_a_saved_folder_reads_the_same(tmp_path):
    made = build_statistics(counted("市政府召开会议研究", "昨天市政府召开会议讨论"), "v7", about={"sources": ["测试"]})
    save_statistics(made, tmp_path / "v7")
    read = load_statistics(tmp_path / "v7")
    assert (read.version, read.paragraphs) == ("v7", 2)
    assert count_of(read, "召开会议") == count_of(made, "召开会议") == 2


@given(
    st.sets(st.text(alphabet="一二三四五六七八九十百千", min_size=3, max_size=3), min_size=1, max_size=80),
    st.integers(1, 200),
)
def test_a_table_finds_what_it_holds_and_nothing_else(texts, count):
    codes, starts = encode_all(sorted(texts))
    keys = np.sort(to_keys(window_sums(codes, 3)[starts]))
    table = Table.build(keys, to_logs(np.full(len(keys), count)))
    assert (np.abs(table.look(window_sums(codes, 3)[starts]) / STEPS - np.log1p(count)) < 0.05).all()
    other, spots = encode_all(["甲乙丙", "丙乙甲"])
    assert not table.look(window_sums(other, 3)[spots]).any()
