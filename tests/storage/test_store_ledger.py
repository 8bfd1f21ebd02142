"""The work ledger over the three stores."""

from dataclasses import replace

from store_values import DAY

from domain.ledger import LedgerRow, Matter
from domain.ports import Store

ROW = LedgerRow("2023-04", "U1", Matter.CORRECTION, 6, None, 2, "网站", "说明“一”", "a.pdf", "k1", "王敏", DAY)


def test_rows_are_kept_by_month_and_in_one_as_they_came(store: Store) -> None:
    assert store.ledger() == []
    march, second = replace(ROW, key="k0", month="2023-03"), replace(ROW, key="a9", matter=Matter.PRAISE, count=None)
    store.save_ledger([ROW, second])
    store.save_ledger([march])
    store.save_ledger([])
    assert store.ledger() == [march, ROW, second]
    store.save_ledger([replace(ROW, count=7)])
    assert store.ledger() == [march, replace(ROW, count=7), second]
    assert (store.ledger()[1].by, store.ledger()[1].at) == ("王敏", DAY)
