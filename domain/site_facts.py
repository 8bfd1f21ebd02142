"""What the crawler found out about a whole site beside its pages: its name in the DNS, its in-site search, what it shows to
programs and to no browser.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ipv6Lookup:
    """What the name service said of a site's host.

    `answer`: present, absent (asked twice), or unknown with a `reason`: nameless (an IP address or a local name),
    mapped (the configured resolver map says nothing), no_ipv6 (this machine has none), resolver (it gives no
    IPv6 addresses to anybody), unresolved (the name is not known at all).
    """

    host: str
    answer: str = "unknown"
    reason: str = ""
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchTrial:
    """How asking the in-site search of a home page for titles known to exist ended.

    `outcome`: found, missing (result pages without any of the `titles`), failing (an error status, seen twice), or
    unknown with a `reason`: no_form, script, other_host, login, captcha, robots, blocked, no_titles, no_answer,
    no_result_page, not_asked, site_down.
    """

    outcome: str = "unknown"
    reason: str = ""
    url: str = ""  # the last address asked
    titles: tuple[str, ...] = ()  # what was asked for
    status: int = 0


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code that a page shows: its text (mostly an address) and the words beside it."""

    page: str
    picture: str  # empty: drawn into the page itself
    text: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ShownToPrograms:
    """What one page showed in every look of a program and in none of a browser."""

    page: str
    links: tuple[tuple[str, str], ...] = ()  # to other hosts: (address, words)
    strange: bool = False  # it spoke of gambling or porn to programs only
    title: str = ""  # as programs see it
    text: str = ""  # description and first text, as programs see it
    capture: str = ""  # body as programs see it


@dataclass(frozen=True, slots=True)
class Disguise:
    """Pages asked as a program and as a browser; one that could not be compared is in neither."""

    compared: tuple[str, ...] = ()
    shown: tuple[ShownToPrograms, ...] = ()
