"""Targets outside the sites: asked, asked again, looked at for soft 404."""
