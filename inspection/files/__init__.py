"""Attachments: read by processes of their own."""
