"""For programs, with a token: the same things, filters, acts and rights as in the pages, as JSON."""
