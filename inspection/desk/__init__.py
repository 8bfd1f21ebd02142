"""What the console shows and does: for one person, within his rights, in windows. No addresses and no HTML here."""
