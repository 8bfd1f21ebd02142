"""Bytes and an address to domain values; pure, and free of any crawling framework."""

from crawler.parsing.page import PARSER_VERSION, explained_page, read_links, read_page

__all__ = ["PARSER_VERSION", "explained_page", "read_links", "read_page"]
