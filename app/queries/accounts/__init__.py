"""Who is at the door: by a token, or by a session of the pages."""
