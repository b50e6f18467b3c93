"""Every way to weaken who may see what, one at a time; the matrix must turn red for each.

Three kinds: a right given or taken in ``PERMISSIONS_OF_ROL``, a condition of ``app.access.scope`` (or beside it)
loosened or tightened, and a line or cell of the table itself (``test_tabel``).
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from unittest import mock

import psycopg
from sqlalchemy import false, select, true
from sqlalchemy.orm import Session

from app.access import permissions, scope
from app.access.permissions import PERMISSIONS_OF_ROL, Permission
from app.access.policy import route_regels
from app.access.scope import Purpose, Reach, Scope
from app.db.statement import FastStatement
from app.models import Begeleiding, Medewerker, Noodtoegang, Plaatsing, Pleegkind
from app.queries import bereik, noodtoegangen, pleeggezinnen
from app.queries.feiten import regels
from app.queries.toezicht.mandaten import list_mandaten_in_force
from app.terms import Rol
from app.web import toezicht as web_toezicht
from tests.beleid.matrix import cells
from tests.beleid.verzoeken import Vraag

# Rights


@dataclass(frozen=True)
class Rechtmutant:
    """A permission that a rol has no more, or has now."""

    rol: Rol
    recht: Permission

    @property
    def taken(self) -> bool:
        return self.recht in PERMISSIONS_OF_ROL[self.rol]

    def __str__(self) -> str:
        return f"{self.rol} {'zonder' if self.taken else 'met'} {self.recht}"

    @contextmanager
    def at_work(self) -> Iterator[None]:
        changed = PERMISSIONS_OF_ROL[self.rol] ^ {self.recht}
        with mock.patch.dict(permissions.PERMISSIONS_OF_ROL, {self.rol: changed}):
            yield

    def vragen(self) -> list[Vraag]:
        """Return the cells that it can change: the routes that ask for this right, by this rol."""
        return list(cells([one for one in route_regels() if one.recht == self.recht], self.rol))


#: the first of them, one for each right, are of every rol in turn
RECHTEN = tuple(
    Rechtmutant(tuple(Rol)[(number + shift) % len(Rol)], recht)
    for shift in range(len(Rol))
    for number, recht in enumerate(Permission)
)


def features_of_recht(mutant: Rechtmutant) -> set[object]:
    """Return what a choice has once: each right, and each rol with a right more and a right less."""
    return {mutant.recht, (mutant.rol, mutant.taken)}


# Conditions


@dataclass(frozen=True)
class Mutant:
    """A condition that is not what it was.

    Attributes:
        naam: what it does.
        patches: object, attribute, and what stands there instead.
        rollen: who would notice; to ask them first.
        pad, methode: the route that shows it.
        tabel: of which every statement forgets the organisatie, whoever wrote it.
    """

    naam: str
    patches: tuple[tuple[Any, str, Any], ...]
    rollen: tuple[Rol, ...]
    pad: str = "/v1/pleegkinderen/{id}"
    methode: str = "GET"
    tabel: str = ""

    def __str__(self) -> str:
        return self.naam

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Weaken it, in statements that are built anew."""
        forget_statements()
        with ExitStack() as stack:
            for target, name, value in self.patches:
                stack.enter_context(
                    mock.patch.dict(target, {name: value})
                    if isinstance(target, dict)
                    else mock.patch.object(target, name, value)
                )
            if self.tabel:
                stack.enter_context(rewriting(rf"\b{self.tabel}(_\d+)?\.organisatie_id = %\(\w+\)s(::\w+)?"))
            try:
                yield
            finally:
                forget_statements()

    def vragen(self) -> list[Vraag]:
        """Return the cells of the route that shows it."""
        whole = list(route_regels())
        first = [one for one in whole if (one.pad, one.methode) == (self.pad, self.methode)]
        assert first, self.pad
        return [vraag for rol in self.rollen for vraag in cells(first, rol)]


def features_of_voorwaarde(mutant: Mutant) -> set[object]:
    """Return what a choice has once: each thing that is changed, for a scope that of each rol; and each rol."""
    changed = {str(value) if isinstance(target, dict) else name for target, name, value in mutant.patches}
    return {*changed, *mutant.rollen, ("tabel", mutant.tabel)}


def forget_statements() -> None:
    """Let every query be built again: most are built once and kept."""
    for name, module in sys.modules.items():
        if name.startswith("app.queries."):
            for value in vars(module).values():
                if callable(getattr(value, "cache_clear", None)):
                    value.cache_clear()


