"""A BSN that people recorded is not given to another child by a file that never said it."""

from pathlib import Path

from sqlalchemy import Engine

from app.db.sessions import unit_of_work
from app.models import Pleegkind
from app.security.bsn import blind_index, encrypt_bsn
from app.security.secrets import Secrets
from app.services.feiten.versions import begin_recording, replace_feit
from tests.imports import bouw
from tests.services.conftest import MakeActor
from tests.services.importeer import Importeur
from tests.services.inhoud import versions
from tests.services.momenten import NU

BSN = "123456782"


def test_a_bsn_of_the_service_stays_one_childs(
    engine: Engine, sleutels: Secrets, code: str, tmp_path: Path, make_actor: MakeActor
) -> None:
    importeur = Importeur(engine, sleutels, code, tmp_path)
    importeur.boek(bouw.boek_met(pleegkinderen=[{"bsn": ""}]))
    with unit_of_work(engine) as session:
        tenant = importeur.organisatie(session)
        recording = begin_recording(session, tenant.id, NU, make_actor(session, tenant).medewerker_id)
        kind = versions(session, Pleegkind, tenant.id, "K1")[-1]
        bsn = {
            "bsn_index": blind_index(sleutels, tenant.id, BSN),
            "bsn_versleuteld": encrypt_bsn(sleutels, BSN, tenant.id, kind.uid),
        }
        replace_feit(recording, kind, bsn, reden="brief van de gemeente")
    found = importeur.boek(bouw.boek_met(pleegkinderen=[{"bsn": ""}, {"nummer": "K2", "roepnaam": "Eva", "bsn": BSN}]))
    assert [(fout.blad, fout.rij, fout.kolom, fout.code) for fout in found.fouten] == [
        ("pleegkinderen", 3, "bsn", "dubbel_bsn")
    ]
    assert found.uitkomst is None
