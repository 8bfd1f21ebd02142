"""Stored captures to findings: views, what was examined, what a night must look at again."""
