"""Errors a user can act on. Each message is one sentence: what is wrong, where, what to do."""


class XunjianError(Exception):
    """Something the user can mend; `exit_code` is what the command line returns."""

    exit_code = 2


class UsageError(XunjianError):
    """A wrong argument, an unknown target, a refused address."""


class ConfigError(XunjianError):
    """A file the user wrote cannot be used; `problems` lists every fault with its place."""

    def __init__(self, summary: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(summary)
        self.problems = problems


class RulesError(ConfigError):
    """rules.yaml cannot be used."""


class RegistryError(ConfigError):
    """A registry sheet cannot be read, or its rows are faulty."""


class StoreError(XunjianError):
    """The database or the data folder cannot be used."""


class NotJudged(XunjianError):
    """Nothing could be judged: interrupted, network down, home page not obtained."""

    exit_code = 3
