"""Webhooks: thin CloudEvents in the Dutch government's profile, signed as Standard Webhooks says.

An event names nobody and says nothing; who got it asks the service what it is about, with rights of its own. Addresses
are on the open internet, or in a net that the installation names: no beheerder reaches what lies beside the service.
"""

import json
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

import httpx2
from standardwebhooks import Webhook as Handtekening

from app import clock
from app.lib.adres import is_safe_address
from app.security.secrets import Secrets
from app.security.webhooksleutel import webhook_secret
from app.services.berichten.afloop import NietBezorgd

Net = IPv4Network | IPv6Network
#: [keuze] seconds for each step of a call
_PATIENCE: Final = 5.0
#: names what asks for attention in no other word than this
_TYPE: Final = "nl.pleegzicht.aandacht-gevraagd"
#: addresses behind which an address of the other kind lies, also one inside: NAT64, 6to4, Teredo
_DOORS: Final = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
_MEDIA_TYPE: Final = "application/cloudevents+json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Webhooks:
    """How webhooks are called.

    Attributes:
        secrets: sign the events.
        public_url: where the service stands, without a path.
        bron: who tells it, as a URN; the service's address where the installation has none.
        netten: private addresses that may be called all the same.
    """

    secrets: Secrets
    public_url: str
    bron: str
    netten: Sequence[Net] = ()

    def call(self, adres: str, webhook: UUID, gebeurtenis: UUID, op: datetime) -> None:
        """Send one event to one address.

        Raises:
            NietBezorgd: the address is none that may be called, or did not take it; 410 says that it never will.
        """
        body = json.dumps(self.compose(gebeurtenis, op), separators=(",", ":"))
        status = self._post(adres, body, self._signed(webhook, gebeurtenis, body))
        if not httpx2.codes.is_success(status):
            raise NietBezorgd(f"http {status}", blijvend=status == httpx2.codes.GONE)

    def compose(self, gebeurtenis: UUID, op: datetime) -> dict[str, str]:
        """Return the event: no data, and where to ask for it."""
        return {
            "specversion": "1.0",
            "id": str(gebeurtenis),
            "source": self.bron,
            "type": _TYPE,
            "subject": str(gebeurtenis),
            "time": op.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "dataref": f"{self.public_url}/v1/gebeurtenissen/{gebeurtenis}",
        }

    def _signed(self, webhook: UUID, gebeurtenis: UUID, body: str) -> dict[str, str]:
        nu = clock.now()
        return {
            "webhook-id": str(gebeurtenis),
            "webhook-timestamp": str(int(nu.timestamp())),
            "webhook-signature": Handtekening(webhook_secret(self.secrets, webhook)).sign(str(gebeurtenis), nu, body),
        }

    def _post(self, adres: str, body: str, signed: dict[str, str]) -> int:
        """Send to the address that was looked at, and to no other that its name may mean a moment later."""
        parts = urlsplit(adres)
        where = self._looked_up(adres, parts)
        host = f"[{where}]" if isinstance(where, IPv6Address) else str(where)
        pinned = parts._replace(netloc=f"{host}:{parts.port}" if parts.port else host)
        headers = {"Host": parts.netloc, "Content-Type": _MEDIA_TYPE, **signed}
        tls: dict[str, Any] = {"sni_hostname": parts.hostname}
        try:
            with (
                httpx2.Client(timeout=_PATIENCE, follow_redirects=False, trust_env=False) as client,
                client.stream("POST", pinned.geturl(), content=body, headers=headers, extensions=tls) as answer,
            ):
                return int(answer.status_code)
        except httpx2.HTTPError as error:
            raise NietBezorgd(type(error).__name__) from None  # its text may hold the address

    def _looked_up(self, adres: str, parts: SplitResult) -> IPv4Address | IPv6Address:
        """Return the network address of a name.

        Raises:
            NietBezorgd: it has none, or one that may not be called.
        """
        if not is_safe_address(adres):
            raise NietBezorgd("adres", blijvend=True)
        try:
            found = socket.getaddrinfo(parts.hostname, parts.port or parts.scheme, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise NietBezorgd("naam") from None
        addresses = [ip_address(str(one[4][0]).partition("%")[0]) for one in found]
        if not addresses or not all(self._may_call(one) for one in addresses):
            raise NietBezorgd("adres")
        return addresses[0]

    def _may_call(self, address: IPv4Address | IPv6Address) -> bool:
        mapped = getattr(address, "ipv4_mapped", None)
        if mapped is not None:
            return self._may_call(mapped)
        if any(address in net for net in _DOORS):
            return False
        named = any(address.version == net.version and address in net for net in self.netten)
        return named or (address.is_global and not address.is_multicast)
