"""All that is given at a request for one's own file: facts, judgements, follow-up, and who looked.

What leaves this module is what may be shown: every column by its place (``app.access.dossierkolommen``), and no name of
a third party. The looks are the one part without a bound; they are read a piece at a time, twice if need be.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.reach import Reach, scope_of
from app.access.scope import is_visible, scope_parameters
from app.db.rows import Regel
from app.models import NIEMAND, ExtraInzet, ExtraInzetStap, Noodtoegang, NoodtoegangBespreking, Pleegkind, Zegel
from app.models.base import Base
from app.models.soorten import SOORTEN_VAN_KIND
from app.models.versions import newest
from app.queries.dossier.derden import weglating_of
from app.queries.dossier.geschiedenis import list_feiten_of_kind
from app.queries.dossier.inhoud import Inhoud, Toner, list_medewerkers_by_key, number_gezinnen, plain
from app.queries.inzagen import iterate_inzagen
from app.queries.samenvoegingen import leads_to_key, list_opgegaan
from app.queries.termijnen.getoond import GetoondeTermijn
from app.queries.termijnen.lijst import list_termijnen_of_kind
from app.queries.zegels.kopieen import last_seal
from app.terms import OnderwerpSoort

#: subjects of a norm that are third parties: of their judgement only how it stands is shown
_DERDEN = frozenset({OnderwerpSoort.GEZINSLID, OnderwerpSoort.PLEEGGEZIN})
#: kinds of facts that can come by themselves from a fact of a third party, and then are not given
_SOMS_VAN_DERDE = frozenset(soort.naam for soort in SOORTEN_VAN_KIND if soort.van_derde)
#: who looked by a command: which user of the operating system it was says nothing to a child
_OPDRACHT = "een opdracht op de server"


@dataclass(frozen=True, slots=True)
class Inzagevraag:
    """What was asked, as the file says it.

    Attributes:
        kop: who asked, on what ground, through whom, and when.
        reden: how the request came, in words.
        vandaag: the day on which is judged.
        weglaten: names to take out that are recorded nowhere.
        eigen_woorden: whether what the child said is shown.
    """

    kop: Mapping[str, Any]
    reden: str
    vandaag: date
    weglaten: tuple[str, ...]
    eigen_woorden: bool


@dataclass(frozen=True, slots=True)
class Inzagedossier:
    """A child's file as it is given.

    Attributes:
        inhoud: all of it but the looks.
        inzagen: opens a new pass over who looked, the last first; never a list, there may be very many.
        zegel: the last seal over the logs behind it.
        kinderen: the uids under which the child is and was recorded.
    """

    inhoud: Mapping[str, Any]
    inzagen: Callable[[], Iterator[Inhoud]]
    zegel: Zegel | None
    kinderen: tuple[UUID, ...]


def find_pleegkind(session: Session, actor: Actor, nummer: str, vandaag: date) -> Pleegkind | None:
    """Return the newest version of the child to whose file a nummer leads, if the actor may see it; also withdrawn."""
    named = aliased(Pleegkind)
    key = select(named.feit_id).where(
        named.nummer == nummer, named.organisatie_id == actor.organisatie_id, newest(named)
    )
    visible = is_visible(scope_of(actor), Reach.READ)
    stays = Pleegkind.feit_id == leads_to_key(key.scalar_subquery())
    statement = select(Pleegkind).where(stays, newest(Pleegkind), visible)
    return session.scalars(statement, scope_parameters(actor, vandaag)).one_or_none()


def gather_inzagedossier(session: Session, actor: Actor, kind: Pleegkind, vraag: Inzagevraag) -> Inzagedossier:
    """Return a child's file.

    Args:
        session: in one snapshot, open for as long as the looks are read.
        actor: who handles the request, and may see the child.
        kind: the child.
        vraag: what was asked.
    """
    opgegaan = list_opgegaan(session, kind.feit_id)
    keys = [kind.feit_id, *(one.feit_id for one in opgegaan)]
    toner = Toner(
        weglating_of(session, actor.organisatie_id, keys, vraag.weglaten),
        list_medewerkers_by_key(session, actor.organisatie_id),
        number_gezinnen(session, keys),
        vraag.eigen_woorden,
    )
    opened = list(_noodtoegangen(session, keys, toner))
    feiten = list_feiten_of_kind(session, keys, toner)
    termijnen = _told(list_termijnen_of_kind(session, actor, kind.feit_id, vraag.vandaag), feiten)
    inhoud = {
        **vraag.kop,
        "reden": toner.weglating.clean(vraag.reden),
        "pleegkind": {**_named(kind, toner), "opgegaan": [_named(one, toner) for one in opgegaan]},
        "eigenWoorden": vraag.eigen_woorden,
        "feiten": feiten,
        "oordelen": [_oordeel(item) for item in termijnen],
        "extraInzetten": list(_extra_inzetten(session, keys, toner)),
        "noodtoegangen": [shown for shown, _ in opened],
    }
    periods = [period for _, period in opened]
    uids = (kind.uid, *(one.uid for one in opgegaan))
    return Inzagedossier(
        inhoud,
        lambda: _inzagen(session, actor, uids, toner, periods),
        last_seal(session, actor.organisatie_id),
        uids,
    )


def _named(kind: Pleegkind, toner: Toner) -> Inhoud:
    """Return under which name and nummer a file is or was the child's."""
    return {
        "id": str(kind.uid),
        "nummer": toner.weglating.clean(kind.nummer),
        **{name: plain(getattr(kind, name)) for name in ("roepnaam", "achternaam", "geboortedatum")},
    }


