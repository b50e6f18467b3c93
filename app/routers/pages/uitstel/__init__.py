"""Reminders that are put off."""
