"""What one kind of fact asks beside what every kind asks, in code: a table from kind to its rules.

What a kind is stands as data in ``app.models.soorten``; a kind that asks nothing more is not named here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Fault, fault
from app.invoer.bezwaar import Bezwaar
from app.invoer.opvolging import (
    day_of_aanleiding,
    fault_before_aanleiding,
    fault_in_aanleiding,
    fault_in_company,
    fault_in_conclusion,
    faults_in_stap,
)
from app.invoer.uitstel import faults_in_uitstel
from app.invoer.uitzonderingen import MAX_TERUG, faults_in_uitzondering
from app.models import (
    Actie,
    Casuistiekbespreking,
    ExtraInzet,
    Feit,
    Kindgesprek,
    Medewerker,
    Meldcodestap,
    Opvolgstap,
    Plaatsing,
    Ruisscore,
    Signaal,
    Uitstel,
    Uitzondering,
)
from app.models.base import content_columns
from app.models.feiten.opvolgstap import AANLEIDING
from app.models.soorten import SOORTEN, FeitSoort
from app.models.versions import holds, newest
from app.norms.calendar import add_months
from app.norms.ruis.catalogue import SCORE_MAANDEN, in_force
from app.queries.feiten.eigenaren import is_of_children
from app.services.feiten.verblijf import check_plaatsing

Values = Mapping[str, Any]

#: what is wrong when none is named, and when several are
_EEN_AANLEIDING = (
    ("verplicht", "Noem het gesprek, de veiligheidscheck of het signaal waar deze stap over gaat."),
    ("ongeldige_waarde", "Noem een aanleiding: een gesprek, een veiligheidscheck of een signaal."),
)


def _nothing(*_: Any) -> Iterator[Any]:
    return iter(())


@dataclass(frozen=True, slots=True)
class EigenRegels:
    """What a kind asks of its content.

    Attributes:
        bezwaren: what the content says against itself, by a rule of entry that holds for a workbook too.
        fouten: what it says against what is recorded.
        terugwerkend: what may not be recorded, or corrected (from the values before), so long afterwards.
        vervallen: what is no longer recorded, or added by a correction; what is there already may be moved along.
        botst: raises when the whole contradicts what is recorded; the last argument is the feit_id of a correction.
    """

    bezwaren: Callable[[Values], Iterator[Bezwaar]] = _nothing
    fouten: Callable[[Session, Values], Iterator[Fault]] = _nothing
    terugwerkend: Callable[[Values, Values | None, date], Iterator[Fault]] = _nothing
    vervallen: Callable[[Values, Values | None], Iterator[Fault]] = _nothing
    botst: Callable[[Session, Values, int | None], object] = _nothing


def rules_of(soort: FeitSoort) -> EigenRegels:
    """Return what a kind asks of its own."""
    return _EIGEN.get(soort.model, _GEEN)


def deelnemer_faults(session: Session, organisatie_id: int, values: Values) -> Iterator[Fault]:
    """Yield a fault when somebody among the deelnemers is no medewerker of the organisatie."""
    wanted: set[UUID] = set(values.get("deelnemers") or ())
    if not wanted:
        return
    known = select(Medewerker.uid).where(
        Medewerker.uid.in_(wanted), Medewerker.organisatie_id == organisatie_id, holds(Medewerker)
    )
    if wanted - set(session.scalars(known)):
        yield Fault("body", "deelnemers", "onbekende_verwijzing", "Er is geen medewerker met een van deze id's.")


def _ruisscore(_session: Session, values: Values) -> Iterator[Fault]:
    datum, tot = values["datum"], values["geldt_tot"]
    if not datum < tot <= add_months(datum, SCORE_MAANDEN):
        zin = f"Een ruisfactor geldt hoogstens {SCORE_MAANDEN} maanden en eindigt na de dag waarop is gescoord."
        yield Fault("body", "geldtTot", "ongeldige_waarde", zin)
    factor = in_force(datum).get(values["code"])
    if factor is None or not factor.mag_gescoord:
        zin = "Deze ruisfactor volgt uit het dossier en wordt niet door een mens gescoord."
        yield Fault("body", "code", "ongeldige_waarde", zin)


def _meldcodestap(session: Session, values: Values) -> Iterator[Fault]:
    statement = select(Signaal.datum).where(Signaal.feit_id == values["signaal_id"], holds(Signaal))
    gebeurd: date = session.execute(statement).scalar_one()
    if values["datum"] < gebeurd:
        yield Fault("body", "datum", "datum_buiten_periode", "Deze stap ligt voor de dag van het signaal.")


def _extra_inzet(session: Session, values: Values) -> Iterator[Fault]:
    key = values.get("extra_inzet_id")
    if key is None:
        return
    own = select(ExtraInzet.id).where(ExtraInzet.id == key, ExtraInzet.pleegkind_id == values["pleegkind_id"])
    if session.execute(own).first() is None:
        yield Fault("body", "extraInzetId", "onbekende_verwijzing", "Er is geen extra inzet met deze id.")


def _kindgesprek(values: Values) -> Iterator[Bezwaar]:
    yield from _given(fault_in_company(values))


def _signaal(values: Values) -> Iterator[Bezwaar]:
    yield from _given(fault_in_conclusion(values))


def _given(bezwaar: Bezwaar | None) -> Iterator[Bezwaar]:
    yield from () if bezwaar is None else (bezwaar,)


def _stap(session: Session, values: Values) -> Iterator[Fault]:
    """Yield what is wrong with the aanleiding that a step is about: one of the same child, from before the step.

    A step stays when what it is about is corrected to be no aanleiding; it can be withdrawn, and not be changed.
    """
    named = [name for name in AANLEIDING if values.get(name) is not None]
    if len(named) != 1:
        yield fault(named[0] if named else AANLEIDING[0], *_EEN_AANLEIDING[bool(named)])
        return
    (column,) = named
    k = find_aanleiding(session, SOORTEN[column.removesuffix("_id")], values[column], values["pleegkind_id"])
    bezwaar = fault_in_aanleiding(column, k) or (k and fault_before_aanleiding(values["datum"], k))
    yield from (fault(*bezwaar),) if bezwaar else ()


def find_aanleiding(session: Session, soort: FeitSoort, feit_id: int, kind: int) -> date | None:
    """Return the day k of an aanleiding of a child; None when the fact is no aanleiding, or of another child."""
    model: Any = soort.model
    own = select(model).where(model.feit_id == feit_id, holds(model), is_of_children(soort.eigenaar, model, [kind]))
    found = session.scalars(own).one_or_none()
    return None if found is None else day_of_aanleiding({name: getattr(found, name) for name in content_columns(model)})


def _actie(session: Session, values: Values) -> Iterator[Fault]:
    """Yield what is wrong with the bespreking in which an actie was agreed: it is about another child."""
    key = values.get("casuistiekbespreking_id")
    if key is None:
        return
    own = select(Casuistiekbespreking.id).where(
        Casuistiekbespreking.feit_id == key,
        Casuistiekbespreking.pleegkind_id == values["pleegkind_id"],
        newest(Casuistiekbespreking),
    )
    if session.execute(own).first() is None:
        zin = "Er is geen casuïstiekbespreking met deze id."
        yield fault("casuistiekbespreking_id", "onbekende_verwijzing", zin)


def _acties_as_text(values: Values, before: Values | None) -> Iterator[Fault]:
    """Yield a fault for an agreed action that is written in the bespreking: it is a fact with an owner and a day.

    What was written there before may stay, or go.
    """
    kept = set((before or {}).get("acties") or ())
    if not set(values.get("acties") or ()) <= kept:
        zin = "Leg elke afspraak vast als actie, met wie haar doet en wanneer, en noem daar deze bespreking."
        yield fault("acties", "ongeldige_waarde", zin)


def _uitstel(session: Session, values: Values) -> Iterator[Fault]:
    """Yield what is wrong with the uitzondering of which the end is not heard: another's, or it ends before."""
    key = values.get("uitzondering_id")
    if key is None:
        return
    own = select(Uitzondering.herzien_uiterlijk).where(
        Uitzondering.feit_id == key, Uitzondering.pleegkind_id == values["pleegkind_id"], newest(Uitzondering)
    )
    end = session.scalar(own)
    if end is None:
        yield fault("uitzondering_id", "onbekende_verwijzing", "Er is geen uitzondering met deze id.")
    elif values["tot"] > end:
        zin = "Dan is de uitzondering al voorbij; kies uiterlijk haar laatste dag."
        yield fault("tot", "ongeldige_waarde", zin)


