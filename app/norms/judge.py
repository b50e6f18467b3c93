"""The one function that decides: every judgement of a child on a peildatum.

Screen, API, export, reminder, audit and inspector call :func:`judge`. First the facts alone give an uiterlijk
per norm and subject (:func:`find`), then :func:`decide_stand` makes the stand. Source: ``normen.md`` §5 and §5b.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from app.norms.bevinding import Bevinding
from app.norms.calendar import ADULT_AGE, add_days, birthday, is_active, maatregel_run, zorgperiode
from app.norms.feiten import Dossier, Gebeurtenis, Gezin
from app.norms.gezin import Gezinscache, find_gezin
from app.norms.opvolging import OPVOLGING, find_opvolging
from app.norms.plaatsing import LIGHTER_UNDER_POV, find_plaatsing
from app.norms.pleegkind import POV_MAATREGELEN, find_pleegkind
from app.norms.signaal import find_signalen
from app.norms.uitzondering import covering
from app.norms.versies.catalogue import Catalogus, NormVersie
from app.norms.zichtplan import find_acties, find_zichtplannen
from app.terms import NormCode, OnderwerpSoort, Stand, Zwaarte

_ALL_NORMS = frozenset(NormCode)
_NO_NORMS: frozenset[NormCode] = frozenset()
_OP_TIJD, _NADERT, _TE_LAAT, _UITZONDERING = Stand.OP_TIJD, Stand.NADERT, Stand.TE_LAAT, Stand.UITZONDERING
_LATE = frozenset({_TE_LAAT, _UITZONDERING})


class Oordeel(NamedTuple):
    """The judgement on one norm for one subject on one peildatum.

    Attributes:
        norm: the version in force on the peildatum.
        onderwerp_soort: what it is about.
        onderwerp_id: the caller's id of that plaatsing, pleegkind, gezinslid …
        zwaarte: effective: ``streef`` under pleegoudervoogdij (KAG-3, KAG-R, HB, ZP) and from the 18th birthday.
        laatste: last counting event; decision of the valid VGB; vertrouwenspersoon; report of a calamiteit; first
            step about an aanleiding.
        uiterlijk: last day on which the norm is still met; None when nothing is due.
        stand: the verdict.
        uitzondering_id: the uitzondering that covers it, only when the stand is ``uitzondering``.
        peildatum: the day of judgement.
    """

    norm: NormVersie
    onderwerp_soort: OnderwerpSoort
    onderwerp_id: int
    zwaarte: Zwaarte
    laatste: Gebeurtenis | None
    uiterlijk: date | None
    stand: Stand
    uitzondering_id: int | None
    peildatum: date

    @property
    def is_opvolging(self) -> bool:
        """Whether it is about what somebody must act on: late, it comes before everything else."""
        return self.norm.code in OPVOLGING

    @property
    def te_laat_sinds(self) -> date | None:
        """First day on which it was late (uiterlijk + 1); None unless late or covered."""
        if self.uiterlijk is None or self.stand not in _LATE:
            return None
        return add_days(self.uiterlijk, 1)

    @property
    def dagen_te_laat(self) -> int | None:
        """Days from uiterlijk to peildatum; None unless late or covered."""
        if self.uiterlijk is None or self.stand not in _LATE:
            return None
        return (self.peildatum - self.uiterlijk).days

    @property
    def nadert_vanaf(self) -> date | None:
        """First day of the warning (uiterlijk minus the warning); None when nothing is due."""
        return None if self.uiterlijk is None else add_days(self.uiterlijk, -self.norm.waarschuwing_dagen)


def decide_stand(uiterlijk: date | None, waarschuwing_dagen: int, peildatum: date, *, covered: bool) -> Stand:
    """Make the stand; nothing else does.

    Args:
        uiterlijk: last day on which the norm is still met; None when nothing is due.
        waarschuwing_dagen: days before the uiterlijk on which ``nadert`` begins.
        peildatum: the day of judgement.
        covered: whether an approved uitzondering covers the norm on that day.
    """
    if uiterlijk is None:
        return _OP_TIJD
    if peildatum > uiterlijk:
        return _UITZONDERING if covered else _TE_LAAT
    return _NADERT if peildatum >= add_days(uiterlijk, -waarschuwing_dagen) else _OP_TIJD


def judge(
    dossier: Dossier,
    gezinnen: Mapping[int, Gezin],
    catalogus: Catalogus,
    peildatum: date,
    cache: Gezinscache | None = None,
) -> list[Oordeel]:
    """Return every judgement of one child on one day; a norm that does not apply yields nothing.

    Args:
        dossier: the child's facts; those dated after the peildatum are ignored.
        gezinnen: the families of its plaatsingen by id.
        catalogus: the norms of the organisation.
        peildatum: the day of judgement.
        cache: shares family findings between children; for one catalogue and one moment of knowledge only.
    """
    bevindingen = find(dossier, gezinnen, catalogus.in_force(peildatum), peildatum, cache)
    return [_judge_one(bevinding, dossier, peildatum) for bevinding in bevindingen]


def find(
    dossier: Dossier,
    gezinnen: Mapping[int, Gezin],
    normen: Mapping[NormCode, NormVersie],
    peildatum: date,
    cache: Gezinscache | None,
) -> list[Bevinding]:
    """Return what the facts alone say: signalen, aanleidingen and acties always, the rest while in zorg."""
    uit = find_signalen(dossier.signalen, normen, peildatum) if dossier.signalen else []
    uit += find_opvolging(dossier, normen, peildatum)
    if dossier.acties:
        uit += find_acties(dossier, normen, peildatum)
    z = zorgperiode(dossier.plaatsingen, peildatum)
    if z is None:
        return uit
    streef = _lighter_norms(dossier, peildatum)
    gezin_ids = set()
    for plaatsing in dossier.plaatsingen:
        if is_active(plaatsing.van, plaatsing.tot, peildatum):
            uit += find_plaatsing(plaatsing, dossier.signalen, normen, peildatum, streef)
            gezin_ids.add(plaatsing.pleeggezin_id)
    uit += find_pleegkind(dossier, z, normen, peildatum, streef)
    if dossier.uitzonderingen:
        uit += find_zichtplannen(dossier, normen, peildatum, streef)
    for gezin_id in sorted(gezin_ids):
        uit += find_gezin(gezinnen[gezin_id], normen, peildatum, cache)
    return uit


def _lighter_norms(dossier: Dossier, peildatum: date) -> frozenset[NormCode]:
    """Return the norms of child and plaatsing that are ``streef`` for this child on this day (§5)."""
    if birthday(dossier.geboortedatum, ADULT_AGE) <= peildatum:
        return _ALL_NORMS
    pov = maatregel_run(dossier.maatregelen, POV_MAATREGELEN, peildatum)
    return _NO_NORMS if pov is None else LIGHTER_UNDER_POV


def _judge_one(bevinding: Bevinding, dossier: Dossier, peildatum: date) -> Oordeel:
    norm, onderwerp_soort, onderwerp_id, zwaarte, laatste, uiterlijk = bevinding
    dekking = None
    if uiterlijk is not None and dossier.uitzonderingen and peildatum > uiterlijk:
        dekking = covering(dossier.uitzonderingen, norm.code, peildatum)
    stand = decide_stand(uiterlijk, norm.waarschuwing_dagen, peildatum, covered=dekking is not None)
    return Oordeel(
        norm,
        onderwerp_soort,
        onderwerp_id,
        zwaarte,
        laatste,
        uiterlijk,
        stand,
        None if dekking is None else dekking.id,
        peildatum,
    )
