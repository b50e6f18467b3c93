"""A visit in one form: what it says, recording it, and what it did to the norms."""
