"""The notice (通报): from facts to sentences that know their sources, and from these to a document."""
