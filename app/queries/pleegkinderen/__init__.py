"""Children: one by its id, the list with its filters and its count, the search, and what leads the list."""
