"""Moment 1, as somebody writes it on what openapi-python-client made: a visit, and by when the next talk is due."""

import json
import sys
from datetime import date
from uuid import uuid4

from pleegzicht_client import AuthenticatedClient
from pleegzicht_client.api.bezoeken import record_visit
from pleegzicht_client.api.pleegkinderen import list_children, list_termijnen_of_child
from pleegzicht_client.models import (
    BezoekIn,
    BezoekOut,
    GespreksVorm,
    KindgesprekDeel,
    ResultatenCaseloadRegel,
    ResultatenTermijnMetUitlegOut,
    Veiligheidsgevoel,
    ZorgOut,
)


def main(adres: str, token: str, vandaag: str) -> None:
    client = AuthenticatedClient(base_url=f"{adres}/v1", token=token, raise_on_unexpected_status=True)
    kinderen = list_children.sync(client=client, met_zorg=True, limit=200)
    assert isinstance(kinderen, ResultatenCaseloadRegel), kinderen
    kind, plaatsing = next(
        (one.id, one.zorg.plaatsing_id)
        for one in kinderen.resultaten
        if isinstance(one.zorg, ZorgOut) and one.zorg.plaatsing_id
    )
    talk = KindgesprekDeel(
        vorm=GespreksVorm.FYSIEK,
        alleen=True,
        doorgegaan=True,
        veiligheid_besproken=True,
        veilig_in_gezin=Veiligheidsgevoel.JA,
    )
    body = BezoekIn(plaatsing_id=plaatsing, datum=date.fromisoformat(vandaag), kindgesprek=talk)
    bezoek = record_visit.sync(kind, client=client, body=body, idempotency_key=str(uuid4()))
    assert isinstance(bezoek, BezoekOut), bezoek
    termijnen = list_termijnen_of_child.sync(kind, client=client)
    assert isinstance(termijnen, ResultatenTermijnMetUitlegOut), termijnen
    norm = next(one for gevolg in bezoek.gevolgen for one in gevolg.normen if one.telt)
    termijn = next(one for one in termijnen.resultaten if one.norm == norm.norm)
    told = {"kind": kind, "norm": norm.norm, "uiterlijk": norm.uiterlijk, "termijn": termijn.uiterlijk}
    sys.stdout.write(json.dumps({name: str(value) for name, value in told.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
