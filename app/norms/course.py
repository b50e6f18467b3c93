"""How the judgements of one child change by time alone, as dated segments: what a stored termijn holds.

Between two breakpoints no fact begins or ends, so judging at each breakpoint and merging equals judging every
day. Source: ``normen.md`` §5 ("Een bewaarde termijn helpt zoeken; de regel is de waarheid").
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.norms.bevinding import Bevinding, Gedateerd, count_upto
from app.norms.calendar import ADULT_AGE, Looptijd, add_days, add_months, birthday
from app.norms.feiten import Dossier, Gebeurtenis, Gezin
from app.norms.gezin import Gezinscache
from app.norms.judge import Oordeel, decide_stand, find
from app.norms.opvolging import GETOOND_MAANDEN, aanleidingen
from app.norms.uitzondering import GESPREK_DAGEN, covering
from app.norms.versies.catalogue import Catalogus
from app.norms.versies.versie import NormVersie
from app.terms import NormCode, OnderwerpSoort, Stand, Zwaarte


class Termijn(NamedTuple):
    """One norm for one subject during [van, tot) as long as the facts stay as they are.

    Attributes:
        norm: which norm.
        onderwerp_soort: what it is about.
        onderwerp_id: the caller's id of the subject.
        van: first day of the segment.
        tot: first day after it; None when nothing known ends it.
        uiterlijk: last day on which the norm is still met; None when nothing is due.
        nadert_vanaf: first day of the warning; None when nothing is due.
        zwaarte: effective zwaarte during the segment.
        uitzondering_id: the uitzondering that covers the norm during the segment, late or not.
        laatste: the last event that counted.
    """

    norm: NormCode
    onderwerp_soort: OnderwerpSoort
    onderwerp_id: int
    van: date
    tot: date | None
    uiterlijk: date | None
    nadert_vanaf: date | None
    zwaarte: Zwaarte
    uitzondering_id: int | None
    laatste: Gebeurtenis | None

    def oordeel_on(self, norm: NormVersie, peildatum: date) -> Oordeel:
        """Return the judgement of a day within the segment; ``norm`` is the version in force on that day."""
        covered = self.uitzondering_id is not None
        stand = decide_stand(self.uiterlijk, norm.waarschuwing_dagen, peildatum, covered=covered)
        return Oordeel(
            norm,
            self.onderwerp_soort,
            self.onderwerp_id,
            self.zwaarte,
            self.laatste,
            self.uiterlijk,
            stand,
            self.uitzondering_id if stand is Stand.UITZONDERING else None,
            peildatum,
        )


_Onderwerp = tuple[NormCode, OnderwerpSoort, int]
_Inhoud = tuple[date | None, date | None, Zwaarte, int | None, Gebeurtenis | None]
#: of what a segment is made; raised when that changes, so that what was stored before is judged anew
EDITION = 4


def future_termijnen(
    dossier: Dossier,
    gezinnen: Mapping[int, Gezin],
    catalogus: Catalogus,
    vanaf: date,
    cache: Gezinscache | None = None,
) -> list[Termijn]:
    """Return the contiguous segments per norm and subject from ``vanaf`` on.

    For every p ≥ vanaf the segments that hold p are exactly the judgements of p: same norm, subject,
    uiterlijk, zwaarte, and stand through :func:`decide_stand`.

    Args:
        dossier: the child's facts.
        gezinnen: the families of its plaatsingen by id.
        catalogus: the norms of the organisation.
        vanaf: first day of the course.
        cache: shares family findings between children; for one catalogue and one moment of knowledge only.
    """
    dagen = breakpoints(dossier, gezinnen, catalogus, vanaf)
    lopend: dict[_Onderwerp, tuple[date, _Inhoud]] = {}
    uit: list[Termijn] = []
    for dag in dagen:
        nu = _contents(dossier, gezinnen, catalogus, dag, cache)
        voorbij = [o for o, (_, inhoud) in lopend.items() if nu.get(o) != inhoud]
        uit += [_close(onderwerp, lopend.pop(onderwerp), dag) for onderwerp in voorbij]
        for onderwerp, inhoud in nu.items():
            lopend.setdefault(onderwerp, (dag, inhoud))
    uit += [_close(onderwerp, begin, None) for onderwerp, begin in lopend.items()]
    return sorted(uit, key=lambda t: (t.norm, t.onderwerp_soort, t.onderwerp_id, t.van))


def _close(onderwerp: _Onderwerp, begin: tuple[date, _Inhoud], tot: date | None) -> Termijn:
    van, (uiterlijk, nadert_vanaf, zwaarte, uitzondering_id, laatste) = begin
    return Termijn(*onderwerp, van, tot, uiterlijk, nadert_vanaf, zwaarte, uitzondering_id, laatste)


def _contents(
    dossier: Dossier,
    gezinnen: Mapping[int, Gezin],
    catalogus: Catalogus,
    dag: date,
    cache: Gezinscache | None,
) -> dict[_Onderwerp, _Inhoud]:
    bevindingen = find(dossier, gezinnen, catalogus.in_force(dag), dag, cache)
    return {(b.norm.code, b.onderwerp_soort, b.onderwerp_id): _content(b, dossier, dag) for b in bevindingen}


def _content(bevinding: Bevinding, dossier: Dossier, dag: date) -> _Inhoud:
    norm, uiterlijk = bevinding.norm, bevinding.uiterlijk
    dekking = covering(dossier.uitzonderingen, norm.code, dag) if dossier.uitzonderingen else None
    nadert_vanaf = None if uiterlijk is None else add_days(uiterlijk, -norm.waarschuwing_dagen)
    return uiterlijk, nadert_vanaf, bevinding.zwaarte, None if dekking is None else dekking.id, bevinding.laatste


def breakpoints(dossier: Dossier, gezinnen: Mapping[int, Gezin], catalogus: Catalogus, vanaf: date) -> list[date]:
    """Return ``vanaf`` and every later day on which a judgement may change by time alone, ascending."""
    later = {dag for dag in _child_days(dossier, vanaf) if dag is not None and dag > vanaf}
    for gezin_id in {p.pleeggezin_id for p in dossier.plaatsingen if p.tot is None or p.tot > vanaf}:
        dagen = _family_days(gezinnen[gezin_id], catalogus, vanaf)
        later |= {dag for dag in dagen if dag is not None and dag > vanaf}
    later.update(catalogus.changes_after(vanaf))
    return [vanaf, *sorted(later)]


def _child_days(dossier: Dossier, vanaf: date) -> Iterator[date | None]:
    yield birthday(dossier.geboortedatum, ADULT_AGE)
    yield from _ends(dossier.maatregelen)
    for signaal in dossier.signalen:
        yield signaal.bekend_geworden_op
        yield signaal.gemeld_igj_op
        yield signaal.conclusie_op
    for uitzondering in dossier.uitzonderingen:
        yield uitzondering.van
        yield add_days(uitzondering.herzien_uiterlijk, 1)
        yield add_days(uitzondering.van, GESPREK_DAGEN + 1)
    yield from _opvolging_days(dossier)
    for plaatsing in dossier.plaatsingen:
        yield from _later(plaatsing.kindgesprekken, vanaf)
        yield from _later(plaatsing.veiligheidschecks, vanaf)
        yield from _later(plaatsing.huisbezoeken, vanaf)
    yield from _later(dossier.casuistiekbesprekingen, vanaf)
    yield from _later(dossier.ontwikkelbeelden, vanaf)
    yield from _later(dossier.hulpverleningsplannen, vanaf)
    yield from _later(dossier.vertrouwenspersonen, vanaf)
    yield from _later(dossier.pleegoudervoogdgesprekken, vanaf)


def _opvolging_days(dossier: Dossier) -> Iterator[date | None]:
    for aanleiding in aanleidingen(dossier, date.max):
        yield add_months(aanleiding.k, GETOOND_MAANDEN)
    yield from (stap.datum for stap in dossier.opvolgstappen)
    yield from (stap.datum for stap in dossier.meldcodestappen)
    for actie in dossier.acties:
        yield actie.datum
        yield actie.gedaan_op


def _family_days(gezin: Gezin, catalogus: Catalogus, vanaf: date) -> Iterator[date | None]:
    # The child's own too. While it is there, whoever comes or leaves is in the same run; but pleegzorg may end.
    yield from _ends(gezin.plaatsingen)
    yield gezin.pleegcontract_op
    yield from _later(gezin.evaluaties, vanaf)
    vooraf = {
        (norm.number("leeftijd"), norm.number("dagen_vooraf"))
        for norm in catalogus.versies
        if norm.code == NormCode.VGB_12
    }
    for lid in gezin.gezinsleden:
        yield lid.inwonend_sinds
        yield lid.inwonend_tot
        yield from _later(lid.vgbs, vanaf)
        for leeftijd, dagen in vooraf:
            yield add_days(birthday(lid.geboortedatum, leeftijd), -dagen)


def _ends(perioden: Iterable[Looptijd]) -> Iterator[date | None]:
    for periode in perioden:
        yield periode.van
        yield periode.tot


def _later(feiten: Sequence[Gedateerd], vanaf: date) -> Iterator[date]:
    for i in range(count_upto(feiten, vanaf), len(feiten)):
        yield feiten[i].datum
