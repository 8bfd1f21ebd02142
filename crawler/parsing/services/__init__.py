"""Letters, guides, marks of the footer, search forms and answers, code pictures."""
