"""Keys and tokens. No web here: ``app.web.actor`` reads the header and asks this package."""
