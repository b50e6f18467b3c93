"""Facts as they were recorded: rows to show, their history, whose they are."""
