"""Documents (docx, xlsx, pdf) as lines of text, each with the place where it stands. Pure; the libraries load with `reading`."""
