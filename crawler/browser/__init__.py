"""A real browser for pages that only it shows, behind a proxy of ours."""
