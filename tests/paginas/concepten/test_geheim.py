"""What is typed is for who typed it alone, unreadable to all others."""

from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import text

from app import clock
from app.db import sessions as db
from app.db.namens import Namens, act_for
from app.queries.accounts.actor import get_actor
from app.routers.pages.formulieren.concepten import GROOTSTE
from app.security.conceptsleutel import Conceptsleutel, Plek
from app.security.demo_issuer import ISSUER
from app.security.secrets import load_secrets
from app.services.concepten import MEESTE
from tests.api.client import NOBODY, Dienst
from tests.api.database import count_rows, more_looks, more_rows
from tests.api.world import World
from tests.paginas.concepten.conftest import BEZOEK, Geval, concepten
from tests.paginas.conftest import Bladeraar


def test_nothing_of_it_can_be_read_in_the_database_and_no_log_tells_of_it(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst
) -> None:
    token, before = begeleider.token("/ik"), count_rows(dienst.owner)
    begeleider.ask("POST", geval.adres, {"formulier": token, **geval.velden()})
    after = count_rows(dienst.owner)
    assert more_rows(before, after) == {"concept": 1}
    assert more_looks(before, after) == {}  # nobody was shown a file
    ((plaats, inhoud),) = concepten(dienst)
    for secret in (b"opa", geval.veld.encode(), geval.over.encode(), UUID(geval.over).bytes, geval.formulier.encode()):
        assert secret not in bytes(plaats) + bytes(inhoud)


def test_a_text_opens_for_its_medewerker_form_and_child_alone(tmp_path: Path) -> None:
    keys, others = (load_secrets(tmp_path / name, create=True) for name in ("deze.json", "andere.json"))
    wie, plek = uuid4(), Plek("bezoek", uuid4())
    slot = Conceptsleutel(keys, wie)
    closed = slot.close(plek, {"woorden": "Ik mis oma."})
    assert slot.open(slot.plaats(plek), closed) == (plek, {"woorden": "Ik mis oma."})
    for other in (Plek("actie", plek.over), Plek("bezoek", uuid4())):
        assert slot.open(slot.plaats(other), closed) is None
    strangers = [Conceptsleutel(keys, uuid4()), Conceptsleutel(others, wie)]
    for stranger in strangers:
        assert stranger.open(slot.plaats(plek), closed) is None
        assert stranger.open(stranger.plaats(plek), closed) is None
        assert stranger.plaats(plek) != slot.plaats(plek)
    assert slot.open(slot.plaats(plek), closed[:-1]) is None
    assert len({slot.merk, *(one.merk for one in strangers)}) == 3


def test_the_database_shows_it_to_no_colleague(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst, world: World
) -> None:
    begeleider.post(geval.adres, geval.velden())
    seen = []
    for wie in ("begeleider", "teamleider", "begeleider_zuid"):
        with db.unit_of_work(dienst.engine) as session:
            actor = get_actor(session, ISSUER, world[wie].subject, clock.today())
            assert actor is not None
            seen.append(session.scalar(text("SELECT count(*) FROM concept")))
            gone = text("DELETE FROM concept WHERE medewerker_id <> :ik RETURNING id")
            assert session.execute(gone, {"ik": actor.medewerker_id}).all() == []
            act_for(session, Namens(actor.organisatie_id))
            assert session.scalar(text("SELECT count(*) FROM concept")) == 0  # nor to a command
    assert seen == [1, 0, 0]


def test_only_a_page_of_ours_keeps_anything(begeleider: Bladeraar, geval: Geval, dienst: Dienst) -> None:
    assert begeleider.ask("POST", geval.adres, geval.velden()).status_code == 403
    assert begeleider.post(geval.adres, geval.velden(), Sec_Fetch_Site="cross-site").status_code == 403
    assert Bladeraar(dienst, "x" * 43).ask("POST", geval.adres, {"formulier": "x"}).status_code in (401, 403)
    assert begeleider.get(geval.adres).status_code in (404, 405)
    assert concepten(dienst) == []


def test_there_is_no_telling_whether_a_child_exists(begeleider: Bladeraar, world: World) -> None:
    own, foreign = (world.files[one]["pleegkind"] for one in ("eigen", "organisatie"))
    answers = [begeleider.post(f"/concepten/bezoek/{one}", dict(BEZOEK)) for one in (own, foreign, NOBODY)]
    assert {(one.status_code, one.text) for one in answers} == {(200, "10:00")}
    assert begeleider.get(f"/kinderen/{foreign}/bezoek").status_code == 404
    assert begeleider.post(f"/concepten/gedicht/{own}", dict(BEZOEK)).status_code == 404


def test_there_is_an_end_to_how_much_is_kept(begeleider: Bladeraar, dienst: Dienst) -> None:
    token = begeleider.token("/ik")

    def keep(uid: object, woorden: str = "Ik") -> int:
        sent = {"formulier": token, "woorden": woorden}
        return int(begeleider.ask("POST", f"/concepten/bezoek/{uid}", sent).status_code)

    first = uuid4()
    assert keep(first, "x" * GROOTSTE) == 413
    assert keep(first, "x" * (GROOTSTE - 200)) == 200
    assert [keep(uuid4()) for _ in range(MEESTE - 1)] == [200] * (MEESTE - 1)
    assert keep(uuid4()) == 409
    assert keep(first, "Ik nog iets.") == 200
    assert len(concepten(dienst)) == MEESTE
