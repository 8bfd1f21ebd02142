"""Personal data: what must be found, what must pass, and that nothing leaves unmasked."""

import pytest

from checks.text.privacy import check_privacy, find_private, is_id_number, mask, passes_luhn

ID = "210102199003078515"  # made up; the check digit is right
CARD = "6222020200112233445"


def make_card():
    for digit in "0123456789":
        if passes_luhn(CARD[:-1] + digit):
            return CARD[:-1] + digit
    raise AssertionError


def kinds(*paragraphs):
    return [[item.kind for item in row] for row in find_private(paragraphs)]


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        (ID, True),
        ("210102199003078516", False),
        ("210102199002308519", False),
        ("990102199003078515", False),
        ("11010519491231002X", True),
    ],
)
def test_id_numbers(number, valid):
    assert is_id_number(number) is valid


def test_an_unmasked_id_number_is_found_anywhere():
    assert kinds(f"张三 {ID} 沈河区") == [["id"]]
    assert kinds("张三 2101021990030785 15") == [[]]
    assert kinds("编号210102199003078515X12") == [[]]


def test_full_width_digits_are_read():
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in ID)
    assert kinds(f"身份证号:{wide}") == [["id"]]


@pytest.mark.parametrize(
    "masked", ["210102********8515", "35*************123", "210102XXXXXXXX8515", "21010219900307****"]
)
def test_masked_forms_pass(masked):
    assert kinds(f"身份证号 {masked},电话 138****8000") == [[]]


@pytest.mark.parametrize(
    "text",
    ["联系电话:024-12345678", "监督电话 12345", "联系人:李四,联系电话:13900139000", "订单号 2022010113800138000123"],
)
def test_office_telephones_and_other_numbers_pass(text):
    assert kinds(text) == [[]]


def test_mobile_numbers_in_lists_of_persons_are_found():
    rows = ["姓名 身份证号 电话", "张三 低保 13800138000", "李四 低保 13900139001", "王五 低保 137-0013-7002"]
    assert kinds(*rows) == [[], ["mobile"], ["mobile"], ["mobile"]]


def test_bank_cards_need_a_check_digit_and_a_bank():
    card = make_card()
    assert kinds(f"开户银行:工商银行,卡号 {card}") == [["card"]]
    assert kinds(f"流水号 {card}") == [[]]
    wrong = card[:-1] + str((int(card[-1]) + 1) % 10)
    assert kinds(f"开户银行:工商银行,卡号 {wrong}") == [[]]


def test_nothing_leaves_unmasked():
    card = make_card()
    text = f"姓名张三,身份证号{ID},电话13800138000,一卡通{card}"
    (hits,) = check_privacy([text])
    assert [hit.text for hit in hits] == [mask("id", ID), "138****8000", mask("card", card)]
    for secret in (ID, "13800138000", card):
        assert secret not in repr(hits)
    assert text[hits[0].start : hits[0].end] == ID


def test_the_hash_is_keyed_and_tells_numbers_apart():
    (one,), (other,) = (find_private([f"身份证号{ID}"], key)[0] for key in (b"a", b"b"))
    assert one.digest != other.digest
    assert find_private([f"身份证 {ID}"], b"a")[0][0].digest == one.digest
