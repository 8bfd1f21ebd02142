"""When the page of a site that was looked at longest ago was looked at last, over the three stores."""

from store_values import SITE, night, page, reading, run

from domain.ports import Store


def test_the_newest_look_at_each_page_counts_and_the_oldest_of_these_is_told(store: Store) -> None:
    assert store.oldest_page(SITE, night(9)) is None
    for number in range(4):
        store.save_run(run(number))
        store.write([page("", number, reading=reading("首页"))])
    store.write([page("a", 1, reading=reading("甲")), page("a", 2, unchanged=True, body_hash=page("a", 1).body_hash)])
    store.write([page("b", 0, reading=reading("乙")), page("b", 3, status=404, reading=reading("没有"))])
    assert store.oldest_page(SITE, night(3)) == night(2)  # what is gone rests on no old look
    assert store.oldest_page(SITE, night(1)) == night(0)
    assert store.oldest_page("other", night(3)) is None
    before = store.oldest_page(SITE, night(3))
    store.drop_old_rows(night(3))
    assert store.oldest_page(SITE, night(3)) == before
