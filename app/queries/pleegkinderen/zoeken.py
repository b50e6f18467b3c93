"""The search for a child or a family, and who looks like another; always through the actor's scope."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import BigInteger, Date, LargeBinary, any_, bindparam, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Reach, Scope, scope_of
from app.access.scope import scope_parameters, visible_pleegkinderen
from app.db.rows import Regel, Rows
from app.db.statement import FastStatement, Row
from app.lib.naamvorm import has_words, same_naam, words_asked
from app.models import Pleeggezin, Pleegkind, Samenvoeging
from app.models.soorten import SOORTEN
from app.models.versions import holds
from app.queries.feiten.regels import FeitRegel, feit_select, shown
from app.queries.pleeggezinnen import visible_pleeggezinnen
from app.queries.pleegkinderen.lijst import COLUMNS, ORDER, show_stored
from app.queries.samenvoegingen import others_of


@lru_cache(maxsize=8)
def _names(scope: Scope) -> FastStatement:
    """Build the names of all children in scope; also of those that can only be read still."""
    return FastStatement(
        select(Pleegkind.feit_id, Pleegkind.roepnaam, Pleegkind.achternaam, Pleegkind.nummer).where(
            holds(Pleegkind), visible_pleegkinderen(scope, Reach.READ)
        )
    )


@lru_cache(maxsize=8)
def _other_names(scope: Scope) -> FastStatement:
    """Build the names by which children in scope were known in a file that went up in theirs."""
    seen = select(Pleegkind.feit_id).where(holds(Pleegkind), visible_pleegkinderen(scope, Reach.READ))
    other = others_of(Samenvoeging.pleegkind_id, Pleegkind.roepnaam, Pleegkind.achternaam, Pleegkind.nummer)
    return FastStatement(other.where(Samenvoeging.pleegkind_id.in_(seen)))


@lru_cache(maxsize=16)
def _search(scope: Scope, *, by_bsn: bool) -> Rows:
    """Build the search: by blind index of the BSN, or the children that a name was found to be of."""
    statement = select(*(getattr(Pleegkind, name) for name in COLUMNS)).where(
        holds(Pleegkind), visible_pleegkinderen(scope, Reach.READ)
    )
    if by_bsn:
        one_of = bindparam("bsn_indexes", type_=ARRAY(LargeBinary))
        gone = others_of(Samenvoeging.pleegkind_id).where(Pleegkind.bsn_index == any_(one_of)).correlate(None)
        return statement.where(or_(Pleegkind.bsn_index == any_(one_of), Pleegkind.feit_id.in_(gone))).limit(2)
    return (
        statement.where(Pleegkind.feit_id == any_(bindparam("gevonden", type_=ARRAY(BigInteger))))
        .order_by(*(getattr(Pleegkind, name) for name in ORDER))
        .limit(bindparam("_limit", type_=BigInteger))
    )


def search_pleegkinderen(
    session: Session,
    actor: Actor,
    *,
    naam: str | None,
    bsn_indexes: Sequence[bytes] | None,
    vandaag: date,
    limit: int = 50,
    with_oordelen: bool = False,
) -> list[Regel]:
    """Return the children in scope with that BSN, or with those words in their name or nummer; at most ``limit``."""
    who = scope_parameters(actor, vandaag)
    by_bsn = bsn_indexes is not None
    found = [] if by_bsn else _named(session, actor, who, words_asked(naam or ""))
    parameters = {**who, "gevonden": found, "bsn_indexes": bsn_indexes, "_limit": limit}
    rows = [tuple(row) for row in session.execute(_search(scope_of(actor), by_bsn=by_bsn), parameters)]
    return show_stored(session, actor, rows, vandaag, with_oordelen=with_oordelen)


def _named(session: Session, actor: Actor, who: Regel, words: Sequence[str]) -> list[int]:
    """Return the feit_ids of the children in scope with the words in name or nummer, also of their other file."""
    scope = scope_of(actor)
    return [key for names in (_names, _other_names) for key in _with_words(names(scope).rows(session, **who), words)]


def _with_words(children: Sequence[Row], words: Sequence[str]) -> list[int]:
    """Return the feit_ids of those whose name has all the words, or whose nummer; nobody without any words."""
    if not words:
        return []
    nummer = _as_nummer("".join(words))
    return [
        key
        for key, roepnaam, achternaam, own in children
        if has_words(roepnaam, achternaam, words) or (nummer and nummer in _as_nummer(own))
    ]


@lru_cache(maxsize=8)
def _family_names(scope: Scope) -> FastStatement:
    """Build the names of all families in scope, as those of children without a first name."""
    return FastStatement(
        select(Pleeggezin.feit_id, literal(""), Pleeggezin.naam, Pleeggezin.nummer).where(
            holds(Pleeggezin), visible_pleeggezinnen(scope, few=False)
        )
    )


@lru_cache(maxsize=8)
def _families(scope: Scope) -> Rows:
    return (
        feit_select(Pleeggezin)
        .where(
            Pleeggezin.feit_id == any_(bindparam("gevonden", type_=ARRAY(BigInteger))),
            holds(Pleeggezin),
            visible_pleeggezinnen(scope),
        )
        .order_by(Pleeggezin.naam, Pleeggezin.nummer)
        .limit(bindparam("_limit", type_=BigInteger))
    )


def search_pleeggezinnen(session: Session, actor: Actor, naam: str, vandaag: date, limit: int = 50) -> list[FeitRegel]:
    """Return the families in scope with those words in their name, or with that nummer; at most ``limit``.

    They are the same as those in the list of families: where the actor may place a child.
    """
    scope, who = scope_of(actor), scope_parameters(actor, vandaag)
    found = _with_words(_family_names(scope).rows(session, **who), words_asked(naam))
    rows = session.execute(_families(scope), {**who, "gevonden": found, "_limit": limit}).mappings().all()
    return [shown(session, actor, SOORTEN["pleeggezin"], row, vandaag) for row in rows]


def _as_nummer(text: str) -> str:
    """Return what is compared of a nummer; nothing for what has no digit, which is a name."""
    plain = "".join(one for one in text.casefold() if one.isalnum())
    return plain if any(one.isdigit() for one in plain) else ""


_SAME_BIRTHDAY = FastStatement(
    select(Pleegkind.feit_id, Pleegkind.roepnaam, Pleegkind.achternaam).where(
        Pleegkind.organisatie_id == bindparam("organisatie", type_=BigInteger),
        Pleegkind.geboortedatum == bindparam("geboortedatum", type_=Date),
        holds(Pleegkind),
    )
)


def list_look_alikes(
    session: Session, organisatie_id: int, roepnaam: str, achternaam: str, geboortedatum: date
) -> list[int]:
    """Return the feit_ids of the children of an organisatie, seen or not, with the same name and date of birth."""
    wanted = same_naam(roepnaam, achternaam)
    born = _SAME_BIRTHDAY.rows(session, organisatie=organisatie_id, geboortedatum=geboortedatum)
    return [key for key, roep, achter in born if same_naam(roep, achter) == wanted]
