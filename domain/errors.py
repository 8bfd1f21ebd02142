"""Errors a user can act on. Each message is one sentence: what is wrong, where, what to do."""

import errno

_CAUSES = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "上级路径不是文件夹",
    errno.EEXIST: "已有同名文件",
}


def cause(error: OSError) -> str:
    """What the system refused, in the user's words."""
    return _CAUSES.get(error.errno or 0) or error.strerror or str(error)


def unwritable(place: object, error: OSError) -> "UsageError":
    """The one sentence for a place that cannot be written."""
    return UsageError(f"不能写入 {place}（{cause(error)}）；请检查路径、权限和磁盘空间")


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


class BodyLost(StoreError):
    """A stored body is missing or damaged; it is asked for again, everything else goes on."""


class ValueRefused(StoreError):
    """The store refused a value; with other values it goes on."""


class NotJudged(XunjianError):
    """Nothing could be judged: interrupted, network down, home page not obtained."""

    exit_code = 3


class NotDone(XunjianError):
    """What was asked for did not come about: a message did not go, something has to be mended."""

    exit_code = 1


class NotThere(UsageError):
    """There is no such thing, or it is none of the asker's business; both are told alike."""


class Conflict(UsageError):
    """Somebody else changed it in the meantime; nothing was done."""
