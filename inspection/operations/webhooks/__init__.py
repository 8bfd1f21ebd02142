"""Other programs told by themselves: whom, of what, signed, tried again for a while."""
