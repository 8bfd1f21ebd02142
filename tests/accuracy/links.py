"""How links are judged: the trap site of `tests/traps`, beside other link checkers."""

from tests.bench.link_peers import table

TEXT = """## Links

A site on loopback whose answers are written by hand (`tests/traps/trap_site.py`): links that are certainly dead, pages
that answer 200 and say there is nothing, a link that only a script draws, files and hosts that are not what they promise,
and traps: answers that look like a fault and are none. *Traps accused* must be 0. Ours is judged after two nights, as
DESIGN.md asks for whatever gives no answer at all; requests and seconds are those of the first night, second look
included. A peer's own words decide: what it reports as broken or as an error counts, warnings do not.

"""


def section(short: bool = False) -> str:
    """The chapter of docs/accuracy.md; `short` leaves the peers out, which need a package index."""
    return TEXT + table(peers=not short) + "\n"
