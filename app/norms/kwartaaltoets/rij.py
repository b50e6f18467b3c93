"""One child in a quarterly audit: which plaatsing, which day, and what the rule says then.

Source: ``normen.md`` §6. Keys stay the caller's; ``app.queries.kwartaaltoetsen`` gives them their outside names.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from app.norms.calendar import add_days, add_months, is_active
from app.norms.feiten import Dossier, Gezin, Plaatsing
from app.norms.gesprek import counts
from app.norms.gezin import Gezinscache
from app.norms.judge import Oordeel, judge
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.norms.opvolging import Aanleiding, aanleidingen, first_stap, stap_deadline
from app.norms.standen import worst
from app.norms.uitzondering import is_active_zichtplan
from app.norms.versies.catalogue import Catalogus
from app.norms.versies.versie import TWEEDE_CATALOGUS
from app.terms import NormCode, OnderwerpSoort, OpvolgstapSoort, PlaatsingVorm, Stand, Zwaarte

#: what WSS tests every quarter
CRITERIA = (NormCode.KAG_R, NormCode.VC_J, NormCode.MDO)
PERIODE_MAANDEN = 4
TERUGBLIK_MAANDEN = 24
VOLTIJD = frozenset({PlaatsingVorm.VOLTIJD, PlaatsingVorm.CRISIS})


#: the table of a fact, and its key
Feitsleutel = tuple[str, int]


class Toetsaanleiding(NamedTuple):
    """An aanleiding of the quarter: its last days, and the first overleg and besluit.

    All of it as it was known and dated up to the quarter's last day: what is recorded afterwards is not in it (ADR 35).
    """

    aanleiding: Aanleiding
    overleg_uiterlijk: date
    overleg_op: date | None
    besluit_uiterlijk: date
    besluit_op: date | None


class Toetsrij(NamedTuple):
    """What the facts say of one child in a quarter.

    Attributes:
        pleegkind_id: the child.
        plaatsing: the row's plaatsing.
        peildatum: the row's day of judgement.
        geplaatst_op_kwartaaleinde: whether that plaatsing is active on the quarter's last day.
        maatregelen: the kinds that hold on the peildatum, in alphabetical order.
        criteria: KAG-R, VC-J and MDO; None for one that does not apply.
        oordelen: every other judgement of this plaatsing, child and family.
        kindperiodes: how many child-periods, and how many with a counting talk.
        nooit_gezien: no counting talk in the row's plaatsing.
        zichtplan: whether an approved one is active on the peildatum; None in a quarter before the second catalogue.
        aanleidingen: those of the quarter, whatever the row's peildatum; none before the second catalogue.
    """

    pleegkind_id: int
    plaatsing: Plaatsing
    peildatum: date
    geplaatst_op_kwartaaleinde: bool
    maatregelen: tuple[str, ...]
    criteria: Mapping[NormCode, Oordeel | None]
    oordelen: Sequence[Oordeel]
    kindperiodes: tuple[int, int]
    nooit_gezien: bool
    zichtplan: bool | None
    aanleidingen: Sequence[Toetsaanleiding]

    @property
    def navolgbaar(self) -> bool:
        """Whether no criterion is te_laat with zwaarte norm."""
        return not any(is_violation(oordeel) for oordeel in self.criteria.values())

    @property
    def met_uitzondering(self) -> bool:
        """Whether a criterion is in uitzondering and the row is navolgbaar all the same."""
        covered = any(o is not None and o.stand is Stand.UITZONDERING for o in self.criteria.values())
        return covered and self.navolgbaar

    @property
    def vgb_stand(self) -> Stand | None:
        """The worst VGB-T stand of the family; None when none applies."""
        return worst({o.stand for o in self.oordelen if o.norm.code is NormCode.VGB_T})

    @property
    def zien(self) -> Oordeel | None:
        """Whether the child was seen in the row's plaatsing; None where that is not asked."""
        return next((o for o in self.oordelen if o.norm.code is NormCode.ZIEN), None)

    @property
    def opvolging_stand(self) -> Stand | None:
        """The worst stand of what somebody must act on; None when there is nothing."""
        return worst({o.stand for o in self.oordelen if o.is_opvolging})


def is_violation(oordeel: Oordeel | None) -> bool:
    """Tell whether a criterion makes its row not navolgbaar; one that does not apply never does."""
    return oordeel is not None and oordeel.stand is Stand.TE_LAAT and oordeel.zwaarte is Zwaarte.NORM


def first_day_needed(kwartaal: Kwartaal) -> date:
    """Return the day from which the events of plaatsingen are needed: child-periods look back 24 months."""
    return add_months(kwartaal.eerste_dag, -TERUGBLIK_MAANDEN)


