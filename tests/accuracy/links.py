"""How links are judged: the trap site of `tests/traps`, beside other link checkers; and a second trap site, ours alone."""

import tempfile
from pathlib import Path

from tests.bench.link_peers import table

TEXT = """## Links

A site on loopback whose answers are written by hand (`tests/traps/trap_site.py`): links that are certainly dead, pages
that answer 200 and say there is nothing, a link that only a script draws, files and hosts that are not what they promise,
and traps: answers that look like a fault and are none. *Traps accused* must be 0. Ours is judged after two nights, as
DESIGN.md asks for whatever gives no answer at all; requests and seconds are those of the first night, second look
included. A peer's own words decide: what it reports as broken or as an error counts, warnings do not.

"""
SECOND = """

A second site (`tests/traps/outsider_site.py`) was written as by somebody who wants to catch us: servers with broken lengths, endless or
half answers, names that are turned away, odd redirects and spellings, things that look like links, expired certificates. Its first
score, before any change: 19 faults missed, all because a new session id in every address used up the page budget; 19 sound or doubtful
addresses accused, among them placeholders of templates, pages of a wrong length and pages refused to whatever is called a bot. *Not even mentioned* are addresses that work in a browser and stand neither among findings nor among what is left to a person.

| | |
|---|---|
"""


def section(short: bool = False) -> str:
    """The chapter of docs/accuracy.md; `short` leaves the peers out, which need a package index."""
    return TEXT + table(peers=not short) + SECOND + second_site() + "\n"


def second_site() -> str:
    """Two nights of ours on the second trap site."""
    from outsider_hosts import IDN, filled, outsider_city  # beside trap_site, whose folder link_peers has added
    from outsider_site import build_spots
    from trap_desk import open_desk

    spots = build_spots()
    with tempfile.TemporaryDirectory() as folder, outsider_city(Path(folder), spots) as (hosts, origins):
        desk = open_desk(Path(folder), f"{origins['site']}/")
        settings = {"render": False, "resolver": {IDN: f"127.0.0.1:{hosts['other'].port}"}, "timeout_seconds": 2.0}
        for night in range(2):
            judged = desk.inspect(night, **settings).judged[desk.sites[0].id]
        desk.store.close()
        of = {verdict: {filled(spot.url, origins, hosts) for spot in spots if spot.verdict == verdict} for verdict in
              ("dead", "later", "soft404", "candidate", "open", "fine")}  # fmt: skip
    links = [r for r in judged.records if r.finding.check.startswith("link.") and r.state.is_open]
    counted = {r.finding.ref.url for r in links if r.counts}
    told = {r.finding.ref.url for r in links}
    told_or_left = told | {item.ref.url for item in judged.unjudged if item.check.startswith("link.")}
    gone, soft, sound = of["dead"] | of["later"], of["soft404"], of["fine"]
    rows = {
        "dead links found": f"{len(gone & counted)}/{len(gone)}",
        "soft 404 found": f"{len(soft & counted)}/{len(soft)}",
        "odd files and strange hosts left to a person": f"{len(of['candidate'] & told)}/{len(of['candidate'])}",
        "**working or doubtful addresses accused**": f"{len((sound | of['open']) & told)}/{len(sound | of['open'])}",
        "working addresses not even mentioned": f"{len(sound - told_or_left)}/{len(sound)}",
    }
    return "\n".join(f"| {name} | {value} |" for name, value in rows.items())
