"""An article: its text, and its publish date."""
