"""Rows of the account sheet."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from domain.targets import Account, Platform
from registry.closing import life_of
from registry.notes import Notes
from registry.sheets import Row
from registry.sources import sources_of
from registry.text import CellError, clean, identifier, key
from registry.units import UnitBook
from registry.words import OTHER_PLATFORMS, platform_of


def account_id(platform: Platform, label: str, platform_id: str, name: str, unit_id: str) -> str:
    """`platform:platform_id`, else `platform:name@unit`; other platforms carry their name: `other/百家号:...`."""
    prefix = f"{platform}/{label}" if label else str(platform)
    return f"{prefix}:{platform_id}" if platform_id else f"{prefix}:{name}@{unit_id}"


class AccountReader:
    """Turns rows into accounts; `replaced` maps the new id of a known account to the one it had."""

    def __init__(self, current: Sequence[Account], units: UnitBook, as_of: date, notes: Notes) -> None:
        self._by_id = {account.id.casefold(): account for account in current}
        self._by_name: dict[tuple[str, ...], list[Account]] = {}
        for account in current:
            self._by_name.setdefault(_natural_key(account), []).append(account)
        self._units = units
        self._as_of = as_of
        self._notes = notes
        self._seen: dict[str, Row] = {}
        self._names: dict[tuple[str, ...], Row] = {}
        self.replaced: dict[str, str] = {}

    def read(self, rows: Sequence[Row]) -> tuple[Account, ...]:
        """The accounts of all rows, in sheet order; faults go to the notes."""
        named = {key(row.cells.get("platform_id", "")) for row in rows} - {""}
        accounts = tuple(account for row in rows if (account := self._account(row, named)))
        without = sum(1 for account in accounts if not account.sources)
        if without:
            self._notes.warnings.append(f"有 {without} 个账号没有写采集来源，巡检时将列入人工核查")
        return accounts

    def _account(self, row: Row, named: set[str]) -> Account | None:
        notes, faults = self._notes, len(self._notes.problems)
        name = row.text("name")
        if not name:
            notes.refuse(row, "name", "是空的；请填写账号名称，或删去这一行")
        platform, label = notes.read(row, "platform", platform_of, (Platform.OTHER, ""))
        platform_id = notes.read(row, "platform_id", identifier, "")
        if label and key(label) not in OTHER_PLATFORMS:
            notes.warn(row, "platform", f"“{label}”不是认识的平台，按“其他”登记；如是笔误请更正")
        faulty = len(notes.problems) > faults
        unit_id = self._unit(row, platform, label, platform_id)
        draft = Account(
            account_id(platform, label, platform_id, name, unit_id),
            name,
            platform,
            unit_id,
            platform_id,
            platform_label=label,
        )
        if faulty:
            self._filled(row, draft, None)  # for the other faults of the row
            return None
        old = self._known(draft, named)
        if old and not platform_id and old.platform_id:
            draft = replace(draft, id=old.id, platform_id=old.platform_id)
        if self._is_duplicate(row, draft):
            return None
        self._note_new_id(row, draft, old)
        return self._filled(row, draft, old)

    def _note_new_id(self, row: Row, draft: Account, old: Account | None) -> None:
        if old and old.id != draft.id:
            self.replaced[draft.id] = old.id
            told = f"同一账号原以 {old.id} 登记，改为 {draft.id}；此前的巡检记录仍在旧编号下"
            self._notes.warn(row, "platform_id", told)

    def _unit(self, row: Row, platform: Platform, label: str, platform_id: str) -> str:
        old = self._by_id.get(account_id(platform, label, platform_id, "", "").casefold()) if platform_id else None
        return old.unit_id if old and not row.has("unit") else self._units.named(row)

    def _known(self, draft: Account, named: set[str]) -> Account | None:
        if found := self._by_id.get(draft.id.casefold()):
            return found
        same = [one for one in self._by_name.get(_natural_key(draft), ()) if key(one.platform_id) not in named]
        return same[0] if len(same) == 1 else None

    def _is_duplicate(self, row: Row, draft: Account) -> bool:
        if first := self._seen.get(draft.id.casefold()):
            what = "platform_id" if row.text("platform_id") else "name"
            why = draft.platform_id or f"同一单位、同一平台的“{draft.name}”"
            self._notes.refuse(row, what, f"与{first.at()}重复（{why}）；请删去一行，或写明不同的账号ID")
            return True
        if first := self._names.get(_natural_key(draft)):
            self._notes.warn(row, "name", f"与{first.at()}是同一单位、同一平台的同名账号，账号ID 不同，请核对")
        self._seen[draft.id.casefold()] = self._names[_natural_key(draft)] = row
        return False

    def _filled(self, row: Row, draft: Account, old: Account | None) -> Account:
        notes, base = self._notes, old or draft
        life = life_of(row, old, self._as_of, notes)
        has_id = bool(draft.platform_id)
        return replace(
            draft,
            url=notes.read(row, "url", partial(self._url, row), base.url),
            verified_body=notes.read(row, "verified_body", clean, base.verified_body),
            sources=notes.read(row, "sources", partial(sources_of, has_id=has_id), base.sources),
            state=life.state,
            valid_from=life.valid_from,
            valid_to=life.valid_to,
            proof_file=life.proof_file,
        )

    def _url(self, row: Row, text: str) -> str:
        address = clean(text)
        if not address or re.match(r"[a-z][a-z0-9+.-]*://\S+$", address, re.IGNORECASE):
            return address
        if re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?", address):
            self._notes.warn(row, "url", f"没有写 http:// 或 https://，已按 https://{address} 登记")
            return f"https://{address}"
        raise CellError(f"“{address}”不是网址；请填写主页链接，没有就留空")


def _natural_key(account: Account) -> tuple[str, ...]:
    return (account.platform, account.platform_label, key(account.name), account.unit_id)
