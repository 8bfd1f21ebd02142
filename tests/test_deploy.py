"""What lies in deploy/ can be read by whom it is for, and calls commands that exist."""

import configparser
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

import cli
from domain.targets import Registry, Unit
from inspection.operations.addresses import load_addresses
from inspection.operations.settings import OWN, Settings, load_settings

DEPLOY = Path(__file__).parents[1] / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())


class UnitFile(configparser.ConfigParser):
    """A unit file: keys keep their case and may be repeated."""

    def __init__(self) -> None:
        super().__init__(strict=False, interpolation=None, comment_prefixes=("#", ";"))
        self.optionxform = str  # type: ignore[assignment, method-assign]


def unit(path: Path) -> UnitFile:
    read = UnitFile()
    read.read_string(path.read_text(encoding="utf-8"))
    return read


def command_exists(words: list[str]) -> bool:
    command: Any = typer.main.get_command(cli.build_app())
    rest = list(words)
    while rest and (children := getattr(command, "commands", None)) and not rest[0].startswith("-"):
        if rest[0] not in children:
            return False
        command = children[rest.pop(0)]
    known = {name for param in command.params for name in param.opts}
    return {word for word in rest if word.startswith("-")} <= known


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_are_whole_and_call_commands_that_exist(path: Path) -> None:
    read = unit(path)
    assert read["Unit"]["Description"]
    if path.suffix == ".timer":
        assert (path.parent / f"{path.stem}.service").exists()
        assert read["Timer"]["OnCalendar"].endswith("Asia/Shanghai")
        assert read["Install"]["WantedBy"] == "timers.target"
        return
    program, *words = shlex.split(read["Service"]["ExecStart"].replace("%i", "x"))
    assert program.endswith("/xunjian")
    assert command_exists(words)
    assert read["Service"]["User"] == "xunjian"
    assert read["Service"]["UMask"] == "0077"
    if told := read["Unit"].get("OnFailure"):
        assert (path.parent / re.sub(r"@%N\.service", "@.service", told)).exists()


def test_the_scheduler_is_started_again_and_told_of() -> None:
    service = unit(DEPLOY / "systemd" / "xunjian.service")
    assert service["Unit"]["OnFailure"] == "xunjian-alarm@%N.service"
    assert (service["Service"]["Restart"], service["Service"]["KillMode"]) == ("on-failure", "mixed")
    assert int(service["Service"]["TimeoutStopSec"].removesuffix("min")) * 60 > 3 * 60  # three patiences of a job


def test_the_image_has_what_a_night_needs() -> None:
    text = (DEPLOY / "container" / "Containerfile").read_text(encoding="utf-8")
    for word in (
        "chromium",
        "fonts-noto-cjk",
        "tzdata",
        "HEALTHCHECK",
        "USER xunjian",
        "--frozen",
        "STOPSIGNAL SIGTERM",
    ):
        assert word in text
    (check,) = re.findall(r"HEALTHCHECK .* CMD (\[.*\])", text)
    assert command_exists(yaml.safe_load(check)[1:])
    assert text.index("USER xunjian") < text.index('CMD ["sh"')


def test_the_compose_file_keeps_secrets_out_of_options() -> None:
    text = (DEPLOY / "container" / "compose.yaml").read_text(encoding="utf-8")
    services = yaml.safe_load(text)["services"]
    assert services.keys() == {"database", "xunjian"}
    assert services["xunjian"]["depends_on"]["database"]["condition"] == "service_healthy"
    assert all("healthcheck" in service for service in services.values())
    assert "POSTGRES_PASSWORD:" not in text
    assert "@database/xunjian" in services["xunjian"]["environment"]["XUNJIAN_DB"]
    volumes = {volume.partition(":")[0] for service in services.values() for volume in service["volumes"]}
    assert volumes == {*yaml.safe_load(text)["volumes"]}


def test_workers_are_added_to_the_compose_file() -> None:
    folder = DEPLOY / "container"
    services = yaml.safe_load((folder / "province.yaml").read_text(encoding="utf-8"))["services"]
    base = yaml.safe_load((folder / "compose.yaml").read_text(encoding="utf-8"))
    assert services["xunjian"]["environment"] == {"XUNJIAN_WORKERS": "1"}
    assert services["worker"]["environment"].items() <= base["services"]["xunjian"]["environment"].items()
    assert {volume.partition(":")[0] for volume in services["worker"]["volumes"]} <= {*base["volumes"]}
    assert {secret["source"] for secret in services["worker"]["secrets"]} <= {*base["secrets"]}
    assert command_exists(shlex.split(services["worker"]["command"][-1].rpartition("exec ")[2])[1:])
    assert "--extra province" in (folder / "Containerfile").read_text(encoding="utf-8")


def test_alerts_ask_for_figures_that_there_are() -> None:
    (group,) = yaml.safe_load((DEPLOY / "prometheus" / "xunjian.rules.yaml").read_text(encoding="utf-8"))["groups"]
    source = (Path(__file__).parents[1] / "inspection" / "operations" / "metrics.py").read_text(encoding="utf-8")
    names = {name for rule in group["rules"] for name in re.findall(r"xunjian_\w+", rule["expr"])}
    assert names
    assert all(f'"{name}"' in source for name in names)
    assert any("36 * 3600" in rule["expr"] for rule in group["rules"])
    assert all(rule["annotations"]["summary"] and rule["labels"]["severity"] for rule in group["rules"])


def test_the_example_settings_are_those_that_ship(tmp_path: Path) -> None:
    (tmp_path / OWN).write_text((DEPLOY / "settings.example.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    read, shipped = load_settings(tmp_path), Settings()
    assert read.retention == shipped.retention
    assert read.messages == shipped.messages
    assert read.backup.keep == shipped.backup.keep


def test_the_example_addresses_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "addresses.yaml"
    path.write_text((DEPLOY / "addresses.example.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    path.chmod(0o600)
    found = load_addresses(tmp_path, "", Registry(units=(Unit("U1", "云川市教育局"),)))
    assert len(found.office) == 2
    assert found.of("U1")