def _told(termijnen: Sequence[GetoondeTermijn], feiten: Sequence[Inhoud]) -> Iterator[GetoondeTermijn]:
    """Yield the judgements without those about what came from a fact of a third party and so is not given."""
    given = {feit["id"] for feit in feiten}
    for item in termijnen:
        over = item.oordeel.onderwerp_soort.value, item.oordeel.onderwerp_id
        if over[0] not in _SOMS_VAN_DERDE or str(item.ids[over]) in given:
            yield item


def _oordeel(item: GetoondeTermijn) -> Inhoud:
    oordeel, uitleg = item.oordeel, item.uitleg
    shown: Inhoud = {
        "norm": oordeel.norm.code.value,
        "naam": oordeel.norm.naam,
        "zwaarte": oordeel.zwaarte.value,
        "onderwerp": oordeel.onderwerp_soort.value,
        "stand": oordeel.stand.value,
        "bron": oordeel.norm.bron,
    }
    if oordeel.onderwerp_soort in _DERDEN or uitleg is None:
        return {**shown, **dict.fromkeys(("uiterlijk", "teLaatSinds", "dagenTeLaat", "laatste", "uitleg"))}
    return {
        **shown,
        "uiterlijk": plain(oordeel.uiterlijk),
        "teLaatSinds": plain(oordeel.te_laat_sinds),
        "dagenTeLaat": oordeel.dagen_te_laat,
        "laatste": plain(oordeel.laatste.datum) if oordeel.laatste else None,
        "uitleg": {
            "regel": uitleg.regel,
            "teldenNiet": [
                {"soort": one.soort, "datum": plain(one.datum), "reden": one.reden} for one in uitleg.telden_niet
            ],
            "uitzondering": uitleg.uitzondering,
        },
    }


def _extra_inzetten(session: Session, kinderen: Sequence[int], toner: Toner) -> Iterator[Inhoud]:
    """Yield the extra inzet for a child with its steps, the newest first."""
    mine = select(ExtraInzet).where(ExtraInzet.pleegkind_id.in_(kinderen))
    for one in session.scalars(mine.order_by(ExtraInzet.aangemaakt_op.desc(), ExtraInzet.id.desc())):
        steps = select(ExtraInzetStap).where(ExtraInzetStap.extra_inzet_id == one.id).order_by(ExtraInzetStap.nummer)
        shown = [toner.show("extra_inzet_stap", _row(step)) for step in session.scalars(steps)]
        yield {**toner.show("extra_inzet", _row(one)), "stappen": shown}


@dataclass(frozen=True, slots=True)
class _Geopend:
    """When somebody had a file open with a reason."""

    medewerker: Any
    van: datetime
    tot: datetime
    reden: str


def _noodtoegangen(session: Session, kinderen: Sequence[int], toner: Toner) -> Iterator[tuple[Inhoud, _Geopend]]:
    """Yield each time that the file was opened with a reason, the last first."""
    statement = (
        select(Noodtoegang, NoodtoegangBespreking)
        .outerjoin(NoodtoegangBespreking, NoodtoegangBespreking.noodtoegang_id == Noodtoegang.id)
        .where(Noodtoegang.pleegkind_id.in_(kinderen))
        .order_by(Noodtoegang.geopend_op.desc(), Noodtoegang.id.desc())
    )
    found: Any = session.execute(statement)  # the outer join gives None where nobody talked about it
    for one, talk in found:
        shown = toner.show("noodtoegang", _row(one))
        bespreking = toner.show("noodtoegang_bespreking", _row(talk)) if talk else None
        who = toner.medewerkers.get(one.medewerker_id)
        yield {**shown, "bespreking": bespreking}, _Geopend(who, one.geopend_op, one.geldig_tot, shown["reden"])


def _inzagen(
    session: Session, actor: Actor, kinderen: Sequence[UUID], toner: Toner, opened: list[_Geopend]
) -> Iterator[Inhoud]:
    """Yield every look at which the child was shown, the last first."""
    return (_inzage(row, toner, opened) for row in iterate_inzagen(session, actor, kinderen))


def _inzage(row: Regel, toner: Toner, opened: list[_Geopend]) -> Inhoud:
    """Return one look; the name of whoever does not work at the organisatie is a third party's."""
    who = toner.medewerkers.get(row["medewerker"])
    shown = {**toner.show("inzage", {**row, "naam": row["medewerker"]}), **toner.show("inzage_afloop", row)}
    naam = plain(row["naam"]) if who is not None else shown["naam"]["naam"]
    if row["medewerker"] == NIEMAND:
        naam = _OPDRACHT
    redenen = [
        one.reden for one in opened if who is not None and one.medewerker is who and one.van <= row["op"] < one.tot
    ]
    return {**shown, "op": plain(row["op"]), "naam": naam, "redenNoodtoegang": redenen if row["noodtoegang"] else []}


def _row(entity: Base) -> dict[str, Any]:
    return {column.key: getattr(entity, column.key) for column in entity.__table__.columns}
