"""The spiders: sites, links, accounts, visits."""
