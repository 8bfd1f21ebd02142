"""Results of page checks that no view can ask for any more, over the three stores."""

from store_values import night, page, reading, run

from checks.runner import page_key
from domain.ports import Store


def test_results_go_with_the_last_visit_that_has_their_body(store: Store) -> None:
    keys = []
    for number in range(4):
        store.save_run(run(number))
        seen = page("a", number, body_hash=f"{number:064x}", reading=reading(f"第{number}夜"))
        store.write([seen])
        keys += [page_key(seen, versions) for versions in ("0123456789ab", "ba9876543210")]
    kept = dict.fromkeys(keys, "[]") | {"evidence|f1": "{}", "x|y": "1", f"evidence|{0:064x}": "{}"}
    store.cache(kept)
    store.drop_old_rows(night(2))
    left = {*store.cached([*kept])}
    assert left == {*keys[2:], "evidence|f1", "x|y", f"evidence|{0:064x}"}  # of the old nights the newest visit stays
    assert store.drop_old_rows(night(2))["cache"] == 0
