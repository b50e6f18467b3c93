"""A full file whose care has ended, in an organisatie with two beheerders, and what a run makes of it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.db import sessions
from app.db.namens import Namens, act_for
from app.lib.ids import new_uid
from app.models import ExtraInzet, Kwartaaltoets
from app.models import ExtraInzetStap as Stap
from app.queries.dossier.rijen import conditions_of, tables_in_order
from app.security.dossiersleutels import Dossiersleutels
from app.services.beheer.controle import control
from app.services.vernietigingen.uitvoeren import Vernietigd, carry_out
from app.services.zegels.verifieren import verify
from app.terms import ExtraInzetStapSoort, Rol
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import Dienst, Gebruiker, Gemaakt, standing_still
from tests.api.inzagedossier import build_dossier
from tests.api.mensen import add_medewerker, add_organisatie
from tests.api.world import vernietiging_body

#: a month after the last plaatsing of the file ended
LATER = datetime(2027, 2, 1, 9, tzinfo=UTC)
NA_DE_WACHTTIJD = LATER + timedelta(days=90, seconds=1)


@dataclass(frozen=True)
class Rust:
    """The file, and who decides.

    Attributes:
        kind: id of the child.
        beheerders: two different people.
        sleutels: where the keys of locked files are.
        organisatie_id, kind_id: keys in the database.
        leider, ids: of a small file, who records in it and what is in it.
    """

    dienst: Dienst
    kind: str
    beheerders: tuple[Gebruiker, Gebruiker]
    sleutels: Dossiersleutels
    organisatie_id: int
    kind_id: int
    leider: Gebruiker
    ids: dict[str, str]

    def propose(self) -> Gemaakt:
        """Request destruction; the body is what a letter of a guardian says."""
        return self.beheerders[0].again().made("/vernietigingen", vernietiging_body(self.kind))

    def approve(self, voorstel: str, *who: int) -> None:
        for number in who or (0, 1):
            self.beheerders[number].again().made(f"/vernietigingen/{voorstel}/oordeel", {"oordeel": "goedgekeurd"})

    def take_back(self, voorstel: str) -> None:
        body = {"oordeel": "ingetrokken", "toelichting": "Er loopt toch een klacht."}
        self.beheerders[1].again().made(f"/vernietigingen/{voorstel}/oordeel", body)

    def run(self, at: datetime = LATER) -> Vernietigd:
        return carry_out(self.dienst.owner, self.organisatie_id, self.sleutels, at)

    def stand(self, voorstel: str) -> str:
        return str(self.beheerders[0].again().read(f"/vernietigingen/{voorstel}")["stand"])

    def rows(self) -> dict[str, list[Any]]:
        """Return every row of the file by table, as the database holds it."""
        conditions = conditions_of(self.kind_id)
        with Session(self.dienst.owner) as session:
            return {
                table.name: sorted(
                    tuple(map(str, row)) for row in session.execute(table.select().where(conditions[table.name]))
                )
                for table in tables_in_order(conditions)
            }

    def log(self) -> list[Any]:
        """Return id and content of every entry of the change log from before the sealing."""
        statement = text("SELECT id, zout, voor, na FROM wijziging WHERE organisatie_id = :o ORDER BY id")
        with Session(self.dienst.owner) as session:
            return [tuple(row) for row in session.execute(statement, {"o": self.organisatie_id})]

    def faults(self) -> tuple[str, ...]:
        """Return what verifieer finds, and stored deadlines that are not what the rule says."""
        found = verify(self.dienst.engine, [self.organisatie_id], None).afwijkingen
        return tuple(found)

    def deviations(self, at: datetime) -> int:
        with Session(self.dienst.engine) as session:
            act_for(session, Namens(self.organisatie_id))
            return len(control(session, [self.organisatie_id], at.date()).afwijkingen)

    def whole_database(self) -> dict[str, str]:
        """Return every row of every table of the organisatie as one text, by table."""
        texts: dict[str, str] = {}
        with Session(self.dienst.owner) as session:
            names = session.scalars(
                text("SELECT DISTINCT table_name::text FROM information_schema.columns "
                     "WHERE table_schema = 'public' AND column_name = 'organisatie_id'")
            ).all()  # fmt: skip
            for name in names:
                rows = session.scalars(
                    text(f'SELECT to_jsonb(t)::text FROM "{name}" t WHERE organisatie_id = :o'),
                    {"o": self.organisatie_id},
                )
                texts[name] = re.sub(r"\\\\x[0-9a-f]*", _decoded, "\n".join(rows))
        return texts


def _decoded(match: re.Match[str]) -> str:
    return bytes.fromhex(match.group()[3:]).decode(errors="replace")


def full_file(dienst: Dienst, folder: Path) -> Rust:
    """Make a file with everything in it that can be recorded, in a frozen audit and in a concept."""
    dossier = build_dossier(dienst)
    others = [one for one in dossier.beheerder.walk("/plaatsingen") if one["pleegkindId"] != dossier.ids["pleegkind"]]
    for one in others:  # of a child that still lives in the family the file would be kept
        end = {"tot": "2026-12-01", "eindreden": "naar huis"}
        dossier.beheerder.made(f"/plaatsingen/{one['id']}/beeindiging", end)
    kwaliteit, _ = add_medewerker(dienst, dossier.beheerder, Rol.KWALITEITSMEDEWERKER, None)
    with standing_still(LATER - timedelta(days=1)):
        frozen = kwaliteit.again().made("/kwartaaltoetsen", {"kwartaal": "2026-Q4"}).id
        kwaliteit.again().made(f"/kwartaaltoetsen/{frozen}/vaststelling")
        kwaliteit.again().made("/kwartaaltoetsen", {"kwartaal": "2027-Q1"})
    made = _at_rest(dienst, dossier.beheerder, dossier.ids["pleegkind"], folder)
    _add_extra_inzet(made)
    return made


def _add_extra_inzet(rust: Rust) -> None:
    """Add what an audit opens for a child that is not navolgbaar; this one has an uitzondering."""
    own = {"organisatie_id": rust.organisatie_id}
    with sessions.unit_of_work(rust.dienst.engine, Namens(rust.organisatie_id)) as session:
        toets = session.scalars(
            select(Kwartaaltoets.id).where(Kwartaaltoets.organisatie_id == rust.organisatie_id).limit(1)
        ).one()
        inzet = ExtraInzet(
            uid=new_uid(), toets_id=toets, pleegkind_id=rust.kind_id, criteria=["MDO", "KAG-R"],
            uiterlijk=LATER.date(), aangemaakt_op=LATER, **own,
        )  # fmt: skip
        session.add(inzet)
        session.flush()
        stap = {"soort": ExtraInzetStapSoort.OPENING, "eigenaar_rol": Rol.KWALITEITSMEDEWERKER}
        session.add(Stap(extra_inzet_id=inzet.id, nummer=1, op=LATER, **stap, **own))


def small_file(dienst: Dienst, folder: Path) -> Rust:
    """Make a file of a child, a plaatsing that ends, and a visit."""
    beheerder, _ = add_organisatie(dienst)
    leider, _ = add_medewerker(dienst, beheerder, Rol.TEAMLEIDER, beheerder.made("/teams", {"naam": "noord"}).id)
    ids: dict[str, str] = {}
    for naam in ("pleegkind", "pleeggezin", "plaatsing", "huisbezoek"):
        soort = SOORTEN_VAN_FEIT[naam]
        more = {"tot": "2027-01-01", "eindreden": "naar huis"} if naam == "plaatsing" else {}
        answer = leider.post(soort.path(ids), {**soort.body(ids), **more}, key=f"{naam}-1")
        ids[naam] = answer.json()["id"]
    return _at_rest(dienst, beheerder, ids["pleegkind"], folder, leider, ids)


def _at_rest(
    dienst: Dienst,
    beheerder: Gebruiker,
    kind: str,
    folder: Path,
    leider: Gebruiker | None = None,
    ids: dict[str, str] | None = None,
) -> Rust:
    second, _ = add_medewerker(dienst, beheerder, Rol.BEHEERDER, None)
    with Session(dienst.owner) as session:
        keys = session.execute(
            text("SELECT organisatie_id, feit_id FROM pleegkind WHERE uid = :uid ORDER BY id LIMIT 1"), {"uid": kind}
        ).one()
    organisatie_id, kind_id = keys
    return Rust(
        dienst,
        kind,
        (beheerder, second),
        Dossiersleutels(folder),
        organisatie_id,
        kind_id,
        leider or beheerder,
        ids or {},
    )
