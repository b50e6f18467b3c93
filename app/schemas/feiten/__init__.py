"""What comes in and goes out for each kind of fact, and for what is done to one."""
