"""The access log as it is written: by requests, and by commands that give out files."""
