"""What tightening a norm would do: how many children are late by it who are not late without it."""

from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from app.lib.ids import new_uid
from app.norms.gezin import Gezinscache
from app.norms.judge import judge
from app.norms.versies.catalogue import LANDELIJK, Catalogus, NormVersie, for_organisatie
from app.queries.feiten.kinderen import list_kinderen
from app.queries.normen import get_catalogus
from app.queries.oordelen.dossiers import Dossiers, iterate_dossiers
from app.terms import NormCode, Stand

#: [keuze] children of an organisatie up to which it is said: every file is read, as recording the norm does again
MEESTE_KINDEREN: Final = 2_000


def count_newly_late(session: Session, organisatie_id: int, eigen: NormVersie) -> int | None:
    """Return for how many children a version of a norm makes something late, on its first day and by what is known now.

    Args:
        session: reads.
        organisatie_id: whose children.
        eigen: the version, which is not recorded.

    Returns:
        Children late by this norm with the version and not without; None of more children than ``MEESTE_KINDEREN``.
    """
    kinderen = list_kinderen(session, organisatie_id)
    if len(kinderen) > MEESTE_KINDEREN:
        return None
    now = get_catalogus(session, organisatie_id)
    own = [one for one in now.versies if one.id is not None]
    versie = 1 + max((one.versie for one in own), default=1)
    then = for_organisatie(LANDELIJK, [*own, replace(eigen, versie=versie, id=new_uid())])
    day, found = eigen.geldig_van, 0
    caches: tuple[Gezinscache, Gezinscache] = {}, {}
    for dossiers in iterate_dossiers(session, kinderen, day, one_day=True):
        with_it = _late(dossiers, then, eigen.code, day, caches[0])
        found += len(with_it - _late(dossiers, now, eigen.code, day, caches[1]))
    return found


def _late(dossiers: Dossiers, catalogus: Catalogus, code: NormCode, day: date, cache: Gezinscache) -> set[int]:
    """Return the children (feit_id) who are late by a norm."""
    return {
        one.id
        for one in dossiers.kinderen
        for oordeel in judge(one, dossiers.gezinnen, catalogus, day, cache)
        if oordeel.norm.code is code and oordeel.stand is Stand.TE_LAAT
    }
