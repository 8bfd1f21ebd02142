"""Numbers of persons leave what was read, over the three stores, and nothing else changes."""

from datetime import timedelta

from store_values import HOME, SITE, night, page, reading, run

from domain.captured import Link, Post
from domain.ports import Store

NUMBER, MASKED = "11010519491231002X", "110105********002X"


def masking(text: str) -> str:
    return text.replace(NUMBER, MASKED)


def read(store: Store, number: int, title: str, **changes: object) -> None:
    store.save_run(run(number))
    links = (Link(HOME + NUMBER, NUMBER), Link(HOME + "b", "更多"))
    store.write([page("a", number, reading=reading(title, links=links), body_hash=f"{number:064x}", **changes)])


def told(store: Store, number: int) -> str:
    found = store.page(SITE, HOME + "a", night(number))
    assert found is not None
    assert found.reading is not None
    return found.reading.title


def test_readings_of_the_time_are_masked_and_the_newest_stays(store: Store) -> None:
    for number, title in enumerate((NUMBER, f"名单 {NUMBER}", "名单", NUMBER)):
        read(store, number, title)
    assert store.mask_texts(SITE, HOME + "a", night(0), night(1), masking, dry_run=True) == 2
    assert told(store, 0) == NUMBER
    changed = store.mask_texts(SITE, HOME + "a", night(0), night(1), masking)
    assert changed == 2
    assert [told(store, number) for number in range(4)] == [MASKED, f"名单 {MASKED}", "名单", NUMBER]
    first = store.page(SITE, HOME + "a", night(0)).reading  # type: ignore[union-attr]
    assert first is not None
    assert [(link.url, link.text) for link in first.links] == [(HOME + NUMBER, MASKED), (HOME + "b", "更多")]
    assert store.mask_texts(SITE, HOME + "a", night(0), night(1), masking) == 0
    assert store.mask_texts(SITE, HOME + "a", night(0), night(3), masking) == 1  # the links of the third night
    assert told(store, 3) == NUMBER


def test_a_page_that_says_it_again_is_read_in_full(store: Store) -> None:
    read(store, 0, NUMBER)
    read(store, 1, "名单")
    store.mask_texts(SITE, HOME + "a", night(0), night(0), masking)
    store.save_run(run(2))
    again = page("a", 2, reading=reading(NUMBER, links=(Link(HOME + NUMBER, NUMBER), Link(HOME + "b", "更多"))), body_hash=f"{0:064x}")  # fmt: skip
    store.write([again])
    assert [told(store, number) for number in range(3)] == [MASKED, "名单", NUMBER]
    assert store.drop_old_rows(night(0)) == dict.fromkeys(store.old_rows(night(0)), 0)  # no reading is left over


def test_posts_of_the_account_are_masked_too(store: Store) -> None:
    store.save_run(run(0))
    day = timedelta(days=1)
    posts = [
        Post("weibo:1", "1", "http://weibo.example/1", text=f"名单 {NUMBER}", published_at=night(0) - day),
        Post("weibo:1", "2", "http://weibo.example/2", text=NUMBER, published_at=night(0) - day),
        Post("weibo:2", "1", "http://weibo.example/1", text=NUMBER, published_at=night(0) - day),
    ]
    store.save_posts("r0", posts)
    assert store.mask_texts("weibo:1", "http://weibo.example/1", night(0), night(0), masking) == 1
    assert [item.text for item in store.posts("weibo:1", None, night(0))] == [f"名单 {MASKED}", NUMBER]
    assert [item.text for item in store.posts("weibo:2", None, night(0))] == [NUMBER]
