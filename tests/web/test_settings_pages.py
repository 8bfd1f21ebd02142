"""Settings changed in the browser: checked as at load, told in the trail, secrets in and never out, two at once."""

from datetime import timedelta

import pytest
import yaml
from desk import Desk

from domain.persons import Role
from domain.trail import Deed
from inspection.operations.plan import load_plan
from inspection.operations.settings import load_settings

SECRET = "https://hc.example.gov.cn/secret-word"


def test_what_differs_is_written_and_holds(desk: Desk) -> None:
    (desk.folder / "settings.yaml").write_text("# 注释\nretention: {logs: 500}\nbackup: {keep: 7}\n", encoding="utf-8")
    admin = desk.log_in(Role.ADMIN)
    admin.get("/settings")
    admin.send("/settings", **{"set__retention.bodies": "60", "set__messages.daily": "否", "set__heartbeat": SECRET})
    assert "retention.bodies：92 → 60" in admin.text
    found = load_settings(desk.folder)
    assert (found.retention.bodies, found.retention.logs, found.messages.daily, found.backup.keep) == (
        60,
        500,
        False,
        7,
    )
    assert found.heartbeat == SECRET
    assert "secret-word" not in admin.answer.text + admin.get("/settings").text
    assert "secret-word" not in "".join(entry.text for entry in desk.store.trail())
    deed = Deed.read(list(desk.store.trail())[-1].text)
    assert "messages.daily：是 → 否；heartbeat：没有设置 → 已设置" in deed.now
    (kept,) = (desk.folder / "settings-history").iterdir()
    assert "# 注释" in kept.read_text(encoding="utf-8")
    assert (kept.stat().st_mode | (desk.folder / "settings.yaml").stat().st_mode) & 0o077 == 0


def test_what_is_as_it_ships_is_not_written(desk: Desk) -> None:
    admin = desk.log_in(Role.ADMIN)
    admin.get("/settings")
    admin.send("/settings")
    assert "没有改动" in admin.text
    assert not (desk.folder / "settings.yaml").exists()
    admin.send("/settings", **{"set__messages.hours": "09:00-12:00，13:00-17:00", "set__heartbeat": SECRET})
    assert load_settings(desk.folder).messages.hours == ("09:00-12:00", "13:00-17:00")
    admin.get("/settings")
    admin.send("/settings", **{"set__messages.hours": "08:30-11:30、13:30-17:30", "set__heartbeat": "-"})
    assert yaml.safe_load((desk.folder / "settings.yaml").read_text(encoding="utf-8")) == {}


@pytest.mark.parametrize(
    ("key", "value"),
    [("retention.bodies", "0"), ("retention.bodies", "-3"), ("retention.bodies", "很久"), ("retention.bodies", "9999999"),
     ("messages.hours", "25:00-26:00"), ("messages.hours", "早上"), ("messages.daily", "也许"), ("messages.flapping", ""),
     ("heartbeat", "nonsense")],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_written(desk: Desk, key: str, value: str) -> None:
    admin = desk.log_in(Role.ADMIN)
    admin.get("/settings")
    answer = admin.send("/settings", **{f"set__{key}": value, "set__retention.visits": "300"})
    assert (answer.status_code, key in admin.text) == (400, True)
    assert not (desk.folder / "settings.yaml").exists()
    assert not any("settings.yaml" in entry.text for entry in desk.store.trail())


def test_two_at_once_and_who_may(desk: Desk) -> None:
    first, second = desk.log_in(Role.ADMIN), desk.log_in(Role.ADMIN)
    for each in (first, second):
        each.get("/settings")
    first.send("/settings", **{"set__retention.bodies": "60"})
    assert second.send("/settings", **{"set__retention.bodies": "70"}).status_code == 409
    assert load_settings(desk.folder).retention.bodies == 60
    inspector = desk.log_in(Role.INSPECTOR)
    assert inspector.post("/settings", {"set-retention.bodies": "1"}).status_code == 403
    first.post("/settings", {"version": "", "set-backup.folder": "/tmp", "set-nonsense": "x"})
    assert load_settings(desk.folder).backup.folder == ""


def test_the_plan_is_changed_job_by_job(desk: Desk) -> None:
    path = desk.folder / "schedule.yaml"
    path.write_text('schedule: {nightly: {at: "0 23 * * *", limit: 10h}, probe: "13 * * * *"}\n', encoding="utf-8")
    admin = desk.log_in(Role.ADMIN)
    admin.get("/settings")
    admin.send("/settings/plan")
    assert "没有改动" in admin.text
    admin.send("/settings/plan", at__nightly="30 21 * * *", days__nightly="work", on__prune="1", on__probe=[])
    assert "例行巡检：0 23 * * * → 30 21 * * *（工作日）" in admin.text
    plan = load_plan(path)
    assert {*plan} == {"nightly", "prune"}
    assert (plan["nightly"].cron, plan["nightly"].only_worked, plan["nightly"].limit) == (
        "30 21 * * *", True, timedelta(hours=10),
    )  # fmt: skip
    assert "访问监测：13 * * * * → 不执行" in Deed.read(list(desk.store.trail())[-1].text).now


def test_a_plan_that_is_wrong_or_old_is_refused(desk: Desk) -> None:
    first, second = desk.log_in(Role.ADMIN), desk.log_in(Role.ADMIN)
    for each in (first, second):
        each.get("/settings")
    assert first.send("/settings/plan", at__nightly="每天晚上").status_code == 400
    assert "不是 cron 时间" in first.text
    assert not (desk.folder / "schedule.yaml").exists()
    first.get("/settings")
    first.send("/settings/plan", at__nightly="0 22 * * *")
    assert second.send("/settings/plan", at__nightly="0 21 * * *").status_code == 409
    assert load_plan(desk.folder / "schedule.yaml")["nightly"].cron == "0 22 * * *"
    assert desk.log_in(Role.INSPECTOR).post("/settings/plan", {}).status_code == 403
