"""Edge tables of the norms about a plaatsing: KAG-3, KAG-R, VC-J and HB, and which talk counts (§4)."""

from typing import Any

import pytest

from app.norms.feiten import Dossier, Signaal
from app.terms import GespreksVorm
from tests.norms.bouw import (
    CRISIS,
    DEELTIJD,
    bezoeken,
    checks,
    gesprek,
    kind,
    plaatsing,
    signaal,
    talks,
)
from tests.norms.randen import ERVOOR, MOTOR, NADERT, UITERLIJK, Rij, naam_of, outcome, rand, rij

_P = "2025-01-31"
_EERDER = plaatsing(
    "2024-01-01",
    _P,
    gesprekken=talks("2024-06-01", "2024-12-30"),
    checks=checks("2024-12-30"),
    bezoeken=bezoeken("2025-01-30"),
    nr=9,
    gezin=69,
)
_TELEFOON, _BEELD = GespreksVorm.TELEFOON, GespreksVorm.BEELDBELLEN


def _with_talks(*dagen: str) -> Dossier:
    return kind(plaatsing(_P, gesprekken=talks(*dagen)))


_KAG_3: list[Rij] = [
    *rand("KAG-3", "geen gesprek: vier maanden na P", "2025-05-31", kind(plaatsing(_P))),
    *rand(
        "KAG-3",
        "een gesprek: acht maanden na P",
        "2025-09-30",
        _with_talks("2025-02-10"),
        laatste="2025-02-10",
    ),
    *rand("KAG-3", "gesprek op P zelf telt", "2025-09-30", _with_talks(_P), laatste=_P),
    *rand(
        "KAG-3",
        "twee gesprekken op een dag zijn een dag",
        "2025-09-30",
        _with_talks("2025-02-10", "2025-02-10"),
        laatste="2025-02-10",
    ),
    *rand(
        "KAG-3",
        "twee dagen: twaalf maanden na P",
        "2026-01-31",
        _with_talks("2025-02-10", "2025-02-11"),
        laatste="2025-02-11",
    ),
    *rand(
        "KAG-3",
        "drie dagen: twaalf maanden na de derde terug",
        "2026-02-10",
        _with_talks("2025-02-10", "2025-03-01", "2025-03-02"),
        laatste="2025-03-02",
    ),
    *rand(
        "KAG-3",
        "dubbele dag schuift de derde terug niet op",
        "2026-02-10",
        _with_talks("2025-02-10", "2025-03-01", "2025-03-02", "2025-03-02"),
        laatste="2025-03-02",
    ),
    *rand(
        "KAG-3",
        "vier dagen: de tweede is de derde terug",
        "2026-03-01",
        _with_talks("2025-02-10", "2025-03-01", "2025-03-02", "2025-04-30"),
        laatste="2025-04-30",
    ),
    *rand(
        "KAG-3",
        "schrikkeldag klemt",
        "2025-02-28",
        kind(plaatsing("2024-01-01", gesprekken=talks("2024-02-29", "2024-06-01", "2024-06-02"))),
        laatste="2024-06-02",
    ),
    *rand(
        "KAG-3",
        "oude plaatsing telt niet mee",
        "2025-05-31",
        kind(_EERDER, plaatsing(_P)),
        onderwerp=10,
    ),
    rij(
        "KAG-3",
        "gesprek na de peildatum bestaat nog niet",
        "2025-03-01",
        ("op_tijd", "2025-09-30", "2025-02-10", "norm"),
        kind(plaatsing(_P, gesprekken=talks("2025-02-10", "2025-03-02", "2025-03-03"))),
    ),
    rij(
        "KAG-3",
        "gesprek op de peildatum bestaat",
        "2025-03-02",
        ("op_tijd", "2026-01-31", "2025-03-02", "norm"),
        kind(plaatsing(_P, gesprekken=talks("2025-02-10", "2025-03-02", "2025-03-03"))),
    ),
    rij("KAG-3", "deeltijd niet", "2026-01-01", None, kind(plaatsing(_P, vorm=DEELTIJD))),
    *rand("KAG-3", "crisis wel", "2025-05-31", kind(plaatsing(_P, vorm=CRISIS))),
]

