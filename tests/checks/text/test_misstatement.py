"""Near-misses of protected phrases are candidates; the phrases themselves and usual wording pass."""

from datetime import date

import pytest

from checks.text.language.starter import load_starter
from checks.text.misstatement import check_statements, load_phrases
from domain.errors import ConfigError


def found(text):
    return [(hit.text, hit.suggestion) for hit in check_statements(text, load_phrases(), load_starter())]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("中华人民共合国成立", "中华人民共合国", "中华人民共和国"),
        ("中华人民共国宪法", "中华人民共国", "中华人民共和国"),
        ("以习近平新时代中国特色社会主意思想为指导", "中国特色社会主意", "中国特色社会主义"),
        ("习进平总书记发表讲话", "习进平总书记", "习近平总书记"),
        ("市人民攻府办公室", "攻府", "政府"),
        ("疫情防控领导小姐会议", "领导小姐", "领导小组"),
        ("深入开展扫黑险恶专项斗争", "扫黑险恶", "扫黑除恶"),
        ("齐齐哈市召开会议", "齐齐哈市", "齐齐哈尔市"),
        ("美国、日本、台湾等国家参加展会", "台湾等国家", "等国家和地区"),
        ("加强中港两国合作", "中港两国", ""),
    ],
)
def test_near_misses_are_candidates(text, wrong, right):
    hits = found(text)
    assert any(wrong in hit or hit in wrong for hit, _ in hits), hits
    assert all(right in advice or not right for _, advice in hits)


@pytest.mark.parametrize(
    "text",
    [
        "以习近平新时代中国特色社会主义思想为指导,增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
        "中华人民共和国国务院办公厅;沈阳市人民政府、沈河区人民政府。",
        "美国、日本等国家和台湾地区参加展会。",
        "香港、澳门特别行政区居民。",
        "“一带一路”倡议",
        "全省人民代表大会、本级人民代表大会常务委员会。",
        "市人民政府办公厅。各区、县(市)人民政府。",
        "他在“中华民国总统府”旧址参观。",
    ],
)
def test_right_wording_passes(text):
    assert found(text) == []


def test_every_hit_is_severe_and_names_its_source():
    (hit,) = check_statements("中华人民共合国", load_phrases(), load_starter())
    assert (hit.severity, hit.check, hit.layer) == ("veto", "text.misstatement", "宪法")


def test_phrases_have_a_time_of_validity():
    early, late = (load_phrases().on(date(year, 1, 1)) for year in (2010, 2020))
    text = "新时代中国特色社会主义恩想,扫黑除饿"
    assert not any("扫黑除" in hit.text for hit in check_statements(text, early, load_starter()))
    assert any("扫黑除" in hit.text for hit in check_statements(text, late, load_starter()))


def test_an_office_may_bring_its_own_file(tmp_path):
    own = tmp_path / "protected.tsv"
    own.write_text("沈阳市大数据管理局\tstate\t\t\t三定方案\n", encoding="utf-8")
    phrases = load_phrases(protected=own)
    assert check_statements("沈阳市大数居管理局", phrases, load_starter())[0].suggestion == "沈阳市大数据管理局"
    own.write_text("沈阳市\tstate\t昨天\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"第 1 行 的日期“昨天”"):
        load_phrases.__wrapped__(protected=own)


def test_a_body_of_another_level_is_no_slip_for_the_ministry() -> None:
    text = "市住房和城乡建设局、市工业和信息化局、省人力资源和社会保障厅、长滩乡人民政府联合印发通知。"
    assert found(text) == []
