"""One answer: asked, guarded, decoded, its failure named, made a capture."""