_AF = kind(plaatsing(_P, "2025-03-10"))
_PERIODE: list[Rij] = [
    rij("KAG-R", "dag voor P", "2025-01-30", None, _AF),
    rij("KAG-R", "P", "2025-01-31", ("op_tijd", "2025-05-31", None, "norm"), _AF),
    rij("KAG-R", "dag voor vertrek", "2025-03-09", ("op_tijd", "2025-05-31", None, "norm"), _AF),
    rij("KAG-R", "dag van vertrek", "2025-03-10", None, _AF),
    rij(
        "KAG-R",
        "dag van overstap: alleen de nieuwe plaatsing",
        _P,
        ("op_tijd", "2025-05-31", None, "norm"),
        kind(_EERDER, plaatsing(_P)),
    ),
]


def _not_counting(naam: str, **anders: Any) -> list[Rij]:
    verkeerd = gesprek("2025-04-01", nr=301)._replace(**anders)
    dossier = kind(plaatsing(_P, gesprekken=[gesprek("2025-02-28"), verkeerd]))
    return list(rand("KAG-R", naam, "2025-06-28", dossier, laatste="2025-02-28", vanaf=NADERT))


_KAG_R: list[Rij] = [
    *rand("KAG-R", "zonder gesprek vanaf P, geklemd", "2026-02-28", kind(plaatsing("2025-10-31"))),
    *rand("KAG-R", "vanaf het laatste gesprek", "2025-08-15", _with_talks("2025-04-15"), laatste="2025-04-15"),
    *rand(
        "KAG-R",
        "het laatste van meer",
        "2025-09-01",
        _with_talks("2025-04-15", "2025-05-01"),
        laatste="2025-05-01",
        vanaf=ERVOOR,
    ),
    *_not_counting("ging niet door", doorgegaan=False),
    *_not_counting("niet alleen", alleen=False),
    *_not_counting("telefonisch", vorm=_TELEFOON),
    *_not_counting("beeldbellen", vorm=_BEELD),
    *_not_counting("veiligheid niet besproken", veiligheid_besproken=False),
    *rand(
        "KAG-R",
        "gesprek van voor P telt niet",
        "2025-05-31",
        kind(plaatsing(_P, gesprekken=talks("2025-01-30"))),
    ),
    *rand("KAG-R", "eerdere plaatsing telt niet", "2025-05-31", kind(_EERDER, plaatsing(_P)), onderwerp=10),
    rij("KAG-R", "deeltijd niet", "2026-01-01", None, kind(plaatsing(_P, vorm=DEELTIJD))),
    *rand("KAG-R", "crisis wel", "2025-05-31", kind(plaatsing(_P, vorm=CRISIS))),
]

_CHECK = plaatsing(_P, checks=checks("2025-06-30"))


def _vc_signal(*signalen: Signaal) -> Dossier:
    return kind(_CHECK, signalen=signalen)


