"""The children of who looks, and the page of one."""
