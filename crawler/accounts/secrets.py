"""Secret values of account sources: known while a run lasts, replaced by their names wherever text is kept or logged."""

import logging
from collections.abc import Mapping
from urllib.parse import quote, quote_plus

from crawler.platforms.values import Fetch

_LEAST = 4  # a shorter value would black out innocent text


class Secrets:
    """The values behind the placeholders of every fetch so far."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self._names: dict[str, str] = {}  # value -> name

    def learn(self, fetch: Fetch) -> None:
        """Remember what a fetch will fill in."""
        names = (*fetch.secrets, *(name for _, name in fetch.headers_env))
        for name, value in (*((name, self.environment.get(name, "")) for name in names), *fetch.private):
            if len(value) >= _LEAST:
                for form in {value, quote(value, safe=""), quote_plus(value), repr(value)[1:-1]}:
                    self._names.setdefault(form, name)

    def hide(self, text: str) -> str:
        """`text` with every secret value replaced by its name in braces, longest values first."""
        for value in sorted(self._names, key=len, reverse=True):
            if value in text:
                text = text.replace(value, "{" + self._names[value] + "}")
        return text


class SecretFilter(logging.Filter):
    """Hides secret values in everything a log handler writes, tracebacks included."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__()
        self.secrets = secrets
        self._formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite one record."""
        record.msg, record.args = self.secrets.hide(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = self.secrets.hide(self._formatter.formatException(record.exc_info))
            record.exc_info = None
        return True


def guard_logs(secrets: Secrets) -> None:
    """Put the filter on every handler of the root logger."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(SecretFilter(secrets))
