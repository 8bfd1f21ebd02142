"""Scrapy as we run it: settings, scheduler on the stored frontier, the archive of what came."""
