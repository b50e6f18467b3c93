"""Messages: announced with the fact that causes them, addressed when their moment has come, delivered once."""
