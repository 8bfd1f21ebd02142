"""How a long run treats its memory: pages make many short-lived objects and few cycles, so the collector may rest."""

import gc

_NEW_OBJECTS, _TIMES_YOUNG, _TIMES_OLD = 20_000, 20, 20  # between two collections of each generation


def rest_collector() -> None:
    """Look for cycles a thirtieth as often as Python does by itself, and never among what was there at the start."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _TIMES_YOUNG, _TIMES_OLD)
