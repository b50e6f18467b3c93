"""Pleegzicht: zicht op veiligheid in de pleegzorg."""
