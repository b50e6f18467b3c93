"""What is around the whole application: protocol, limits and headers of every answer, and what is seen of it."""
