"""One organisatie that is filled through the services, and beside it the same history as a werkboek.

Every step is one transaction at its own moment. The werkboek knows steps (``_volgorde``), the database moments; the
list of moments says which belongs to which. What the services must refuse is predicted from the werkboek alone.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.namens import Namens
from app.db.sessions import unit_of_work
from app.errors import AppError, BadInput, Conflict
from app.models import Medewerker
from app.models.soorten import SOORTEN
from app.norms.versies.catalogue import LANDELIJK
from app.queries.feiten.regels import FeitRegel
from app.schemas.norm import NormIn
from app.services.beheer.organisaties import create_organisatie, ensure_team
from app.services.feiten import recording
from app.services.feiten.recording import RequestTime
from app.services.feiten.versions import begin_recording, record_feit
from app.services.normen import tighten_norm
from app.services.plaatsingen import create_plaatsing, end_plaatsing
from app.services.uitzonderingen import approve_uitzondering
from app.terms import OrganisatieSoort, Rol
from tests.oracle.feiten import ALLE_BLADEN, Bladen
from tests.oracle.fouten import build_toestand, list_fouten
from tests.oracle.fouten_tweede import list_tweede_fouten
from tests.oracle.normen import Normversie, build_normversies

Rij = dict[str, Any]

#: sheet column → column of the table, for what refers to another fact
REFERENCES = {
    "pleegkind": ("pleegkind_id", "pleegkinderen"),
    "pleeggezin": ("pleeggezin_id", "pleeggezinnen"),
    "plaatsing": ("plaatsing_id", "plaatsingen"),
    "gezinslid": ("gezinslid_id", "gezinsleden"),
}
#: no norm looks at these
_BESIDE_THE_NORMS = frozenset({"begeleiding", "dossierlezing", "ruisscore", "meldcodestap", "uitstel"})
SOORT_OF_BLAD = {soort.meervoud: soort for soort in SOORTEN.values() if soort.naam not in _BESIDE_THE_NORMS}
EVENTS = ("kindgesprekken", "veiligheidschecks", "huisbezoeken")
_VOLTIJD = ("voltijd", "crisis")
_ROLLEN = (Rol.BEHEERDER, Rol.GEDRAGSWETENSCHAPPER, Rol.TEAMLEIDER, Rol.KWALITEITSMEDEWERKER)


class Wereld:
    """An organisatie in the database and its double in a werkboek."""

    def __init__(self, engine: Engine, vandaag: date) -> None:
        self.engine = engine
        self.vandaag = vandaag
        self.nu = datetime.combine(vandaag, time(8), tzinfo=UTC)
        self.werkboek: dict[str, list[Rij]] = {blad: [] for blad in ALLE_BLADEN}
        self.eigen_normen: list[tuple[int, Normversie]] = []
        self.momenten: list[datetime] = []  # by step
        self.uids: dict[tuple[str, str], UUID] = {}
        self.nummers: dict[tuple[str, int], str] = {}
        self.actors: dict[Rol, Actor] = {}
        self._medewerkers: dict[UUID, str] = {}
        self._begin()

    def _begin(self) -> None:
        """Create the organisatie and its people: step 0."""
        with unit_of_work(self.engine) as session:
            code = f"W{uuid4().hex[:12]}"
            organisatie = create_organisatie(session, code, code, OrganisatieSoort.AANBIEDER)
            self.organisatie_id = organisatie.id
            team = ensure_team(session, organisatie.id, "Team")
            recording = begin_recording(session, organisatie.id, self.nu, None)
            for rol in _ROLLEN:
                inhoud = {"naam": "Verzonnen", "email": None, "rol": rol, "team_id": team}
                medewerker = record_feit(recording, Medewerker, inhoud)
                self._medewerkers[medewerker.uid] = medewerker.nummer
                self._append("medewerkers", {"nummer": medewerker.nummer, "rol": str(rol)})
                self.actors[rol] = Actor(
                    account_id=0,
                    medewerker_id=medewerker.feit_id,
                    medewerker_uid=medewerker.uid,
                    naam="Verzonnen",
                    rol=rol,
                    team_id=team,
                    organisatie_id=organisatie.id,
                    organisatie_uid=organisatie.uid,
                    organisatie_code=code,
                    organisatie_naam=code,
                )
            self.momenten.append(recording.at)

    @property
    def namens(self) -> Namens:
        """For whom every session of the story works."""
        return Namens(self.organisatie_id)

    @property
    def stap(self) -> int:
        """The number of the step under way."""
        return len(self.momenten)

    @property
    def kijker(self) -> Actor:
        """Somebody who sees the whole organisatie."""
        return self.actors[Rol.KWALITEITSMEDEWERKER]

    def pass_time(self, dagen: int, seconden: int) -> None:
        """Let days pass, and move the clock within the day: also back."""
        self.vandaag += timedelta(days=dagen)
        self.nu = datetime.combine(self.vandaag, time(8), tzinfo=UTC) + timedelta(seconds=seconden)

    # --- what the werkboek says ---

    def toestand(self, stap: int | None = None) -> dict[str, list[Rij]]:
        """Return the sheets as they were known at a step."""
        return {blad: [dict(rij) for rij in rijen] for blad, rijen in build_toestand(self.werkboek, stap).items()}

    def levend(self, blad: str) -> list[Rij]:
        """Return the rows of a sheet that hold and whose owners hold."""
        toestand = self.toestand()
        return [rij for rij in toestand[blad] if _is_anchored(toestand, rij)]

    def normversies(self, stap: int | None = None) -> list[Normversie]:
        """Return the norms as they were known at a step: an own version wins where both hold."""
        own = [versie for since, versie in self.eigen_normen if stap is None or since <= stap]
        return [*build_normversies(tweede=True), *own]

    def _append(self, blad: str, rij: Rij) -> None:
        self.werkboek[blad].append({**rij, "_volgorde": self.stap})

    # --- steps; each returns whether the service accepted it ---

    def record(self, blad: str, inhoud: Rij, wie: Rol = Rol.BEHEERDER) -> bool:
        """Record a fact; ``inhoud`` has the columns of the sheet, references by nummer."""
        extra = {"opgesteld_door": self._nummer_of(wie), "goedgekeurd_door": None} if blad == "uitzonderingen" else {}
        self._refuse_or(blad, {"nummer": "NIEUW", **inhoud, **extra})

        def work(session: Session) -> FeitRegel:
            values = self._values(inhoud)
            if blad == "plaatsingen":
                return create_plaatsing(session, self.actors[wie], values, self._moment)
            return recording.record(session, self.actors[wie], SOORT_OF_BLAD[blad], values, self._moment)

        return self._step(blad, {**inhoud, **extra}, work)

    def correct(self, blad: str, nummer: str, changes: Rij, wie: Rol = Rol.BEHEERDER) -> bool:
        """Correct some columns of a fact."""
        rij = self._find(blad, nummer)
        extra = {"opgesteld_door": self._nummer_of(wie), "goedgekeurd_door": None} if blad == "uitzonderingen" else {}
        whole = {**rij, **changes, **extra}
        self._refuse_or(blad, whole)

        def work(session: Session) -> FeitRegel:
            return recording.correct(
                session,
                self.actors[wie],
                SOORT_OF_BLAD[blad],
                self.uids[blad, nummer],
                self._values(changes),
                self._moment,
                reden="verkeerd ingevoerd",
                check_version=_any_version,
            )

        return self._step(blad, whole, work)

    def end(self, nummer: str, tot: date) -> bool:
        """End a plaatsing."""
        whole = {**self._find("plaatsingen", nummer), "tot": tot, "eindreden": "terug naar huis"}
        self._refuse_or("plaatsingen", whole)

        def work(session: Session) -> FeitRegel:
            return end_plaatsing(
                session,
                self.actors[Rol.BEHEERDER],
                self.uids["plaatsingen", nummer],
                tot,
                "terug naar huis",
                self._moment,
                check_version=_any_version,
            )

        return self._step("plaatsingen", whole, work)

    def approve(self, nummer: str, wie: Rol) -> bool:
        """Approve an uitzondering; refused when its author does, or when it was approved."""
        rij = self._find("uitzonderingen", nummer)
        whole = {**rij, "goedgekeurd_door": self._nummer_of(wie)}
        self._expected = rij["opgesteld_door"] != whole["goedgekeurd_door"] and rij["goedgekeurd_door"] is None

        def work(session: Session) -> FeitRegel:
            uid = self.uids["uitzonderingen", nummer]
            return approve_uitzondering(session, self.actors[wie], uid, self._moment, check_version=_any_version)

        return self._step("uitzonderingen", whole, work)

    def withdraw(self, blad: str, nummer: str) -> bool:
        """Withdraw a fact; refused while plaatsingen or events rest on it."""
        rij = self._find(blad, nummer)
        self._expected = not self._rests_on(blad, nummer)

        def work(session: Session) -> FeitRegel:
            return recording.withdraw(
                session,
                self.actors[Rol.BEHEERDER],
                SOORT_OF_BLAD[blad],
                self.uids[blad, nummer],
                self._moment,
                reden="hoorde hier niet",
                check_version=_any_version,
            )

        return self._step(blad, {**rij, "_ingetrokken": True}, work)

    def tighten(self, body: NormIn) -> bool:
        """Record a stricter norm; the caller keeps it stricter and without overlap."""
        with unit_of_work(self.engine, self.namens) as session:
            norm = tighten_norm(session, self.actors[Rol.BEHEERDER], body, self._moment)
            versie: Normversie = {
                "code": str(norm.code),
                "versie": norm.versie,
                "geldig_van": norm.geldig_van,
                "geldig_tot": norm.geldig_tot,
                "zwaarte": str(norm.zwaarte),
                "waarschuwing_dagen": norm.waarschuwing_dagen,
                "parameters": dict(norm.parameters),
            }
        self.eigen_normen.append((self.stap, versie))
        self.momenten.append(norm.vastgelegd_op)
        return True

    def _step(self, blad: str, rij: Rij, work: Any) -> bool:
        """Run one transaction, hold its outcome against the prediction, and keep the werkboek in step."""
        try:
            with unit_of_work(self.engine, self.namens) as session:
                regel = work(session)
        except (BadInput, Conflict) as refusal:
            if self._expected and not _is_slip(refusal, rij, self.vandaag):
                raise AssertionError(f"geweigerd: {blad} {rij}: {_say(refusal)}") from refusal
            return False
        assert self._expected, f"had geweigerd moeten worden: {blad} {rij}"
        self._remember(blad, rij, regel)
        return True

    def _remember(self, blad: str, rij: Rij, regel: Mapping[str, Any]) -> None:
        soort = SOORT_OF_BLAD[blad].naam
        self.uids[blad, regel["nummer"]] = regel["uid"]
        self.nummers[soort, regel["feit_id"]] = regel["nummer"]
        self._append(blad, {**rij, "nummer": regel["nummer"]})
        self.momenten.append(regel["vastgelegd_op"].astimezone(UTC))

    @property
    def _moment(self) -> RequestTime:
        return RequestTime(self.nu, self.vandaag)

    def _values(self, inhoud: Rij) -> dict[str, Any]:
        """Return the columns of the table: references as uid, and nothing of what the service fills in itself."""
        values: dict[str, Any] = {}
        for name, value in inhoud.items():
            if name in REFERENCES:
                column, blad = REFERENCES[name]
                values[column] = self.uids[blad, value]
            else:
                values[name] = list(value) if name == "normen" else value
        return values

    def _find(self, blad: str, nummer: str) -> Rij:
        rij = next(rij for rij in self.toestand()[blad] if rij["nummer"] == nummer)
        return {name: value for name, value in rij.items() if name != "_volgorde"}

    def _nummer_of(self, wie: Rol) -> str:
        return self._medewerkers[self.actors[wie].medewerker_uid]

    # --- what must be refused ---

    def _refuse_or(self, blad: str, rij: Rij) -> None:
        """Predict from the werkboek whether a new or changed row makes the file faulty."""
        before = self.toestand()
        after = {**before, blad: [*(r for r in before[blad] if r["nummer"] != rij["nummer"]), rij]}
        self._expected = self._faults(after) <= self._faults(before)

    def _faults(self, toestand: dict[str, list[Rij]]) -> set[str]:
        """Return the faults of a whole file; overlap by our own count, since an empty period overlaps with nothing."""
        bladen: Bladen = {blad: list(rijen) for blad, rijen in toestand.items()}
        found = [*list_fouten(bladen, self.vandaag), *list_tweede_fouten(bladen, self.vandaag)]
        faults = {fout for fout in found if not fout.endswith("overlap")}
        stays = [rij for rij in toestand["plaatsingen"] if rij["vorm"] in _VOLTIJD and rij["van"] != rij["tot"]]
        return faults | {
            f"{one['nummer']} {other['nummer']} overlap"
            for one in stays
            for other in stays
            if one["nummer"] != other["nummer"] and one["pleegkind"] == other["pleegkind"] and _meet(one, other)
        }

    def _rests_on(self, blad: str, nummer: str) -> bool:
        toestand = self.toestand()
        if blad == "plaatsingen":
            return any(rij["plaatsing"] == nummer for naam in EVENTS for rij in toestand[naam])
        if blad in ("pleegkinderen", "pleeggezinnen"):
            column = "pleegkind" if blad == "pleegkinderen" else "pleeggezin"
            return any(rij[column] == nummer for rij in toestand["plaatsingen"])
        return False


def tightened(code: str, **parameters: int) -> dict[str, int | None]:
    """Return the national parameters of a norm with some of them changed."""
    basis = next(norm for norm in LANDELIJK if norm.code == code)
    return {**basis.parameters, **parameters}


def _any_version(_: FeitRegel) -> None:
    """Take whatever version holds."""


def _is_anchored(toestand: dict[str, list[Rij]], rij: Rij) -> bool:
    """Tell whether everything that a row refers to holds."""
    for column, (_, blad) in REFERENCES.items():
        if column in rij:
            found = [other for other in toestand[blad] if other["nummer"] == rij[column]]
            if not found or not _is_anchored(toestand, found[0]):
                return False
    return True


def _meet(one: Rij, other: Rij) -> bool:
    """Tell whether two half-open periods share a day."""
    return (other["tot"] is None or one["van"] < other["tot"]) and (one["tot"] is None or other["van"] < one["tot"])


def _is_slip(refusal: BadInput | Conflict, rij: Rij, vandaag: date) -> bool:
    """Tell whether nothing was refused but days that nobody means; ``tests/invoer`` says which those are.

    This life cannot have them, or they begin more than a year ahead, which no norm forbids.
    """
    faults = refusal.faults if isinstance(refusal, BadInput) else ()
    far = vandaag + timedelta(days=365)
    slips = {fault.name for fault in faults if fault.code == "datum_in_toekomst" and rij.get(fault.name, vandaag) > far}
    return bool(faults) and all(fault.code == "datum_onmogelijk" or fault.name in slips for fault in faults)


def _say(refusal: AppError) -> str:
    faults = refusal.faults if isinstance(refusal, BadInput) else ()
    return " ".join([refusal.code, *(f"{fault.name}:{fault.code}" for fault in faults)])
