"""Issued notices over the three stores."""

from dataclasses import replace
from datetime import datetime

import pytest

from domain.errors import ValueRefused
from domain.issued import IssuedNotice
from domain.ports import Store
from domain.times import BEIJING

NOTICE = IssuedNotice(
    "2023-04", 1, 1, "通报.docx", "a" * 64, 20_000, "王敏", datetime(2023, 5, 4, 9, tzinfo=BEIJING), added=("17",),
    trail_number=12, trail_head="b" * 64,
)  # fmt: skip


def test_issued_notices_are_kept_by_period_and_version(store: Store) -> None:
    assert store.issued_notices() == []
    may, second = replace(NOTICE, period="2023-05"), replace(NOTICE, version=2, reason="更正单位名称")
    for item in (may, NOTICE, second):
        store.save_issued_notice(item)
    assert store.issued_notices() == [NOTICE, second, may]
    assert store.issued_notices("2023-04") == [NOTICE, second]
    assert (NOTICE.label, second.label) == ("通报", "通报（更正，第 2 版）")


def test_an_issued_notice_is_never_written_over(store: Store) -> None:
    store.save_issued_notice(NOTICE)
    with pytest.raises(ValueRefused, match="2023-04 的通报第 1 版"):
        store.save_issued_notice(replace(NOTICE, sha256="c" * 64))
    assert store.issued_notices() == [NOTICE]
