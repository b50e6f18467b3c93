"""The cookies of the pages: never for scripts, never for another site's forms, never for another host."""

from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie; over https its name says to the browser that nobody but this host over https may set it."""

    name: str
    secure: bool

    @property
    def full_name(self) -> str:
        """The name as the browser knows it."""
        return f"__Host-{self.name}" if self.secure else self.name

    def read(self, request: Request) -> str | None:
        """Return its value, or None."""
        return request.cookies.get(self.full_name) or None

    def set(self, response: Response, value: str, seconds: int | None = None) -> None:
        """Give it to the browser until it closes, or for so many seconds."""
        response.set_cookie(
            self.full_name, value, max_age=seconds, path="/", secure=self.secure, httponly=True, samesite="lax"
        )

    def clear(self, response: Response) -> None:
        """Take it back."""
        response.delete_cookie(self.full_name, path="/", secure=self.secure, httponly=True, samesite="lax")


@dataclass(frozen=True, slots=True)
class Cookies:
    """The cookies of this installation.

    Attributes:
        sessie: the key of a session.
        aanmelding: a sign-in under way, encrypted.
        formulier: what forms of who is not signed in are bound to.
        namen: whether names are hidden in this browser.
    """

    sessie: Cookie
    aanmelding: Cookie
    formulier: Cookie
    namen: Cookie

    @classmethod
    def of(cls, public_url: str | None) -> "Cookies":
        """Return them for the address of the pages; http is for this machine alone."""
        secure = (public_url or "http:").startswith("https:")
        names = ("pleegzicht", "pleegzicht-aanmelding", "pleegzicht-formulier", "pleegzicht-namen")
        return cls(*(Cookie(name, secure) for name in names))


def cookies_of(request: Request) -> Cookies:
    """Return the cookies of the application that answers."""
    found: Cookies = request.app.state.cookies
    return found
