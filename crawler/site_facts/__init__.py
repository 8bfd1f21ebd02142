"""What is tried once for a whole site: search, IPv6, QR codes, cloaking."""
