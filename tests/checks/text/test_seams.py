"""Words, names and numbers with something inside them that a reader does not see, or only sees as the end of a line."""

import pytest

from inspection.texts.proof import proof

PERSON = "11010519491231002X"  # the sample number of GB 11643
WORDS = ("按装", "台湾行政院", PERSON)
UNSEEN = ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u200d", "\u200e", "\u180e"]


def three(gap: str) -> str:
    typo, name, number = (word[:2] + gap + word[2:] if len(word) > 2 else word[0] + gap + word[1] for word in WORDS)
    number = PERSON[:8] + gap + PERSON[8:]
    return f"各乡镇要确保{typo}到位。\n会议通报了{name}的消息。\n申请人某某，身份证号{number}。"


def found(text: str) -> list[tuple[str, str]]:
    return [(str(row["check"]), str(row["text"])) for row in proof(text)]


WANTED = [("text.typo", "按装"), ("text.misstatement", "台湾行政院"), ("text.privacy", "110105********002X")]


@pytest.mark.parametrize("gap", ["", *UNSEEN, " ", "　", "\u00a0", " \u200b "])
def test_what_stands_in_a_word_hides_nothing(gap: str) -> None:
    text = three(gap)
    rows = proof(text)
    assert [(row["check"], row["text"]) for row in rows] == WANTED
    for row, word in zip(rows, WORDS, strict=True):
        assert "".join(char for char in text[row["start"] : row["end"]] if char.isalnum()) == word


@pytest.mark.parametrize(
    ("lines", "hits"),
    [
        (
            ["各乡镇要高度重视本次防火检查，确保消防设施按", "装到位，不留死角，情况要及时向县里的办公室报告。"],
            ["按装"],
        ),
        (["请持有下列证件的申请人尽快到窗口领取证件：11010519", "491231002X，过期不候。"], ["110105********002X"]),
        (
            ["会上还通报了近期在省里举行的会议以及台湾行政", "院发布的消息，请各乡镇的干部认真学习并贯彻。"],
            ["台湾行政院"],
        ),
        (["各乡镇要高度重视本次防火检查，消防设施要按。", "装到位的要及时报告，没有到位的要说明原因。"], []),
        (["按", "装"], []),  # two entries of a list
        (["责任单位按", "装备清单负责"], []),
        (["　　各乡镇要高度重视本次防火检查，确保设施按", "　　装备科负责此事，并及时向县里的办公室报告。"], []),
    ],
)
def test_a_full_line_goes_on_in_the_next_one(lines: list[str], hits: list[str]) -> None:
    assert [text for _, text in found("\n".join(lines))] == hits


@pytest.mark.parametrize("text", ["请按 装备清单领取。", "单位 时间 地点", "张 三 李 四", "电话 83212345 13 号楼", "2023 04 25 11"])  # fmt: skip
def test_blanks_between_words_make_no_fault(text: str) -> None:
    assert found(text) == []


def test_the_end_of_a_line_in_the_source_of_a_page_is_none() -> None:
    html = "<html><meta charset=utf-8><body><p>各乡镇要高度重视，确保按\n  装到位，并报告台湾行\r\n政院的消息。</p></body></html>"
    assert [row["text"] for row in proof(html.encode(), "html")] == ["按装", "台湾行政院"]
