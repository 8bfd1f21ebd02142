"""Judge accounts as sites are judged: views, checks, lifecycle, scorecards. An account not collected is never accused."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from checks.discovery import classes, place_of, topic_of
from checks.runner import run_account_checks
from domain.account_freshness import AccountState, freshness_of
from domain.accounts import AccountView
from domain.answers import answered
from domain.findings import Closing, Doubt, Finding, FindingRecord, Place, Unjudged, Why, fingerprint
from domain.lifecycle import Seen, advance
from domain.ports import Store
from domain.rules import CheckRule, RuleBook
from domain.runs import Run
from domain.targets import Account, Registry
from domain.times import Window
from inspection.judging.account_views import account_view
from inspection.judging.findings_then import findings_then
from inspection.judging.open_questions import kept_doubts
from inspection.judging.places import named_findings
from inspection.judging.rescoring import scored_again, speaks_of_now
from inspection.judging.sites import Judged, answered_well, asked_once
from scorecards.scoring import build_scorecard

BATCH = 500
# In accounts: 问题, named in the notice, no points.


@dataclass(frozen=True, slots=True)
class Bench:
    """What judging many accounts of one run shares."""

    store: Store
    run: Run
    rulebook: RuleBook
    registries: Mapping[str, Registry]  # unit id -> the registry as far as this unit is concerned
    later: frozenset[str]  # targets that a later run has looked at
    doubted: frozenset[str]  # targets with doubts of an earlier judging of this run


def judge_accounts(
    store: Store, accounts: Sequence[Account], run: Run, rulebook: RuleBook, registry: Registry
) -> dict[str, Judged]:
    """Judge accounts as of the run, keep their findings, and score them. `registry` is the whole one.

    Judging an older run again renews scorecards only: what later runs say of a finding stands.
    """
    later = frozenset(target for other in store.runs() if other.as_of > run.as_of for target in other.targets)
    doubted = frozenset(target for target, _ in store.doubts(run.id))
    bench = Bench(store, run, rulebook, _by_unit(registry), later, doubted)
    judged: dict[str, Judged] = {}
    for start in range(0, len(accounts), BATCH):
        judged |= _judge_batch(bench, accounts[start : start + BATCH])
    return judged


def account_window(rulebook: RuleBook) -> Window:
    """The deadline of accounts."""
    rule = rulebook.checks.get("account.stale")
    window = rule.params.get("window") if rule else None
    return window if isinstance(window, Window) else Window(days=14)


def _by_unit(registry: Registry) -> dict[str, Registry]:
    found: dict[str, list[Account]] = {}
    for account in registry.accounts:
        found.setdefault(account.unit_id, []).append(account)
    return {unit: Registry(accounts=tuple(accounts)) for unit, accounts in found.items()}


def _judge_batch(bench: Bench, accounts: Sequence[Account]) -> dict[str, Judged]:
    earlier: dict[str, list[FindingRecord]] = {}
    for record in findings_then(bench.store, {account.id for account in accounts}, bench.run):
        earlier.setdefault(record.target_id, []).append(record)
    judged: dict[str, Judged] = {}
    changed: list[FindingRecord] = []
    for account in accounts:
        judged[account.id], new, doubts = _judge(bench, account, earlier.get(account.id, []))
        changed += [] if account.id in bench.later else new
        if named_findings(bench.run):
            continue
        bench.store.save_unjudged(bench.run.id, account.id, judged[account.id].unjudged)
        if doubts or account.id in bench.doubted:
            bench.store.save_doubts(bench.run.id, account.id, doubts)
    bench.store.save_findings(changed)
    if not named_findings(bench.run):
        bench.store.save_scorecards([item.card for item in judged.values()])
    return judged


def _judge(
    bench: Bench, account: Account, earlier: Sequence[FindingRecord]
) -> tuple[Judged, list[FindingRecord], tuple[Doubt, ...]]:
    """The outcome, what changed of the findings, and the doubts."""
    run, rulebook = bench.run, bench.rulebook
    view = account_view(bench.store, account, run, bench.registries.get(account.unit_id, Registry()))
    results = list(run_account_checks(view, rulebook))
    findings = {(item.check, item.identity): item for item in results if isinstance(item, Finding)}
    unjudged = tuple(dict.fromkeys(item for item in results if isinstance(item, Unjudged)))
    said = answered(unjudged, bench.store.answers(account.id), run.as_of)
    unjudged = said.unjudged
    findings |= {(item.check, item.identity): item for item in said.findings}
    if wanted := named_findings(run):
        earlier = [record for record in earlier if record.fingerprint in wanted]
        findings = {key: item for key, item in findings.items() if fingerprint(key[0], account.id, key[1]) in wanted}
    seen = [_seen(item, rulebook.checks[item.check]) for item in findings.values()]
    closing = _closing(bench, view, unjudged)
    changed = {item.fingerprint: item for item in advance(earlier, seen, account.id, run, closing, topic_of)}
    rest = (record for record in earlier if record.fingerprint not in changed)
    records = tuple(_with_unread(record, run, lambda: view) for record in (*changed.values(), *rest))
    unjudged = asked_once(unjudged, records)
    known = classes("account")
    count = sum(rule.enabled and rule.id in known for rule in rulebook.checks.values())
    card = build_scorecard(
        account,
        run,
        records,
        unjudged,
        rulebook,
        checks_run=count,
        complete=bool(view.collections),
        by_hand=said.by_hand,
    )
    doubts = kept_doubts(item for item in results if isinstance(item, Doubt))
    return Judged(card, records, unjudged, ()), list(changed.values()), doubts


def _with_unread(record: FindingRecord, run: Run, view: Callable[[], AccountView]) -> FindingRecord:
    """An open finding that this run did not look at again, with the reason."""
    if not record.state.is_open or record.last_seen >= run.as_of:
        return record
    collected = any(not item.status.failed for item in view().collections)
    return replace(record, unread=Why.NOT_PLANNED if collected else Why.NO_ANSWER)


def _seen(finding: Finding, rule: CheckRule) -> Seen:
    return Seen(finding, rule.severity_for(account=True), rule.version)


def _closing(bench: Bench, view: AccountView, unjudged: Collection[Unjudged]) -> Callable[[FindingRecord], str]:
    """How a finding that was not seen came to its end; empty when this run saw too little: after a failed collection."""
    doubtful = {item.check for item in unjudged}
    verdict = freshness_of(view.account, view.collections, (), view.as_of, account_window(bench.rulebook))
    posts = {post.url or view.account.url for item in view.collections for post in item.posts if post.text}

    gone = {post.url or view.account.url: view.gone[post.id] for post in view.posts() if post.id in view.gone}

    def closing(record: FindingRecord) -> str:
        finding, place = record.finding, place_of(record.finding.check)
        rule = bench.rulebook.checks.get(finding.check)
        if rule is None or not rule.enabled:
            return Closing.RULES
        if finding.check in doubtful:
            return ""
        if place is Place.PAGE:
            return gone.get(finding.ref.url) or (Closing.MENDED if finding.ref.url in posts else "")
        if place is Place.LINK:
            return _link_closing(bench, view, finding, posts, gone)
        return Closing.MENDED if verdict.state is not AccountState.UNKNOWN else ""

    return closing


def _link_closing(
    bench: Bench, view: AccountView, finding: Finding, read: Collection[str], gone: Mapping[str, str]
) -> str:
    """The target answered well again in this run, or every post that had the link was read again or is gone."""
    if answered_well(bench.store, view.account.id, finding.ref.url, bench.run):
        return Closing.ANSWERS
    is_left = any(target.url == finding.ref.url for target in view.links(faulty=False))
    if is_left or not all(page in read or page in gone for page in finding.found_on):
        return ""
    return next((gone[page] for page in finding.found_on if page in gone), Closing.UNLINKED)


def kept_accounts(store: Store, accounts: Sequence[Account], run: Run, rulebook: RuleBook) -> dict[str, Judged]:
    """What was kept of the accounts that a run judged, in their order."""
    cards = {card.target_id: card for card in store.scorecards(run.id)} if accounts else {}
    wanted = {account.id for account in accounts} & cards.keys()
    if not wanted:
        return {}
    views = {account.id: cache(partial(account_view, store, account, run)) for account in accounts}
    records: dict[str, list[FindingRecord]] = {}
    is_now = speaks_of_now(store, run)
    for record in store.standing_findings(wanted, (run.id,)) if is_now else findings_then(store, wanted, run):
        records.setdefault(record.target_id, []).append(_with_unread(record, run, views[record.target_id]))
    open_questions: dict[str, list[Unjudged]] = {}
    for target, item in store.unjudged(run.id):
        open_questions.setdefault(target, []).append(item)
    judged: dict[str, Judged] = {}
    for account in accounts:
        if account.id in wanted:
            found, asked = tuple(records.get(account.id, ())), tuple(open_questions.get(account.id, ()))
            card = cards[account.id]
            card = scored_again(card, account, run, found, asked, rulebook) if is_now else card
            judged[account.id] = Judged(card, found, asked, ())
    return judged