@contextmanager
def rewriting(pattern: str) -> Iterator[None]:
    """Let every statement go to the database with a condition replaced by one that always holds."""
    execute = psycopg.Cursor.execute

    def rewritten(self: Any, query: Any, *args: Any, **more: Any) -> Any:
        return execute(self, re.sub(pattern, "true", query) if isinstance(query, str) else query, *args, **more)

    def sent(statement: FastStatement, driver: Any, _names: Any, values: Any) -> list[Any]:
        cursor = driver.execute(statement.sql, values)
        return cursor.fetchall() if cursor.description is not None else []

    with mock.patch.object(psycopg.Cursor, "execute", rewritten), mock.patch.object(FastStatement, "send", sent):
        yield


_BEGELEIDER, _GEDRAG, _LEIDER = Rol.PLEEGZORGBEGELEIDER, Rol.GEDRAGSWETENSCHAPPER, Rol.TEAMLEIDER
_KWALITEIT, _BEHEERDER, _INSPECTEUR = Rol.KWALITEITSMEDEWERKER, Rol.BEHEERDER, Rol.INSPECTEUR
_OPENERS = (_BEGELEIDER, _GEDRAG)
_TEAM = (_LEIDER, _GEDRAG)
_ALL = (_BEGELEIDER, *_TEAM)
_LIST = {"pad": "/v1/pleegkinderen"}
_GEZIN = {"pad": "/v1/pleeggezinnen/{id}"}
_WRITE = {"pad": "/v1/pleegkinderen/{id}/ontwikkelbeelden", "methode": "POST"}
_STEP = {"pad": "/v1/pleegkinderen/{id}/opvolgstappen", "methode": "POST"}
_TALK = {"pad": "/v1/pleegkinderen/{id}/kindgesprekken", "methode": "POST"}
_GLASS = {"pad": "/v1/noodtoegangen/{id}"}
_FACT = {"pad": "/v1/kindgesprekken/{id}"}

original = {
    name: getattr(scope, name)
    for name in (
        "_within",
        "_ended_lately",
        "_not_ended",
        "_opened",
        "_guided_lately",
        "reaches_for",
        "purpose_of_recording",
    )
}


def _scope_of(rol: Rol, wider: Scope) -> tuple[tuple[Any, str, Any], ...]:
    return ((scope._SCOPE_OF_ROL, rol, wider),)


def _replaced(name: str, value: Any) -> tuple[tuple[Any, str, Any], ...]:
    return ((scope, name, value),)


def _reach_as(one: Reach, other: Reach) -> tuple[tuple[Any, str, Any], ...]:
    """Let a reach be as wide as another."""
    within: Callable[..., Any] = original["_within"]
    return _replaced("_within", lambda kind, reach: within(kind, other if reach is one else reach))


def _reaches(change: Callable[[Purpose, tuple[Reach, ...]], tuple[Reach, ...]]) -> tuple[tuple[Any, str, Any], ...]:
    before: Callable[..., tuple[Reach, ...]] = original["reaches_for"]
    return ((bereik, "reaches_for", lambda actor, purpose: change(purpose, before(actor, purpose))),)


def _opened_without(*left_out: str) -> Any:
    """Return the select of opened files with some of its conditions gone."""

    def opened() -> Any:
        statement = select(Noodtoegang.pleegkind_id)
        conditions = {
            "organisatie": Noodtoegang.organisatie_id == scope.ORGANISATIE,
            "medewerker": Noodtoegang.medewerker_id == scope.MEDEWERKER,
            "begin": Noodtoegang.geopend_op <= scope.NU,
            "einde": Noodtoegang.geldig_tot > scope.NU,
        }
        return statement.where(*(one for name, one in conditions.items() if name not in left_out))

    return opened


def _opened_everywhere(kind: Scope, *, own: bool) -> Any:
    return Noodtoegang.organisatie_id == scope.ORGANISATIE


def _always(*_: object) -> Any:
    return true()


def _every_family(kind: Scope) -> Any:
    return select(Plaatsing.pleeggezin_id)


def _no_family(kind: Scope) -> Any:
    return select(Plaatsing.pleeggezin_id).where(false())


def _days_ago(session: Session, inspectie: int, vandaag: date) -> Any:
    return list_mandaten_in_force(session, inspectie, vandaag - timedelta(days=5)) or list_mandaten_in_force(
        session, inspectie, vandaag
    )