def choose_plaatsing(dossier: Dossier, nummers: Mapping[int, str], kwartaal: Kwartaal) -> Plaatsing | None:
    """Return the plaatsing that the child's row is about; None when none was active in the quarter.

    Voltijd or crisis before deeltijd, then the latest van, then the highest nummer.
    """
    active = [p for p in dossier.plaatsingen if _in_quarter(p, kwartaal)]
    return max(active, key=lambda p: (p.vorm in VOLTIJD, p.van, nummers[p.id]), default=None)


def _in_quarter(plaatsing: Plaatsing, kwartaal: Kwartaal) -> bool:
    """Tell whether a plaatsing was active on at least one day of the quarter."""
    last = kwartaal.laatste_dag if plaatsing.tot is None else min(kwartaal.laatste_dag, add_days(plaatsing.tot, -1))
    return max(plaatsing.van, kwartaal.eerste_dag) <= last


def peildatum_of(plaatsing: Plaatsing, kwartaal: Kwartaal) -> date:
    """Return the row's day: the quarter's last, or the plaatsing's last when that is earlier."""
    if plaatsing.tot is None:
        return kwartaal.laatste_dag
    return min(kwartaal.laatste_dag, add_days(plaatsing.tot, -1))


def audit_kind(
    dossier: Dossier,
    gezinnen: Mapping[int, Gezin],
    catalogus: Catalogus,
    plaatsing: Plaatsing,
    kwartaal: Kwartaal,
    cache: Gezinscache | None = None,
) -> Toetsrij:
    """Return the row of a child.

    Args:
        dossier: its facts, with the events of plaatsingen since ``first_day_needed``.
        gezinnen: the families of its plaatsingen by id.
        catalogus: the norms of the organisation.
        plaatsing: from ``choose_plaatsing``.
        kwartaal: the quarter.
        cache: shares family findings between children; for one catalogue and one moment of knowledge only.
    """
    peildatum = peildatum_of(plaatsing, kwartaal)
    own = _own_subjects(dossier, plaatsing, gezinnen[plaatsing.pleeggezin_id])
    checks = {check.id for check in plaatsing.veiligheidschecks}
    second = kwartaal.eerste_dag >= TWEEDE_CATALOGUS
    oordelen = [
        oordeel for oordeel in judge(dossier, gezinnen, catalogus, peildatum, cache) if _is_of_row(oordeel, own, checks)
    ]
    criteria: dict[NormCode, Oordeel | None] = dict.fromkeys(CRITERIA)
    criteria |= {oordeel.norm.code: oordeel for oordeel in oordelen if oordeel.norm.code in criteria}
    return Toetsrij(
        pleegkind_id=dossier.id,
        plaatsing=plaatsing,
        peildatum=peildatum,
        geplaatst_op_kwartaaleinde=is_active(plaatsing.van, plaatsing.tot, kwartaal.laatste_dag),
        maatregelen=_maatregelen(dossier, peildatum),
        criteria=criteria,
        oordelen=[oordeel for oordeel in oordelen if oordeel.norm.code not in criteria],
        kindperiodes=count_kindperiodes(dossier.plaatsingen, peildatum),
        nooit_gezien=not any(counts(gesprek, plaatsing, peildatum) for gesprek in plaatsing.kindgesprekken),
        zichtplan=any(is_active_zichtplan(u, peildatum) for u in dossier.uitzonderingen) if second else None,
        aanleidingen=list_aanleidingen(dossier, catalogus, kwartaal) if second else (),
    )


def list_feiten_of_opvolging(dossier: Dossier, kwartaal: Kwartaal) -> Iterator[Feitsleutel]:
    """Yield what the aanleidingen of a quarter rest on: the facts that are one, and every step about those."""
    about = {(one.soort, one.id) for one in _of_quarter(dossier, kwartaal)}
    if not about:
        return
    yield from ((soort.value, key) for soort, key in about)
    steps = dossier.opvolgstappen
    yield from (("opvolgstap", one.id) for one in steps if (one.aanleiding_soort, one.aanleiding_id) in about)
    signalen = {key for soort, key in about if soort is OnderwerpSoort.SIGNAAL}
    yield from (("meldcodestap", one.id) for one in dossier.meldcodestappen if one.signaal_id in signalen)


def _of_quarter(dossier: Dossier, kwartaal: Kwartaal) -> list[Aanleiding]:
    return [one for one in aanleidingen(dossier, kwartaal.laatste_dag) if one.k >= kwartaal.eerste_dag]


