"""Jobs, messages and switches over the three stores."""

from dataclasses import replace
from datetime import timedelta

from store_values import DAY

from domain.operations import JobRun, JobState, Message, MessageState
from domain.ports import Store


def test_a_job_is_planned_at_a_moment_once(store: Store) -> None:
    first = JobRun("nightly", DAY, JobState.RUNNING, started=DAY, owner="office:7")
    later = JobRun("probe", DAY + timedelta(hours=1), JobState.SKIPPED, reason="另一个程序正在执行")
    store.save_job_run(later)
    store.save_job_run(first)
    assert store.job_runs() == [first, later]
    ended = replace(first, state=JobState.DONE, ended=DAY + timedelta(hours=6), exit_code=0)
    store.save_job_run(ended)
    assert store.job_runs() == [ended, later]
    assert store.job_runs(DAY + timedelta(minutes=1)) == [later]


def test_a_message_is_claimed_once_and_again_only_after_it_failed(store: Store) -> None:
    told = Message("digest/u1/2023-04-20", "digest", "u1", "今日变化", "新增 1 项", at=DAY)
    assert store.claim_message(told, most=2)
    assert not store.claim_message(told, most=2)  # also after a crash in its middle
    assert store.messages() == [replace(told, tries=1)]
    store.end_message(replace(told, state=MessageState.FAILED, note="无法连接"))
    assert store.claim_message(told, most=2)
    assert [item.tries for item in store.messages()] == [2]
    store.end_message(replace(told, state=MessageState.FAILED))
    assert not store.claim_message(told, most=2)
    other = replace(told, key="daily/2023-04-20", at=DAY + timedelta(hours=1))
    assert store.claim_message(other, most=2)
    store.end_message(replace(other, state=MessageState.SENT))
    assert [(item.key, item.state) for item in store.messages(DAY + timedelta(minutes=1))] == [
        ("daily/2023-04-20", MessageState.SENT)
    ]


def test_switches(store: Store) -> None:
    assert store.switches() == {}
    store.save_switch("messages.units", "on")
    store.save_switch("messages.units", "off")
    store.save_switch("messages.daily", "on")
    assert store.switches() == {"messages.daily": "on", "messages.units": "off"}
