"""What runs by itself: each a name, a period and one service call, one of each at a time across all machines."""