def list_aanleidingen(
    dossier: Dossier, catalogus: Catalogus, kwartaal: Kwartaal, later: AbstractSet[Feitsleutel] = frozenset()
) -> list[Toetsaanleiding]:
    """Return the aanleidingen with k in the quarter, by day, as they stood on its last day.

    Args:
        dossier: the child's facts.
        catalogus: the norms of the organisation.
        kwartaal: the quarter.
        later: which of ``list_feiten_of_opvolging`` nobody had recorded yet on the quarter's last day: an aanleiding
            of those is not one of the quarter, a step not one that was taken.
    """
    last, normen = kwartaal.laatste_dag, catalogus.in_force(kwartaal.laatste_dag)
    found = [one for one in _of_quarter(dossier, kwartaal) if (one.soort.value, one.id) not in later]
    known = dossier._replace(
        opvolgstappen=[one for one in dossier.opvolgstappen if ("opvolgstap", one.id) not in later],
        meldcodestappen=[one for one in dossier.meldcodestappen if ("meldcodestap", one.id) not in later],
    )

    def day_of(een: Aanleiding, stap: OpvolgstapSoort) -> date | None:
        gezet = first_stap(known, een, stap, last)
        return None if gezet is None else gezet.datum

    return [
        Toetsaanleiding(
            een,
            stap_deadline(een, normen[NormCode.OPV_O]),
            day_of(een, OpvolgstapSoort.OVERLEG),
            stap_deadline(een, normen[NormCode.OPV_B]),
            day_of(een, OpvolgstapSoort.BESLUIT),
        )
        for een in sorted(found, key=lambda one: (one.k, one.soort, one.id))
    ]


def _is_of_row(oordeel: Oordeel, own: Mapping[OnderwerpSoort, AbstractSet[int]], checks: AbstractSet[int]) -> bool:
    """Tell whether a judgement is not of a plaatsing in deeltijd beside the row's, or of the family there."""
    if oordeel.norm.code is NormCode.OPV_H and oordeel.onderwerp_id not in checks:
        return False
    return oordeel.onderwerp_soort not in own or oordeel.onderwerp_id in own[oordeel.onderwerp_soort]


def _own_subjects(dossier: Dossier, plaatsing: Plaatsing, gezin: Gezin) -> dict[OnderwerpSoort, frozenset[int]]:
    """Return the subjects that a row speaks about; any other, such as a signaal, is always the child's own."""
    return {
        OnderwerpSoort.PLEEGKIND: frozenset({dossier.id}),
        OnderwerpSoort.PLAATSING: frozenset({plaatsing.id}),
        OnderwerpSoort.PLEEGGEZIN: frozenset({gezin.id}),
        OnderwerpSoort.GEZINSLID: frozenset(lid.id for lid in gezin.gezinsleden),
    }


def _maatregelen(dossier: Dossier, peildatum: date) -> tuple[str, ...]:
    return tuple(sorted({m.soort.value for m in dossier.maatregelen if is_active(m.van, m.tot, peildatum)}))


def count_kindperiodes(plaatsingen: Sequence[Plaatsing], peildatum: date) -> tuple[int, int]:
    """Return how many child-periods there are, and in how many of them a counting talk is dated.

    A period is [m(P, 4i), m(P, 4(i+1))) of a voltijd or crisis plaatsing, wholly within it, that ended on or before
    the peildatum but after m(peildatum, -24). Three talks in one month fill one of them.
    """
    total = seen = 0
    for plaatsing in plaatsingen:
        if plaatsing.vorm not in VOLTIJD:
            continue
        dagen = [g.datum for g in plaatsing.kindgesprekken if counts(g, plaatsing, peildatum)]
        for begin, einde in _periodes(plaatsing, peildatum):
            total += 1
            seen += any(begin <= dag < einde for dag in dagen)
    return total, seen


def _periodes(plaatsing: Plaatsing, peildatum: date) -> Iterator[tuple[date, date]]:
    since = add_months(peildatum, -TERUGBLIK_MAANDEN)
    last = peildatum if plaatsing.tot is None else min(peildatum, plaatsing.tot)
    step = max(0, (since.year - plaatsing.van.year) * 12 + since.month - plaatsing.van.month) // PERIODE_MAANDEN
    begin = add_months(plaatsing.van, PERIODE_MAANDEN * max(0, step - 1))
    number = max(0, step - 1)
    while begin < date.max:
        number += 1
        einde = add_months(plaatsing.van, PERIODE_MAANDEN * number)
        if einde > last:
            return
        if einde > since:
            yield begin, einde
        begin = einde
