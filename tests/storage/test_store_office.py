"""Persons, contacts and requests, over the three stores."""

from dataclasses import replace
from datetime import date, timedelta

from store_values import DAY

from domain.persons import Contact, Person, Request, RequestKind, Role
from domain.ports import Store

WANG = Person("P002", "王敏", Role.INSPECTOR, since=DAY)
ZHOU = Person("P010", "周强", Role.SUPERVISOR, "U1", ("U2", "U3"), enabled=False)
LI = Contact(
    "U1", "李明", "主任", "024-12345678", "li@example.cn", "ding:li", "联络员", date(2023, 1, 1), date(2023, 6, 30)
)
ASKED = Request("f1", RequestKind.WAIVE, "P002", "王敏", DAY, "改版", date(2023, 6, 30))


def test_persons_are_kept_by_number_and_never_lost(store: Store) -> None:
    assert store.persons() == []
    store.save_persons([ZHOU, WANG])
    store.save_persons([replace(WANG, enabled=False)])
    assert store.persons() == [replace(WANG, enabled=False), ZHOU]


def test_contacts_are_kept_by_unit_and_name(store: Store) -> None:
    other = replace(LI, unit_id="U0", name="张“三”")
    store.save_contacts([LI, other])
    store.save_contacts([replace(LI, phone="1")])
    store.save_contacts([])
    assert store.contacts() == [other, replace(LI, phone="1")]


def test_requests_are_told_oldest_first_and_decided_in_place(store: Store) -> None:
    later = replace(ASKED, at=DAY + timedelta(hours=1), fingerprint="f0", kind=RequestKind.CONFIRM, until=None)
    store.save_requests([later, ASKED])
    done = replace(ASKED, decided_by="李敏", decided_at=DAY + timedelta(days=1), granted=True)
    store.save_requests([done])
    assert store.requests() == [done, later]
    assert store.requests("f0") == [later]
    assert store.requests("f9") == []
