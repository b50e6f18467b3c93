"""Key figures for everybody, as pure functions: which there are, what stays hidden, and the rows that go out."""
