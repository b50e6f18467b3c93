"""The children of the demo user ``begeleider``: the same for every seed, size and day."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from app.demo.feiten import Deel
from app.demo.generator import Plan, generate
from app.demo.omvang import parse_omvang
from app.demo.verhaal import SAM_NUMMER, SAM_PLAATSING_UID, SAM_UID, VERHALEN
from app.norms.calendar import is_active
from app.norms.feiten import Kindgesprek
from app.norms.judge import Oordeel, judge
from app.terms import GespreksVorm, NormCode, Stand
from tests.demo.dossiers import CATALOGUS, build_gezinnen, judge_deel

DAGEN = [date(2026, 1, 1) + timedelta(dagen) for dagen in range(0, 400, 44)]
KAG_3, KAG_R, VC_J = NormCode.KAG_3, NormCode.KAG_R, NormCode.VC_J
ZICHT = {KAG_3, KAG_R, VC_J}


def first_deel(vandaag: date, seed: int = 1, omvang: str = "klein") -> Deel:
    return next(generate(Plan(parse_omvang(omvang), seed, vandaag)))


def list_late(oordelen: Sequence[Oordeel]) -> dict[NormCode, Stand]:
    laat = (Stand.TE_LAAT, Stand.UITZONDERING)
    return {oordeel.norm.code: oordeel.stand for oordeel in oordelen if oordeel.stand in laat}


@pytest.mark.parametrize("vandaag", DAGEN)
def test_each_child_shows_its_own_story(vandaag: date) -> None:
    laat = [list_late(oordelen) for _, oordelen in judge_deel(first_deel(vandaag), vandaag)][: len(VERHALEN)]
    assert [{norm: stand for norm, stand in een.items() if norm in ZICHT} for een in laat] == [
        {KAG_R: Stand.TE_LAAT},
        {KAG_3: Stand.TE_LAAT, KAG_R: Stand.TE_LAAT},
        {KAG_3: Stand.UITZONDERING, KAG_R: Stand.UITZONDERING},
        {KAG_3: Stand.TE_LAAT, KAG_R: Stand.TE_LAAT},
        {KAG_R: Stand.TE_LAAT},
        {VC_J: Stand.TE_LAAT},
    ]
    assert set(laat[0]) == {KAG_R}, "of Sam nothing else is late"


@pytest.mark.parametrize("vandaag", DAGEN)
def test_one_talk_alone_today_clears_every_kag_flag_of_sam(vandaag: date) -> None:
    deel = first_deel(vandaag)
    sam, oordelen = next(judge_deel(deel, vandaag))
    (plaatsing,) = sam.plaatsingen
    kag_r = next(oordeel for oordeel in oordelen if oordeel.norm.code is KAG_R)
    assert kag_r.laatste is not None
    assert 150 <= (vandaag - kag_r.laatste.datum).days <= 160
    assert 21 <= (kag_r.dagen_te_laat or 0) <= 40
    gesprek = Kindgesprek(
        9_999, vandaag, doorgegaan=True, alleen=True, vorm=GespreksVorm.FYSIEK, veiligheid_besproken=True
    )
    nu = plaatsing._replace(kindgesprekken=[*plaatsing.kindgesprekken, gesprek])
    daarna = judge(sam._replace(plaatsingen=[nu]), build_gezinnen(deel), CATALOGUS, vandaag)
    standen = {oordeel.norm.code: oordeel.stand for oordeel in daarna}
    assert standen[KAG_R] is Stand.OP_TIJD
    assert standen[KAG_3] is Stand.OP_TIJD


def list_caseload(deel: Deel, vandaag: date) -> list[int]:
    """Return the children of ``begeleider`` today, by position."""
    wie = deel.accounts["begeleider"]
    lopend = [feit for _, feit in deel.begeleiding.current() if is_active(feit.van, feit.tot, vandaag)]
    plaatsingen = dict(deel.plaatsing.current())
    return sorted({plaatsingen[feit.plaatsing_id].pleegkind_id for feit in lopend if feit.medewerker_id == wie})


@pytest.mark.parametrize(("omvang", "seed"), [("klein", 1), ("klein", 2), ("500", 3), ("aanbieder", 4)])
def test_the_caseload_of_begeleider(omvang: str, seed: int, vandaag: date) -> None:
    deel = first_deel(vandaag, seed, omvang)
    kinderen = list_caseload(deel, vandaag)
    assert 14 <= len(kinderen) <= 20
    assert kinderen[: len(VERHALEN)] == list(range(len(VERHALEN)))
    namen = [(feit.roepnaam, feit.achternaam) for _, feit in deel.pleegkind.current()]
    assert namen[: len(VERHALEN)] == [(verhaal.roepnaam, verhaal.achternaam) for verhaal in VERHALEN]


def test_the_story_shows_what_it_promises(vandaag: date) -> None:
    verhaal = [dossier for dossier, _ in judge_deel(first_deel(vandaag), vandaag)][: len(VERHALEN)]
    assert not any(gesprek.alleen for gesprek in verhaal[1].plaatsingen[0].kindgesprekken), "Noor was never seen"
    assert verhaal[2].uitzonderingen[0].goedgekeurd_door is not None
    assert verhaal[3].uitzonderingen[0].goedgekeurd_door is None
    assert (vandaag - verhaal[3].geboortedatum).days < 4 * 365, "Yusuf is under 4"
    assert verhaal[4].plaatsingen[0].kindgesprekken[-1].vorm is GespreksVorm.TELEFOON


def test_the_demo_users_are_one_team(vandaag: date) -> None:
    deel = first_deel(vandaag, omvang="500")
    medewerkers = dict(deel.medewerker.current())
    in_team = {naam for naam, positie in deel.accounts.items() if medewerkers[positie].team_id == 0}
    assert in_team == {"begeleider", "begeleider2", "gedragswetenschapper", "teamleider"}


def test_the_names_of_the_readme_do_not_change() -> None:
    """Examples in the documentation carry these; changing them breaks every copied line."""
    assert SAM_NUMMER == "K00001"
    assert str(SAM_UID) == "019b76da-a801-7105-9e37-79b97f4a7d1a"
    assert str(SAM_PLAATSING_UID) == "019b76da-a801-7107-9e37-79b97f4a7d1c"
