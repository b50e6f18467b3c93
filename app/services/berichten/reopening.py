"""What had lapsed because something was done about it is asked again when that is corrected or taken back.

It is done in the transaction of the correction. What was sent stays sent: nobody hears the same twice.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, null, or_, select, update
from sqlalchemy.orm import Session

from app.models import Bericht, Bezorging, Feit, Gebeurtenis, Meldcodestap, Opvolgstap, Signaal, Vgb
from app.models.feiten.opvolgstap import AANLEIDING
from app.models.soorten import SOORTEN
from app.terms import Berichtafloop, Berichtreden, Bezorgafloop

_LAPSED: Final = Bericht.afloop == Berichtafloop.VERVALLEN
#: every reason but that of the week: those are about a fact, and are looked up by it
_OF_FACTS: Final = tuple(reden for reden in Berichtreden if reden is not Berichtreden.WEEKBERICHT)


def reopen(session: Session, current: Feit, nu: datetime) -> None:
    """Let it be asked again whether what lapsed about a fact, or about what it is a step of, must be heard.

    Args:
        session: the transaction that replaces or withdraws it.
        current: the version that is replaced: what it said may have been why nobody had to hear.
        nu: the moment of recording.
    """
    about = _messages_about(current)
    if about is None:
        return
    # Whatever its outcome by now: a round that just looked at it is waited for, and its outcome is undone.
    open_again = {name: case((_LAPSED, null()), else_=getattr(Bericht, name)) for name in ("afgehandeld_op", "afloop")}
    keys = session.scalars(update(Bericht).where(about).values(open_again).returning(Bericht.id)).all()
    again = {"afloop": None, "afgehandeld_op": None, "volgende_op": nu, "pogingen": 0, "fout": None}
    for table in (Bezorging, Gebeurtenis) if keys else ():
        session.execute(
            update(table).where(table.bericht_id.in_(keys), table.afloop == Bezorgafloop.VERVALLEN).values(again)
        )


def _messages_about(current: Feit) -> ColumnElement[bool] | None:
    """Return which messages a version may have made lapse; None when it can have made none."""
    own, soort = Bericht.organisatie_id == current.organisatie_id, current.__tablename__
    parts = [(soort, current.uid)] if soort in SOORTEN and SOORTEN[soort].kondigt_aan else []
    done_about = _DONE_ABOUT.get(soort)
    parts += [] if done_about is None else done_about(current)
    if not parts:
        return None
    of_fact = (_is_about(kind, uid) for kind, uid in parts)
    return and_(own, Bericht.reden.in_(_OF_FACTS), or_(*of_fact))


def _is_about(soort: str, uid: Any) -> ColumnElement[bool]:
    return and_(Bericht.feit_soort == soort, Bericht.feit_uid.in_(uid if isinstance(uid, Select) else [uid]))


def _of_opvolgstap(current: Any) -> list[tuple[str, Any]]:
    named = ((kolom.removesuffix("_id"), getattr(current, kolom)) for kolom in AANLEIDING)
    return [(soort, _uid_of(SOORTEN[soort].model, key)) for soort, key in named if key is not None]


def _of_meldcodestap(current: Any) -> list[tuple[str, Any]]:
    return [(Signaal.__tablename__, _uid_of(Signaal, current.signaal_id))]


def _of_vgb(current: Any) -> list[tuple[str, Any]]:
    """A VGB that was given again made that it was taken away heard by nobody."""
    same = select(Vgb.uid).where(Vgb.organisatie_id == current.organisatie_id, Vgb.gezinslid_id == current.gezinslid_id)
    return [(Vgb.__tablename__, same)]


def _uid_of(model: type[Feit], feit_id: int) -> Select[Any]:
    return select(model.uid).where(model.id == feit_id)


#: kind → what it may be that was done, and about what
_DONE_ABOUT: Final[Mapping[str, Callable[[Any], list[tuple[str, Any]]]]] = {
    Opvolgstap.__tablename__: _of_opvolgstap,
    Meldcodestap.__tablename__: _of_meldcodestap,
    Vgb.__tablename__: _of_vgb,
}
