"""What several checks ask: link evidence, column dates, account facts, strange words, masking."""
