"""One fact with its versions, corrected or withdrawn."""
