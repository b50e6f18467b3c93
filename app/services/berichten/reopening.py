"""What had lapsed is asked again when that because of which it lapsed is corrected or taken back, by whatever door.

It is done in the transaction of the correction. What was sent stays sent: nobody hears the same twice. When another has
a child than was said, also what was heard by then is asked again: who has it now hears what is still open.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    Uuid,
    and_,
    any_,
    case,
    cast,
    func,
    null,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.orm import Session, aliased

from app.clock import start_of_day
from app.models import (
    Begeleiding,
    Bericht,
    Bezorging,
    Feit,
    Gebeurtenis,
    Gezinslid,
    Kindgesprek,
    Meldcodestap,
    Opvolgstap,
    Plaatsing,
    Signaal,
    Uitzondering,
    Veiligheidscheck,
    Vgb,
)
from app.models.feiten.opvolgstap import AANLEIDING
from app.models.soorten import SOORTEN
from app.models.versions import holds
from app.services.berichten.aankondigen import morning_of
from app.terms import Berichtafloop, Berichtreden, Bezorgafloop

_LAPSED: Final = Bericht.afloop == Berichtafloop.VERVALLEN
#: every reason but that of the week: those are about a fact, and are looked up by it
_OF_FACTS: Final = tuple(reden for reden in Berichtreden if reden is not Berichtreden.WEEKBERICHT)
#: the kinds of those facts
_SOORTEN: Final = tuple(naam for naam, soort in SOORTEN.items() if soort.kondigt_aan)


def reopen(session: Session, current: Feit, nu: datetime) -> None:
    """Let it be asked again whether what lapsed because of a fact must be heard.

    Args:
        session: the transaction that replaces or withdraws it.
        current: the version that is replaced: what it said may have been why nobody had to hear.
        nu: the moment of recording.
    """
    _reopen(session, current.organisatie_id, type(current), [current.id], nu)


def reopen_many(
    session: Session, organisatie_id: int, model: type[Feit], replaced: Sequence[int], nu: datetime
) -> None:
    """Do the same for many at once, which nobody announces: an import corrects them, or is taken back.

    When something is late may follow from what they said: what waits for its day is asked now, and then waits for the
    day that the rule says.

    Args:
        session: the transaction that replaces or withdraws them.
        organisatie_id: whose they are.
        model: their kind.
        replaced: the keys of the versions that are replaced.
        nu: the moment of recording.
    """
    keys = _reopen(session, organisatie_id, model, replaced, nu)
    waits = (Bericht.reden == Berichtreden.OPVOLGING_LAAT, Bericht.afloop.is_(None), Bericht.vanaf > nu)
    if keys and model.__tablename__ in _SOORTEN:
        session.execute(update(Bericht).where(_among(Bericht.id, keys), *waits).values(vanaf=nu))


def reopen_begun(session: Session, organisatie_id: int, vandaag: date) -> None:
    """Let be asked again this morning what was heard before today, of each child that somebody has from today on.

    However that was recorded; a second time on the same day asks nothing again. The caller commits.
    """
    begun = and_(Begeleiding.organisatie_id == organisatie_id, Begeleiding.van == vandaag, holds(Begeleiding))
    before = Bericht.afgehandeld_op < start_of_day(vandaag)
    again = {"afloop": None, "afgehandeld_op": None, "vanaf": morning_of(vandaag)}
    session.execute(update(Bericht).where(*_among_facts(organisatie_id, _of_begeleiding(begun)), before).values(again))


def _among_facts(organisatie_id: int, about: Sequence[Select[Any]]) -> tuple[ColumnElement[bool], ...]:
    """Return what holds for the messages about facts, which are given by their uid."""
    uids = func.array(union_all(*about).scalar_subquery(), type_=ARRAY(Uuid)).any_()
    kinds = (Bericht.reden.in_(_OF_FACTS), Bericht.feit_soort.in_(_SOORTEN))
    return (Bericht.organisatie_id == organisatie_id, *kinds, Bericht.feit_uid == uids)


def _reopen(
    session: Session, organisatie_id: int, model: type[Feit], replaced: Sequence[int], nu: datetime
) -> Sequence[int]:
    """Open again what lapsed, and return the keys of all messages that it may be about."""
    about = _facts_about(model, replaced)
    if not about:
        return []
    lapsed = true() if model is Begeleiding else _LAPSED
    # Whatever its outcome by now: a round that just looked at it is waited for, and its outcome is undone.
    open_again = {name: case((lapsed, null()), else_=getattr(Bericht, name)) for name in ("afgehandeld_op", "afloop")}
    statement = update(Bericht).where(*_among_facts(organisatie_id, about)).values(open_again).returning(Bericht.id)
    keys = session.scalars(statement).all()
    again = {"afloop": None, "afgehandeld_op": None, "volgende_op": nu, "pogingen": 0, "fout": None}
    for table in (Bezorging, Gebeurtenis) if keys and model is not Begeleiding else ():
        on_its_way = (_among(table.bericht_id, keys), table.afloop == Bezorgafloop.VERVALLEN)
        session.execute(update(table).where(*on_its_way).values(again))
    return keys


def _facts_about(model: type[Feit], replaced: Sequence[int]) -> list[Select[Any]]:
    """Return the uids of the facts of which versions may have made a message lapse; nothing when they can have none."""
    soort, these = model.__tablename__, _among(model.id, replaced)
    own = [select(model.uid).where(these)] if soort in _SOORTEN else []
    because = _BECAUSE.get(soort)
    return own if because is None else [*own, *because(these)]


def _among(key: Any, ids: Sequence[int]) -> ColumnElement[bool]:
    among: ColumnElement[bool] = key == any_(cast(list(ids), ARRAY(BigInteger)))
    return among


def _of_opvolgstap(these: ColumnElement[bool]) -> list[Select[Any]]:
    """A step was what had to be done about a fact."""
    named = [(SOORTEN[kolom.removesuffix("_id")].model, getattr(Opvolgstap, kolom)) for kolom in AANLEIDING]
    return [select(model.uid).where(model.id.in_(select(kolom).where(these))) for model, kolom in named]


def _of_meldcodestap(these: ColumnElement[bool]) -> list[Select[Any]]:
    return [select(Signaal.uid).where(Signaal.id.in_(select(Meldcodestap.signaal_id).where(these)))]


def _of_vgb(these: ColumnElement[bool]) -> list[Select[Any]]:
    """A VGB that was given again made that it was taken away heard by nobody."""
    other = aliased(Vgb)
    return [select(other.uid).where(other.gezinslid_id.in_(select(Vgb.gezinslid_id).where(these)))]


def _of_gezinslid(these: ColumnElement[bool]) -> list[Select[Any]]:
    """Who does not live there any more needs no VGB."""
    return [select(Vgb.uid).where(Vgb.gezinslid_id.in_(select(Gezinslid.feit_id).where(these)))]


def _of_begeleiding(these: ColumnElement[bool]) -> list[Select[Any]]:
    """Who has a child hears of it."""
    theirs = select(Begeleiding.plaatsing_id).where(these)
    return _of_kinderen(select(Plaatsing.pleegkind_id).where(Plaatsing.feit_id.in_(theirs)))


def _of_child(these: ColumnElement[bool], model: type[Plaatsing | Uitzondering]) -> list[Select[Any]]:
    """Nobody hears of a child that left, nor of what an uitzondering covers."""
    return _of_kinderen(select(model.pleegkind_id).where(these))


def _of_kinderen(kinderen: Select[Any]) -> list[Select[Any]]:
    theirs, other = aliased(Plaatsing), aliased(Uitzondering)
    of_them = theirs.pleegkind_id.in_(kinderen)
    leden = select(Gezinslid.feit_id).where(Gezinslid.pleeggezin_id.in_(select(theirs.pleeggezin_id).where(of_them)))
    plaatsingen = select(theirs.feit_id).where(of_them)
    return [
        *(select(kind.uid).where(kind.plaatsing_id.in_(plaatsingen)) for kind in (Kindgesprek, Veiligheidscheck)),
        *(select(kind.uid).where(kind.pleegkind_id.in_(kinderen)) for kind in (Signaal, other)),
        select(Vgb.uid).where(Vgb.gezinslid_id.in_(leden)),
    ]


#: kind → the facts of which nobody, or somebody else, had to hear because of it
_BECAUSE: Final[Mapping[str, Callable[[ColumnElement[bool]], list[Select[Any]]]]] = {
    Begeleiding.__tablename__: _of_begeleiding,
    Opvolgstap.__tablename__: _of_opvolgstap,
    Meldcodestap.__tablename__: _of_meldcodestap,
    Vgb.__tablename__: _of_vgb,
    Gezinslid.__tablename__: _of_gezinslid,
    Plaatsing.__tablename__: lambda these: _of_child(these, Plaatsing),
    Uitzondering.__tablename__: lambda these: _of_child(these, Uitzondering),
}
