"""Pages that show many lists at once, each by the query that the API has for it."""
