"""A beheerder sees what went by itself and what did not, and who could not be reached."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.models import Bericht, Bezorging, Medewerker, Taakstand
from app.queries.accounts.actor import get_actor
from app.routers.pages.woorden.rollen import TAKEN
from app.security.demo_issuer import ISSUER
from app.terms import Taaknaam
from tests.api.client import Dienst
from tests.api.world import World
from tests.paginas.conftest import bladeraar


def test_every_job_has_a_word_for_people() -> None:
    assert set(TAKEN) == set(Taaknaam)


def test_what_failed_and_who_was_not_reached_is_seen(dienst: Dienst, world: World) -> None:
    page = bladeraar(dienst, world["beheerder"])
    assert "Er is nog niets vanzelf gegaan" in page.read("/beheer")
    nu = clock.now()
    with Session(dienst.engine) as session:
        assert get_actor(session, ISSUER, world["begeleider"].subject, clock.today()) is not None
        found = session.scalars(select(Medewerker).where(Medewerker.uid == UUID(world.medewerkers["begeleider"]))).one()
        over = {"organisatie_id": found.organisatie_id, "afgehandeld_op": nu}
        message = {"reden": "onveilig", "feit_soort": "veiligheidscheck", "feit_uid": uuid4(), "tijdvak": ""}
        session.add(bericht := Bericht(**over, **message, vanaf=nu, aangemaakt_op=nu, afloop="geadresseerd"))
        session.flush()
        given_up = {"kanaal": "mail", "kenmerk": uuid4(), "pogingen": 10, "afloop": "onbezorgbaar"}
        to = {"bericht_id": bericht.id, "medewerker_id": found.feit_id, "volgende_op": nu}
        session.add(Bezorging(**over, **to, **given_up))
        before = {"organisatie_id": found.organisatie_id, "gelukt_op": nu - timedelta(days=1), "bevindingen": 0}
        session.add(
            Taakstand(**before, taak="verifieer", begonnen_op=nu, geeindigd_op=nu, verslag="mislukt: ValueError")
        )
        late, busy = nu - timedelta(hours=27), nu - timedelta(hours=1)
        own = {"organisatie_id": found.organisatie_id, "bevindingen": 0, "verslag": ""}
        session.add(Taakstand(**own, taak="zegel", begonnen_op=late, geeindigd_op=late, gelukt_op=late))
        session.add(Taakstand(**own, taak="controleer", begonnen_op=nu, geeindigd_op=None, gelukt_op=busy))
        found_some = {**own, "bevindingen": 2, "verslag": "2 onbezorgbaar"}
        session.add(Taakstand(**found_some, taak="berichten", begonnen_op=nu, geeindigd_op=nu, gelukt_op=nu))
        session.commit()
        naam = found.naam
    said = page.read("/beheer")
    assert f"{naam} kreeg een bericht niet" in said
    assert "Sporen narekenen" in said
    assert said.count("De laatste keer lukte het niet.") == 1
    assert said.count("Dat is te lang geleden.") == 1
    assert said.count("Er klopt iets niet.") == 1
    assert said.count("Dit gebeurt niet.") == said.count("nog nooit") == len(Taaknaam) - 4
    assert "mislukt: ValueError" in said
    assert "nog bezig" in said
