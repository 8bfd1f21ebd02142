"""Addresses that are told something, and what became of it, over the three stores."""

from dataclasses import replace
from datetime import timedelta

from store_values import DAY

from domain.ports import Store
from domain.webhooks import EVENTS, Delivery, DeliveryState, Event, Webhook

HOOK = Webhook("W1", "https://x.example.gov.cn/hook", EVENTS, "P1", "钱进", DAY)
NEWS = Delivery("d1", "W1", Event.FINDING_NEW, '{"是": 1}', DAY, ("a" * 16,))
MINUTE = timedelta(minutes=1)


def test_addresses_stay_with_what_became_of_them(store: Store) -> None:
    second = replace(HOOK, id="W2", at=DAY + MINUTE, events=(Event.LETTER_ANSWERED,))
    for item in (second, HOOK):
        store.save_webhook(item)
    gone = replace(HOOK, removed=DAY + 2 * MINUTE)
    store.save_webhook(gone)
    assert store.webhooks() == [gone, second]


def test_what_is_to_be_told_is_kept_until_its_time_is_over(store: Store) -> None:
    later = replace(NEWS, id="d0", at=DAY + MINUTE)
    for item in (later, NEWS):
        store.save_delivery(item)
    tried = replace(NEWS, tries=1, not_before=DAY + MINUTE, note="503")
    store.save_delivery(tried)
    assert store.deliveries() == [tried, later]
    assert store.deliveries(DAY + MINUTE) == [later]
    assert store.drop_deliveries(DAY + 9 * MINUTE) == 0  # both wait
    store.save_delivery(replace(tried, state=DeliveryState.TOLD))
    store.save_delivery(replace(later, state=DeliveryState.ENDED))
    assert store.drop_deliveries(DAY + MINUTE, dry_run=True) == 1
    assert store.drop_deliveries(DAY + MINUTE) == 1
    assert [item.id for item in store.deliveries()] == ["d0"]