_VC_J: list[Rij] = [
    *rand("VC-J", "zonder check vanaf P", "2026-01-31", kind(plaatsing(_P))),
    *rand("VC-J", "vanaf de laatste check", "2026-06-30", kind(_CHECK), laatste="2025-06-30"),
    *rand("VC-J", "deeltijd wel", "2026-01-31", kind(plaatsing(_P, vorm=DEELTIJD))),
    *rand("VC-J", "eerdere plaatsing telt niet", "2026-01-31", kind(_EERDER, plaatsing(_P)), onderwerp=10),
    *rand(
        "VC-J",
        "signaal op de dag van de check telt niet",
        "2026-06-30",
        _vc_signal(signaal("2025-06-30", vraagt=True)),
        laatste="2025-06-30",
    ),
    *rand(
        "VC-J",
        "signaal een dag na de check",
        "2025-07-08",
        _vc_signal(signaal("2025-07-01", vraagt=True)),
        laatste="2025-06-30",
        vanaf=UITERLIJK,
    ),
    *rand(
        "VC-J",
        "signaal dat niet om een check vraagt",
        "2026-06-30",
        _vc_signal(signaal("2025-07-01")),
        laatste="2025-06-30",
    ),
    *rand(
        "VC-J",
        "het eerste signaal na de check",
        "2025-08-08",
        _vc_signal(
            signaal("2025-05-01", vraagt=True),
            signaal("2025-08-03", vraagt=True, nr=601),
            signaal("2025-08-01", vraagt=True, nr=602),
        ),
        laatste="2025-06-30",
        vanaf=UITERLIJK,
    ),
    *rand(
        "VC-J",
        "een laat signaal schuift niet op",
        "2026-06-30",
        _vc_signal(signaal("2026-06-24", vraagt=True)),
        laatste="2025-06-30",
    ),
    *rand(
        "VC-J",
        "signaal na P zonder check",
        "2025-02-08",
        kind(plaatsing(_P), signalen=[signaal("2025-02-01", vraagt=True)]),
        vanaf=UITERLIJK,
    ),
    *rand(
        "VC-J",
        "signaal op P zonder check telt niet",
        "2026-01-31",
        kind(plaatsing(_P), signalen=[signaal(_P, vraagt=True)]),
    ),
    rij(
        "VC-J",
        "signaal na de peildatum bestaat nog niet",
        "2025-07-31",
        ("op_tijd", "2026-06-30", "2025-06-30", "norm"),
        _vc_signal(signaal("2025-08-01", vraagt=True)),
    ),
    rij(
        "VC-J",
        "signaal op de peildatum bestaat",
        "2025-08-01",
        ("nadert", "2025-08-08", "2025-06-30", "norm"),
        _vc_signal(signaal("2025-08-01", vraagt=True)),
    ),
    rij(
        "VC-J",
        "check op P telt",
        "2025-02-01",
        ("op_tijd", "2026-01-31", _P, "norm"),
        kind(plaatsing(_P, checks=checks("2025-01-30", _P))),
    ),
    rij(
        "VC-J",
        "check voor P telt niet",
        "2025-02-01",
        ("op_tijd", "2026-01-31", None, "norm"),
        kind(plaatsing(_P, checks=checks("2025-01-30"))),
    ),
]

_HB: list[Rij] = [
    *rand("HB", "zonder bezoek vanaf P", "2025-03-14", kind(plaatsing(_P))),
    *rand(
        "HB",
        "vanaf het laatste bezoek",
        "2025-06-12",
        kind(plaatsing(_P, bezoeken=bezoeken("2025-03-01", "2025-05-01"))),
        laatste="2025-05-01",
    ),
    *rand("HB", "eerdere plaatsing telt niet", "2025-03-14", kind(_EERDER, plaatsing(_P)), onderwerp=10),
    rij("HB", "deeltijd niet", "2026-01-01", None, kind(plaatsing(_P, vorm=DEELTIJD))),
    *rand("HB", "crisis wel", "2025-03-14", kind(plaatsing(_P, vorm=CRISIS))),
    rij(
        "HB",
        "bezoek na de peildatum bestaat nog niet",
        "2025-03-01",
        ("nadert", "2025-03-14", None, "streef"),
        kind(plaatsing(_P, bezoeken=bezoeken("2025-03-02"))),
    ),
]

RIJEN: list[Rij] = [*_KAG_3, *_PERIODE, *_KAG_R, *_VC_J, *_HB]


@pytest.mark.parametrize("case", RIJEN, ids=naam_of)
def test_edge(case: Rij) -> None:
    assert outcome(MOTOR, case) == case.verwacht
