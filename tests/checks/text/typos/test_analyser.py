"""Typos with the starter table: what is found, what the guards leave alone, and that batches change nothing."""

from dataclasses import replace

import pytest

from checks.text.hits import Level
from checks.text.judge import TextJudge
from checks.text.language.starter import load_starter
from checks.text.typos.analyser import Analyser
from checks.text.typos.guards import (
    AllowList,
    in_amount,
    in_couplet,
    in_foreign_name,
    in_list,
    in_person_name,
    in_place_name,
    is_classical,
    is_verse,
    recurs,
)

ANALYSER = Analyser(load_starter())


def reported(text, analyser=ANALYSER):
    (hits,) = analyser.analyse([text])
    return [(hit.text, hit.suggestion) for hit in hits if hit.reported]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("县级以上人民政府应当加强对本行政区域内安全生产监督管里工作的领导。", "里", "理"),
        ("违反本条例规定的,由市场监督管理部门责令限期改正,并处一万元以上五万元以下罚宽。", "宽", "款"),
        ("各部门要认真布署下一步工作。", "布署", "部署"),
        ("发布气象预警信息,做好防灾减灾工做。", "做", "作"),
        ("国務院办公厅印发通知,请认真贯彻执行。", "務", "务"),
    ],
)
def test_errors_are_found(text, wrong, right):
    assert (wrong, right) in reported(text)


def test_a_word_replaced_by_one_that_sounds_alike_is_found():
    (hits,) = ANALYSER.analyse(["县级以上人民政府应当将其纳入国民经济和社会罚站规划。"])
    assert [(hit.text, hit.suggestion, hit.layer) for hit in hits] == [("罚站", "发展", "words")]


@pytest.mark.parametrize(
    "text",
    [
        "县级以上人民政府应当加强对本行政区域内安全生产监督管理工作的领导。",
        "宪章左谿,鼓吹荆谿。",
        "记者符福洲、周德武报道。",
        "平台既使用方便又安全可靠。",
        "汤姆士·史达福告诉记者。",
        "",
        "2023年1月,ABC公司。",
    ],
)
def test_right_text_passes(text):
    assert reported(text) == []


def test_a_traditional_text_is_not_judged():
    assert ANALYSER.analyse(["國務院辦公廳關於進一步優化營商環境的實施意見,請認真貫徹執行。"]) == [[]]


def test_the_allow_list_wins():
    text = "各部门要认真布署下一步工作。"
    assert reported(text, replace(ANALYSER, allowed=AllowList(frozenset({"认真布署"})))) == []
    assert reported(text, replace(ANALYSER, allowed=AllowList(frozenset({"布署会"})))) == [("布署", "部署")]


def test_every_hit_carries_its_evidence():
    (hits,) = ANALYSER.analyse(["会议研究。县级以上人民政府应当加强安全生产监督管里工作。下略。"])
    (hit,) = hits
    assert hit.level is Level.PROBABLE
    assert hit.layer == "statistics"
    assert hit.sentence == "县级以上人民政府应当加强安全生产监督管里工作。"
    assert hit.evidence["new3"] > hit.evidence["old3"]


def test_batches_change_nothing():
    texts = [f"第{number}条 县级以上人民政府应当加强监督管里工作。" for number in range(40)] + [
        "",
        "各部门要认真布署工作。",
    ]
    assert ANALYSER.analyse(texts) == [ANALYSER.analyse([text])[0] for text in texts]


def test_a_paragraph_is_analysed_once(monkeypatch):
    asked = []
    original = Analyser.analyse
    monkeypatch.setattr(Analyser, "analyse", lambda self, texts: asked.extend(texts) or original(self, texts))
    judge = TextJudge(ANALYSER)
    first = judge.typos(["认真布署工作。", "认真布署工作。", "请遵照执行。"])
    assert judge.typos(["请遵照执行。", "认真布署工作。"]) == [first[2], first[0]]
    assert asked == ["认真布署工作。", "请遵照执行。"]


def test_guards():
    assert is_verse("但问此身销得否\uff0c分司气味不论年。", 9, 10)
    assert not is_classical("加强组织领导,明确责任分工。", 2, 3)
    assert in_place_name("县政府在鹭洲镇开展督导检查", 4, 5)
    assert in_place_name("赴长滩乡、鹭洲镇走访", 6, 7)
    assert not in_place_name("建设美里乡村", 3, 4)
    assert not in_place_name("进一步加强对乡村振新工作", 8, 9)
    assert not in_place_name("县政府在鹭洲镇开展督道检查", 10, 11)
    assert in_person_name("市长陆帜然出席会议", 3, 4)
    assert in_person_name("张三、余华、冯骥才等人", 3, 4)
    assert not in_person_name("水利、税务、工商部门", 3, 4)
    assert in_list("张三 李四 王五 赵六 钱七 孙八 周九", 3, 5)


def test_guards_of_names_amounts_and_verse():
    assert in_amount("壹拾贰万元", 0, 1)
    assert in_amount("总承包叁级", 3, 4)
    assert not in_amount("突破了壹大批技术", 3, 4)
    assert in_foreign_name("就斯梅代雷沃钢厂项目", 3, 4)
    assert not in_foreign_name("哈尔宾医科大学", 2, 3)
    assert in_couplet("正所谓“千磨万击还坚劲，任尔东西南北风”", 5, 6)
    assert not in_couplet("“加强组织领导”，明确责任分工", 2, 3)
    assert recurs("驻村第一书记到村,驻村第一书记说", 1, 2)
    assert not is_verse("贯彻新发展理念，切实构建新发展格居。", 15, 16)


def test_slogans_of_seven_are_no_verse():
    assert reported("贯彻新发展理念，坚持依法行政管里。", ANALYSER) == [("里", "理")]


def test_set_phrases_with_one_wrong_character():
    assert reported("干部们不慈劳苦，连夜抢修。", ANALYSER) == [("慈", "辞")]
    assert reported("这场名为“不慈劳苦”的展览开幕。", ANALYSER) == []


def test_a_particle_after_a_verb_that_ends_so_passes():
    assert reported("采取的积极措施成效明显，进取的良好精神风貌，改变的更加彻底。", ANALYSER) == []
    assert reported("工作取的积极成效。", ANALYSER) == [("取的积极", "取得积极")]
