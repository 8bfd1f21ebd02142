"""Addresses that bodies may lie at. One that fails for a while is asked again; what it says in the end is an OSError."""

import logging
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import fsspec

from domain.errors import StoreError, cause

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 60.0, 60.0, 60.0)  # seconds between tries: nearly five minutes
T = TypeVar("T")
log = logging.getLogger(__name__)


def opened_address(url: str) -> tuple[Any, str]:
    """The file system of an fsspec URL, and the place in it; StoreError when there is none."""
    try:
        found: tuple[Any, str] = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise StoreError(f"无法打开快照地址 {url}：缺少组件；s3:// 请安装 xunjian[province]。") from error
    except (ValueError, OSError) as error:
        raise StoreError(f"无法打开快照地址 {url}：{error}。") from error
    return found


def patiently(call: Callable[[], T], place: str, pauses: Sequence[float] = PAUSES) -> T:
    """The outcome of a call, tried again after each pause. FileNotFoundError is an answer; any other OSError is raised last."""
    for pause in pauses:
        try:
            return _told(call)
        except FileNotFoundError:
            raise
        except OSError as error:
            log.warning("%s fails and is asked again in %g s: %s", place, pause, cause(error))
            time.sleep(pause)
    return _told(call)


def _told(call: Callable[[], T]) -> T:
    try:
        return call()
    except _other_faults() as error:
        raise OSError(str(error)) from error


def _other_faults() -> tuple[type[Exception], ...]:
    """What clients of object stores raise beside OSError, of those that are loaded."""
    botocore = sys.modules.get("botocore.exceptions")
    return (botocore.BotoCoreError,) if botocore else ()