MUTANTEN: tuple[Mutant, ...] = (
    *(
        Mutant(f"{rol}: {wider}", _scope_of(rol, wider), (rol,))
        for rol, wider in (
            (_BEGELEIDER, Scope.TEAM),
            (_BEGELEIDER, Scope.ORGANISATIE),
            (_BEGELEIDER, Scope.NIETS),
            (_GEDRAG, Scope.CASELOAD),
            (_GEDRAG, Scope.ORGANISATIE),
            (_GEDRAG, Scope.NIETS),
            (_LEIDER, Scope.CASELOAD),
            (_LEIDER, Scope.ORGANISATIE),
            (_LEIDER, Scope.NIETS),
            (_KWALITEIT, Scope.TEAM),
            (_KWALITEIT, Scope.CASELOAD),
            (_KWALITEIT, Scope.NIETS),
            (_BEHEERDER, Scope.TEAM),
            (_BEHEERDER, Scope.CASELOAD),
            (_BEHEERDER, Scope.NIETS),
        )
    ),
    Mutant("zonder organisatie", _replaced("_own_organisatie", true), (_KWALITEIT,)),
    Mutant("zonder organisatie, lijst", _replaced("_own_organisatie", true), (_KWALITEIT,), **_LIST),
    Mutant("91 dagen", _replaced("NALOOP_DAGEN", 91), (_BEGELEIDER,)),
    Mutant("89 dagen", _replaced("NALOOP_DAGEN", 89), (_BEGELEIDER,)),
    Mutant("91 dagen voor een team", _replaced("NALOOP_DAGEN", 91), (_LEIDER,)),
    Mutant("89 dagen voor een team", _replaced("NALOOP_DAGEN", 89), (_LEIDER,)),
    Mutant("zonder einde", _replaced("_ended_lately", _always), (_BEGELEIDER,)),
    Mutant("nooit meer na het einde", _replaced("_ended_lately", original["_not_ended"]), (_BEGELEIDER,)),
    Mutant("begeleiding loopt altijd door", _replaced("_runs_today", _always), (_BEGELEIDER,), **_LIST),
    Mutant("een plaatsing eindigt nooit", _replaced("_not_ended", _always), (_LEIDER,), **_LIST),
    Mutant("schrijven zolang men leest", _reach_as(Reach.WRITE, Reach.READ), (_BEGELEIDER,), **_WRITE),
    Mutant("schrijven zolang een team leest", _reach_as(Reach.WRITE, Reach.READ), (_LEIDER,), **_WRITE),
    Mutant("lezen alleen wat loopt", _reach_as(Reach.READ, Reach.LIST), (_BEGELEIDER,)),
    Mutant("de lijst zo ver als lezen", _reach_as(Reach.LIST, Reach.READ), (_BEGELEIDER,), **_LIST),
    Mutant("de lijst zo ver als schrijven", _reach_as(Reach.LIST, Reach.WRITE), (_LEIDER,), **_LIST),
    Mutant("een team rondt niet af", _replaced("_to_finish", false), (_LEIDER,), **_WRITE),
    Mutant(
        "wat openstaat sluit na 90 dagen", _replaced("_still_open", lambda guided: guided.where(false())), _ALL, **_STEP
    ),
    Mutant("wie wegging blijft open", _replaced("_still_open", lambda guided: guided), _ALL, **_STEP),
    Mutant("wat openstaat opent alles", _reach_as(Reach.WRITE, Reach.FINISH), _ALL, **_WRITE),
    Mutant("een kind zonder begeleider is van niemand", _replaced("_without_begeleider", false), _TEAM),
    Mutant("elk kind is zonder begeleider", _replaced("_without_begeleider", true), _TEAM),
    Mutant("overnemen bestaat niet", _replaced("_taken_over", false), (_LEIDER,), **_LIST),
    Mutant("altijd overgenomen", _replaced("_taken_over", true), (_LEIDER,), **_WRITE),
    Mutant("invallen eindigt nooit", _replaced("is_absent_on", _always), (_BEGELEIDER,)),
    Mutant("invallen eindigt nooit, lijst", _replaced("is_absent_on", _always), (_BEGELEIDER,), **_LIST),
    Mutant("niemand valt in", _replaced("is_absent_on", lambda _: false()), (_BEGELEIDER,), **_WRITE),
    Mutant("een ander zijn kinderen", ((scope, "MEDEWERKER", Begeleiding.medewerker_id),), (_BEGELEIDER,)),
    Mutant(
        "een ander zijn kinderen, lijst",
        ((scope, "MEDEWERKER", Begeleiding.medewerker_id),),
        (_BEGELEIDER,),
        **_LIST,
    ),
    Mutant("elk team", ((scope, "TEAM", Medewerker.team_id),), (_LEIDER,)),
    Mutant("elk team, lijst", ((scope, "TEAM", Medewerker.team_id),), (_LEIDER,), **_LIST),
    Mutant("noodtoegang van een ander", _replaced("_opened", _opened_without("medewerker")), _OPENERS),
    Mutant("noodtoegang zonder einde", _replaced("_opened", _opened_without("einde")), _OPENERS),
    Mutant("noodtoegang opent alles", _replaced("_opened", lambda: select(Pleegkind.feit_id)), _OPENERS),
    Mutant("noodtoegang opent niets", _reaches(lambda purpose, found: found[:1]), _OPENERS),
    Mutant("noodtoegang schrijft alles", _reaches(lambda purpose, found: (found[0], Reach.NOOD)), _OPENERS, **_WRITE),
    Mutant(
        "noodtoegang schrijft niets",
        _reaches(lambda purpose, found: found if purpose is Purpose.READ else found[:1]),
        _OPENERS,
        **_TALK,
    ),
    Mutant(
        "wie opende ziet alles wat geopend is", ((noodtoegangen, "_visible", _opened_everywhere),), _OPENERS, **_GLASS
    ),
    Mutant(
        "een team ziet wat elders geopend is", ((noodtoegangen, "_visible", _opened_everywhere),), (_LEIDER,), **_GLASS
    ),
    Mutant("elk gezin", ((pleeggezinnen, "families_guided_lately", _every_family),), (_BEGELEIDER,), **_GEZIN),
    Mutant("geen gezin van toen", ((pleeggezinnen, "families_guided_lately", _no_family),), (_BEGELEIDER,), **_GEZIN),
    Mutant("elk feit", ((regels, "visible_feiten", lambda *_, **__: true()),), (_KWALITEIT,), **_FACT),
    Mutant(
        "elk feit in de lijst",
        ((regels, "visible_feiten", lambda *_, **__: true()),),
        (_LEIDER,),
        pad="/v1/plaatsingen",
    ),
    Mutant(
        "een mandaat eindigt nooit",
        ((web_toezicht, "list_mandaten_in_force", _days_ago),),
        (_INSPECTEUR,),
        pad="/v1/toezicht/kengetallen",
    ),
    *(
        Mutant(f"{tabel} zonder organisatie", (), (rol,), pad, methode, tabel)
        for tabel, rol, pad, methode in (
            ("kwartaaltoets", _KWALITEIT, "/v1/kwartaaltoetsen/{id}", "GET"),
            ("kwartaaltoets", _KWALITEIT, "/v1/kwartaaltoetsen", "GET"),
            ("kwartaaltoets", _KWALITEIT, "/v1/kwartaaltoetsen/{id}/export", "GET"),
            ("kwartaaltoets", _KWALITEIT, "/v1/kwartaaltoetsen/{id}/vaststelling", "POST"),
            ("medewerker", _BEHEERDER, "/v1/medewerkers/{id}", "GET"),
            ("medewerker", _BEHEERDER, "/v1/medewerkers", "GET"),
            ("medewerker", _BEHEERDER, "/v1/medewerkers/{id}/intrekking", "POST"),
            ("team", _BEHEERDER, "/v1/teams", "GET"),
            ("toezichtsmandaat", _BEHEERDER, "/v1/toezichtsmandaten/{id}", "GET"),
            ("vernietiging", _KWALITEIT, "/v1/vernietigingen/{id}", "GET"),
            ("vernietiging", _BEHEERDER, "/v1/vernietigingen", "GET"),
            ("vernietiging", _BEHEERDER, "/v1/vernietigingen/{id}/oordeel", "POST"),
            ("pleegkind", _BEHEERDER, "/v1/vernietigingen", "POST"),
            ("bewaarblokkade", _KWALITEIT, "/v1/bewaarblokkades/{id}", "GET"),
            ("bewaarblokkade", _BEHEERDER, "/v1/bewaarblokkades", "GET"),
            ("bewaarblokkade", _BEHEERDER, "/v1/bewaarblokkades/{id}/opheffing", "POST"),
            ("pleegkind", _KWALITEIT, "/v1/bewaarblokkades", "POST"),
            ("pleegkind", _KWALITEIT, "/v1/extra-inzetten/{id}", "GET"),
            ("(pleegkind|termijn)", _KWALITEIT, "/v1/termijnen", "GET"),
            ("pleeggezin", _KWALITEIT, "/v1/pleeggezinnen/{id}", "GET"),
        )
    ),
)
