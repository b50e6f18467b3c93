"""Which addresses this service talks to or stands at: https, or http on this machine."""

from urllib.parse import urlsplit

LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))


def is_safe_address(url: object) -> bool:
    """Tell whether a value is an address of a server over https, or over http on this machine.

    Nothing hidden in it: printable ASCII, no name and password, no fragment, no backslash.
    """
    if not isinstance(url, str) or not url.isascii() or not url.isprintable() or set(url) & set(' \\#"<>'):
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
