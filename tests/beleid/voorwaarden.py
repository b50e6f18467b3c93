"""The conditions of who may see what, each loosened or tightened: those of ``app.access.scope``, and beside it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import false, select, true
from sqlalchemy.orm import Session, aliased

from app.access import reach, scope
from app.access.reach import Purpose, Reach, Scope
from app.models import Begeleiding, KindInBegeleiding, Medewerker, Noodtoegang, Plaatsing, Pleegkind
from app.models.periode import ends_after
from app.queries import bereik, noodtoegangen, pleeggezinnen
from app.queries.feiten import regels
from app.queries.toezicht.mandaten import list_mandaten_in_force
from app.terms import Rol
from app.web import toezicht as web_toezicht
from tests.beleid.mutanten import Mutant

_BEGELEIDER, _GEDRAG, _LEIDER = Rol.PLEEGZORGBEGELEIDER, Rol.GEDRAGSWETENSCHAPPER, Rol.TEAMLEIDER
_KWALITEIT, _BEHEERDER, _INSPECTEUR = Rol.KWALITEITSMEDEWERKER, Rol.BEHEERDER, Rol.INSPECTEUR
_OPENERS = (_BEGELEIDER, _GEDRAG)
_TEAM = (_LEIDER, _GEDRAG)
_ALL = (_BEGELEIDER, *_TEAM)
_LIST = {"pad": "/v1/pleegkinderen"}
_SEARCH = {"pad": "/v1/pleegkinderen/_zoek", "methode": "POST"}
_GEZIN = {"pad": "/v1/pleeggezinnen/{id}"}
_WRITE = {"pad": "/v1/pleegkinderen/{id}/ontwikkelbeelden", "methode": "POST"}
_STEP = {"pad": "/v1/pleegkinderen/{id}/opvolgstappen", "methode": "POST"}
_TALK = {"pad": "/v1/pleegkinderen/{id}/kindgesprekken", "methode": "POST"}
_GLASS = {"pad": "/v1/noodtoegangen/{id}"}
_FACT = {"pad": "/v1/kindgesprekken/{id}"}

_within = scope._within


def _scope_of(rol: Rol, wider: Scope) -> tuple[tuple[Any, str, Any], ...]:
    return ((reach._SCOPE_OF_ROL, rol, wider),)


def _replaced(name: str, value: Any) -> tuple[tuple[Any, str, Any], ...]:
    return ((scope, name, value),)


def _no_child() -> Any:
    return _every_child().where(false())


def _every_child() -> Any:
    return select(aliased(Pleegkind).feit_id)


def _ever_guided(kind: Scope) -> Any:
    return scope._guided().where(scope._by(kind, KindInBegeleiding.medewerker_id))


def _runs_still(tot: Any) -> Any:
    return ends_after(tot, scope.VANDAAG)


def _reach_as(one: Reach, other: Reach) -> tuple[tuple[Any, str, Any], ...]:
    """Let a reach be as wide as another."""
    return _replaced("_within", lambda kind, asked, **how: _within(kind, other if asked is one else asked, **how))


def _reaches(change: Callable[[Purpose, tuple[Reach, ...]], tuple[Reach, ...]]) -> tuple[tuple[Any, str, Any], ...]:
    before = reach.reaches_for
    return ((bereik, "reaches_for", lambda actor, purpose: change(purpose, before(actor, purpose))),)


def _in_any_team() -> Any:
    return select(Medewerker.feit_id).where(Medewerker.organisatie_id == scope.ORGANISATIE).cte("in_team")


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
    Mutant("zonder organisatie, zoeken", _replaced("_own_organisatie", true), (_KWALITEIT,), **_SEARCH),
    Mutant("91 dagen", _replaced("NALOOP_DAGEN", 91), (_BEGELEIDER,)),
    Mutant("89 dagen", _replaced("NALOOP_DAGEN", 89), (_BEGELEIDER,)),
    Mutant("91 dagen voor een team", _replaced("NALOOP_DAGEN", 91), (_LEIDER,)),
    Mutant("89 dagen voor een team", _replaced("NALOOP_DAGEN", 89), (_LEIDER,)),
    Mutant("zonder einde", _replaced("_ended_lately", _always), (_BEGELEIDER,)),
    Mutant("nooit meer na het einde", _replaced("_ended_lately", _runs_still), (_BEGELEIDER,)),
    Mutant("begeleiding loopt altijd door", _replaced("runs_on", _always), (_BEGELEIDER,), **_LIST),
    Mutant("een plaatsing eindigt nooit", _replaced("ends_after", _always), (_LEIDER,), **_LIST),
    Mutant("schrijven zolang men leest", _reach_as(Reach.WRITE, Reach.READ), (_BEGELEIDER,), **_WRITE),
    Mutant("schrijven zolang een team leest", _reach_as(Reach.WRITE, Reach.READ), (_LEIDER,), **_WRITE),
    Mutant("lezen alleen wat loopt", _reach_as(Reach.READ, Reach.LIST), (_BEGELEIDER,)),
    Mutant("de lijst zo ver als lezen", _reach_as(Reach.LIST, Reach.READ), (_BEGELEIDER,), **_LIST),
    Mutant("de lijst zo ver als schrijven", _reach_as(Reach.LIST, Reach.WRITE), (_LEIDER,), **_LIST),
    Mutant("een team rondt niet af", _replaced("_to_finish", _no_child), (_LEIDER,), **_WRITE),
    Mutant("wat openstaat sluit na 90 dagen", _replaced("_still_open", lambda _: _no_child()), _ALL, **_STEP),
    Mutant("wat openstaat staat niet in de lijst", _replaced("_still_open", lambda _: _no_child()), _ALL, **_LIST),
    Mutant("wie wegging blijft open", _replaced("_still_open", _ever_guided), _ALL, **_STEP),
    Mutant("wie wegging blijft in de lijst", _replaced("_still_open", _ever_guided), _ALL, **_LIST),
    Mutant("wat openstaat opent alles", _reach_as(Reach.WRITE, Reach.FINISH), _ALL, **_WRITE),
    Mutant("een kind zonder begeleider is van niemand", _replaced("_without_begeleider", _no_child), _TEAM),
    Mutant("elk kind is zonder begeleider", _replaced("_without_begeleider", _every_child), _TEAM),
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
    Mutant("elk team", _replaced("_IN_TEAM", _in_any_team()), (_LEIDER,)),
    Mutant("elk team, lijst", _replaced("_IN_TEAM", _in_any_team()), (_LEIDER,), **_LIST),
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