def _uitzondering_of_long_ago(values: Values, before: Values | None, vandaag: date) -> Iterator[Fault]:
    """Yield what an uitzondering of long ago may not cover afterwards.

    An import keeps its history, so this is asked of what people record and correct. A correction may leave the first
    day as it was, or make it later; it adds no norm to what began long ago.
    """
    if values["van"] >= vandaag - MAX_TERUG:
        return
    if before is None or values["van"] < before["van"]:
        yield fault("van", "ongeldige_waarde", f"Een uitzondering begint hoogstens {MAX_TERUG.days} dagen geleden.")
    elif not set(values["normen"]) <= set(before["normen"]):
        since = f"Deze uitzondering begon meer dan {MAX_TERUG.days} dagen geleden."
        detail = f"{since} Leg voor een andere norm een nieuwe vast."
        yield fault("normen", "ongeldige_waarde", detail)


_GEEN = EigenRegels()
_EIGEN: Mapping[type[Feit], EigenRegels] = {
    Actie: EigenRegels(fouten=_actie),
    Casuistiekbespreking: EigenRegels(fouten=_extra_inzet, vervallen=_acties_as_text),
    Kindgesprek: EigenRegels(bezwaren=_kindgesprek),
    Meldcodestap: EigenRegels(fouten=_meldcodestap),
    Opvolgstap: EigenRegels(bezwaren=faults_in_stap, fouten=_stap),
    Plaatsing: EigenRegels(botst=check_plaatsing),
    Ruisscore: EigenRegels(fouten=_ruisscore),
    Signaal: EigenRegels(bezwaren=_signaal),
    Uitstel: EigenRegels(bezwaren=faults_in_uitstel, fouten=_uitstel),
    Uitzondering: EigenRegels(bezwaren=faults_in_uitzondering, terugwerkend=_uitzondering_of_long_ago),
}
