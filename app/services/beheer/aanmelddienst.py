"""Whether people can sign in: the service that does it is asked for what this service needs of it."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import httpx2

from app.security.fetch import Refused, new_client
from app.security.jwks import download_keys
from app.security.provider import UnfitProvider, read_provider
from app.services.beheer.bevinding import Gezondheidsbevinding
from app.settings import Settings

_WAT: Final = "Aanmelddienst"
_DOE: Final = "kijk of zij draait, of deze machine erbij kan (netwerk, proxy, certificaat), en of {} klopt."


class _Vraag(NamedTuple):
    instelling: str
    ask: Callable[[], object]
    zin: str


def examine_aanmelddienst(settings: Settings) -> Iterator[Gezondheidsbevinding]:
    """Ask for the keys of the issuer and, where people sign in on pages, for its description; nothing in a demo."""
    with new_client() as client:
        wrong = [(one, said) for one in _asked(settings, client) if (said := _what_is_wrong(one.ask))]
    for one, said in wrong:
        yield Gezondheidsbevinding(_WAT, one.zin.format(said), _DOE.format(one.instelling))
    if settings.oidc_issuer is not None and not wrong:
        yield Gezondheidsbevinding(_WAT, "antwoordt.")


def _asked(settings: Settings, client: httpx2.Client) -> Iterator[_Vraag]:
    issuer, jwks_url = settings.oidc_issuer, settings.oidc_jwks_url
    if jwks_url is not None and issuer is not None:
        zin = "haar sleutels zijn niet te krijgen ({}): na een dag, en meteen na een herstart, komt niemand er meer in."
        yield _Vraag("PLEEGZICHT_OIDC_JWKS_URL", lambda: download_keys(client, jwks_url), zin)
    if settings.oidc_client_id is not None and issuer is not None:
        zin = "haar beschrijving is niet te krijgen ({}): na een herstart kan niemand zich aanmelden."
        yield _Vraag("PLEEGZICHT_OIDC_ISSUER", lambda: read_provider(client, issuer), zin)


def _what_is_wrong(ask: Callable[[], object]) -> str:
    """Return what went wrong, without what was answered; empty when nothing did."""
    try:
        ask()
    except Refused as error:
        return f"status {error.status}"
    except UnfitProvider as error:
        return f"{error} past niet"
    except (httpx2.HTTPError, httpx2.InvalidURL):
        return "niet bereikbaar"
    except (ValueError, LookupError, TypeError, AttributeError):
        return "onleesbaar"
    return ""
