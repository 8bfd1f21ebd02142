"""How much context a reviewed typo keeps."""

import pytest

from checks.text.typos.reviewed_forms import allowed_phrase, confirmed_form


@pytest.mark.parametrize(
    ("sentence", "wrong", "right", "form"),
    [
        ("形成公平有序竟争的环境。", "竟", "竞", ("竟争", "竞争")),
        ("屋里乱得一榻糊涂，无处落脚。", "榻", "塌", ("一榻糊涂", "一塌糊涂")),
        ("切实保障公民的权力不受侵犯", "力", "利", ("的权力不受", "的权利不受")),  # both are words: the context decides
        ("各部门要认真布署工作。", "布署", "部署", ("布署", "部署")),
        ("市长会见了邹缨女士。", "缨", "樱", ("了邹缨女士", "了邹樱女士")),
        ("“没”字", "没", "设", ("“没”字", "“设”字")),
    ],
)
def test_a_confirmed_form_is_a_word_or_keeps_its_neighbours(sentence, wrong, right, form):
    assert confirmed_form(sentence, sentence.index(wrong), wrong, right) == form


@pytest.mark.parametrize(
    ("sentence", "wrong", "phrase"),
    [
        ("游客走进驿栈，挑选蔬菜", "栈", "驿栈"),
        ("创兴资源发布公告", "兴", "创兴资"),
        ("数据截止本月底前报送", "截止", "数据截止本月"),
        ("（栈）", "栈", "（栈）"),
    ],
)
def test_an_allowed_phrase_is_no_wider_than_it_must_be(sentence, wrong, phrase):
    assert allowed_phrase(sentence, sentence.index(wrong), wrong) == phrase
