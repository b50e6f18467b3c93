"""The calendar of who guides children: the feed that a calendar reads, and turning it on and off."""
