"""What the doctor looks at: the machine, the store, the settings; each line with what to do."""
