"""A beheerder adds an address, reads its secret, sees what did not arrive, and ends it."""

import re
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app import clock
from app.models import Gebeurtenis
from app.security.webhooksleutel import webhook_secret
from tests.api.client import Dienst
from tests.api.gebeurtenissen import tell
from tests.api.world import World
from tests.paginas.conftest import bladeraar

ADRES = "https://ecd.example/bladeren"


def test_a_beheerder_keeps_the_addresses(dienst: Dienst, world: World) -> None:
    page = bladeraar(dienst, world["beheerder"])
    page.read("/webhooks")
    refused = page.post("/webhooks", {"adres": "http://ecd.example/"})
    assert refused.status_code == 400
    assert "http://ecd.example/" in refused.text
    assert page.post("/webhooks", {"adres": ADRES}).headers["location"] == "/webhooks"
    assert page.post("/webhooks", {"adres": ADRES}).status_code == 409
    row = page.read("/webhooks").split(ADRES)[1]
    uid = re.search(r'href="/webhooks/([0-9a-f-]{36})"', row)
    assert uid is not None
    assert webhook_secret(dienst.secrets, UUID(uid[1])) in page.read(f"/webhooks/{uid[1]}")
    signaal = world["teamleider"].made(
        f"/pleegkinderen/{world.files['eigen']['pleegkind']}/signalen",
        {"datum": "2026-11-01", "bekendGewordenOp": "2026-11-01", "soort": "melding", "vraagtVeiligheidscheck": False,
         "calamiteit": False, "onthulling": True},
    )  # fmt: skip
    told = tell(dienst, signaal.id, uid[1])
    with Session(dienst.owner) as session, session.begin():
        mine = update(Gebeurtenis).where(Gebeurtenis.uid == UUID(told))
        session.execute(mine.values(afloop="onbezorgbaar", afgehandeld_op=clock.now(), pogingen=10))
    assert f"{ADRES} nam een gebeurtenis niet aan" in page.read("/beheer")
    assert bladeraar(dienst, world["teamleider"]).get("/webhooks").status_code == 403
    assert page.post(f"/webhooks/{uid[1]}/beeindiging", {}).status_code == 400
    assert page.post(f"/webhooks/{uid[1]}/beeindiging", {"reden": "klaar"}).headers["location"] == "/webhooks"
    assert page.get(f"/webhooks/{uid[1]}").status_code == 404
    assert f"{ADRES} nam" not in page.read("/beheer")
