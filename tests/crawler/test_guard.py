"""Which network addresses may be asked, however they are written."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.guard import is_public, literal_ip, require_allowed
from domain.errors import UsageError

PRIVATE = [
    "http://127.0.0.1/",
    "http://127.0.0.1:8080/x",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0X7F.1/",
    "http://0177.0.0.1/",
    "http://0177.0.0.01/",
    "http://017700000001/",
    "http://localhost/",
    "http://LOCALHOST:3000/",
    "http://localhost./",
    "http://admin.localhost/",
    "http://0.0.0.0/",
    "http://0/",
    "http://10.1.2.3/",
    "http://10.66051/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://0xc0a80101/",
    "http://3232235777/",
    "http://169.254.0.5/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[fd12:3456::1]/",
    "http://user:pass@127.0.0.1/",
    "http://www.gov.cn@127.0.0.1/",
    "http://127.0.0.1./",
    "http://127。0。0。1/",
    "http://１２７.0.0.1/",
]
PUBLIC = [
    "http://114.114.114.114/",
    "http://0x72727272/",
    "http://1920103026/",
    "http://172.15.0.1/",
    "http://172.32.0.1/",
    "http://[2400:3200::1]/",
    "http://[::ffff:114.114.114.114]/",
]
NAMES = [
    "http://www.gov.cn/",
    "http://127.0.0.1.example.com/",
    "http://10.com/",
    "http://0x7f000001.example.com/",
    "http://localhost.example.com/",
    "http://mylocalhost/",
    "http://www.民政局.cn/",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_are_refused_in_every_spelling(url: str) -> None:
    with pytest.raises(UsageError, match="--allow-private"):
        require_allowed(url, allow_private=False)
    require_allowed(url, allow_private=True)


@pytest.mark.parametrize("url", PUBLIC + NAMES)
def test_public_addresses_and_names_pass(url: str) -> None:
    require_allowed(url, allow_private=False)


@pytest.mark.parametrize("url", NAMES)
def test_a_name_is_no_literal(url: str) -> None:
    assert literal_ip(url) is None


@pytest.mark.parametrize(
    "url", ["http://08.0.0.1/", "http://256.256.256.256/", "http://1.2.3.4.5/", "http:///x", "", "http://0x/"]
)
def test_what_is_no_address_is_left_to_the_resolver(url: str) -> None:
    assert literal_ip(url) in {None, "0.0.0.0"}


@given(st.integers(0, 2**32 - 1))
def test_every_spelling_of_a_number_is_one_address(number: int) -> None:
    plain = str(ipaddress.IPv4Address(number))
    a, b, c, d = plain.split(".")
    rest = (int(b) << 16) | (int(c) << 8) | int(d)
    spellings = [
        plain, str(number), hex(number), f"0{number:o}", f"{a}.{rest}", f"{hex(int(a))}.{b}.{c}.{d}",
        f"{a}.{b}.{int(c) << 8 | int(d)}",
    ]  # fmt: skip
    assert {literal_ip(f"http://{text}/") for text in spellings} == {plain}
    assert is_public(plain) == is_public(f"::ffff:{plain}")
