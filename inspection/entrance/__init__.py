"""Who comes in: passwords, one-time links, sessions. The seam for other ways (OIDC, a second factor) is `admitted`."""
