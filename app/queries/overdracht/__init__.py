"""What goes over with a child to who guides it next, and what stayed with who did."""
