"""Lists of dated items: which block is the page's own, its items, their days."""
